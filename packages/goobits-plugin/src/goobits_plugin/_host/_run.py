"""`PluginHost`: one command of a plugin, run in the sandbox to its end."""

from __future__ import annotations

import os

from goobits_plugin._errors import GoobitsPluginError, RefusedError
from goobits_plugin._host import _messages as messages
from goobits_plugin._host._policy import RPC_FD, policy_of
from goobits_plugin._host._services import Services, system
from goobits_plugin._host._signals import Killed, Signals
from goobits_plugin._host._terminal import Terminal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import _socket
    from collections.abc import Callable, Mapping, Sequence

    from goobits_sandbox import Outcome

    from goobits_plugin._host._conversation import Conversation
    from goobits_plugin._host._services import Open
    from goobits_plugin._host._session import Session
    from goobits_plugin._record import Record

    Value = None | bool | int | float | str | Sequence["Value"]

_GRACE = 2.0
_PIPE = 128 + 13


class PluginHost:
    """Runs the plugin of a record for the program `cli`, in the sandbox that `bwrap` makes.

    `system` answers what the plugin asks about the system, `services` gives the services that it
    may reach, by their names; `terminal` is where the user is, else this process's own ends.
    """

    def __init__(
        self,
        record: Record,
        *,
        cli: str,
        terminal: Terminal | None = None,
        system: Callable[[str], Mapping[str, object]] = system,
        services: Open = Services,
        bwrap: str = "",
    ) -> None:
        self._record = record
        self._cli = cli
        self._terminal = terminal
        self._system = system
        self._services = services
        self._bwrap = bwrap

    def run(
        self,
        path: str,
        values: Mapping[str, Value],
        *,
        words: Sequence[str],
        verbosity: int,
        colour: bool,
    ) -> int:
        """Run the command at `path` ("git-branch create"), and return its exit code.

        `values` are the arguments and options by their keys; `words` what the user typed from the
        command's first word on, which a plugin without the protocol gets. Called in the main
        thread. A signal that came meanwhile is delivered again once all is clean: Ctrl-C raises
        KeyboardInterrupt then. Where nobody reads the output any more it is 141.

        Raises:
            GoobitsPluginError: the plugin did not answer, or was not run.
        """
        _open_standard()
        terminal = self._terminal or Terminal()
        try:
            cwd = os.getcwd()
        except OSError as error:
            raise RefusedError(
                f"plugin '{self._record.name}' was not run: the folder that you are in "
                "is gone. Nothing was executed.",
                hint="cd to one that is there",
            ) from error
        run = _Run(self._record, terminal, cwd, f"{self._cli} {path}")
        start = (self._services, self._bwrap)
        if self._record.protocol == "plain":
            return run.plain(words[len(path.split()) :], *start)
        command = {
            "command": path,
            "arguments": dict(values),
            "cwd": cwd,
            "tty": terminal.is_tty,
            "colour": colour,
            "verbosity": verbosity,
        }
        return run.rpc(command, self._system, *start)


