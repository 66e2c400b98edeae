"""The user's ends, and what the host draws on them: bars, frames and prompts.

What is drawn is one block of lines at the bottom, the cursor behind the last of them. Before
anything else is written there the block is erased, and it is drawn again after that, unless a line
has been left open. The cursor is never hidden and no mode of the terminal is left changed but while
a secret is typed; so that a host that is killed leaves nothing to mend but a bar.
"""

from __future__ import annotations

import _thread
import os
import time

from goobits_plugin._host._text import clean, coloured, cut

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goobits_sandbox import TerminalFilter

_PERIOD = 0.05
_WIDTH, _HEIGHT = 80, 24


class Terminal:
    """Three descriptors, and the lock under which they are written to; threads may share it.

    `blocked` is how many seconds were spent waiting for others to read what was written.
    """

    def __init__(
        self,
        stdin: int = 0,
        stdout: int = 1,
        stderr: int = 2,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.is_tty = {
            "stdin": os.isatty(stdin),
            "stdout": os.isatty(stdout),
            "stderr": os.isatty(stderr),
        }
        self.blocked = 0.0
        self._clock = clock
        self._lock = _thread.allocate_lock()
        self._filters: dict[int, TerminalFilter] = {}
        self._frame: list[str] = []
        self._bars: Callable[[int], list[str]] | None = None
        self._question = ""
        self._drawn = 0
        self._is_open = False
        self._is_stale = False
        self._due = 0.0

    @property
    def can_ask(self) -> bool:
        """Whether there is somebody to ask."""
        return self.is_tty["stdin"] and self.is_tty["stderr"]

    def write(self, end: int, data: bytes) -> None:
        """Write what the guest printed to stdout or stderr.

        Raises:
            OSError: nobody reads it any more.
        """
        if not os.isatty(end):
            since = self._clock()
            _write(end, data)
            self.blocked += self._clock() - since
            return
        with self._lock:
            if end not in self._filters:
                from goobits_sandbox import TerminalFilter

                self._filters[end] = TerminalFilter()
            self._insert(end, self._filters[end].feed(data))

    def say(self, lines: Sequence[str]) -> None:
        """Write whole lines of the host's own to stderr; they are clean."""
        data = "".join(f"{line}\n" for line in lines).encode(errors="replace")
        with self._lock:
            opened = b"\n" if self._is_open and self.is_tty["stderr"] else b""
            self._insert(self.stderr, opened + data)

    def show_bars(self, bars: Callable[[int], list[str]]) -> None:
        """Draw what `bars` returns for a width, soon."""
        if self.is_tty["stderr"]:
            self._bars, self._is_stale = bars, True

    def show_frame(self, lines: Sequence[str]) -> None:
        """Draw a frame in the place of the one before, soon."""
        if self.is_tty["stdout"]:
            self._frame, self._is_stale = list(lines[: self._size()[1]]), True

    def ask(self, name: str, message: str) -> None:
        """Draw a question of the plugin `name`; only its last line can be answered."""
        *before, last = message.rstrip().split("\n")
        if before:
            self.say([f"{name}: {clean(line)}" for line in before])
        with self._lock:
            opened = b"\n" if self._is_open else b""
            self._is_open = False
            self._question = f"{name}: {clean(last)}"
            _write(self.stderr, opened + self._erased() + self._block())

    def end_question(self, *, is_line_ended: bool) -> None:
        """Leave the question where it stands, with what was typed after it."""
        with self._lock:
            if self._question:
                self._question, self._drawn = "", 0
                self._is_stale = True
                if not is_line_ended:
                    _write(self.stderr, b"\n")

    def patience(self) -> float | None:
        """Return in how many seconds something is to be drawn; None where nothing is."""
        if not self._is_stale or self._question:
            return None
        return max(0.0, self._due - self._clock())

    def draw(self) -> None:
        """Draw what is to be drawn, if it is time."""
        if self.patience() != 0.0:
            return
        with self._lock:
            self._due = self._clock() + _PERIOD
            self._is_stale = False
            if self._frame and self._is_open:
                _write(self._live, b"\n")
                self._is_open = False
            if not self._is_open and not self._question:
                erased = self._erased()
                _write(self._live, erased + self._block())

    def close(self) -> None:
        """Erase the bars, leave the last frame, turn colours off."""
        with self._lock:
            ends = b"".join(shown.finish() for shown in self._filters.values())
            self._bars, self._is_stale = None, False
            data = self._erased()
            if self._question:
                self._question = ""
            if self._frame:
                data += (b"\n" if self._is_open else b"") + self._block() + b"\n"
                self._is_open = False
            self._frame, self._drawn = [], 0
            if data or ends:
                _write(self._live, data + ends)

    @property
    def _live(self) -> int:
        return self.stderr if self.is_tty["stderr"] else self.stdout

    def _insert(self, end: int, data: bytes) -> None:
        """Write to an end; where that is a terminal, above the block."""
        if not os.isatty(end):
            _write(end, data)
            return
        if not data:
            return
        erased = self._erased()
        self._is_open = not data.endswith(b"\n")
        if self._question:
            opened = b"\n" if self._is_open else b""
            self._is_open = False
            _write(end, erased + data + opened + self._block())
        elif erased and not self._is_open:
            _write(end, erased + data + self._block())
        else:
            self._is_stale = self._is_stale or bool(erased)
            _write(end, erased + data)

    def _erased(self) -> bytes:
        """Return what erases the block, and forget it."""
        drawn, self._drawn = self._drawn, 0
        if not drawn:
            return b""
        up = f"\x1b[{drawn - 1}A" if drawn > 1 else ""
        return f"\r{up}\x1b[J".encode()

    def _block(self) -> bytes:
        """Return the block, which is drawn by this; no line of it wraps."""
        width, height = self._size()
        if self._question:
            # Half of the line is left for the answer.
            block = [cut(self._question, max(width // 2, width - 24)) + " "]
        else:
            block = [cut(coloured(line), width - 1) for line in self._frame]
            block += self._bars(width - 1) if self._bars else []
            block = block[-height:]
        self._drawn = len(block)
        return "\n".join(block).encode(errors="replace")

    def _size(self) -> tuple[int, int]:
        try:
            found = os.get_terminal_size(self._live)
        except OSError:
            return _WIDTH, _HEIGHT
        return max(8, found.columns or _WIDTH), max(2, (found.lines or _HEIGHT) - 1)


def _write(end: int, data: bytes) -> None:
    while data:
        data = data[os.write(end, data) :]
