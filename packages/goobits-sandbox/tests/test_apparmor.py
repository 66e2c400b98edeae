"""The profile: written where it is needed, whole, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from goobits_sandbox._apparmor import PROFILE, SetupError, install

RESTRICTION = "proc/sys/kernel/apparmor_restrict_unprivileged_userns"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the root of a system that restricts namespaces."""
    for folder in ("proc/sys/kernel", "etc/apparmor.d"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / RESTRICTION).write_text("1\n")
    return tmp_path


def parser(root: Path, code: int) -> str:
    """Make a stand-in for apparmor_parser, which keeps its arguments and ends with a code."""
    tool = root / "parser"
    tool.write_text(f'#!/bin/sh\necho "$@" > {root}/loaded\necho no >&2; exit {code}\n')
    tool.chmod(0o755)
    return str(tool)


def test_profile_is_loaded_before_it_is_kept(root: Path) -> None:
    """One that AppArmor does not take must not stay for the next start."""
    said = install(str(root), parser(root, 0))
    assert said.startswith("Wrote and loaded")
    assert (root / "etc/apparmor.d/bwrap").read_text() == PROFILE
    assert (root / "loaded").read_text().startswith("-r ")
    assert install(str(root), parser(root, 1)).endswith("nothing to do.")


def test_failed_parser_leaves_nothing(root: Path) -> None:
    """The old state, not one between."""
    with pytest.raises(SetupError, match="no"):
        install(str(root), parser(root, 1))
    assert list((root / "etc/apparmor.d").iterdir()) == []


def test_profile_of_somebody_else_is_kept(root: Path) -> None:
    """A distribution that ships one knows better."""
    other = root / "etc/apparmor.d/bwrap"
    other.write_text("profile bwrap {}\n")
    with pytest.raises(SetupError, match="another profile"):
        install(str(root), parser(root, 0))
    assert other.read_text() == "profile bwrap {}\n"


def test_system_without_the_restriction_needs_nothing(tmp_path: Path) -> None:
    """Most have none, and there the profile would change nothing but give a right."""
    assert install(str(tmp_path), "/nonexistent").endswith("nothing to do.")


def test_folder_that_cannot_be_written_is_told(root: Path) -> None:
    """An ordinary user is told whom to ask."""
    (root / "etc/apparmor.d").rmdir()
    with pytest.raises(SetupError) as caught:
        install(str(root), parser(root, 0))
    assert "sudo" in caught.value.hint
