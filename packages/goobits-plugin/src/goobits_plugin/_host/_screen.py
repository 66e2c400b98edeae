"""What a plugin shows beside its output: bars, live screens, log lines and questions.

The host draws all of it, on stderr (live screens on stdout), and only where that is a terminal.
Nothing that a plugin says is obeyed by it: texts lose every control character, frames keep colours
alone, lines are cut to the width. Whatever was drawn is wiped before anything else is written, and
`close` leaves the terminal as it was.
"""

from __future__ import annotations

import os
import time

from goobits_sandbox import TerminalFilter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH = 80
_ROWS = 24
_BAR = 20
_LINES = 200
INTERVAL = 0.05
"""Seconds between two drawings of what changes faster."""
_WIPE = "\x1b[2K"
_UP = "\x1b[A"
_RESET = "\x1b[0m"
_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"


class LostError(Exception):
    """Nobody gets what is written any more; `number` is the error of the system."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Screen:
    """The terminal of a run, as far as there is one. Not for several threads: callers lock.

    `out` and `err` are the descriptors that the user sees, `is_live` says which are terminals.
    """

    def __init__(
        self,
        plugin: str,
        *,
        out: int = 1,
        err: int = 2,
        verbosity: int = 0,
        colour: bool = True,
    ) -> None:
        self._plugin = plugin
        self._ends = {1: out, 2: err}
        self._is_live = {1: os.isatty(out), 2: os.isatty(err)}
        self._filters = {1: TerminalFilter(), 2: TerminalFilter()}
        self.verbosity = verbosity
        self._colour = colour
        self._bars: dict[object, str] = {}
        self._frame: list[str] = []
        self._drawn = {1: 0, 2: 0}
        self._middle = {1: False, 2: False}
        self._is_hidden = False
        self._last, self.is_stale = 0.0, False

    def is_live(self, end: int) -> bool:
        """Tell whether stdout (1) or stderr (2) is a terminal."""
        return self._is_live[end]

    def write(self, end: int, data: bytes) -> None:
        """Pass on what the plugin printed.

        Raises:
            LostError: it cannot be written.
        """
        if self._is_live[end]:
            data = self._filters[end].feed(data)
        if not data:
            return
        self._wipe()
        write_all(self._ends[end], data)
        self._middle[end] = not data.endswith(b"\n")
        if not self._middle[1] and not self._middle[2]:
            self._draw()

    def progress(
        self, token: object, message: str, done: object, total: object
    ) -> None:
        """Draw, move or end a bar."""
        if not self._is_live[2]:
            return
        if isinstance(done, (int, float)):
            amount = total if isinstance(total, (int, float)) else 0
            self._bars[token] = _bar(message, done, amount)
            if len(self._bars) > _ROWS:
                del self._bars[next(iter(self._bars))]
            if time.monotonic() - self._last < INTERVAL:
                self.is_stale = True
                return
        else:
            self._bars.pop(token, None)
        self._wipe()
        self._draw()

    def log(self, level: str, message: str) -> None:
        """Write a line with the plugin's name in front."""
        if level in ("debug", "info") and not self.verbosity:
            return
        mark = {"warning": "warning: ", "error": "error: "}.get(level, "")
        for line in message.splitlines() or [""]:
            self._line(f"{self._plugin}: {mark}{plain(line)}\n")

    def frame(self, lines: Sequence[str]) -> None:
        """Replace what is on the live screen; where there is none, keep it for the end."""
        self._frame = [self._coloured(line) for line in lines[:_LINES]]
        self.is_stale = self._is_live[1]
        if time.monotonic() - self._last >= INTERVAL:
            self.refresh()

    def refresh(self) -> None:
        """Draw what has changed since it was last drawn."""
        self._wipe()
        self._draw()

    def ask(self, text: str) -> None:
        """Write a question, and leave the cursor behind it."""
        self._wipe()
        self._show()
        self._start_line()
        # On one line, the first characters of which are not the plugin's to choose.
        width, _ = _size(self._ends[2])
        shown = _cut(f"{self._plugin}: {text}", width - 2)
        write_all(self._ends[2], f"{shown} ".encode("utf-8", "replace"))

    def answered(self, *, echoed: bool) -> None:
        """Go on after a question."""
        if not echoed:
            write_all(self._ends[2], b"\n")
        self._middle[2] = False
        self._draw()

    def close(self) -> None:
        """Leave the terminal clean; the last frame stays on it."""
        self._wipe()
        self._bars.clear()
        for line in self._frame:
            write_all(self._ends[1], f"{line}\n".encode("utf-8", "replace"))
        self._frame = []
        self._show()
        for end in (1, 2):
            if self._is_live[end]:
                rest = self._filters[end].finish()
                write_all(self._ends[end], rest)

    def _line(self, text: str) -> None:
        self._wipe()
        self._start_line()
        write_all(self._ends[2], text.encode("utf-8", "replace"))
        self._draw()

    def _start_line(self) -> None:
        if self._middle[2] and self._is_live[2]:
            write_all(self._ends[2], b"\n")
            self._middle[2] = False

    def _draw(self) -> None:
        """Draw the frame and the bars below what was printed."""
        self._last, self.is_stale = time.monotonic(), False
        for end, lines in ((1, self._frame), (2, list(self._bars.values()))):
            if not lines or not self._is_live[end]:
                continue
            width, rows = _size(self._ends[end])
            shown = [_cut(line, width - 1) for line in lines[: rows - 1]]
            reset = _RESET if end == 1 else ""
            hide = "" if self._is_hidden else _HIDE
            self._is_hidden = True
            text = hide + "".join(f"{line}{reset}\n" for line in shown)
            write_all(self._ends[end], text.encode("utf-8", "replace"))
            self._drawn[end] = len(shown)

    def _wipe(self) -> None:
        """Take away what was drawn, the lowest first."""
        for end in (2, 1):
            if self._drawn[end]:
                write_all(
                    self._ends[end], f"{_UP}\r{_WIPE}".encode() * self._drawn[end]
                )
                self._drawn[end] = 0

    def _show(self) -> None:
        if self._is_hidden:
            end = 2 if self._is_live[2] else 1
            write_all(self._ends[end], _SHOW.encode())
            self._is_hidden = False

    def _coloured(self, line: str) -> str:
        flat = line.replace("\n", " ").replace("\r", " ").replace("\t", "    ")
        seen = TerminalFilter()
        kept = seen.feed(flat.encode("utf-8", "replace")).decode()
        return kept if self._colour and self._is_live[1] else _without_colour(kept)


