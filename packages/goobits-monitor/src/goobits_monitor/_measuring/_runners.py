"""The runner of the system that this is."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from goobits_monitor._errors import ResultError
from goobits_monitor._measuring._usage import Runner

TIMEOUT = 60.0
LONGEST = 1e6
"""How many seconds every system can wait for."""


def open_runner(
    *,
    environment: Mapping[str, str] = os.environ,
    folder: str | Path | None = None,
    timeout: float = TIMEOUT,
    ignore_failure: bool = False,
    pin: bool = False,
) -> AbstractContextManager[Runner]:
    """Return what runs commands in this environment and folder.

    `timeout` is in seconds, for each run. With `ignore_failure` a command may end with any
    exit code. With `pin` all run on one CPU, the last that this process may use: that
    takes away half of the noise of CPU times, and slows down what works on several CPUs at
    once (Linux only, elsewhere without effect).

    Raises:
        ResultError: the folder is not there, or the time is not above 0.
    """
    place = Path(folder) if folder is not None else None
    if place is not None and not place.is_dir():
        raise ResultError(f"{place} is no folder", hint="run commands in one that is")
    if not timeout > 0:
        raise ResultError(f"the timeout is {timeout}", hint="give seconds, above 0")
    timeout = min(timeout, LONGEST)
    if sys.platform == "win32":
        from goobits_monitor._measuring._windows import open_windows_runner

        return open_windows_runner(environment, place, timeout, ignore_failure)
    else:  # noqa: RET505 - else this is unreachable to a type checker
        from goobits_monitor._measuring._posix import open_posix_runner

        return open_posix_runner(environment, place, timeout, ignore_failure, pin)
