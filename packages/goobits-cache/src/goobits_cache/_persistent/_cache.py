"""The cache on disk, as a mapping."""

from __future__ import annotations

import errno
import os
from time import time

from goobits_cache._cache import Cache, checked
from goobits_cache._codecs import BYTES
from goobits_cache._persistent import _entries, _files, _folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from typing_extensions import TypeVar

    from goobits_cache._codecs import Codec

    V = TypeVar("V", default=bytes)

_SWEEPS = 16  # while `max_bytes` are written
_UNTOUCHED = 3600.0  # seconds for which a use is not noted again
_NOTHING: tuple[()] = ()


class PersistentCache(Cache[str, "V"]):
    """A mapping of text to values of one codec, in a folder, for this process and later ones.

    Any number of processes, of threads and of versions of Python may use one folder. A process
    that is killed leaves each entry old or new; what is damaged or too old is missing. Nothing
    that happens to the folder raises: then entries are missing, `statistics.failures` counts,
    and the logger `goobits_cache` says once why.

    `schema` says what the values mean: another one does not see them. The folder takes about
    `max_bytes` on disk, at most a sixteenth more for each process that writes; what was used
    longest ago goes first. `len`, iteration and `clear` look at every entry.
    """

    __slots__ = (
        "_codec",
        "_directory",
        "_due",
        "_max_bytes",
        "_outdated",
        "_problem",
        "_space",
        "_timer",
        "_told",
        "_ttl",
    )

    def __init__(
        self,
        directory: str | os.PathLike[str],
        *,
        codec: Codec[V] = BYTES,  # type: ignore[assignment]
        schema: str = "",
        ttl: float | None = None,
        max_bytes: int = 256 * 1024 * 1024,
        timer: Callable[[], float] = time,
    ) -> None:
        super().__init__()
        if max_bytes <= 0:
            raise ValueError(f"max_bytes must be positive, not {max_bytes!r}")
        self._directory = os.path.abspath(os.fsdecode(directory))
        self._codec = codec
        self._space = _entries.space(schema, codec.name, codec.tag)
        self._ttl = checked(ttl)
        self._max_bytes = max_bytes
        self._timer = timer
        self._due: float | None = None
        # What should be gone and could not be removed is not to be seen again.
        self._outdated: set[str] = set()
        self._told = False
        self._problem = _folder.prepare(self._directory)
        if self._problem:
            self._tell(f"nothing is kept: {self._problem}")

    @property
    def problem(self) -> str | None:
        """Why nothing is kept and how to mend it, or None."""
        return self._problem or None

    def __getitem__(self, key: str) -> V:
        for value in self._find(_entries.encode_key(key)):
            self._hits += 1
            return value
        self._misses += 1
        raise KeyError(key)

    def set(self, key: str, value: V, *, ttl: float | None = None) -> None:
        life = self._ttl if checked(ttl) is None else ttl
        encoded = _entries.encode_key(key)
        payload = self._codec.encode(value)
        now = self._timer()
        expires = _entries.NEVER if life is None else _entries.instant(now + life)
        data = _entries.pack(encoded, payload, _entries.instant(now), expires)
        self._write(self._path(encoded), data)

    def __delitem__(self, key: str) -> None:
        encoded = _entries.encode_key(key)
        if not (self._find(encoded) and self._remove(self._path(encoded))):
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        for path in self._listed():
            for key, *_ in self._load(path, note_use=False):
                if _entries.name(self._space, key) == os.path.basename(path):
                    yield key.decode("utf-8", "surrogatepass")

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove every entry of this schema and codec."""
        for path in self._listed():
            self._remove(path)

    def _peek(self, key: object) -> tuple[V] | tuple[()]:
        return self._find(_entries.encode_key(key)) if isinstance(key, str) else ()

    def _remaining(self, key: str) -> float | None:
        path = self._path(_entries.encode_key(key))
        for _, _, _, expires in self._load(path, note_use=False):
            if expires == _entries.NEVER:
                return None
            return max(0.0, expires / 1e9 - self._timer())
        return 0.0

    def _creating(self, key: str) -> AbstractContextManager[None]:
        threads = self._creations.holding(key)
        if self._problem:
            return threads
        from goobits_cache._persistent._locks import Creating

        path = self._path(_entries.encode_key(key))
        try:
            self._make_folder_of(path)
        except OSError as error:
            self._fail(error)
        return Creating(path, threads)

    def _path(self, key: bytes) -> str:
        name = _entries.name(self._space, key)
        return f"{self._directory}{os.sep}{name[-2:]}{os.sep}{name}"

    def _listed(self) -> Iterator[str]:
        """Yield the paths of what looks like entries of this schema and codec."""
        from goobits_cache._persistent._sweep import paths

        return iter(()) if self._problem else paths(self._directory, self._space.hex())

    def _find(self, key: bytes) -> tuple[V] | tuple[()]:
        if self._problem:
            self._failures += 1
            return _NOTHING
        path = self._path(key)
        for found, payload, _, _ in self._load(path):
            if found == key:
                try:
                    return (self._codec.decode(payload),)
                except ValueError as error:
                    self._drop(path, f"the codec cannot read it: {error}")
        return _NOTHING

    def _load(
        self, path: str, *, note_use: bool = True
    ) -> tuple[_entries.Entry] | tuple[()]:
        """Return the entry that a file holds, or nothing when there is none that may be used."""
        if self._outdated and path in self._outdated:
            return _NOTHING
        try:
            entry, used = _entries.read(path)
        except (FileNotFoundError, NotADirectoryError):
            return _NOTHING
        except (_files.NoFileError, IsADirectoryError) as error:
            self._drop(path, f"{error.strerror}")
            return _NOTHING
        except OSError as error:
            self._fail(error)
            return _NOTHING
        if entry is None:
            self._damaged(path, "its checksum is wrong")
            self._remove_unusable(path)
            return _NOTHING
        if not self._is_alive(entry):
            self._expirations += 1
            self._remove_unusable(path)
            return _NOTHING
        if note_use and abs(time() - used) > _UNTOUCHED:
            _files.touch(path)
        return (entry,)

    def _is_alive(self, entry: _entries.Entry) -> bool:
        """Return whether an entry is of now: neither too old nor of another clock's future."""
        _, _, written, expires = entry
        return written <= _entries.instant(self._timer()) < expires

    def _write(self, path: str, data: bytes) -> None:
        if self._problem:
            self._failures += 1
            return
        if _files.on_disk(len(data)) > self._max_bytes:
            self._evictions += 1
            self._remove(path)
            return
        try:
            try:
                added = _files.write(path, data)
            except FileNotFoundError:
                self._make_folder_of(path)
                added = _files.write(path, data)
        except OSError as error:
            self._fail(error)
            self._remove(path)  # rather no value than the one before
            return
        self._outdated.discard(path)
        if added:
            self._sweep_when_due(added)

    def _make_folder_of(self, path: str) -> None:
        folder = os.path.dirname(path)
        if os.path.isdir(folder):
            return
        self._problem = _folder.prepare(self._directory)
        if self._problem:
            self._tell(f"nothing is kept any more: {self._problem}")
            raise NotADirectoryError(errno.ENOTDIR, self._problem, folder)
        os.makedirs(folder, 0o700, exist_ok=True)

    def _remove(self, path: str) -> bool:
        """Remove an entry, or never look at it again; whether it was there."""
        try:
            there = _files.remove(path)
        except OSError as error:
            there = path not in self._outdated
            self._outdated.add(path)
            self._fail(error)
            return there
        self._outdated.discard(path)
        return there

    def _remove_unusable(self, path: str) -> None:
        """Remove a damaged or expired entry, unless somebody creates it anew."""
        from goobits_cache._persistent._locks import exclusively

        def remove() -> None:
            try:
                entry = _entries.unpack(_files.read(path)[0])
            except OSError:
                return
            if entry is None or not self._is_alive(entry):
                self._remove(path)

        exclusively(path, remove)

    def _sweep_when_due(self, added: int) -> None:
        """Sweep after every sixteenth of `max_bytes`, from a random moment on.

        So processes that write little do their share, too.
        """
        step = self._max_bytes / _SWEEPS
        if self._due is None:
            self._due = step * int.from_bytes(os.urandom(2), "little") / 65536
        self._due -= added
        if self._due <= 0:
            from goobits_cache._persistent._sweep import sweep

            self._due = step
            self._evictions += sweep(self._directory, self._max_bytes, time())

    def _drop(self, path: str, why: str) -> None:
        self._damaged(path, why)
        self._remove(path)

    def _damaged(self, path: str, why: str) -> None:
        self._failures += 1
        _log(f"{path} cannot be used and is removed: {why}")

    def _fail(self, error: OSError) -> None:
        self._failures += 1
        if not self._told:
            self._tell(
                f"an entry is not kept, or not read: {error}; "
                f"free the disk, or let this user write {self._directory}"
            )

    def _tell(self, message: str) -> None:
        self._told = True
        _log(message)


def _log(message: str) -> None:
    from goobits_cache._log import warn

    warn(message)
