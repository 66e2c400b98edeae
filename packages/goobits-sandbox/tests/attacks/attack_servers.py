"""The world's servers: whatever reaches one of them, or the network at all, is a contact.

    python attack_servers.py CONTROL-FD UID

Runs in the world's network namespace, in which every address is local: a TCP connection to any
address ends here, and every packet that is sent is seen. To a byte on the control socket it
answers with the contacts since the last one, as a JSON list.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import socket
import struct
import sys
from pathlib import Path

TCP_PORTS = (22, 25, 53, 80, 443, 2375, 3128, 5432, 6379, 8080, 9999)
UDP_PORTS = (53, 123, 443, 9999)
STREAMS = (
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/podman/podman.sock",
    "/run/dbus/system_bus_socket",
    "/run/systemd/private",
    "/run/systemd/notify",
    "/run/user/{uid}/bus",
    "/run/user/{uid}/ssh-agent.sock",
    "/run/user/{uid}/gnupg/S.gpg-agent",
    "/run/user/{uid}/wayland-0",
    "/run/user/{uid}/pulse/native",
    "/run/user/{uid}/goobits.sock",
    "/tmp/.X11-unix/X0",
    "/tmp/shared.sock",
    "/home/dev/.local/share/agent.sock",
    "/home/dev/project/app.sock",
    "@/tmp/.X11-unix/X0",
    "@/tmp/dbus-session",
    "@goobits-agent",
)
DATAGRAMS = (
    "/run/systemd/journal/dev-log",
    "/home/dev/project/log.sock",
    "@goobits-log",
)
PACKETS = ("/home/dev/project/packets.sock", "@goobits-packets")
FIFOS = ("/home/dev/project/control.fifo", "/home/dev/control.fifo")
_SILENT_ICMP6 = {1, 130, 131, 132, 133, 134, 135, 136, 137, 143, 129}


class Servers:
    """All of the servers, and what has reached them."""

    def __init__(self, uid: int, banner: bytes) -> None:
        self.uid, self.banner = uid, banner
        self.contacts: set[str] = set()
        self.sockets: dict[str, socket.socket] = {}
        self.waiting = selectors.DefaultSelector()

    def open(self) -> None:
        """Listen everywhere."""
        for port in TCP_PORTS:
            listener = socket.create_server(
                ("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=64
            )
            self._watch(listener, "", self._accept)
        for port in UDP_PORTS:
            bound = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            bound.bind(("::", port))
            self._watch(bound, "", self._answer)
        sniffer = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        self._watch(sniffer, "", self._sniff)
        for name in (*STREAMS, *DATAGRAMS, *PACKETS):
            self.bind(name)
        for name in FIFOS:
            self.make_fifo(name)

    def bind(self, name: str) -> None:
        """Make one Unix socket, in the place of an earlier one of its name."""
        if (earlier := self.sockets.pop(name, None)) is not None:
            self.waiting.unregister(earlier)
            earlier.close()
        path = name.format(uid=self.uid)
        kind = socket.SOCK_STREAM
        if name in DATAGRAMS:
            kind = socket.SOCK_DGRAM
        elif name in PACKETS:
            kind = socket.SOCK_SEQPACKET
        bound = socket.socket(socket.AF_UNIX, kind)
        if path.startswith("/"):
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).unlink(missing_ok=True)
        bound.bind(path.replace("@", "\0", 1) if path.startswith("@") else path)
        if path.startswith("/"):
            os.chmod(path, 0o666)
            os.chown(path, self.uid, self.uid)
        if kind == socket.SOCK_DGRAM:
            self._watch(bound, f"unix {path}", self._take)
        else:
            bound.listen(16)
            self._watch(bound, f"unix {path}", self._accept)
        self.sockets[name] = bound

    def make_fifo(self, name: str) -> None:
        """Make one FIFO and read from it."""
        Path(name).unlink(missing_ok=True)
        os.mkfifo(name, 0o666)
        os.chmod(name, 0o666)
        os.chown(name, self.uid, self.uid)
        end = os.open(name, os.O_RDWR | os.O_NONBLOCK)
        self.waiting.register(end, selectors.EVENT_READ, (f"fifo {name}", self._drain))

    def _watch(self, sock: socket.socket, name: str, serve: object) -> None:
        sock.setblocking(False)
        self.waiting.register(sock, selectors.EVENT_READ, (name, serve))

    def _accept(self, listener: socket.socket, name: str) -> None:
        peer, _ = listener.accept()
        if name:
            self.contacts.add(name)
        self._watch(peer, name, self._reply)
        with contextlib.suppress(OSError):
            if name:
                peer.send(self.banner + b"\n")

    def _reply(self, peer: socket.socket, name: str) -> None:
        with contextlib.suppress(OSError):
            asked = peer.recv(65536)
            if asked and not name:
                peer.send(b"HTTP/1.0 200 OK\r\n\r\n" + self.banner + b"\n")
        self.waiting.unregister(peer)
        peer.close()

    def _answer(self, bound: socket.socket, _name: str) -> None:
        asked, peer = bound.recvfrom(65536)
        with contextlib.suppress(OSError):
            bound.sendto(
                _dns(asked) if bound.getsockname()[1] == 53 else self.banner, peer
            )

    def _take(self, bound: socket.socket, name: str) -> None:
        bound.recv(65536)
        self.contacts.add(name)

    def _drain(self, end: int, name: str) -> None:
        with contextlib.suppress(BlockingIOError):
            if os.read(end, 65536):
                self.contacts.add(name)

    def _sniff(self, sniffer: socket.socket, _name: str) -> None:
        frame, address = sniffer.recvfrom(2048)
        if (seen := _seen(frame, address[1])) is not None:
            self.contacts.add(seen)

    def turn(self, timeout: float | None) -> bool:
        """Serve what is waiting; return whether anything was."""
        ready = self.waiting.select(timeout)
        for key, _ in ready:
            name, serve = key.data
            with contextlib.suppress(OSError, ValueError, IndexError, struct.error):
                serve(key.fileobj, name)
        return bool(ready)


def _dns(asked: bytes) -> bytes:
    """Answer any question with 93.184.216.35."""
    head = asked[:2] + b"\x81\x80\0\1\0\1\0\0\0\0"
    question = asked[12 : asked.index(b"\0", 12) + 5]
    record = b"\xc0\x0c\0\1\0\1\0\0\0\1\0\4" + socket.inet_aton("93.184.216.35")
    return head + question + record


def _seen(frame: bytes, protocol: int) -> str | None:
    """Return what a frame is, or None where it is no business of a guest's."""
    if protocol == 0x0800:
        length, number = (frame[14] & 15) * 4, frame[23]
        address = socket.inet_ntoa(frame[30:34])
        return _said(number, address, frame[14 + length :])
    if protocol == 0x86DD:
        number, at = frame[20], 54
        while number in (0, 43, 44, 60):
            number, at = frame[at], at + (frame[at + 1] + 1) * 8
        address = socket.inet_ntop(socket.AF_INET6, frame[38:54])
        return _said(number, address, frame[at:])
    return None if protocol in (0x0806,) else f"frame {protocol:#x}"


