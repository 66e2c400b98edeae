"""The errors of a command that does not start or does not end well."""

from __future__ import annotations

import os
import signal
from typing import IO

from goobits_monitor._errors import (
    CommandFailedError,
    CommandNotFoundError,
    CommandTimeoutError,
)

_TAIL = 2000


def not_found(words: tuple[str, ...], why: str) -> CommandNotFoundError:
    name = words[0] if words else ""
    message = f"{name!r} cannot be run" + (f": {why}" if why else "")
    hint = "give the path of a program, or put its folder into PATH"
    return CommandNotFoundError(message, words, hint=hint)


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
