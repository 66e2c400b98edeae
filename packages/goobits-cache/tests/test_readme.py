"""What the README shows is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[1] / "README.md"

EXAMPLES = {
    "MemoryCache[str, str](10_000": (
        "Hello None True\n<h1>made once</h1> 2\n1 hits, 2 misses, 33%\n"
    ),
    "CacheManager(": "{'pages': 5000, 'users': 5000}\n",
    "ComponentCache(": "",
    'PersistentCache("cache"': "{'is': 42}\n",
    'TemplateCache("compiled")': "Hello ADA!\n",
    "TemplateCache.digest": "",
}
"""What stands in each example and what it prints; `test_redis` has the shared one."""

BEFORE = """
class Renderer: pass
import jinja2
from goobits_cache import TemplateCache
environment, source = jinja2.Environment(), "{{ x }}"
"""


def blocks(language: str) -> list[str]:
    text = README.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("words", EXAMPLES)
def test_example_prints_what_it_says(tmp_path: Path, words: str) -> None:
    """They are what somebody types after `pip install`."""
    (lines,) = (block for block in blocks("python") if words in block)
    command = [sys.executable, "-W", "error", "-c", BEFORE + lines]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (done.stdout, done.stderr) == (EXAMPLES[words], "")


def test_every_example_is_tested() -> None:
    """One that is added has to be run, too."""
    assert len(blocks("python")) == len(EXAMPLES) + 1


def test_output_that_is_shown_is_that_of_the_first_lines() -> None:
    """The README says twice what they do."""
    assert blocks("text")[0] == EXAMPLES["MemoryCache[str, str](10_000"]
