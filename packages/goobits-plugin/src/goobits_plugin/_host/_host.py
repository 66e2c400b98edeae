"""`PluginHost`: one command of a plugin, from its words to its exit code."""

from __future__ import annotations

import _thread
import errno
import os
import sys
import time
from contextlib import ExitStack

from goobits_sandbox import (
    CommandNotFoundError,
    PolicyError,
    Sandbox,
    UnavailableError,
)

from goobits_plugin._errors import (
    PluginFailedError,
    ProtocolError,
    RefusedError,
    RuntimeMissingError,
)
from goobits_plugin._host._interrupts import Interrupts
from goobits_plugin._host._outcomes import check, judged, tell
from goobits_plugin._host._person import Person
from goobits_plugin._host._policy import SOCKET, policy_of
from goobits_plugin._host._screen import LostError, Screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from socket import socket

    from goobits_sandbox import Outcome

    from goobits_plugin._host._channel import Channel
    from goobits_plugin._record import Json, Record

    Services = Mapping[str, Callable[[], socket]]

_GRACE = 2.0
_CLOSED_PIPE = 141
_STDERR = 2


class PluginHost:
    """Runs commands of one plugin in the sandbox, as commands of the program `cli`.

    `out`, `err` and `stdin` are the descriptors of the user's terminal, pipes or files. `look`
    answers the `system/` requests that were granted.
    """

    def __init__(
        self,
        record: Record,
        *,
        cli: str,
        look: Callable[[str], Json] | None = None,
        bwrap: str = "",
        out: int = 1,
        err: int = 2,
        stdin: int = 0,
    ) -> None:
        self._record = record
        self._cli = cli
        self._look = look or _look
        self._bwrap = bwrap
        self._out, self._err, self._stdin = out, err, stdin

    def run(
        self,
        path: str,
        values: Mapping[str, Json],
        *,
        words: Sequence[str] = (),
        verbosity: int = 0,
        colour: bool = False,
    ) -> int:
        """Run the command that `path` names, and return its exit code.

        `values` are what its hook gets; a plain program gets `words`. Interrupts end the plugin
        first, and then this process by the same signal. 141 when nobody reads its output.

        Raises:
            RefusedError: it must not run, or this system cannot hold it. Nothing was executed.
            RuntimeMissingError: what runs it is not there.
            PluginFailedError: it gave no answer; ProtocolError: it said what makes no sense.
        """
        record = self._record
        if not sys.platform.startswith("linux"):
            said = "plugins run on Linux alone, where a sandbox can hold them"
            raise RefusedError(
                f"plugin '{record.name}' was not run: {said}. Nothing was executed."
            )
        _hold()
        screen = Screen(
            record.name,
            out=self._out,
            err=self._err,
            verbosity=verbosity,
            colour=colour,
        )
        lock = _thread.allocate_lock()
        with Interrupts() as interrupts:
            person = Person(
                screen,
                lock,
                stop=(interrupts.over, interrupts.asked),
                stdin=self._stdin,
            )
            run = _Run(self, screen, lock, interrupts, person)
            try:
                if record.protocol == "plain":
                    code = run.plain(words)
                else:
                    code = run.rpc(self._command(path, values, verbosity, colour))
            except KeyboardInterrupt:
                code = 0
            except LostError as lost:
                return _output_failed(lost)
            finally:
                interrupts.end()
                _closed(screen)
            if interrupts.number:
                interrupts.again()
        return code

    def _command(
        self, path: str, values: Mapping[str, Json], verbosity: int, colour: bool
    ) -> dict[str, Json]:
        ends = {"stdin": self._stdin, "stdout": self._out, "stderr": self._err}
        return {
            "command": path,
            "arguments": dict(values),
            "cwd": os.getcwd(),
            "tty": {name: os.isatty(end) for name, end in ends.items()},
            "colour": colour,
            "verbosity": verbosity,
        }


