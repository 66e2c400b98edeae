"""What a user is told when a plugin does not end as it should: every sentence, and its exit code.

| what happened                              | code    |
| ------------------------------------------ | ------- |
| the protocol was broken, no answer came    | 1       |
| a hook failed                              | 1       |
| an argument that no message can hold       | 2       |
| it ran for too long                        | 124     |
| the sandbox or the policy refused          | 126     |
| what runs it, or what it runs, is missing  | 127     |
| another limit ended it                     | 137     |
| a signal ended it                          | 128 + n |
"""

from __future__ import annotations

from goobits_plugin._errors import (
    GoobitsPluginError,
    PluginFailedError,
    ProtocolError,
    RefusedError,
    RuntimeMissingError,
)
from goobits_plugin._host._text import clean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox import (
        CommandNotFoundError,
        Outcome,
        PolicyError,
        UnavailableError,
    )

    from goobits_plugin._host._session import Failure
    from goobits_plugin._record import Ceilings, Record

_NOTHING = "Nothing was executed."
_USAGE = 2
_MIB = 1 << 20
_NOT_FOUND = -32601
_HOOK_FAILED = -32000


def limit(record: Record, outcome: Outcome) -> GoobitsPluginError:
    """Return the error of a plugin that the host ended for what it used."""
    what = _used(outcome.reason, record.limits)
    return _failed(f"plugin '{record.name}' was stopped: {what}", outcome.exit_code)


def output(record: Record) -> GoobitsPluginError:
    """Return the error of a plugin that had more shown than it may."""
    what = _used("output", record.limits)
    return _failed(f"plugin '{record.name}' was stopped: {what}", 137)


def _used(reason: str, limits: Ceilings) -> str:
    return {
        "timed_out": f"it ran for longer than {_seconds(limits.wall)}",
        "cpu": f"it used more than {_seconds(limits.cpu)} of CPU time",
        "memory": f"it used more than {_bytes(limits.memory)} of memory",
        "processes": f"it had more than {limits.processes} processes",
        "output": f"it wrote more than {_bytes(limits.output)} of output",
        "disk": "it made too many files and folders",
    }[reason]


def crash(record: Record, outcome: Outcome) -> GoobitsPluginError:
    """Return the error of a plugin that a signal ended."""
    message = f"plugin '{record.name}' crashed: {outcome.message}"
    return _failed(message, outcome.exit_code)


def silent(record: Record, code: int, *, ready: bool) -> GoobitsPluginError:
    """Return the error of a plugin that ended by itself and owes an answer."""
    if ready:
        return PluginFailedError(
            f"plugin '{record.name}' ended with exit code {code} before it answered"
        )
    return PluginFailedError(
        f"plugin '{record.name}' could not start: it ended with exit code {code} "
        "before the handshake"
    )


def breach(record: Record, what: str) -> GoobitsPluginError:
    """Return the error of a plugin that broke the wire protocol."""
    return ProtocolError(f"plugin '{record.name}' broke the protocol: {what}")


def failure(record: Record, found: Failure, *, ready: bool) -> GoobitsPluginError:
    """Return the error of a plugin that answered with one."""
    said = clean(found.message).strip() or "it did not say why"
    if not ready:
        return PluginFailedError(f"plugin '{record.name}' could not start: {said}")
    hint = ""
    if found.code == _NOT_FOUND:
        hint = "its manifest has a command that its code has not: tell its publisher"
    elif found.code == _HOOK_FAILED and found.trace:
        hint = "--verbose shows where"
    return PluginFailedError(f"plugin '{record.name}' failed: {said}", hint=hint)


def unavailable(record: Record, error: UnavailableError) -> GoobitsPluginError:
    """Return the error of a system that cannot sandbox a plugin; it says the way out itself."""
    return RefusedError(f"plugin '{record.name}' was not run: {error}")


def refused(record: Record, error: PolicyError) -> GoobitsPluginError:
    """Return the error of a plugin whose permissions no sandbox can hold here."""
    message = f"plugin '{record.name}' was not run: {error}. {_NOTHING}"
    return RefusedError(message, hint=error.hint)


def missing(record: Record, error: CommandNotFoundError) -> GoobitsPluginError:
    """Return the error of a plugin whose runtime, or a tool that it runs, is not there."""
    message = f"plugin '{record.name}' was not run: {error}. {_NOTHING}"
    return RuntimeMissingError(message, hint=error.hint)


def unspeakable(record: Record, why: str) -> GoobitsPluginError:
    """Return the error of words that no message can hold."""
    error = PluginFailedError(
        f"plugin '{record.name}' was not run: what it was given is {why}. {_NOTHING}"
    )
    error.exit_code = _USAGE
    return error


def not_taken(record: Record, outcome: Outcome) -> list[str]:
    """Return lines on what of a plugin's doing was not allowed."""
    changes = outcome.changes
    found = [f"not taken: {refused.path}: {refused.why}" for refused in changes.refused]
    found += [
        f"not taken: {path}: it has been changed meanwhile"
        for path in changes.conflicts
    ]
    found += [
        f"not reached: {decision.host}:{decision.port}: {decision.why}"
        for decision in outcome.decisions
        if not decision.allowed
    ]
    most = 10
    lines = [f"{record.name}: {clean(line)}" for line in found[:most]]
    if len(found) > most:
        lines.append(f"{record.name}: and {len(found) - most} more that were refused")
    return lines


def _failed(message: str, code: int) -> GoobitsPluginError:
    error = PluginFailedError(message)
    error.exit_code = code
    return error


def _seconds(value: float) -> str:
    return f"{value:g} second" + ("" if value == 1 else "s")


def _bytes(value: int) -> str:
    return f"{value / _MIB:g} MiB" if value >= _MIB else f"{value} bytes"
