"""The thread that serves a plugin's socket while the main thread runs the sandbox."""

from __future__ import annotations

import _thread
import select
import socket
from collections import deque
from contextlib import suppress

from goobits_plugin._errors import PluginFailedError, ProtocolError
from goobits_plugin._host._outcomes import limited
from goobits_plugin._host._person import NoAnswerError
from goobits_plugin._host._screen import INTERVAL, LostError
from goobits_plugin._host._session import Notice, Request
from goobits_plugin._host._wire import TooLongError, Wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from goobits_plugin._host._person import Person
    from goobits_plugin._host._screen import Screen
    from goobits_plugin._host._session import Session
    from goobits_plugin._record import Json

    Look = Callable[[str], Json]


class Channel:
    """A socket pair, and a session on our end of it, from the start to the end of a run.

    `theirs` is the number of the plugin's end, `most` how many characters it may log. `stop` and
    `cancel` are descriptors that can be read when the run is over, and when the user has
    interrupted it.
    """

    def __init__(
        self,
        session: Session,
        screen: Screen,
        person: Person,
        lock: _thread.LockType,
        *,
        look: Look,
        stop: int,
        cancel: int,
        plugin: str,
        most: int,
    ) -> None:
        self.session = session
        self._screen = screen
        self._person = person
        self._lock = lock
        self._look = look
        self._stop, self._cancel = stop, cancel
        self._plugin, self._most, self._logged = plugin, most, 0
        self._ours, self._other = socket.socketpair()
        self._ours.setblocking(False)
        self._wire = Wire(self._ours)
        self._broken: BaseException | None = None
        self._waiting: deque[Request] = deque()
        self._over = _thread.allocate_lock()

    @property
    def theirs(self) -> int:
        return self._other.fileno()

    def check(self) -> None:
        """Raise what has broken the session, if something has."""
        if self._broken is not None:
            raise self._broken

    def begin(self, command: dict[str, Json]) -> Self:
        """Say to the plugin what is to be run; it reads that when it is there."""
        try:
            for message in self.session.opening(command):
                self._wire.send(message)
        except TooLongError:
            raise PluginFailedError(
                "the command line is too long for a plugin"
            ) from None
        return self

    def __enter__(self) -> Self:
        self._over.acquire()
        _thread.start_new_thread(self._serve, ())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.acquire()
        self._drain()
        self._ours.close()
        self._other.close()

    def _serve(self) -> None:
        try:
            self._loop()
        except BaseException as error:  # noqa: BLE001 - raised again in the main thread
            self._broken = error
        finally:
            self._over.release()

    def _loop(self) -> None:
        ends = select.poll()
        for descriptor in (self._stop, self._cancel):
            ends.register(descriptor, select.POLLIN)
        ours = self._ours.fileno()
        while True:
            wants = select.POLLOUT if self._wire.wants_to_write else 0
            if not self._wire.is_over:
                ends.register(ours, select.POLLIN | wants)
            ready = dict(ends.poll(self._patience()))
            if not ready and self._screen.is_stale:
                with self._lock, suppress(LostError):
                    self._screen.refresh()
            if self._stop in ready:
                return
            if self._cancel in ready:
                ends.unregister(self._cancel)
                self._wire.send({"method": "$/cancel", "params": {}})
            if ours in ready:
                self._wire.flush()
                self._read()
                if self._wire.is_over:
                    ends.unregister(ours)
            if self._is_asked():
                self._answer(self._waiting.popleft())

    def _patience(self) -> int | None:
        """Return for how many milliseconds nothing is to be done."""
        if self._is_asked():
            return 0
        return int(INTERVAL * 1000) if self._screen.is_stale else None

    def _is_asked(self) -> bool:
        return bool(self._waiting) and not self.session.is_answered

    def _heard(self) -> bool:
        """Read what the plugin says while a question is open; tell whether it still is."""
        self._wire.flush()
        self._read()
        return not (self._wire.is_over or self.session.is_answered)

    def _read(self) -> None:
        for message in self._wire.receive():
            # The plugin is there, so that it has its own descriptor of its end.
            self._other.close()
            found = self.session.take(message)
            if isinstance(found, Request):
                self._waiting.append(found)
            elif found is not None:
                self._notice(found)
            if self.session.is_answered:
                self._ours.shutdown(socket.SHUT_WR)

    def _drain(self) -> None:
        """Take what the plugin said last, before it ended."""
        while self._broken is None and not self._wire.is_over:
            try:
                found = self._ours.recv(1, socket.MSG_PEEK)
                self._read() if found else setattr(self._wire, "is_over", True)
            except BlockingIOError:
                return
            except OSError:
                return
            except ProtocolError as error:
                self._broken = error

    def _notice(self, notice: Notice) -> None:
        params = notice.params
        # What is printed finds out, too, and says so.
        with self._lock, suppress(LostError):
            if notice.method == "$/progress":
                names = ("token", "message", "done", "total")
                token, message, done, total = (params.get(name) for name in names)
                self._screen.progress(token, str(message), done, total)
            elif notice.method == "$/log":
                self._log(str(params["level"]), str(params["message"]))
            elif isinstance(lines := params["lines"], list):
                self._screen.frame(lines)

    def _log(self, level: str, message: str) -> None:
        """Write a line, and count it as output."""
        self._logged += len(message)
        if self._logged > self._most:
            raise limited(self._plugin, f"it logged more than {self._most} characters")
        self._screen.log(level, message)

    def _answer(self, request: Request) -> None:
        refusal = self.session.refusal(request)
        try:
            if refusal is not None:
                message = self.session.refuse(request, *refusal)
            elif request.method.startswith("ui/"):
                asked = (request, self._ours.fileno(), self._heard)
                value = {"value": self._person.answer(*asked)}
                message = self.session.answer(request, value)
            else:
                message = self.session.answer(request, self._look(request.method))
        except NoAnswerError as error:
            message = self.session.refuse(request, error.code, str(error))
        self._wire.send(message)
