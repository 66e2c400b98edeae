"""Runners for the tests of what commands cost."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from goobits_monitor._measuring._runners import open_runner
from goobits_monitor._measuring._usage import Command, Runner, Usage

RunCommand = Callable[..., Usage]


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """A runner that many tests share, as its launcher serves many commands."""
    with open_runner(timeout=30) as opened:
        yield opened


@pytest.fixture
def run() -> RunCommand:
    """Run one command with a runner of its own, opened with the keywords given."""

    def run_once(command: Command, **keywords: object) -> Usage:
        with open_runner(**{"timeout": 30, **keywords}) as opened:
            return opened.run(command)

    return run_once


@pytest.fixture
def python(tmp_path: Path) -> Callable[..., list[str]]:
    """Make lines of Python into a command that finds its arguments in sys.argv."""

    def command(code: str, *arguments: str | Path) -> list[str]:
        path = tmp_path / "program.py"
        path.write_text(code, encoding="utf-8")
        return [sys.executable, "-I", "-S", str(path), *map(str, arguments)]

    return command
