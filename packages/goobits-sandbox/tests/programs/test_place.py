"""Folders that no guest is shown, whatever runtime lies in them."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest
from goobits_sandbox._programs._place import Place

WIDE = ["/", "/opt", "/home", "/home/other", "/nowhere", "{home}", "{home}/.."]
WIDE += ["{home}/.local", "{home}/project", "{home}/link"]


@pytest.fixture
def place(home: Path) -> Place:
    (home / "project" / "below").mkdir(parents=True)
    (home / "link").symlink_to(home)
    return Place.of("", str(home / "project" / "below"), {"HOME": str(home)})


@pytest.mark.parametrize("folder", WIDE)
def test_folder_that_holds_more_than_a_runtime_is_too_wide(
    folder: str, place: Place, home: Path
) -> None:
    """Homes, what is above them or the project, and folders of the root are everybody's."""
    assert place.is_too_wide(folder.format(home=home))


@pytest.mark.parametrize(
    "folder", ["/opt/tool", "{home}/.pyenv/versions/3", "{home}/x"]
)
def test_folder_of_its_own_is_not_too_wide(
    folder: str, place: Place, home: Path
) -> None:
    """Version managers keep each runtime in one."""
    assert not place.is_too_wide(folder.format(home=home))


def test_home_of_the_account_is_kept_whatever_the_environment_says() -> None:
    """Under `sudo` or a service, HOME is another one or none."""
    account = pwd.getpwuid(os.getuid()).pw_dir
    assert Place.of("", "/usr", {}).is_too_wide(account)
    assert Place.of("", "/usr", {"HOME": "/elsewhere"}).is_too_wide(account)
