"""How an allowed host is reached: resolved once, and what was checked is what is dialled."""

from __future__ import annotations

import contextlib
import socket
import time

from goobits_sandbox._frozen import Frozen
from goobits_sandbox._proxy._addresses import refusal
from goobits_sandbox._proxy._request import RefusedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goobits_sandbox._proxy._upstream import Upstream

    Resolve = Callable[[str, int], tuple[str, ...]]
    Dial = Callable[[str, int, float], socket.socket]
    Connect = Callable[[], socket.socket]


def resolve_name(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host, as the system finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def dial_address(address: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to an address.

    Raises:
        OSError: nothing answers there, or it is an address of this very machine.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        # Sends nothing: the system chooses the address that it would send from.
        probe.connect((address, port))
        if probe.getsockname()[0] == probe.getpeername()[0]:
            raise OSError("it is this machine")
    return socket.create_connection((address, port), seconds)


class Route(Frozen):
    """The seams to the network, and the proxy that the host must go through, if any.

    `services` are names that are no hosts: each request to one goes to a new connection of it.
    """

    resolve: Resolve
    dial: Dial
    upstream: Upstream | None
    services: Mapping[str, Connect]

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Return what to dial for a host, nothing where that is an upstream proxy's business.

        Raises:
            RefusedError: it has no address, or one that is not public.
        """
        if self.upstream is not None and self.upstream.serves(host, port):
            return ()
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError) as error:
            why = f'"{host}" was not found: {error}'
            raise RefusedError(502, why, host, port) from error
        if not addresses:
            raise RefusedError(502, f'"{host}" has no address', host, port)
        for address in addresses:
            why = refusal(address)
            if why:
                raise RefusedError(403, f'"{host}" is refused: {why}', host, port)
        return addresses

    def connect(
        self, host: str, port: int, addresses: tuple[str, ...], seconds: float
    ) -> socket.socket:
        """Return a connection to the host at one of the addresses, tried in turn.

        Raises:
            RefusedError: none answers in time.
        """
        try:
            found = self._dialled(host, port, addresses, time.monotonic() + seconds)
        except OSError as error:
            why = f'"{host}:{port}" cannot be reached: {error}'
            raise RefusedError(502, why, host, port) from error
        with contextlib.suppress(OSError):
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return found

    def join(self, service: str) -> socket.socket:
        """Return a connection to a service.

        Raises:
            RefusedError: it gives none.
        """
        try:
            return self.services[service]()
        except OSError as error:
            why = f'the service "{service}" cannot be reached: {error}'
            raise RefusedError(502, why, service, 80) from error

    def _dialled(
        self, host: str, port: int, addresses: tuple[str, ...], last: float
    ) -> socket.socket:
        if not addresses and self.upstream is not None:
            return self.upstream.tunnel(host, port, last - time.monotonic())
        failed: OSError = TimeoutError("it took too long")
        for address in addresses:
            left = last - time.monotonic()
            if left <= 0:
                break
            try:
                return self.dial(address, port, left)
            except OSError as error:
                failed = error
        raise failed
