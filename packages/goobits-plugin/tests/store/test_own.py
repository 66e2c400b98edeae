"""Whose the store is: nobody else's plugins are run, listed or swept."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from goobits_plugin import RefusedError, Store, StoreError
from goobits_plugin._store import data_folder
from goobits_plugin._store._folders import check_own

Make = Callable[..., Any]
AS_ROOT = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can give a folder away"
)
SOMEBODY = 12345


def refuse_everywhere(store: Store, match: str) -> None:
    with pytest.raises(RefusedError, match=match):
        check_own(store.root)
    for action in (store.installed, store.verify, store.collect, store.generations):
        with pytest.raises(StoreError, match=match) as caught:
            action()
        assert caught.value.hint
    with pytest.raises(StoreError, match=match), store.transaction():
        pass


def test_data_folder_follows_xdg() -> None:
    """A relative XDG_DATA_HOME is ignored, as its specification says."""
    assert data_folder({"XDG_DATA_HOME": "/d", "HOME": "/h"}) == "/d/goobits/plugins"
    for relative in ("", "d", "./d"):
        found = data_folder({"XDG_DATA_HOME": relative, "HOME": "/h"})
        assert found == "/h/.local/share/goobits/plugins"
    assert os.path.isabs(data_folder({"HOME": "h"}))


def test_own_store_is_taken(store: Store, make: Make, install: Make) -> None:
    """The control: without what the other tests do to it, all is well."""
    install(make())
    check_own(store.root)


@AS_ROOT
@pytest.mark.parametrize("above", [False, True])
def test_foreign_owner_is_refused(
    store: Store, root: Path, make: Make, install: Make, above: bool
) -> None:
    """Who owns the folder decides what runs."""
    install(make())
    os.chown(root.parent if above else root, SOMEBODY, -1)
    refuse_everywhere(store, "belongs to another user")


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o1777])
@pytest.mark.parametrize("above", [False, True])
def test_folder_that_others_can_write_to_is_refused(
    store: Store, root: Path, make: Make, install: Make, above: bool, mode: int
) -> None:
    """Who can write there can put another `current` there."""
    install(make())
    (root.parent if above else root).chmod(mode)
    refuse_everywhere(store, "written by others")


@AS_ROOT
def test_link_to_somebody_else_is_refused(
    store: Store, root: Path, tmp_path: Path
) -> None:
    """A link is as good as what it leads to."""
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    root.parent.mkdir(parents=True, mode=0o700)
    root.symlink_to(other)
    check_own(str(root))
    os.chown(other, SOMEBODY, -1)
    refuse_everywhere(store, "belongs to another user")


@AS_ROOT
def test_link_of_somebody_else_is_refused(
    store: Store, root: Path, tmp_path: Path
) -> None:
    """It can be put on another folder at any time."""
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    root.parent.mkdir(parents=True, mode=0o700)
    root.symlink_to(other)
    os.lchown(root, SOMEBODY, -1)
    refuse_everywhere(store, "belongs to another user")


def test_link_into_a_folder_of_all_is_refused(
    store: Store, root: Path, tmp_path: Path
) -> None:
    """Others could exchange what the link leads to."""
    other = tmp_path / "all" / "other"
    other.mkdir(parents=True, mode=0o700)
    root.parent.mkdir(parents=True, mode=0o700)
    root.symlink_to(other)
    other.parent.chmod(0o777)
    refuse_everywhere(store, "written by others")
