"""Runs commands on Linux and macOS, through a small process of its own."""

from __future__ import annotations

import errno
import marshal
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from goobits_monitor._errors import CommandError
from goobits_monitor._measuring._failures import (
    check_code,
    not_found,
    not_started,
    timed_out,
)
from goobits_monitor._measuring._usage import Command, Usage, words_of

assert sys.platform != "win32"

_LAUNCHER = Path(__file__).with_name("_launcher.py")
_KIB = 1024
# The peak is in KiB on Linux and the BSDs, in bytes on macOS.
_PEAK_UNIT = 1 if sys.platform == "darwin" else _KIB


class PosixRunner:
    """Asks the launcher to run commands.

    `memory_floor` is what the launcher itself holds: on Linux no peak is below it.
    """

    def __init__(
        self,
        launcher: subprocess.Popen[bytes],
        errors: IO[bytes],
        environment: Mapping[str, str],
        folder: Path | None,
        timeout: float,
        ignore_failure: bool,
        cpu: int,
    ) -> None:
        self._launcher = launcher
        self._errors = errors
        self._search = environment.get("PATH", os.defpath)
        self._folder = os.path.join(os.getcwd(), folder or "")
        self._timeout = timeout
        self._ignore_failure = ignore_failure
        variables = {
            os.fsencode(name): os.fsencode(value) for name, value in environment.items()
        }
        self._send((variables, cpu))
        self.memory_floor = 0

    def run(self, command: Command) -> Usage:
        words = words_of(command)
        request = _encoded(self._path(words), words)
        self._errors.seek(0)
        self._errors.truncate()
        self._send(request)
        pid = cast("int", self._receive())
        if pid < 0:
            raise not_started(words, -pid)
        try:
            usage = self._usage(pid)
        except BaseException:
            _kill(pid)
            raise
        if usage is None:
            raise timed_out(words, self._timeout)
        if not self._ignore_failure:
            check_code(usage.code, words, self._errors)
        return usage

    def _path(self, words: tuple[str, ...]) -> str:
        name = words[0] if words else ""
        if os.sep in name:
            here = os.path.join(self._folder, name)
            if shutil.which(here) is None:
                raise not_found(words, _why_not(Path(here)))
            return here
        search = os.pathsep.join(
            os.path.join(self._folder, part) for part in self._search.split(os.pathsep)
        )
        path = shutil.which(name, path=search)
        if path is None:
            raise not_found(words, "")
        return path

    def _usage(self, pid: int) -> Usage | None:
        """Wait for a command; return None when it had to be killed."""
        assert self._launcher.stdout is not None
        answers = select.poll()
        answers.register(self._launcher.stdout, select.POLLIN)
        if not answers.poll(self._timeout * 1000):
            _kill(pid)
            self._receive()
            return None
        answer = cast("tuple[int, float, float, int, float, int]", self._receive())
        code, cpu, wall, peak, started, floor = answer
        self.memory_floor = max(self.memory_floor, floor * _KIB)
        return Usage(cpu, wall, peak * _PEAK_UNIT, code, started, pid)

    def _send(
        self, request: tuple[bytes, tuple[bytes, ...]] | tuple[dict[bytes, bytes], int]
    ) -> None:
        data = marshal.dumps(request)
        assert self._launcher.stdin is not None
        rest = memoryview(len(data).to_bytes(4, "little") + data)
        try:
            while rest:
                rest = rest[self._launcher.stdin.write(rest) :]
        except BrokenPipeError:
            raise self._broken() from None

    def _receive(self) -> object:
        return marshal.loads(self._exactly(int.from_bytes(self._exactly(4), "little")))

    def _exactly(self, size: int) -> bytes:
        assert self._launcher.stdout is not None
        data = b""
        while len(data) < size:
            more = self._launcher.stdout.read(size - len(data))
            if not more:
                raise self._broken()
            data += more
        return data

    def _broken(self) -> CommandError:
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip()
        message = f"the process that starts commands ended: {said}"
        return CommandError(message, (), hint="try again; was it killed?")


def _encoded(path: str, words: tuple[str, ...]) -> tuple[bytes, tuple[bytes, ...]]:
    try:
        return os.fsencode(path), tuple(map(os.fsencode, words))
    except UnicodeEncodeError as error:
        raise not_found(words, error.reason) from None


def _kill(pid: int) -> None:
    """Kill a command and its process group, which it may have left."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _why_not(path: Path) -> str:
    if path.is_dir():
        return os.strerror(errno.EISDIR)
    return os.strerror(errno.EACCES if path.exists() else errno.ENOENT)


@contextmanager
def open_posix_runner(
    environment: Mapping[str, str],
    folder: Path | None,
    timeout: float,
    ignore_failure: bool,
    pin: bool,
) -> Iterator[PosixRunner]:
    """Start the launcher; end it, and whatever command it still runs, at the exit."""
    with tempfile.TemporaryFile(buffering=0) as errors:
        words = [sys.executable, "-I", "-S", str(_LAUNCHER)]
        launcher = subprocess.Popen(
            words,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            bufsize=0,
        )
        with launcher:
            try:
                yield PosixRunner(
                    launcher,
                    errors,
                    environment,
                    folder,
                    timeout,
                    ignore_failure,
                    _last_cpu() if pin else -1,
                )
            except BaseException:
                # It kills the command that it may be waiting for.
                launcher.terminate()
                raise


def _last_cpu() -> int:
    """Return the last CPU that this process may use, -1 where processes cannot be bound."""
    if sys.platform == "linux":
        return max(os.sched_getaffinity(0))
    else:  # noqa: RET505 - else this is unreachable to a type checker
        return -1
