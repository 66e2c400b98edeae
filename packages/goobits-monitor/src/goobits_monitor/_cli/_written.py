"""Results written to files of pytest-benchmark."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from goobits_monitor._cli import _json, _pytest_benchmark
from goobits_monitor._errors import ResultError
from goobits_monitor._measuring._usage import Series


def distinct(names: Sequence[str]) -> list[str]:
    """Return names with a number behind each that was there before."""
    found: list[str] = []
    for name in names:
        count, free = 1, name
        while free in found:
            count += 1
            free = f"{name} #{count}"
        found.append(free)
    return found


def write_benchmarks(path: str, measured: Mapping[str, Series]) -> None:
    """Write series by their names as a run of pytest-benchmark: all of it, or nothing.

    Raises:
        ResultError: the file cannot be written.
    """
    now = datetime.datetime.now(tz=datetime.UTC)
    text = _json.dump(_pytest_benchmark.benchmarks(measured, now=now))
    # A link stays one, and a pipe or a device is written to and not replaced.
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            target.write_text(f"{text}\n", encoding="utf-8")
            return
        number, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}")
        try:
            with open(number, "w", encoding="utf-8") as file:
                file.write(f"{text}\n")
            os.chmod(scratch, 0o666 & ~_umask())
            os.replace(scratch, target)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(scratch)
            raise
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise ResultError(message, hint="give another place with --output") from error


def _umask() -> int:
    """Return which permissions new files do not get; there is no way but to set it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
