"""What a plugin asks of the person at the terminal, one question at a time."""

from __future__ import annotations

import os
import time

from goobits_plugin._host._text import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from goobits_plugin._host._session import Call
    from goobits_plugin._host._terminal import Terminal

_LINE = 1 << 16
_YES, _NO = ("y", "yes"), ("n", "no")


class Prompts:
    """The questions that are open, in their order; `name` is the plugin that asks.

    A question is answered by a line; by the end of the input, or an interrupt, it is not.
    """

    def __init__(
        self,
        terminal: Terminal,
        name: str,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._terminal = terminal
        self._name = name
        self._clock = clock
        self._queue: list[Call] = []
        self._waited = 0.0
        self._since = 0.0
        self._modes: list[object] | None = None

    @property
    def is_asking(self) -> bool:
        return bool(self._queue)

    def waited(self) -> float:
        """Return for how many seconds a person has been asked so far."""
        since = self._since
        return self._waited + (self._clock() - since if since else 0.0)

    def add(self, call: Call) -> None:
        """Ask once what was asked before is answered."""
        self._queue.append(call)
        if len(self._queue) == 1:
            self._ask()

    def take(self) -> tuple[Call, object] | None:
        """Read a line; return what was asked and the answer, None where it must be asked again.

        The answer is None where there is none.
        """
        call = self._queue[0]
        try:
            data = os.read(self._terminal.stdin, _LINE)
        except OSError:
            data = b""
        # With the echo off, the end of the line was not shown either.
        ended = data.endswith(b"\n") and self._modes is None
        self._finish(is_line_ended=ended)
        text = data.decode(errors="replace").rstrip("\r\n")
        answer = _answer(call, text) if data else None
        if answer is None and data:
            self._ask()
            return None
        self._queue.pop(0)
        if self._queue and data:
            self._ask()
        return call, answer

    def drop(self) -> list[Call]:
        """Ask nothing any more, and return what is left unanswered."""
        if self._since:
            self._finish(is_line_ended=False)
        left, self._queue = self._queue, []
        return left

    def _ask(self) -> None:
        call = self._queue[0]
        if call.method == "ui/secret":
            self._hide()
        self._since = self._clock()
        self._terminal.ask(self._name, _question(call))

    def _finish(self, *, is_line_ended: bool) -> None:
        self._waited, self._since = self.waited(), 0.0
        self._show()
        self._terminal.end_question(is_line_ended=is_line_ended)

    def _hide(self) -> None:
        """Have nothing shown of what is typed from here on; what was typed before is dropped."""
        import termios

        modes = termios.tcgetattr(self._terminal.stdin)
        silent = [*modes]
        silent[3] = modes[3] & ~(termios.ECHO | termios.ECHONL)
        self._modes = modes
        termios.tcsetattr(self._terminal.stdin, termios.TCSAFLUSH, silent)

    def _show(self) -> None:
        if self._modes is None:
            return
        import termios

        modes, self._modes = self._modes, None
        try:
            termios.tcsetattr(self._terminal.stdin, termios.TCSAFLUSH, modes)  # type: ignore[arg-type]
        except termios.error:
            return  # the terminal is gone


def _question(call: Call) -> str:
    message, default = str(call.params["message"]), call.params.get("default")
    if call.method == "ui/confirm":
        return f"{message} [{'Y/n' if default else 'y/N'}]"
    if call.method == "ui/prompt" and default:
        return f"{message} [{clean(str(default))}]:"
    return message if message.rstrip().endswith((":", "?")) else f"{message}:"


def _answer(call: Call, text: str) -> object:
    """Return what a line says; None where it says nothing that was asked for."""
    default = call.params.get("default")
    if call.method == "ui/prompt" and not text:
        return default or ""
    if call.method != "ui/confirm":
        return text
    said = text.strip().lower()
    if not said:
        return default
    return said in _YES if said in (*_YES, *_NO) else None
