"""A temporary folder with another commit in it, gone at the end however that comes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from errors import SideError

TAIL = 3000


@contextmanager
def workspace(root: Path, commit: str) -> Iterator[Path]:
    """Yield a temporary folder with the commit as base/tree, and `root` as head/tree.

    The names are of one length, as even that can cost a percent. The working tree of
    `root` and its index are not touched. No hook of the user runs.
    """
    folder = Path(tempfile.mkdtemp(prefix="goobits-compare-")).resolve()
    tree = folder / "base" / "tree"
    git = ("git", "-C", root, "-c", f"core.hooksPath={os.devnull}", "worktree")
    try:
        for name in ("base", "head"):
            (folder / name).mkdir()
        (folder / "head" / "tree").symlink_to(root)
        add = (*git, "add", "--quiet", "--detach", tree, commit)
        run(add, folder=folder, environment=os.environ, log=folder / "worktree.txt")
        yield folder
    finally:
        with _undisturbed():
            # Twice forced: one that was not finished is locked.
            remove = (*git, "remove", "--force", "--force", tree)
            subprocess.run(remove, capture_output=True, check=False)
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let no further Ctrl-C in."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    handlers = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, handlers, strict=True):
            signal.signal(number, handler)


def run(
    words: tuple[str | Path, ...],
    *,
    folder: Path,
    environment: Mapping[str, str],
    log: Path,
    codes: tuple[int, ...] = (0,),
) -> int:
    """Run a command whose output goes to a file, and all that it starts with it.

    Raises:
        SideError: it ended with a code that is none of `codes`.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            words,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,
        )
        try:
            code = process.wait()
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
    if code not in codes:
        tail = log.read_text(encoding="utf-8", errors="replace")[-TAIL:].rstrip()
        raise SideError(f"{' '.join(map(str, words))} ended with {code}:\n{tail}")
    return code
