"""The command `goobits-sandbox`."""

from __future__ import annotations

import os
import sys

from goobits_sandbox._signals import SIGHUP, SIGINT, SIGTERM, handle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._arguments import Request
    from goobits_sandbox._outcome import Outcome
    from goobits_sandbox._terminal import TerminalFilter

_GRACE = 2.0
_REFUSED = 126
_NOT_FOUND = 127
_USAGE = 2
_PIPE = 128 + 13


def main() -> None:
    """Run the command line of this process, and leave with its exit code."""
    _open_standard()
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run a command line and return its exit code."""
    from goobits_sandbox import _arguments

    first = words[0] if words else "--help"
    if first in ("--help", "-h"):
        sys.stdout.write(_arguments.USAGE)
        return 0
    if first == "--version":
        from importlib.metadata import version

        sys.stdout.write(f"goobits-sandbox {version('goobits-sandbox')}\n")
        return 0
    try:
        if first == "doctor":
            return _doctor(words[1:])
        if first == "sandbox-setup":
            return _setup(words[1:])
        return _sandbox(_arguments.parse(words))
    except _arguments.UsageError as error:
        _say(f"error: {error}\nTry `goobits-sandbox --help`.")
        return _USAGE


def _sandbox(request: Request) -> int:
    from goobits_sandbox._errors import (
        CommandNotFoundError,
        PolicyError,
        UnavailableError,
    )
    from goobits_sandbox._sandbox import Sandbox

    name = request.command[0]
    if request.report:
        _check_report(request.report)
    sinks = (_Sink(1), _Sink(2))
    try:
        with _Cancel() as cancel:
            outcome = Sandbox(request.policy, bwrap=request.bwrap).run(
                request.command,
                input=0,
                on_stdout=sinks[0],
                on_stderr=sinks[1],
                cancel=cancel.descriptor,
                grace=_GRACE,
            )
    except BrokenPipeError:
        return _PIPE
    except UnavailableError as error:
        _say(f"error: {name!r} was not run: {error}")
        return _REFUSED
    except PolicyError as error:
        _say(f"error: {name!r} was not run: {error}\nhint: {error.hint}")
        return _REFUSED
    except CommandNotFoundError as error:
        _say(f"error: {error}\nhint: {error.hint}")
        return _NOT_FOUND
    for sink in sinks:
        sink.close()
    if request.report:
        _write_report(request.report, outcome)
    _tell(name, outcome)
    return cancel.exit_code(outcome.exit_code)


def _tell(name: str, outcome: Outcome) -> None:
    """Say what the host did that the guest cannot have said."""
    if outcome.message:
        _say(f"{name}: {outcome.message}")
    for refused in outcome.changes.refused:
        _say(f"{name}: not taken: {refused.path}: {refused.why}")
    for path in outcome.changes.conflicts:
        _say(f"{name}: not taken: {path}: it has been changed meanwhile")
    for decision in outcome.decisions:
        if not decision.allowed:
            _say(f"{name}: {decision.host}:{decision.port}: {decision.why}")


def _check_report(path: str) -> None:
    """Refuse a report that cannot be written, before anything is run."""
    folder = os.path.dirname(os.path.abspath(path))
    if os.path.isdir(path) or not os.access(folder, os.W_OK | os.X_OK):
        from goobits_sandbox._arguments import UsageError

        raise UsageError(f"--report {path!r} cannot be written")


def _write_report(path: str, outcome: Outcome) -> None:
    import json

    from goobits_sandbox._report import as_json

    new = f"{path}.{os.getpid()}"
    # What an ended process of this number left there is nobody's.
    with open(new, "w") as file:
        json.dump(as_json(outcome), file, indent=2)
        file.write("\n")
    os.replace(new, path)


def _doctor(words: list[str]) -> int:
    from goobits_sandbox._arguments import UsageError
    from goobits_sandbox._doctor import doctor

    bwrap, as_json, rest = "", False, iter(words)
    for word in rest:
        if word == "--json":
            as_json = True
        elif word == "--bwrap":
            bwrap = next(rest, "")
        else:
            raise UsageError(f"doctor takes --json and --bwrap PATH, not {word!r}")
    findings = doctor(bwrap=bwrap)
    if as_json:
        import json

        from goobits_sandbox._report import plain

        json.dump([plain(finding) for finding in findings], sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        for finding in findings:
            sys.stdout.write(finding.text())
    return 0 if all(finding.holds for finding in findings) else 1


def _setup(words: list[str]) -> int:
    from goobits_sandbox._apparmor import PROFILE, SetupError, install
    from goobits_sandbox._arguments import UsageError

    if words == ["--print"]:
        sys.stdout.write(PROFILE)
        return 0
    if words:
        raise UsageError(f"sandbox-setup takes --print, not {words[0]!r}")
    try:
        sys.stdout.write(install() + "\n")
    except SetupError as error:
        _say(f"error: {error}\nhint: {error.hint}")
        return 1
    return 0


def _open_standard() -> None:
    """Give the standard descriptors that are closed to nobody, before others take their numbers."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


class _Sink:
    """Writes a guest's output to ours: to a terminal only text and colours."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._shown: TerminalFilter | None = None
        if os.isatty(target):
            from goobits_sandbox._terminal import TerminalFilter

            self._shown = TerminalFilter()

    def __call__(self, data: bytes) -> None:
        _write(self._target, self._shown.feed(data) if self._shown else data)

    def close(self) -> None:
        """End what the guest has begun to show: a colour, a character."""
        if self._shown:
            _write(self._target, self._shown.finish())


def _write(target: int, data: bytes) -> None:
    while data:
        data = data[os.write(target, data) :]


def _say(text: str) -> None:
    """Write to stderr; what a guest has named is shown without control characters."""
    shown = "".join(
        char if char.isprintable() or char == "\n" else repr(char)[1:-1]
        for char in text
    )
    _write(2, (shown + "\n").encode(errors="backslashreplace"))


class _Cancel:
    """While it is entered, Ctrl-C, SIGTERM and SIGHUP can be read from `descriptor`."""

    _SIGNALS = (SIGINT, SIGTERM, SIGHUP)

    def __init__(self) -> None:
        self._signal = 0

    def __enter__(self) -> _Cancel:
        self.descriptor = os.eventfd(0, os.EFD_CLOEXEC)
        self._before = {number: handle(number, self._take) for number in self._SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            handle(number, handler)
        os.close(self.descriptor)

    def exit_code(self, code: int) -> int:
        """Return the guest's code, or that of the signal that ended it."""
        return 128 + self._signal if self._signal else code

    def _take(self, number: int, _: object) -> None:
        self._signal = number
        os.eventfd_write(self.descriptor, 1)
