"""The commands of files: look at files, or rename them all or none."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

UNITS = {"B": 1, "KiB": 1024, "MiB": 1024**2}


class FilesError(Exception):
    """The message is for the person at the keyboard."""


def on_hash(
    *,
    paths: list[str],
    algorithm: str,
    length: int | None,
    bsd: bool,
    bare: bool,
    quiet: int,
    **_: object,
) -> None:
    """Print one checksum a line."""
    for path in paths:
        digest = checksum(path, algorithm)[:length]
        if quiet < 2:
            print(checksum_line(path, digest, algorithm, bsd=bsd, bare=bare))


def on_find_dupes(
    *,
    folders: list[str],
    ext: list[str],
    min_size: int,
    fail: bool,
    quiet: int,
    **_: object,
) -> int:
    """Print the groups of files that hold the same bytes."""
    sizes = {path: os.path.getsize(path) for path in walk(folders, ext)}
    paths = [path for path, size in sizes.items() if size >= min_size]
    same_size = groups(paths, lambda path: sizes[path])
    same = [
        group
        for candidates in same_size
        for group in groups(candidates, lambda path: checksum(path, "sha256"))
    ]
    same.sort(key=lambda group: group[0].encode())
    for group in same if quiet < 2 else ():
        print(f"{len(group)} files of {readable(sizes[group[0]])}")
        for path in group:
            print(f"  {path}")
    if not quiet:
        spare = sum(sizes[group[0]] * (len(group) - 1) for group in same)
        print(f"{readable(spare)} could be freed.")
    return int(fail and bool(same))


def on_find_large(
    *,
    folder: str,
    ext: list[str],
    top: int,
    over: float,
    unit: str,
    quiet: int,
    **_: object,
) -> None:
    """Print the biggest files."""
    sizes = {path: os.path.getsize(path) for path in walk([folder], ext)}
    big = [path for path, size in sizes.items() if size > over * UNITS[unit]]
    big.sort(key=lambda path: -sizes[path])
    for path in big[: max(top, 0)] if quiet < 2 else ():
        print(f"{readable(sizes[path]):>10}  {path}")
    if not quiet:
        print(f"{len(big)} of {count(sizes)}.")


def on_rename_lower(
    *, paths: list[str], spaces: bool, dry_run: bool, quiet: int, **_: object
) -> None:
    """Rename files to lower case."""
    names = [os.path.basename(path).lower() for path in paths]
    if spaces:
        names = [name.replace(" ", "-") for name in names]
    rename(paths, names, dry_run, quiet)


def on_rename_number(
    *,
    paths: list[str],
    start: int,
    width: int,
    prefix: str,
    sort: str,
    dry_run: bool,
    quiet: int,
    **_: object,
) -> None:
    """Rename files to their number in the given order; the extension stays."""
    if start < 0 or "/" in prefix:
        raise FilesError("the numbers begin at 0, and a prefix has no slash")
    if sort == "name":
        paths = sorted(paths, key=lambda path: os.path.basename(path).encode())
    elif sort == "size":
        paths = sorted(paths, key=os.path.getsize)
    names = [
        prefix + str(number).zfill(width) + os.path.splitext(path)[1]
        for number, path in enumerate(paths, start)
    ]
    rename(paths, names, dry_run, quiet)


def rename(paths: list[str], names: list[str], dry_run: bool, quiet: int) -> None:
    """Carry out a plan that was checked whole before the first file moves."""
    targets = [
        os.path.join(os.path.dirname(path), name)
        for path, name in zip(paths, names, strict=True)
    ]
    check(paths, targets)
    moves = [(old, new) for old, new in zip(paths, targets, strict=True) if old != new]
    for old, new in moves:
        if not dry_run:
            os.rename(old, new)
        if quiet < 2:
            print(f"{old} -> {new}")
    if not quiet:
        print(f"{'Would rename' if dry_run else 'Renamed'} {count(moves)}.")


def check(paths: list[str], targets: list[str]) -> None:
    """Refuse a plan in which a file would be lost."""
    seen: set[str] = set()
    for old, new in zip(paths, targets, strict=True):
        if not os.path.isfile(old):
            raise FilesError(f"{old} is not a file")
        if new in seen:
            raise FilesError(f"two files would become {new}")
        if new != old and os.path.lexists(new):
            raise FilesError(f"{new} exists already")
        seen.add(new)


def walk(folders: list[str], extensions: list[str]) -> list[str]:
    """Return the regular files below the folders in the order of their paths."""
    for folder in folders:
        if not os.path.isdir(folder):
            raise FilesError(f"{folder} is not a folder")
    endings = tuple(f".{ext.removeprefix('.').lower()}" for ext in extensions)
    found = {
        path
        for folder in folders
        for path in below(folder)
        if not endings or path.lower().endswith(endings)
    }
    return sorted(found, key=str.encode)


def below(folder: str) -> Iterator[str]:
    """Yield the regular files in a folder and its folders, without following links."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = os.path.normpath(os.path.join(folder, entry.name))
            if entry.is_dir(follow_symlinks=False):
                yield from below(path)
            elif entry.is_file(follow_symlinks=False):
                yield path


def groups(paths: Iterable[str], key: Callable[[str], object]) -> list[list[str]]:
    """Return the paths that share a key, where two or more do."""
    found: defaultdict[object, list[str]] = defaultdict(list)
    for path in paths:
        found[key(path)].append(path)
    return [group for group in found.values() if len(group) > 1]


def checksum(path: str, algorithm: str) -> str:
    """Return the checksum of a file in hexadecimal digits."""
    if not os.path.isfile(path):
        raise FilesError(f"{path} is not a file")
    with open(path, "rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()


def checksum_line(
    path: str, digest: str, algorithm: str, *, bsd: bool, bare: bool
) -> str:
    """Return a checksum as the GNU or the BSD tools print it, or bare."""
    if bare:
        return digest
    if bsd:
        return f"{algorithm.upper()} ({path}) = {digest}"
    return f"{digest}  {path}"


def readable(size: int) -> str:
    """Return a size with at most one decimal, rounded down."""
    for unit in ("MiB", "KiB"):
        if size >= UNITS[unit]:
            tenths = size * 10 // UNITS[unit]
            return f"{tenths // 10}.{tenths % 10} {unit}"
    return f"{size} B"


def count(files: Collection[object]) -> str:
    """Return how many files there are, in words that fit."""
    return f"{len(files)} {'file' if len(files) == 1 else 'files'}"
