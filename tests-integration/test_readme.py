"""What the README shows is what happens."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import playback
import pytest

README = Path(__file__).parents[1] / "README.md"
COMMANDS = {"python": "python", "node": "nodejs", "cargo": "rust"}


def block(language: str) -> str:
    """Return the first block of the README in that language."""
    text = README.read_text(encoding="utf-8")
    found = re.search(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a folder in which the README's program was built with its hooks."""
    source = tmp_path / "source"
    for path in ("python/greet/app_hooks.py", "rust/src/app_hooks.rs"):
        hooks = source / path
        hooks.parent.mkdir(parents=True)
        hooks.write_text(block(path.partition("/")[0]), encoding="utf-8")
    (source / "goobits.yaml").write_text(block("yaml"), encoding="utf-8")
    playback.build(source, tmp_path / "build")
    return tmp_path / "build"


@pytest.mark.parametrize(
    "step", playback.steps(block("console")), ids=lambda step: step.command
)
def test_ten_lines_answer_as_shown(step: playback.Step, program: Path) -> None:
    """A newcomer types them first; when they fail nothing else is read."""
    name, *words = shlex.split(step.command)
    tool = playback.toolchain(COMMANDS[name])
    if tool is None and not os.environ.get("CI"):
        pytest.skip(f"{name} is not installed")
    result = subprocess.run(
        [tool or name, *words],
        cwd=program,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.stdout == step.expected
