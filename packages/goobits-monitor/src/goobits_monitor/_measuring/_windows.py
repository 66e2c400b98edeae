"""Runs commands on Windows, each in a job object that adds up what its processes cost.

A job is needed because the `python.exe` of a virtual environment starts another one. Windows
counts CPU time in steps of 1/64 s: what is short is better compared by the clock.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psutil

from goobits_monitor._measuring._failures import check_code, not_found, timed_out
from goobits_monitor._measuring._usage import Command, Usage, words_of

assert sys.platform == "win32"

_INTERVAL = 1e-7  # seconds, the unit of FILETIME
_CREATE_SUSPENDED = 0x4
_BASIC_ACCOUNTING, _EXTENDED_LIMITS = 1, 9
_KILL_ON_JOB_CLOSE = 0x2000

_HANDLE, _POINTER = ctypes.c_void_p, ctypes.c_void_p
_BOOL, _ENUM, _DWORD = ctypes.c_int, ctypes.c_int, ctypes.c_uint32
_FUNCTIONS = {
    "CreateJobObjectW": (_HANDLE, (_POINTER, ctypes.c_wchar_p)),
    "SetInformationJobObject": (_BOOL, (_HANDLE, _ENUM, _POINTER, _DWORD)),
    "QueryInformationJobObject": (_BOOL, (_HANDLE, _ENUM, _POINTER, _DWORD, _POINTER)),
    "AssignProcessToJobObject": (_BOOL, (_HANDLE, _HANDLE)),
    "CloseHandle": (_BOOL, (_HANDLE,)),
}
"""What each function of the system returns and takes."""


class _BasicAccounting(ctypes.Structure):
    _fields_ = (
        ("TotalUserTime", ctypes.c_int64),
        ("TotalKernelTime", ctypes.c_int64),
        ("ThisPeriodTotalUserTime", ctypes.c_int64),
        ("ThisPeriodTotalKernelTime", ctypes.c_int64),
        ("TotalPageFaultCount", ctypes.c_uint32),
        ("TotalProcesses", ctypes.c_uint32),
        ("ActiveProcesses", ctypes.c_uint32),
        ("TotalTerminatedProcesses", ctypes.c_uint32),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class _Job:
    """A job object; closing it kills what still runs in it."""

    def __init__(self) -> None:
        self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(self._kernel, name)
            function.restype, function.argtypes = result, arguments
        self._handle: int | None = self._kernel.CreateJobObjectW(None, None)
        if self._handle is None:
            raise ctypes.WinError(ctypes.get_last_error())
        limits = _ExtendedLimits(LimitFlags=_KILL_ON_JOB_CLOSE)
        size = ctypes.sizeof(limits)
        try:
            self._call(
                "SetInformationJobObject", _EXTENDED_LIMITS, ctypes.byref(limits), size
            )
        except OSError:
            self.close()
            raise

    def add(self, handle: int) -> None:
        self._call("AssignProcessToJobObject", handle)

    def cpu_seconds(self) -> float:
        found = _BasicAccounting()
        self._query(_BASIC_ACCOUNTING, found)
        return float(found.TotalUserTime + found.TotalKernelTime) * _INTERVAL

    def peak(self) -> int:
        found = _ExtendedLimits()
        self._query(_EXTENDED_LIMITS, found)
        return int(found.PeakProcessMemoryUsed)

    def close(self) -> None:
        self._call("CloseHandle")

    def _query(self, what: int, into: ctypes.Structure) -> None:
        size = ctypes.sizeof(into)
        self._call("QueryInformationJobObject", what, ctypes.byref(into), size, None)

    def _call(self, function: str, *arguments: object) -> None:
        if not getattr(self._kernel, function)(self._handle, *arguments):
            raise ctypes.WinError(ctypes.get_last_error())


class WindowsRunner:
    """Runs commands in jobs."""

    memory_floor = 0

    def __init__(
        self,
        errors: IO[bytes],
        environment: Mapping[str, str],
        folder: Path | None,
        timeout: float,
        ignore_failure: bool,
    ) -> None:
        self._errors = errors
        self._environment = dict(environment)
        self._folder = folder
        self._timeout = timeout
        self._ignore_failure = ignore_failure

    def run(self, command: Command) -> Usage:
        words = words_of(command)
        self._errors.seek(0)
        self._errors.truncate()
        job = _Job()
        try:
            usage = self._in_job(words, job)
        finally:
            job.close()
        if not self._ignore_failure:
            check_code(usage.code, words, self._errors)
        return usage

    def _in_job(self, words: tuple[str, ...], job: _Job) -> Usage:
        with self._suspended(words) as process:
            try:
                job.add(int(process._handle))  # type: ignore[attr-defined]
                started = time.perf_counter()
                psutil.Process(process.pid).resume()
                code = process.wait(self._timeout)
                wall = time.perf_counter() - started
            except subprocess.TimeoutExpired:
                raise timed_out(words, self._timeout) from None
            finally:
                # Without effect on a process that has ended; a suspended one never would.
                process.kill()
        return Usage(job.cpu_seconds(), wall, job.peak(), code, started, process.pid)

    def _suspended(self, words: tuple[str, ...]) -> subprocess.Popen[bytes]:
        if not words:
            raise not_found(words, "")
        try:
            return subprocess.Popen(
                (self._program(words[0]), *words[1:]),
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                creationflags=_CREATE_SUSPENDED,
            )
        except OSError as error:
            raise not_found(words, error.strerror or "") from None
        except ValueError as error:
            raise not_found(words, str(error)) from None

    def _program(self, name: str) -> str:
        """Return what the PATH and the suffixes of the environment make of a name.

        The system by itself looks in the PATH of this process, and for `.exe` only.
        """
        if os.path.dirname(name):
            return os.path.join(self._folder or "", name)
        return shutil.which(name, path=self._environment.get("PATH")) or name


@contextmanager
def open_windows_runner(
    environment: Mapping[str, str],
    folder: Path | None,
    timeout: float,
    ignore_failure: bool,
) -> Iterator[WindowsRunner]:
    """Return what runs commands; stderr of theirs goes to a temporary file."""
    with tempfile.TemporaryFile(buffering=0) as errors:
        yield WindowsRunner(errors, environment, folder, timeout, ignore_failure)
