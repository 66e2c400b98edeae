"""Real configurations of goobits 3 are accepted as they are."""

from collections import Counter
from pathlib import Path

import pytest
from goobits_engine._config import read
from goobits_engine._program import Command

FOLDER = Path(__file__).parents[1] / "fixtures" / "yamls"
WARNINGS = {
    "goobits__claude-usage": {"G052": 5},
    "goobits__goobits-cli": {"G051": 1, "G052": 4},
    "goobits__goobits-cli__example_multi-language-demo": {},
    "goobits__goobits-cli__example_nested-command-demo": {},
    "goobits__goobits-cli__example_python-example": {},
    "goobits__goobits-cli__example_python-minimal": {"G051": 1},
    "goobits__goobits-cli__example_rust-advanced": {"G052": 1},
    "goobits__ttt": {"G050": 2, "G051": 1, "G052": 4},
}
RUNNABLE = {
    "goobits__claude-usage": 3,
    "goobits__goobits-cli": 4,
    "goobits__goobits-cli__example_multi-language-demo": 2,
    "goobits__goobits-cli__example_nested-command-demo": 6,
    "goobits__goobits-cli__example_python-example": 7,
    "goobits__goobits-cli__example_python-minimal": 1,
    "goobits__goobits-cli__example_rust-advanced": 2,
    "goobits__ttt": 13,
}


def runnable(command: Command) -> int:
    """Count the runnable commands below a command."""
    return sum(child.runnable + runnable(child) for child in command.children)


def test_every_file_has_its_numbers() -> None:
    """A file that is added must be looked at."""
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(WARNINGS)


@pytest.mark.parametrize("name", WARNINGS)
def test_real_file_is_accepted_with_few_warnings(name: str) -> None:
    """One warning per block is heard; one per key would be ignored."""
    config = read(FOLDER / f"{name}.yaml")
    assert Counter(found.code for found in config.warnings) == WARNINGS[name]


@pytest.mark.parametrize("name", RUNNABLE)
def test_real_file_keeps_its_commands(name: str) -> None:
    """No command is lost, at whatever depth and under whatever old key."""
    assert runnable(read(FOLDER / f"{name}.yaml").program.root) == RUNNABLE[name]
