"""One message a line: lines are cut from bytes and bytes made of messages. No I/O.

A line that is longer than a message may be is refused before it has been read to its end, so that
what a peer can make us keep is bounded. Of a name that an object holds twice the last one counts.
"""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import NoReturn

    Message = Mapping[str, object]

LONGEST = 1 << 20
"""The bytes of the longest line, with its end."""
GREATEST = 2**53 - 1
"""The greatest integer that every language of the protocol has."""


class Breach(Exception):  # noqa: N818 - what a peer did, and no error of ours
    """What the other side did that the protocol does not know: "it answered twice"."""


class Lines:
    """Cuts what is fed to it, in any pieces, into lines without their ends."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the lines that `data` ends.

        Raises:
            Breach: one is too long; those before it have been yielded.
        """
        *ended, rest = data.split(b"\n")
        for line in ended:
            self._hold(line, 1)
            yield b"".join(self._held)
            self._held, self._size = [], 0
        self._hold(rest, 0)

    def _hold(self, part: bytes, end: int) -> None:
        self._size += len(part)
        if self._size + end > LONGEST:
            self._held, self._size = [], 0
            raise Breach("it sent a line that is longer than 1 MiB")
        if part:
            self._held.append(part)


def decode(line: bytes) -> dict[str, object]:
    """Return the JSON-RPC 2.0 message that a line holds.

    Raises:
        Breach: it holds none.
    """
    try:
        found = json.loads(line.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Breach("it sent a line that is no JSON") from None
    if not isinstance(found, dict):
        raise Breach("it sent a line that is no JSON object")
    if found.get("jsonrpc") != "2.0":
        raise Breach("it sent a line that is no JSON-RPC 2.0")
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def encode(message: Message) -> bytes:
    """Return the line that holds a message, with its end.

    Raises:
        ValueError: no line can: a text is no Unicode, a number not finite, or all of it too long.
    """
    text = json.dumps(
        {"jsonrpc": "2.0", **message},
        allow_nan=False,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    line = text.encode() + b"\n"
    if len(line) > LONGEST:
        raise ValueError("longer than 1 MiB")
    return line
