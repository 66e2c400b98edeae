"""What the working tree is compared with, as Git names it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from errors import UsageError

MAINS = ("origin/main", "main")


@dataclass(frozen=True, slots=True)
class Base:
    """A commit by its hash, and why it is this one."""

    commit: str
    reason: str

    def __str__(self) -> str:
        short = self.commit[:10]
        named = self.commit.startswith(self.reason)
        return short if named else f"{short} ({self.reason})"


def repository() -> Path:
    """Return the root of the working tree around the current folder."""
    root = _git(Path(), "rev-parse", "--show-toplevel")
    if root is None:
        raise UsageError("this folder is in no working tree of Git")
    return Path(root)


def base_of(root: Path, revision: str | None) -> Base:
    """Return the commit of a revision, or else what the branch began from.

    On the main branch itself that is the last commit, or when it is unchanged the one
    before.

    Raises:
        UsageError: there is no such commit.
    """
    if revision is not None:
        commit = _commit(root, revision)
        if commit is None:
            raise UsageError(f"{revision!r} is no commit of this repository")
        return Base(commit, revision)
    main = next((name for name in MAINS if _commit(root, name)), None)
    if main is None:
        raise UsageError(f"there is no {' or '.join(MAINS)}: say what to compare with")
    head = _commit(root, "HEAD")
    fork = _git(root, "merge-base", "HEAD", main)
    if fork is None:
        raise UsageError(f"HEAD and {main} have no commit in common: name one")
    if fork != head:
        return Base(fork, f"where it left {main}")
    if _changed(root):
        return Base(fork, "HEAD")
    before = _commit(root, "HEAD^")
    if before is None:
        raise UsageError("nothing is changed since the first commit")
    return Base(before, "HEAD^")


def _commit(root: Path, revision: str) -> str | None:
    words = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return _git(root, "rev-parse", *words)


def _changed(root: Path) -> bool:
    """Return whether a file differs from HEAD or is not in it, without a lock on the index."""
    return bool(_git(root, "--no-optional-locks", "status", "--porcelain"))


def _git(folder: Path, *words: str) -> str | None:
    """Return what git answers, None when it fails."""
    done = subprocess.run(
        ("git", "-C", folder, *words), capture_output=True, text=True, check=False
    )
    return None if done.returncode else done.stdout.strip()
