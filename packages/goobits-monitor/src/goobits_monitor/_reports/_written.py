"""Results written to files of pytest-benchmark."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from goobits_monitor._errors import ResultError
from goobits_monitor._measuring._usage import Series
from goobits_monitor._reports import _json, _pytest_benchmark


def write_benchmarks(path: str, measured: Mapping[str, Series]) -> None:
    """Write series by their names as a run of pytest-benchmark: all of it, or nothing.

    Raises:
        ResultError: the file cannot be written.
    """
    now = datetime.datetime.now(tz=datetime.UTC)
    text = _json.dump(_pytest_benchmark.benchmarks(measured, now=now))
    target = Path(path)
    try:
        number, scratch = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}")
        try:
            with open(number, "w", encoding="utf-8") as file:
                file.write(f"{text}\n")
            os.chmod(scratch, 0o644)
            os.replace(scratch, target)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(scratch)
            raise
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}"
        raise ResultError(message, hint="give another place with --output") from error
