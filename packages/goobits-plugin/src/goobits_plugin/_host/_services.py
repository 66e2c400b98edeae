"""The services that the host stands before, started for the run that may use them."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from types import TracebackType

    Connect = Callable[[], socket.socket]
    Open = Callable[[tuple[str, ...]], AbstractContextManager[Mapping[str, Connect]]]


class Services:
    """The services of these names, each as what makes a connection, while it is entered."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._docker: AbstractContextManager[Connect] | None = None

    def __enter__(self) -> Mapping[str, Connect]:
        if "docker" not in self._names:
            return {}
        from goobits_plugin._brokers.docker import docker_service

        self._docker = docker_service(os.environ)
        return {"docker": self._docker.__enter__()}

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._docker is not None:
            self._docker.__exit__(kind, error, trace)


def system(method: str) -> Mapping[str, object]:
    """Return what the host says of its system; see `goobits_plugin._brokers.system`."""
    from goobits_plugin._brokers.system import answer

    return answer(method)