class _Run:
    """One run: what it has begun, and how it is told to end."""

    def __init__(
        self, record: Record, terminal: Terminal, cwd: str, command: str
    ) -> None:
        self._record = record
        self._terminal = terminal
        self._cwd = cwd
        self._command = command
        self._talk: Conversation | None = None
        self._signals = Signals(self._interrupt)
        self._is_unread = False
        self._unwritten = ""
        self._cancel = -1

    def plain(self, words: Sequence[str], services: Open, bwrap: str) -> int:
        """Run a plugin that knows no protocol: its words, and its exit code."""
        outcome = self._guarded(lambda: self._start(words, services, bwrap, {}))
        self._check(outcome)
        assert outcome is not None
        return outcome.exit_code

    def rpc(
        self,
        command: Mapping[str, object],
        system: Callable[[str], Mapping[str, object]],
        services: Open,
        bwrap: str,
    ) -> int:
        """Run a plugin and speak with it; its answer is the exit code."""
        import _socket

        record = self._record
        session = _session(record, command)
        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM, 0)
        try:
            talk = self._talk = self._conversation(ours, session, command, system)
            keep = {RPC_FD: theirs.fileno()}

            def start() -> Outcome:
                with talk:
                    return self._start((), services, bwrap, keep)

            outcome = self._guarded(start)
        finally:
            ours.close()
            theirs.close()
        self._check_talk(talk)
        if session.failure is None:
            self._check(outcome)
            assert outcome is not None
            if session.answered:
                return session.exit_code
            raise messages.silent(record, outcome.exit_code, ready=session.ready)
        if command["verbosity"] and session.failure.trace:
            from goobits_plugin._host._text import lines

            self._terminal.say(lines(session.failure.trace))
        raise messages.failure(
            record, session.failure, ready=session.ready, command=self._command
        )

    def _conversation(
        self,
        ours: _socket.socket,
        session: Session,
        command: Mapping[str, object],
        system: Callable[[str], Mapping[str, object]],
    ) -> Conversation:
        from goobits_plugin._host._conversation import Conversation
        from goobits_plugin._host._prompts import Prompts

        try:
            return Conversation(
                ours,
                session,
                self._terminal,
                Prompts(self._terminal, self._record.name),
                system=system,
                granted=self._record.permissions.system,
                verbose=bool(command["verbosity"]),
                room=self._record.limits.output,
            )
        except ValueError as error:
            why = "no valid UTF-8" if isinstance(error, UnicodeError) else str(error)
            raise messages.unspeakable(self._record, why) from error

    def _guarded(self, start: Callable[[], Outcome]) -> Outcome | None:
        """Run the guest with signals and the terminal taken care of; None where it was killed."""
        from goobits_plugin._host._conversation import Stopped

        outcome = None
        self._cancel = os.eventfd(0, os.EFD_CLOEXEC)
        try:
            with self._signals:
                try:
                    outcome = start()
                except (Killed, Stopped):
                    outcome = None
                finally:
                    self._signals.is_running = False
                    self._close_terminal()
        finally:
            os.close(self._cancel)
        if self._signals.number:
            self._signals.deliver()
        return outcome

    def _start(
        self,
        words: Sequence[str],
        services: Open,
        bwrap: str,
        keep: Mapping[int, int],
    ) -> Outcome:
        """Run the guest to its end.

        Raises:
            GoobitsPluginError: it was not run.
            Killed, Stopped: it was ended, and is no more.
        """
        from goobits_sandbox import (
            CommandNotFoundError,
            PolicyError,
            Sandbox,
            UnavailableError,
        )

        record, terminal = self._record, self._terminal
        talk = self._talk
        try:
            with services(record.permissions.services) as opened:
                sandbox = Sandbox(
                    policy_of(record, self._cwd), bwrap=bwrap, services=opened
                )
                self._signals.is_running = True
                return sandbox.run(
                    (record.program, *record.words, *words),
                    input=b"" if terminal.is_tty["stdin"] else terminal.stdin,
                    on_stdout=lambda data: self._print(terminal.stdout, data),
                    on_stderr=lambda data: self._print(terminal.stderr, data),
                    keep=keep,
                    cancel=self._cancel,
                    grace=_GRACE,
                    waited=talk.waited if talk else lambda: terminal.blocked,
                )
        except UnavailableError as error:
            raise messages.unavailable(record, error) from error
        except PolicyError as error:
            raise messages.refused(record, error) from error
        except CommandNotFoundError as error:
            raise messages.missing(record, error) from error

    def _print(self, end: int, data: bytes) -> None:
        if self._is_unread or self._unwritten:
            return
        try:
            self._terminal.write(end, data)
        except BrokenPipeError:
            self._is_unread = True
            self._interrupt()
        except OSError as error:
            self._unwritten = error.strerror
            self._interrupt()

    def _interrupt(self) -> None:
        """Have the guest end: it is told, and killed after its grace. Signal handlers call it."""
        os.eventfd_write(self._cancel, 1)
        if self._talk is not None:
            self._talk.cancel()

    def _close_terminal(self) -> None:
        try:
            self._terminal.close()
        except OSError:
            self._is_unread = True

    def _check_talk(self, talk: Conversation) -> None:
        """Raise what ended the conversation early."""
        from goobits_plugin._host._conversation import FloodError
        from goobits_plugin._host._wire import Breach

        reason = talk.reason
        if self._is_unread or isinstance(reason, OSError):
            self._is_unread = True
        elif isinstance(reason, Breach):
            raise messages.breach(self._record, str(reason))
        elif isinstance(reason, FloodError):
            raise messages.output(self._record)
        elif reason is not None:
            raise reason

    def _check(self, outcome: Outcome | None) -> None:
        """Say what was refused to the guest, and raise what ended it."""
        record = self._record
        if self._unwritten:
            raise messages.unwritten(record, self._unwritten)
        if outcome is None:
            raise messages.killed(record)
        refused = messages.not_taken(record, outcome)
        if refused:
            self._terminal.say(refused)
        if outcome.reason == "signalled":
            raise messages.crash(record, outcome)
        if outcome.reason != "exited":
            raise messages.limit(record, outcome)


def _session(record: Record, command: Mapping[str, object]) -> Session:
    from goobits_plugin._host._session import Session

    if not _is_sayable(command["arguments"]):
        raise messages.unspeakable(record, "a number that not every language has")
    cookie = os.urandom(16).hex()
    return Session(record.name, record.permissions.lists(), command, cookie)


def _is_sayable(value: object) -> bool:
    """Return whether every number in a value is one that all languages have."""
    from goobits_plugin._host._wire import GREATEST

    if isinstance(value, dict):
        return all(map(_is_sayable, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_sayable, value))
    if isinstance(value, float):
        return value - value == 0.0
    return not isinstance(value, int) or -GREATEST <= value <= GREATEST


def _open_standard() -> None:
    """Give the standard descriptors that are closed to nobody, before others take their numbers."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


__all__ = ["GoobitsPluginError", "PluginHost"]
