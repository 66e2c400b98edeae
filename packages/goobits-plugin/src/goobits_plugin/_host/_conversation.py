"""The conversation with one plugin: a thread that reads the socket, draws, asks and answers.

It lives while the context manager is entered, and is joined when that is left, by when the guest
must be gone. What a plugin can make us keep is bounded: nothing is read while more than a message
is waiting to be sent.
"""

from __future__ import annotations

import _thread
import os
import select

from goobits_plugin._host import _session as protocol
from goobits_plugin._host._bars import Bars
from goobits_plugin._host._session import Call
from goobits_plugin._host._text import lines
from goobits_plugin._host._wire import LONGEST, Breach, Lines, decode, encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    import _socket
    from collections.abc import Callable, Mapping
    from typing import Self

    from goobits_plugin._host._prompts import Prompts
    from goobits_plugin._host._session import Session
    from goobits_plugin._host._terminal import Terminal
    from goobits_plugin._host._wire import Message

_CHUNK = 1 << 16


class Stopped(Exception):  # noqa: N818 - leaves `Sandbox.run`, which kills the guest at once
    """The conversation is over before its end, for the reason that its `reason` holds."""


class FloodError(Exception):
    """A plugin had more shown than the output that it may write."""


class Conversation:
    """Speaks with a plugin on the socket `ours`, while it is entered.

    `system` answers requests about the system, those of them that `granted` names; `room` is how
    many bytes of log may be shown. `reason` is what ended it early: a Breach, a FloodError, or
    what went wrong with the terminal.
    """

    def __init__(
        self,
        ours: _socket.socket,
        session: Session,
        terminal: Terminal,
        prompts: Prompts,
        *,
        system: Callable[[str], Mapping[str, object]],
        granted: tuple[str, ...],
        verbose: bool,
        room: int,
    ) -> None:
        self.reason: BaseException | None = None
        self._socket = ours
        self._session = session
        self._terminal = terminal
        self._prompts = prompts
        self._system = system
        self._granted = granted
        self._verbose = verbose
        self._room = room
        self._bars = Bars()
        self._lines = Lines()
        self._read: list[bytes] = []
        self._unsent = b"".join(encode(message) for message in session.start())
        self._is_cancelled = self._has_told = self._is_over = False
        self._is_at_end = self._is_shut = False

    def __enter__(self) -> Self:
        self._socket.setblocking(False)
        self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._ended = _thread.allocate_lock()
        self._ended.acquire()
        _thread.start_new_thread(self._run, ())
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over = True
        os.eventfd_write(self._wake, 1)
        self._ended.acquire()
        os.close(self._wake)

    def cancel(self) -> None:
        """Tell the plugin that it is to end, and ask nothing any more; signal handlers may."""
        self._is_cancelled = True
        os.eventfd_write(self._wake, 1)

    def waited(self) -> float:
        """Return the seconds for which people have been waited for.

        Raises:
            Stopped: the plugin must be killed.
        """
        if self.reason is not None:
            raise Stopped
        return self._prompts.waited() + self._terminal.blocked

    def _run(self) -> None:
        try:
            self._converse()
        except BaseException as error:  # noqa: BLE001 - told where the thread is joined
            self.reason = error
        finally:
            self._prompts.drop()
            self._ended.release()

    def _converse(self) -> None:
        while True:
            self._take_lines()
            self._send()
            self._terminal.draw()
            if self._is_over and not self._read:
                break
            self._wait()
            if self._is_cancelled and not self._has_told:
                self._tell()
        # The guest is gone; what it said last is in the socket.
        while not self._is_at_end and self._receive():
            self._unsent = b""
            self._take_lines()

    def _wait(self) -> None:
        """Wait for something to do, and read what there is."""
        poll = select.poll()
        poll.register(self._wake, select.POLLIN)
        mask = select.POLLIN if self._has_room() and not self._is_at_end else 0
        if self._unsent:
            mask |= select.POLLOUT
        if mask:
            poll.register(self._socket, mask)
        if self._prompts.is_asking:
            poll.register(self._terminal.stdin, select.POLLIN)
        patience = self._terminal.patience()
        found = dict(poll.poll(None if patience is None else int(patience * 1000) + 1))
        if self._wake in found:
            os.eventfd_read(self._wake)
        if self._terminal.stdin in found and self._prompts.is_asking:
            self._hear()
        if self._socket.fileno() in found and self._has_room():
            self._receive()

    def _has_room(self) -> bool:
        return len(self._unsent) < LONGEST

    def _receive(self) -> bool:
        """Read once; return whether there was something."""
        try:
            data = self._socket.recv(_CHUNK)
        except BlockingIOError:
            return False
        except ConnectionError:
            data = b""
        self._is_at_end = not data
        try:
            for line in self._lines.feed(data):
                self._read.append(line)
        except Breach:
            self._take_lines()
            raise
        return bool(data)

    def _take_lines(self) -> None:
        taken = 0
        while taken < len(self._read) and self._has_room():
            self._take(decode(self._read[taken]))
            taken += 1
        del self._read[:taken]

    def _take(self, message: Message) -> None:
        found = self._session.take(message)
        if self._session.answered:
            self._prompts.drop()
        if isinstance(found, Call):
            self._carry_out(found)
        elif found is not None:
            self._put(found)

    def _carry_out(self, call: Call) -> None:
        method = call.method
        if method == "$/progress":
            if self._bars.update(call.params):
                self._terminal.show_bars(self._bars.lines)
        elif method == "$/log":
            self._log(str(call.params["level"]), str(call.params["message"]))
        elif method == "ui/frame":
            found = call.params["lines"]
            assert isinstance(found, list)
            self._terminal.show_frame(found)
        elif method.startswith("ui/"):
            self._ask(call)
        else:
            self._answer(call)

    def _log(self, level: str, message: str) -> None:
        if level in ("debug", "info") and not self._verbose:
            return
        self._room -= len(message) + 1
        if self._room < 0:
            raise FloodError
        before = "" if level == "info" else f"{level}: "
        self._terminal.say(
            [f"{self._prompts.name}: {before}{line}" for line in lines(message)]
        )

    def _ask(self, call: Call) -> None:
        if self._is_cancelled:
            self._refuse(call, protocol.INTERRUPTED, "the user has interrupted")
        elif not self._terminal.can_ask:
            self._refuse(call, protocol.NOBODY, "there is nobody to ask")
        else:
            self._prompts.add(call)

    def _answer(self, call: Call) -> None:
        name = call.method.partition("/")[2]
        if name not in self._granted:
            self._refuse(call, protocol.NOT_GRANTED, f"system = ['{name}'] is not granted")
            return
        try:
            found = self._session.answer(call, self._system(call.method))
            self._unsent += encode(found)
        except (OSError, LookupError, ValueError) as error:
            self._refuse(call, protocol.INTERNAL, f"the system does not say: {error}")

    def _hear(self) -> None:
        heard = self._prompts.take()
        if heard is None:
            return
        call, answer = heard
        if answer is None:
            self._refuse(call, protocol.INTERRUPTED, "the user has ended the input")
            for left in self._prompts.drop():
                self._refuse(left, protocol.INTERRUPTED, "the user has ended the input")
        else:
            self._put(self._session.answer(call, {"value": answer}))

    def _tell(self) -> None:
        self._has_told = True
        for call in self._prompts.drop():
            self._refuse(call, protocol.INTERRUPTED, "the user has interrupted")
        self._put(self._session.cancel())

    def _refuse(self, call: Call, code: int, message: str) -> None:
        self._put(self._session.refuse(call, code, message))

    def _put(self, message: Message) -> None:
        if not self._is_shut:
            self._unsent += encode(message)

    def _send(self) -> None:
        try:
            while self._unsent:
                self._unsent = self._unsent[self._socket.send(self._unsent) :]
        except BlockingIOError:
            return
        except ConnectionError:
            self._unsent = b""
        if self._session.answered and not self._is_shut:
            import _socket

            self._is_shut = True
            try:
                self._socket.shutdown(_socket.SHUT_WR)
            except OSError:
                return  # the other side is gone
