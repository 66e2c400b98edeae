"""The plugins of one user."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from goobits_plugin._errors import RefusedError, StoreError
from goobits_plugin._manifest import Manifest
from goobits_plugin._store import _advisories as advisories
from goobits_plugin._store import _disk as disk
from goobits_plugin._store import _generations as generations
from goobits_plugin._store._change import Change, RecordMaker
from goobits_plugin._store._folders import check_own, data_folder
from goobits_plugin._store._sweep import sweep
from goobits_plugin._store._values import Generation, Installed, Problem
from goobits_plugin._store._verify import problems


def _make_record(
    manifest: Manifest,
    folder: Path,
    dependencies: Mapping[str, Path],
    *,
    sha256: str = "",
    linked: bool = False,
) -> bytes:
    from goobits_plugin._recording import make_record

    return make_record(manifest, folder, dependencies, sha256=sha256, linked=linked)


class Store:
    """What is installed below a folder, which need not be there before the first change.

    `goobits` is the absolute path of the command that programs run for their plugins; whoever only
    reads needs none. Any number of processes may use one folder at once: changes wait for each
    other, and who reads has one state or the next.

        with store.transaction() as change:
            change.add(archive, manifest, source="file:/tmp/hello.tar.gz")
            change.commit()
    """

    def __init__(
        self, root: str, *, goobits: str = "", make_record: RecordMaker = _make_record
    ) -> None:
        self.root = os.path.abspath(root)
        self._goobits = goobits
        self._make_record = make_record

    @classmethod
    def of(cls, environ: Mapping[str, str], *, goobits: str = "") -> Self:
        """Return the store of the user whose environment this is."""
        return cls(data_folder(environ), goobits=goobits)

    def installed(self) -> tuple[Installed, ...]:
        """Return what is installed, by name.

        Raises:
            StoreError: it cannot be read, or others can write to it.
        """
        with self._own():
            return generations.read_current(self.root).plugins

    def generations(self) -> tuple[Generation, ...]:
        """Return the states that one can go back to, and the one in force, which is the last.

        Raises:
            StoreError: one cannot be read, or others can write to it.
        """
        with self._own():
            last = generations.current(self.root)
            there = [one for one in generations.numbers(self.root) if one <= last]
            return tuple(generations.read(self.root, one) for one in there)

    @contextmanager
    def transaction(self) -> Iterator[Change]:
        """Change what is installed, alone; without `Change.commit` nothing happens.

        Waits for whoever is changing it.

        Raises:
            StoreError: the store cannot be changed, or others can write to it.
        """
        if not _is_field(self._goobits):
            raise ValueError(f"not an absolute path of goobits: {self._goobits!r}")
        with self._locked():
            with disk.errors_told(self.root):
                change = Change(self.root, self._goobits, self._make_record)
            try:
                yield change
            finally:
                change.close()

    def rollback(self, to: int | None = None) -> int:
        """Have what an older generation had, by default the one before; return the new number.

        Raises:
            StoreError: there is no such generation, or one of its plugins is gone.
        """
        with self.transaction() as change, disk.errors_told(self.root):
            last = generations.current(self.root)
            older = [one for one in generations.numbers(self.root) if one < last]
            if to is None and not older:
                raise StoreError(
                    "there is nothing to go back to", hint="goobits plugin list"
                )
            change.restore(older[-1] if to is None else to)
            return change.commit()

    def verify(self) -> tuple[Problem, ...]:
        """Say what is not as it was installed. Reads every file of every plugin.

        Raises:
            StoreError: the state in force cannot be read, or others can write to it.
        """
        with self._own():
            return tuple(problems(self.root, generations.read_current(self.root)))

    def collect(self) -> None:
        """Remove all but the last ten generations, and what none of them needs.

        Raises:
            StoreError: something cannot be removed, or others can write to it.
        """
        with self._locked(), disk.errors_told(self.root):
            sweep(self.root)

    def revoke(
        self,
        name: str,
        reason: str,
        *,
        version: str = advisories.EVERY,
        sha256: str = advisories.EVERY,
    ) -> None:
        """Let a plugin, or a version of it, not run any more, and say why in one line.

        Raises:
            StoreError: the advisories cannot be written.
            RefusedError: they are damaged.
        """
        row = [name, version, sha256, " ".join(reason.split())]
        if not all(map(_is_text, row)) or "/" not in name:
            raise ValueError(f"not an advisory: {row!r}")
        with self._locked():
            rows = [old for old in advisories.read(self.root) if old[:3] != row[:3]]
            self._advise([*rows, row])

    def unrevoke(
        self,
        name: str,
        *,
        version: str = advisories.EVERY,
        sha256: str = advisories.EVERY,
    ) -> None:
        """Take back what `revoke` said of exactly this.

        Raises:
            StoreError: it said nothing of it, or the advisories cannot be written.
            RefusedError: they are damaged.
        """
        with self._locked():
            rows = advisories.read(self.root)
            left = [row for row in rows if row[:3] != [name, version, sha256]]
            if left == rows:
                raise StoreError(f"plugin '{name}' is not revoked in this way")
            self._advise(left)

    def _advise(self, rows: list[list[str]]) -> None:
        text = "".join("\t".join(row) + "\n" for row in rows)
        path = f"{self.root}/{advisories.FILE}"
        with disk.errors_told(self.root):
            disk.remove(f"{path}.new")
            disk.replace(path, text.encode())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock; what is done under it tells its own errors."""
        self._check_own()
        with disk.locked(self.root):
            self._check_own()
            yield

    @contextmanager
    def _own(self) -> Iterator[None]:
        self._check_own()
        with disk.errors_told(self.root):
            yield

    def _check_own(self) -> None:
        try:
            check_own(self.root)
        except RefusedError as error:
            raise StoreError(str(error), hint=error.hint) from error


def _is_text(field: str) -> bool:
    return field.isprintable() and bool(field)


def _is_field(path: str) -> bool:
    return os.path.isabs(path) and path.isprintable()
