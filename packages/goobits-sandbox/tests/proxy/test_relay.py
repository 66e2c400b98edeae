"""What goes between a guest and a host, and in which direction."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from goobits_sandbox._proxy._relay import relay, relay_answer

Pair = tuple[socket.socket, socket.socket, socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Return the guest's socket, the two of a relay, and that of a host."""
    guest, client = socket.socketpair()
    server, host = socket.socketpair()
    yield guest, client, server, host
    for one in (guest, client, server, host):
        one.close()


def _any(count: int) -> bool:
    return count >= 0


def _amplify(host: socket.socket, times: int) -> None:
    while data := host.recv(1 << 16):
        host.sendall(data * times)
    host.shutdown(socket.SHUT_WR)


def test_neither_way_waits_for_the_other(pair: Pair) -> None:
    """A server that answers while it is asked fills its way while the guest fills the other."""
    guest, client, server, host = pair
    size, thread = 20 << 20, threading.Thread(target=_amplify, args=(host, 3))
    thread.start()
    relaying = threading.Thread(target=relay, args=(client, server, _any, 5.0))
    relaying.start()

    def ask() -> None:
        guest.sendall(bytes(size))
        guest.shutdown(socket.SHUT_WR)

    asking = threading.Thread(target=ask)
    asking.start()
    count = 0
    while data := guest.recv(1 << 20):
        count += len(data)
    for one in (asking, relaying, thread):
        one.join()
    assert count == 3 * size


def test_host_that_breaks_off_ends_the_connection(pair: Pair) -> None:
    """A guest is not kept waiting for nobody."""
    guest, client, server, host = pair
    host.close()
    guest.shutdown(socket.SHUT_WR)
    assert relay(client, server, _any, 5.0) == ""
    assert guest.recv(1) == b""


def test_second_request_in_a_later_packet_is_cut_off(pair: Pair) -> None:
    """After a page has been asked for, nothing unread goes to the host: not even to that one."""
    guest, client, server, host = pair
    second = b"POST / HTTP/1.1\r\nHost: other.example\r\n\r\n"
    host.sendall(b"page")
    guest.sendall(second)
    assert "second request" in relay_answer(client, server, _any, 5.0)
    host.setblocking(False)
    with pytest.raises(BlockingIOError):
        host.recv(100)
    thread = threading.Thread(target=relay, args=(client, server, _any, 5.0))
    guest.sendall(second)
    guest.shutdown(socket.SHUT_WR)
    host.setblocking(True)
    thread.start()
    assert host.recv(100).endswith(second[1:])
    host.close()
    thread.join()


def test_no_more_goes_through_than_may(pair: Pair) -> None:
    """Neither up nor down, and what is over is not sent."""
    guest, client, server, host = pair
    host.sendall(b"x" * 10)
    assert "more than it may" in relay(client, server, lambda count: count < 10, 5.0)
    guest.setblocking(False)
    with pytest.raises(BlockingIOError):
        guest.recv(1)


def test_silence_ends_the_connection(pair: Pair) -> None:
    """A guest that forgets its connections must not keep them."""
    _, client, server, _ = pair
    assert relay(client, server, _any, 0.05) == "nothing was said for 0.05 s"


def test_page_comes_whole_to_a_client_that_closed_its_half(pair: Pair) -> None:
    """It has said all, and still reads."""
    guest, client, server, host = pair
    guest.shutdown(socket.SHUT_WR)
    host.sendall(b"page")
    host.close()
    assert relay_answer(client, server, _any, 5.0) == ""
    assert guest.recv(100) == b"page"