def _said(number: int, address: str, body: bytes) -> str | None:
    if number == socket.IPPROTO_TCP:
        port, flags = struct.unpack("!2xH9xB", body[:14])
        return f"tcp {address} {port}" if flags & 0x12 == 2 else None
    if number == socket.IPPROTO_UDP:
        source, port = struct.unpack("!HH", body[:4])
        return None if source in UDP_PORTS else f"udp {address} {port}"
    if number == socket.IPPROTO_ICMP:
        return None if body[0] in (0, 3) else f"icmp {address}"
    if number == socket.IPPROTO_ICMPV6:
        return None if body[0] in _SILENT_ICMP6 else f"icmpv6 {address}"
    return None if number == 2 else f"ip {number} {address}"


def main() -> None:
    """Serve until the control socket is closed."""
    control = socket.socket(fileno=int(sys.argv[1]))
    servers = Servers(int(sys.argv[2]), Path("/srv/world/banner").read_bytes())
    servers.open()
    asked: list[bytes] = []
    servers.waiting.register(
        control,
        selectors.EVENT_READ,
        ("", lambda sock, _: asked.append(sock.recv(4096) or sys.exit())),
    )
    control.send(b"ready")
    while True:
        servers.turn(None)
        if asked:
            for name in filter(None, asked.pop().decode().strip().split("\n")):
                if name in FIFOS:
                    servers.make_fifo(name)
                else:
                    servers.bind(name)
            while servers.turn(0):
                pass
            control.send(json.dumps(sorted(servers.contacts)).encode())
            servers.contacts.clear()


if __name__ == "__main__":
    main()
