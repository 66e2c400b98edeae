"""What a guest reads from its standard input."""

from __future__ import annotations

import os
import select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

_CHUNK: Final = 1 << 16


class Feed:
    """Bytes, or all that a descriptor of ours yields, written to `sink` as the guest reads it."""

    def __init__(self, source: bytes | int, sink: int) -> None:
        self._source = source if isinstance(source, int) else -1
        self._pending = b"" if isinstance(source, int) else source
        self._sink = sink
        self._poll: select.poll | None = None

    def register(self, poll: select.poll) -> dict[int, Callable[[], object]]:
        self._poll = poll
        os.set_blocking(self._sink, False)
        if self._source < 0 and not self._pending:
            self.close()
            return {}
        poll.register(self._sink if self._pending else self._source, self._wanted())
        return {self._sink: self._write, self._source: self._read}

    def _wanted(self) -> int:
        return select.POLLOUT if self._pending else select.POLLIN

    def _read(self) -> None:
        assert self._poll is not None
        self._pending = os.read(self._source, _CHUNK)
        self._poll.unregister(self._source)
        if self._pending:
            self._poll.register(self._sink, select.POLLOUT)
        else:
            self.close()

    def _write(self) -> None:
        assert self._poll is not None
        try:
            done = os.write(self._sink, self._pending)
        except BlockingIOError:
            return
        except BrokenPipeError:
            self.close()
            return
        self._pending = self._pending[done:]
        if self._pending:
            return
        if self._source < 0:
            self.close()
        else:
            self._poll.unregister(self._sink)
            self._poll.register(self._source, select.POLLIN)

    def close(self) -> None:
        if self._sink < 0:
            return
        if self._poll is not None:
            for descriptor in (self._sink, self._source):
                try:
                    self._poll.unregister(descriptor)
                except (KeyError, ValueError):
                    continue
        os.close(self._sink)
        self._sink = -1
