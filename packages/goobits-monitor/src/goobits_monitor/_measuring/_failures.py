"""The errors of a command that does not start or does not end well."""

from __future__ import annotations

import errno
import os
import signal
from typing import IO

from goobits_monitor._errors import (
    CommandError,
    CommandFailedError,
    CommandNotFoundError,
    CommandTimeoutError,
)

_TAIL = 2000
_NOT_A_PROGRAM = {
    errno.ENOENT,
    errno.ENOTDIR,
    errno.EACCES,
    errno.EISDIR,
    errno.ENOEXEC,
    errno.ELOOP,
    errno.EINVAL,
}


def not_found(words: tuple[str, ...], why: str) -> CommandNotFoundError:
    name = words[0] if words else ""
    message = f"{name!r} cannot be run" + (f": {why}" if why else "")
    hint = "give the path of a program, or put its folder into PATH"
    return CommandNotFoundError(message, words, hint=hint)


def not_started(words: tuple[str, ...], number: int) -> CommandError:
    """Return the error of a command that the system refused with this errno."""
    why = os.strerror(number)
    if number in _NOT_A_PROGRAM:
        return not_found(words, why)
    message = f"{words[0]!r} cannot be started: {why}"
    hint = "the system refused it; the program itself was found"
    return CommandError(message, words, hint=hint)


def timed_out(words: tuple[str, ...], seconds: float) -> CommandTimeoutError:
    message = f"{words[0]} did not end within {seconds:g} s"
    hint = "give it more time (--timeout), or measure a command that ends"
    return CommandTimeoutError(message, words, seconds, hint=hint)


def check_code(code: int, words: tuple[str, ...], errors: IO[bytes]) -> None:
    """Raise CommandFailedError unless the code is 0; `errors` is what stderr went to."""
    if not code:
        return
    errors.seek(max(0, errors.seek(0, os.SEEK_END) - _TAIL))
    tail = errors.read().decode(errors="replace")
    how = f"exit code {code}" if code > 0 else f"signal {_signal_name(-code)}"
    hint = "a failing command is measured only when asked for: --ignore-failure"
    message = f"{words[0]} ended with {how}"
    raise CommandFailedError(message, words, code, tail, hint=hint)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