class _Run:
    """What one run shares: the screen and who may write to it, and what can end it."""

    def __init__(
        self,
        host: PluginHost,
        screen: Screen,
        lock: _thread.LockType,
        interrupts: Interrupts,
        person: Person,
    ) -> None:
        self._host = host
        self._record = host._record
        self._screen = screen
        self._lock = lock
        self._interrupts = interrupts
        self._person = person
        self._blocked = 0.0

    def plain(self, words: Sequence[str]) -> int:
        """Run a program that speaks no protocol."""
        outcome = self._sandboxed(words, None)
        self._tell(outcome)
        return judged(self._record.name, outcome, self._record.limits)

    def rpc(self, command: dict[str, Json]) -> int:
        """Run a plugin, and serve its socket meanwhile."""
        from goobits_plugin._host._channel import Channel
        from goobits_plugin._host._session import Session

        record = self._record
        session = Session(record.name, record.permissions.lists(), os.urandom(16).hex())
        channel = Channel(
            session,
            self._screen,
            self._person,
            self._lock,
            look=self._host._look,
            stop=self._interrupts.over,
            cancel=self._interrupts.asked,
            plugin=record.name,
            most=record.limits.output,
        )
        try:
            with channel.begin(command):
                try:
                    outcome = self._sandboxed((), channel)
                finally:
                    self._interrupts.end()
            channel.check()
        except ProtocolError as error:
            message = f"plugin '{record.name}' broke the protocol: {error}"
            raise ProtocolError(message) from None
        if self._interrupts.number:
            return 0
        self._tell(outcome)
        return check(
            record.name, outcome, session, record.limits, self._screen.verbosity
        )

    def _sandboxed(self, words: Sequence[str], channel: Channel | None) -> Outcome:
        record = self._record
        try:
            with ExitStack() as stack:
                return self._guest(words, channel, _services(record, stack))
        except UnavailableError as error:
            raise RefusedError(
                f"plugin '{record.name}' was not run: {error}"
            ) from error
        except PolicyError as error:
            message = f"plugin '{record.name}' was not run: {error}"
            raise RefusedError(
                f"{message}. Nothing was executed.", hint=error.hint
            ) from error
        except CommandNotFoundError as error:
            message = f"plugin '{record.name}' cannot run: {error}"
            raise RuntimeMissingError(message, hint=error.hint) from error

    def _tell(self, outcome: Outcome) -> None:
        """Say what was not done, below what the plugin has shown."""
        _closed(self._screen)
        tell(self._record.name, self._host._cli, outcome)

    def _guest(
        self, words: Sequence[str], channel: Channel | None, services: Services
    ) -> Outcome:
        record, piped = self._record, self._host._stdin
        policy, bwrap = policy_of(record), self._host._bwrap
        return Sandbox(policy, bwrap=bwrap, services=services).run(
            [record.program, *record.words, *words],
            input=b"" if os.isatty(piped) else piped,
            on_stdout=lambda data: self._write(1, data),
            on_stderr=lambda data: self._write(2, data),
            keep={SOCKET: channel.theirs} if channel else None,
            cancel=self._interrupts.asked,
            grace=_GRACE,
            waited=lambda: self._patience(channel),
        )

    def _patience(self, channel: Channel | None) -> float:
        """Return the time that others took; end a run that must not go on.

        Raises:
            PluginFailedError: the plugin broke the protocol.
            KeyboardInterrupt: the user has interrupted twice.
        """
        if channel is not None:
            channel.check()
        if self._interrupts.is_urgent:
            raise KeyboardInterrupt
        return self._person.waited() + self._blocked

    def _write(self, end: int, data: bytes) -> None:
        begin = time.monotonic()
        with self._lock:
            try:
                self._screen.write(end, data)
            except LostError as lost:
                # Nobody misses what goes to a closed end, or to stderr.
                if end == 1 and lost.number != errno.EBADF:
                    raise
        # A reader that waits, such as a pager, is no fault of the plugin's.
        self._blocked += time.monotonic() - begin


def _hold() -> None:
    """Open what this process was started without, before something else gets its number."""
    while (found := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        continue
    os.close(found)


def _look(method: str) -> Json:
    from goobits_plugin._brokers import system

    return system.answer(method)


def _services(record: Record, stack: ExitStack) -> Services:
    """Begin what answers for the services of a plugin, until the stack is left."""
    if "docker" not in record.permissions.services:
        return {}
    from goobits_plugin._brokers.docker import docker_service

    return {"docker": stack.enter_context(docker_service(os.environ))}


def _output_failed(lost: LostError) -> int:
    if lost.number == errno.EPIPE:
        return _CLOSED_PIPE
    said = f"cannot write to standard output: {os.strerror(lost.number)}"
    raise PluginFailedError(said) from lost


def _closed(screen: Screen) -> None:
    try:
        screen.close()
    except LostError:
        return
