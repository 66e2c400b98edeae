"""The usage of a command, kept in one small file for all its processes.

A run is one line, which one write appends. A file that would grow beyond its limit is replaced by
one that sums up the past in a line. Writers take turns by a lock on the file; readers need none, as
they see the old file or the new one.
"""

from __future__ import annotations

import os
import sys

from goobits_lazy._runs import Usage, parse, past_line, run_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

HEADER = "goobits-usage 1\n"
FILE_LIMIT = 16384
PATIENCE = 5.0
"""Seconds that a writer waits for others."""

_CAREFULLY = 0
for _flag in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"):
    _CAREFULLY |= getattr(os, _flag, 0)


class UsageStore:
    """The file below a folder in which the usage of one command is kept.

    A run counts half as much after `half_life` further runs. What `record` has taken survives the
    death of any process at any moment, though not a loss of power. The file stays below 16 KiB: of
    very many components the least used are forgotten. A file that is damaged or of another kind
    counts as none, which is logged once, and the next record replaces it.
    """

    __slots__ = ("_decay", "_folder", "_useless", "path")

    def __init__(
        self, folder: str | os.PathLike[str], command: str, *, half_life: float = 20.0
    ) -> None:
        if not half_life > 0:
            raise ValueError(f"a half-life of {half_life} runs is not positive")
        self._folder = os.fspath(folder)
        self._decay: float = 0.5 ** (1.0 / half_life)
        self._useless = False
        self.path = os.path.join(self._folder, _file_name(command))

    def read(self) -> Usage:
        """Return the sum of past runs; of none when the file is not there or useless."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | _CAREFULLY)
        except FileNotFoundError:
            return Usage(0.0, {})
        except OSError as error:
            self._log_useless(error)
            return Usage(0.0, {})
        try:
            return self._usage_in(os.read(descriptor, FILE_LIMIT + 1))
        except OSError as error:
            self._log_useless(error)
            return Usage(0.0, {})
        finally:
            os.close(descriptor)

    def record(self, used: Mapping[str, float]) -> None:
        """Add a run that used these components, each with the seconds that loading it took.

        Raises:
            OSError: the file cannot be written, or others kept it locked for seconds.
        """
        line = run_line(used)
        descriptor = self._open_locked()
        try:
            data = os.read(descriptor, FILE_LIMIT + 1)
            is_ours = data.startswith(HEADER.encode()) and not self._useless
            if not data:
                _write(descriptor, HEADER + line)
            elif is_ours and len(data) + len(line) <= FILE_LIMIT:
                _write(descriptor, line)
            else:
                self._replace(self._usage_in(data), line)
        finally:
            os.close(descriptor)

    def _usage_in(self, data: bytes) -> Usage:
        try:
            header, text = data[: len(HEADER)], data[len(HEADER) :]
            if data and (header != HEADER.encode() or len(data) > FILE_LIMIT):
                raise ValueError("it is of another kind")
            return parse(text.decode("ascii"), self._decay)
        except ValueError as error:
            self._log_useless(error)
            return Usage(0.0, {})

    def _replace(self, usage: Usage, line: str) -> None:
        """Put a new file in the place of the one that this process has locked."""
        new = f"{self.path}.new"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _CAREFULLY
        descriptor = os.open(new, flags, 0o600)
        try:
            _write(descriptor, HEADER + past_line(usage) + line)
        finally:
            os.close(descriptor)
        os.replace(new, self.path)
        self._useless = False

    def _open_locked(self) -> int:
        """Return the file, locked, and still the one that the path names.

        It tries again instead of waiting, as a process that was stopped may hold the lock.
        """
        from errno import ETIMEDOUT
        from time import monotonic, sleep

        last = monotonic() + PATIENCE
        while True:
            descriptor = self._open()
            try:
                if _is_locked(descriptor) and self._is_current(descriptor):
                    return descriptor
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)
            if monotonic() > last:
                message = "other processes keep it locked"
                raise TimeoutError(ETIMEDOUT, message, self.path)
            sleep(0.001)

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | _CAREFULLY
        try:
            return os.open(self.path, flags, 0o600)
        except FileNotFoundError:
            os.makedirs(self._folder, 0o700, exist_ok=True)
            return os.open(self.path, flags, 0o600)

    def _is_current(self, descriptor: int) -> bool:
        """Return whether no other process has replaced the file since it was opened."""
        try:
            now = os.stat(self.path, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return os.path.samestat(os.fstat(descriptor), now)

    def _log_useless(self, error: Exception) -> None:
        if self._useless:
            return
        self._useless = True
        import logging

        logger = logging.getLogger("goobits_lazy")
        if not logger.handlers:  # a library is silent where nobody listens
            logger.addHandler(logging.NullHandler())
        logger.warning("Usage starts anew, as %s cannot be used: %s", self.path, error)


def _is_locked(descriptor: int) -> bool:
    """Lock the file, and return whether that was possible now."""
    try:
        import fcntl
    except ImportError:
        raise OSError("usage cannot be kept on a system without fcntl") from None
    if sys.platform != "win32":  # for type checkers: there it has just raised
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _write(descriptor: int, text: str) -> None:
    data = text.encode("ascii")
    while data:
        data = data[os.write(descriptor, data) :]


def _file_name(command: str) -> str:
    """Return a name that no other command has, also where capitals do not count."""
    plain = b"abcdefghijklmnopqrstuvwxyz0123456789-_"
    data = command.encode("utf-8", "surrogatepass")
    name = "".join(chr(one) if one in plain else f"%{one:02x}" for one in data)
    if len(name) > 200:
        from hashlib import sha256

        name = f"{name[:128]}%{sha256(data).hexdigest()}"
    return f"{name}.usage"
