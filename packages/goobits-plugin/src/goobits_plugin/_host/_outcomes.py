"""How a run ended, in one line and an exit code."""

from __future__ import annotations

import sys

from goobits_plugin._errors import PluginFailedError
from goobits_plugin._host._screen import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox import Outcome

    from goobits_plugin._host._session import Session
    from goobits_plugin._record import Ceilings

_MIB = 1 << 20
_TIMED_OUT, _LIMITED = 124, 137
_SHOWN = 20


def judged(name: str, outcome: Outcome, limits: Ceilings) -> int:
    """Return the exit code of a program that ended by itself.

    Raises:
        PluginFailedError: it was ended, by a limit or by a signal.
    """
    if outcome.reason in ("exited", "cancelled"):
        return outcome.exit_code
    if outcome.reason == "signalled":
        code = outcome.exit_code
        raise _failed(f"plugin '{name}' crashed: {outcome.message}", code)
    if outcome.reason == "timed_out":
        said = f"it ran for longer than {limits.wall:g} seconds"
        raise _failed(f"plugin '{name}' was stopped: {said}", _TIMED_OUT)
    raise limited(name, _limit(outcome, limits))


def check(
    name: str, outcome: Outcome, session: Session, limits: Ceilings, verbosity: int
) -> int:
    """Return the exit code that a plugin has answered.

    Raises:
        PluginFailedError: it was ended, ended without an answer, or its hook failed.
    """
    code = judged(name, outcome, limits)
    if session.exit_code is not None:
        return session.exit_code
    if session.failure is not None:
        if session.failure.trace and verbosity:
            _say("\n".join(map(plain, session.failure.trace.splitlines())) + "\n")
        raise PluginFailedError(plain(str(session.failure)))
    if not session.is_greeted:
        said = f"could not start: it ended with exit code {code} before the handshake"
        raise PluginFailedError(f"plugin '{name}' {said}")
    said = f"failed: it ended with exit code {code} without an answer"
    raise PluginFailedError(f"plugin '{name}' {said}")


def tell(name: str, cli: str, outcome: Outcome) -> None:
    """Say what the host did not do for the plugin, and the plugin cannot have said."""
    notes = [
        f"{refused.path} was not taken: {refused.why}"
        for refused in outcome.changes.refused
    ]
    notes += [
        f"{path} was not taken: it has been changed meanwhile"
        for path in outcome.changes.conflicts
    ]
    denied = (decision for decision in outcome.decisions if not decision.allowed)
    notes += [
        f"{decision.host}:{decision.port} was not reached: {decision.why}"
        for decision in denied
    ]
    unique = list(dict.fromkeys(notes))
    if len(unique) > _SHOWN:
        unique[_SHOWN:] = [f"and {len(unique) - _SHOWN} more"]
    for note in unique:
        _say(f"{cli}: warning: plugin '{name}': {plain(note)}\n")


def _limit(outcome: Outcome, limits: Ceilings) -> str:
    if outcome.reason == "memory":
        return f"it took more than {_size(limits.memory)} of memory"
    if outcome.reason == "output":
        return f"it printed more than {_size(limits.output)}"
    if outcome.reason == "processes":
        return f"it started more than {limits.processes} processes"
    if outcome.reason == "cpu":
        return f"it computed for longer than {limits.cpu:g} seconds"
    return f"it wrote more than {_size(limits.disk)}"


def _size(number: int) -> str:
    return f"{number // _MIB} MiB" if number % _MIB == 0 else f"{number} bytes"


def limited(name: str, said: str) -> PluginFailedError:
    """Return the error of a plugin that took more than it may."""
    return _failed(f"plugin '{name}' was stopped: {said}", _LIMITED)


def _failed(message: str, code: int) -> PluginFailedError:
    error = PluginFailedError(message)
    error.exit_code = code
    return error


def _say(text: str) -> None:
    if sys.stderr is not None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            return
