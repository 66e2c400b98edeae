"""The socket to a plugin: one message a line, both ways, and no more of either than is good.

Nothing here blocks: who serves the socket says when it can be read or written.
"""

from __future__ import annotations

import json

from goobits_plugin._errors import ProtocolError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket

    from goobits_plugin._record import Json

LONGEST = 1 << 20
_CHUNK = 1 << 16
# What a plugin does not read of our answers is kept up to here; then it has hung up on us.
_UNREAD = 4 << 20


class TooLongError(Exception):
    """A message of ours is longer than a line may be."""


class Wire:
    """Messages over a non-blocking socket, which stays its owner's."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._read = bytearray()
        self._unsent = bytearray()
        self._looked = 0
        self.is_over = False

    @property
    def wants_to_write(self) -> bool:
        return bool(self._unsent)

    def send(self, message: dict[str, Json]) -> None:
        """Send a message, now or when there is room.

        Raises:
            ProtocolError: the plugin reads nothing.
            TooLongError: it would be longer than 1 MiB.
        """
        text = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False)
        data = text.encode("utf-8", "replace") + b"\n"
        if len(data) > LONGEST:
            raise TooLongError
        self._unsent += data
        if len(self._unsent) > _UNREAD:
            raise ProtocolError("it reads no answers")
        self.flush()

    def flush(self) -> None:
        """Write what there is room for."""
        try:
            while self._unsent:
                count = self._end.send(self._unsent[:_CHUNK])
                del self._unsent[:count]
        except BlockingIOError:
            return
        except OSError:
            # The plugin has closed its end: what it said is still to be read.
            self._unsent.clear()

    def receive(self) -> list[dict[str, object]]:
        """Return the messages that have come; none, and `is_over`, at the end.

        Raises:
            ProtocolError: a line is too long, or no JSON object.
        """
        try:
            data = self._end.recv(_CHUNK)
        except BlockingIOError:
            return []
        except OSError:
            data = b""
        if not data:
            self.is_over = True
            if self._read:
                raise ProtocolError("its last message has no end")
            return []
        self._read += data
        messages = []
        while (end := self._read.find(b"\n", self._looked)) >= 0:
            line = bytes(self._read[:end])
            del self._read[: end + 1]
            self._looked = 0
            messages.append(parsed(line))
        self._looked = len(self._read)
        if self._looked >= LONGEST:
            raise ProtocolError("it sent a message of more than 1 MiB")
        return messages


def parsed(line: bytes) -> dict[str, object]:
    """Read one message.

    Raises:
        ProtocolError: it is too long, not UTF-8, no JSON, or no object.
    """
    if len(line) >= LONGEST:
        raise ProtocolError("it sent a message of more than 1 MiB")
    try:
        message = json.loads(
            line.decode("utf-8"),
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except RecursionError:
        raise ProtocolError("it sent JSON that is too deep") from None
    except ValueError:
        raise ProtocolError("it sent what is no JSON") from None
    if not isinstance(message, dict):
        raise ProtocolError("it sent JSON that is no object")
    return message


def _refuse_constant(name: str) -> object:
    raise ProtocolError(f"it sent {name}, which is no JSON")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ProtocolError("it sent an object with one name twice")
    return found
