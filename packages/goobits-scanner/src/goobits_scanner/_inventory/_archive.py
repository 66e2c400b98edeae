"""Opens archives, and those in them."""

from __future__ import annotations

from collections.abc import Iterator

from goobits_scanner._inventory._blob import Blob, DataBlob
from goobits_scanner._inventory._budget import Budget, Refused
from goobits_scanner._inventory._magic import TAIL, archive_kind, is_only_archive
from goobits_scanner._source import Source, Unread

# So much of an archive's own bytes is handed on; its members are the rest.
_HEAD = 4096
_OPENED = ("zip", "tar", "gzip", "bzip2", "xz")


def kind_of_blob(blob: Blob) -> str:
    """Return the kind of archive that this is, or ""."""
    tail = max(0, blob.size - TAIL)
    return archive_kind(blob.read_at(0, 1024), blob.read_at(tail, TAIL))


def read_members(
    blob: Blob, kind: str, name: str, prefix: str, budget: Budget, above: int = 0
) -> Iterator[Source | Unread]:
    """Yield what an archive holds, and what the archives in it hold.

    `name` is the archive's own name, `prefix` what stands before those of its members, `above`
    the number of archives that it lies in.
    """
    if above > budget.limits.nesting:
        levels = budget.limits.nesting
        yield Unread(name, f"archives lie in archives more than {levels} deep")
        return
    if kind not in _OPENED:
        yield Unread(name, f"an archive of a kind that is not opened ({kind})")
        return
    try:
        for found in _read(blob, kind, prefix, name, budget):
            yield from _expand(found, budget, above)
    except Refused as refusal:
        yield Unread(name, refusal.reason, refusal.is_hostile)


def archive_source(source: Source) -> Source:
    """Return what is handed on of an archive besides its members.

    That is its first bytes; but all of a file that begins as something else, for a script can
    be an archive as well.
    """
    if is_only_archive(source.data):
        return source._replace(data=source.data[:_HEAD])
    return source


def _read(
    blob: Blob, kind: str, prefix: str, name: str, budget: Budget
) -> Iterator[Source | Unread]:
    # Most scans meet no archive, and need not load what reads them.
    if kind == "zip":
        from goobits_scanner._inventory._zip import read_zip

        return read_zip(blob, prefix, name, budget)
    from goobits_scanner._inventory._tar import read_compressed, read_tar

    if kind == "tar":
        return read_tar(blob, prefix, name, budget)
    return read_compressed(blob, kind, prefix, name, budget)


def _expand(
    found: Source | Unread, budget: Budget, above: int
) -> Iterator[Source | Unread]:
    if isinstance(found, Unread) or len(found.data) < found.size:
        yield found
        return
    blob = DataBlob(found.data)
    kind = kind_of_blob(blob)
    if not kind:
        yield found
        return
    yield archive_source(found)
    yield from read_members(blob, kind, found.name, f"{found.name}!", budget, above + 1)
