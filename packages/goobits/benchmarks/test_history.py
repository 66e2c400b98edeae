"""How often the caches know the answer: a repository's history, built commit by commit.

At every commit each goobits.yaml is built by a process of its own, into a folder that stays, with
one cache for all of them, as a developer has it. Lookups are those of all caches on the disk:
settled builds, programs, and compiled templates, which a source tree has to compile itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from harness import ENVIRONMENT
from pytest_benchmark.fixture import BenchmarkFixture

BUILD = """
import json, sys
from goobits.cli import main
from goobits_cache import PersistentCache
caches = []
make = PersistentCache.__init__
def note(cache, directory, **options):
    make(cache, directory, **options)
    caches.append((directory.endswith("templates"), cache))
PersistentCache.__init__ = note
sys.stdout = sys.stderr
try:
    main()
finally:
    counts = [0, 0, 0, 0]
    for index, cache in caches:
        counts[2 * index] += cache.statistics.hits
        counts[2 * index + 1] += cache.statistics.misses
    sys.__stdout__.write(json.dumps(counts))
"""


def git(tree: Path, *words: str) -> str:
    command = ["git", "-C", str(tree), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def versions(tree: Path, pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of each file that matches, at every commit in turn."""
    for commit in git(tree, "rev-list", "--reverse", "HEAD").split():
        names = git(tree, "ls-tree", "-r", "--name-only", commit).splitlines()
        for name in names:
            if PurePosixPath(name).match(pattern):
                yield name, git(tree, "show", f"{commit}:{name}")


class Counts(NamedTuple):
    """Lookups of configurations (settled builds and programs), and of templates."""

    known: int = 0
    unknown: int = 0
    compiled: int = 0
    not_compiled: int = 0

    def __str__(self) -> str:
        hits, lookups = self.known + self.compiled, sum(self)
        return (
            f"{hits / lookups:.1%} of {lookups} lookups: templates"
            f" {self.compiled} of {self.compiled + self.not_compiled}, configurations"
            f" {self.known} of {self.known + self.unknown}"
        )


def built(text: str, config: Path, cache: Path) -> Counts:
    """Build a configuration and return the lookups that it took."""
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", BUILD, "build", str(config)],
        env=ENVIRONMENT | {"GOOBITS_CACHE": str(cache)},
        capture_output=True,
        check=True,
        text=True,
    )
    return Counts(*json.loads(done.stdout))


def test_history(
    tree: Path,
    tmp_path: Path,
    tell: Callable[[str], None],
    benchmark: BenchmarkFixture,
    planning: bool,
) -> None:
    """This repository's own configurations, or REPOSITORY:PATTERN of GOOBITS_HISTORY."""
    chosen = os.environ.get("GOOBITS_HISTORY", f"{tree}:goobits.yaml")
    repository, _, pattern = chosen.rpartition(":")
    tree = Path(repository)
    if git(tree, "rev-parse", "--is-shallow-repository").strip() == "true":
        pytest.skip("this clone has no history")
    benchmark.pedantic(git, (tree, "rev-parse", "HEAD"), rounds=1)
    if planning:
        return
    before: dict[str, str] = {}
    sums = {True: Counts(), False: Counts()}
    for name, text in versions(tree, pattern):
        changed = before.get(name) != text
        counts = built(text, tmp_path / "tree" / name, tmp_path / "cache")
        sums[changed] = Counts(*map(sum, zip(sums[changed], counts, strict=True)))
        before[name] = text
    tell(f"lookups when each of {len(before)} configurations is built at every commit")
    everything = Counts(*map(sum, zip(*sums.values(), strict=True)))
    tell(f"  all builds: {everything}")
    tell(f"  those of a configuration that changed: {sums[True]}")
