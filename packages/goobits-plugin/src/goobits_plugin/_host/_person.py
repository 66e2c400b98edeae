"""The person in front of the terminal: asked by the host, with the plugin's name in front."""

from __future__ import annotations

import os
import select
import time

from goobits_plugin._host._screen import LostError, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _thread import LockType
    from collections.abc import Callable

    from goobits_plugin._host._screen import Screen
    from goobits_plugin._host._session import Request
    from goobits_plugin._record import Json

NOBODY, INTERRUPTED = -32001, -32002
_LONGEST = 4096
_YES, _NO = ("y", "yes"), ("n", "no")
_TRIES = 3


class NoAnswerError(Exception):
    """There is no answer to be had; `code` is that of the wire protocol."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


class Person:
    """Who answers questions on the terminal `stdin`.

    `stop` are descriptors that can be read when nobody waits for an answer any more.
    """

    def __init__(
        self, screen: Screen, lock: LockType, *, stop: tuple[int, ...], stdin: int = 0
    ) -> None:
        self._screen = screen
        self._lock = lock
        self._stop = stop
        self._stdin = stdin
        self._waited = 0.0
        self._since = 0.0
        self._unread = b""
        self._plugin = -1
        self._heard: Callable[[], bool] = bool

    def waited(self) -> float:
        """Return the seconds so far in which a question was open."""
        since = self._since
        return self._waited + (time.monotonic() - since if since else 0.0)

    def answer(self, request: Request, plugin: int, heard: Callable[[], bool]) -> Json:
        """Ask a `ui/` request's question and return the value of its answer.

        Meanwhile the descriptor `plugin` is looked at: when it can be read, `heard` reads it and
        says whether the answer is still wanted.

        Raises:
            NoAnswerError: nobody is there, or the run is over.
        """
        if not (os.isatty(self._stdin) and self._screen.is_live(2)):
            raise NoAnswerError(NOBODY, "there is no terminal to ask on")
        message = plain(str(request.params["message"]))
        default = request.params.get("default")
        self._plugin, self._heard = plugin, heard
        self._since = time.monotonic()
        try:
            if request.method == "ui/confirm":
                return self._confirm(message, default is True)
            if request.method == "ui/secret":
                return self._secret(message)
            note = f" [{plain(default)}]" if isinstance(default, str) else ""
            text = self._line(f"{message}{note}")
            return text or (default if isinstance(default, str) else "")
        finally:
            self._waited = self.waited()
            self._since = 0.0

    def _confirm(self, message: str, default: bool) -> bool:
        note = "[Y/n]" if default else "[y/N]"
        for _ in range(_TRIES):
            text = self._line(f"{message} {note}").strip().lower()
            if text in _YES or not text:
                return True if text else default
            if text in _NO:
                return False
        return False

    def _secret(self, message: str) -> str:
        import termios

        before = termios.tcgetattr(self._stdin)
        silent = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
        termios.tcsetattr(self._stdin, termios.TCSAFLUSH, silent)
        try:
            return self._line(message, echoed=False)
        finally:
            termios.tcsetattr(self._stdin, termios.TCSAFLUSH, before)

    def _line(self, text: str, *, echoed: bool = True) -> str:
        try:
            with self._lock:
                self._screen.ask(text)
            try:
                return self._read()
            finally:
                with self._lock:
                    self._screen.answered(echoed=echoed)
        except LostError:
            raise NoAnswerError(NOBODY, "the terminal was closed") from None

    def _read(self) -> str:
        """Read a line, or the rest before an end of file."""
        waiting = select.poll()
        for descriptor in (self._stdin, self._plugin, *self._stop):
            waiting.register(descriptor, select.POLLIN | select.POLLHUP)
        while b"\n" not in self._unread and len(self._unread) < _LONGEST:
            ready = {descriptor for descriptor, _ in waiting.poll()}
            is_unwanted = self._plugin in ready and not self._heard()
            if is_unwanted or not ready.isdisjoint(self._stop):
                raise NoAnswerError(INTERRUPTED, "the user interrupts")
            if self._stdin not in ready:
                continue
            data = os.read(self._stdin, _LONGEST)
            if not data:
                raise NoAnswerError(NOBODY, "the terminal was closed")
            self._unread += data
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode("utf-8", "replace").rstrip("\r")
