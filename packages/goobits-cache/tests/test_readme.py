"""The first screen of the README is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def blocks(language: str) -> list[str]:
    text = README.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_first_lines_print_what_is_shown() -> None:
    """They are what somebody types after `pip install`."""
    command = [sys.executable, "-c", blocks("python")[0]]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == blocks("text")[0]


def test_budget_begins_as_shown() -> None:
    """The comment says what the last line prints."""
    lines = next(block for block in blocks("python") if "CacheManager" in block)
    command = [sys.executable, "-c", lines]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert f"# {done.stdout.strip()}, until" in lines
