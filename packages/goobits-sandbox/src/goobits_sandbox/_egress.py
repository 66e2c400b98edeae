"""The one way out of a sandbox: a proxy on the listening socket that the sandbox hands out."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping

    from goobits_sandbox._outcome import Decision
    from goobits_sandbox._policy import Policy

    Resolve = Callable[[str, int], tuple[str, ...]]
    Dial = Callable[[str, int, float], socket.socket]
    Connect = Callable[[], socket.socket]


class Egress:
    """Serves one guest's requests for the hosts of its policy, and for services; else none.

    Raises:
        PolicyError: a host is no exact name with a port, or a service no plain name of its own.
    """

    def __init__(
        self,
        policy: Policy,
        resolve: Resolve | None = None,
        dial: Dial | None = None,
        services: Mapping[str, Connect] | None = None,
    ) -> None:
        self.decisions: tuple[Decision, ...] = ()
        self._resolve, self._dial = resolve, dial
        self._services = dict(services or {})
        self.serves = bool(policy.net or services)
        if self.serves:
            from goobits_sandbox._proxy import Allowed, check_services

            self._allowed = Allowed.parse(policy.net)
            check_services(self._services, self._allowed)

    def serve(self, listener: int) -> None:
        """Serve the listening socket, which is ours from here on."""
        import socket

        from goobits_sandbox._proxy import Upstream, dial_address, resolve_name, serve

        self._context = serve(
            socket.socket(fileno=listener),
            allowed=self._allowed,
            upstream=Upstream.of(os.environ),
            resolve=self._resolve or resolve_name,
            dial=self._dial or dial_address,
            services=self._services,
        )
        self._proxy = self._context.__enter__()

    def close(self) -> None:
        """Close every connection, and keep what was decided."""
        if hasattr(self, "_proxy"):
            self._context.__exit__(None, None, None)
            self.decisions = self._proxy.decisions