def plain(text: str) -> str:
    """Return a text on one line, without anything that a terminal would obey or hide."""
    flat = text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    kept = TerminalFilter().feed(flat.encode("utf-8", "replace")).decode()
    return _without_colour(kept)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of it, however often the reader is not ready.

    Raises:
        LostError: it cannot be written.
    """
    while data:
        try:
            data = data[os.write(descriptor, data) :]
        except BlockingIOError:
            import select

            room = select.poll()
            room.register(descriptor, select.POLLOUT)
            room.poll()
        except OSError as error:
            raise LostError(error.errno or 0) from error


def _without_colour(text: str) -> str:
    head, *parts = text.split("\x1b[")
    return head + "".join(part.partition("m")[2] for part in parts)


def _bar(message: str, done: float, total: float) -> str:
    if total <= 0:
        return f"{plain(message)} {done:g}"
    share = min(1.0, done / total)
    full = int(share * _BAR)
    return f"[{'#' * full}{'.' * (_BAR - full)}] {share:4.0%} {plain(message)}"


def _cut(line: str, width: int) -> str:
    """Cut a line to a number of characters; colours take no room."""
    shown, kept = 0, ""
    place = 0
    while place < len(line) and shown < width:
        if line.startswith("\x1b[", place):
            end = line.index("m", place) + 1
            kept += line[place:end]
            place = end
            continue
        wide = 2 if ord(line[place]) >= 0x1100 else 1
        shown += wide
        kept += line[place] if shown <= width else ""
        place += 1
    return kept


def _size(descriptor: int) -> tuple[int, int]:
    try:
        width, rows = os.get_terminal_size(descriptor)
    except OSError:
        return _WIDTH, _ROWS
    return width or _WIDTH, rows or _ROWS
