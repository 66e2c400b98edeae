"""Nobody else puts anything into the folder of a cache."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_cache import PersistentCache
from goobits_cache._persistent import _files, _locks

posix_only = pytest.mark.skipif(os.name != "posix", reason="modes and owners of POSIX")


root = os.name == "posix" and os.geteuid() == 0


root_only = pytest.mark.skipif(
    not root, reason="only root can give files away or mount"
)


def keeps_nothing(cache: PersistentCache[bytes]) -> bool:
    """Use a cache in every way; return whether it never found anything."""
    cache["a"] = b"1"
    assert cache.get_or_create("b", lambda: b"2") == b"2"
    cache.clear()
    assert cache.pop("a", None) is None
    with pytest.raises(KeyError):
        del cache["a"]
    return "a" not in cache and list(cache.items()) == [] and len(cache) == 0


@posix_only
def test_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """Others can neither read values nor put theirs there."""
    before = os.umask(0)
    try:
        PersistentCache(tmp_path / "a" / "cache")["key"] = b"1"
    finally:
        os.umask(before)
    made = [tmp_path / "a" / "cache", *(tmp_path / "a" / "cache").rglob("*")]
    assert [path.stat().st_mode & 0o077 for path in made] == [0] * 3


@posix_only
@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770, 0o720, 0o702])
def test_folder_that_others_can_write_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: int
) -> None:
    """Who can write there chooses what this program computes with."""
    PersistentCache(tmp_path)["old"] = b"1"
    tmp_path.chmod(mode)
    cache = PersistentCache(tmp_path)
    assert "old" not in cache
    assert keeps_nothing(cache)
    assert cache.problem is not None
    assert f"chmod 700 {tmp_path}" in cache.problem
    assert cache.statistics.failures > 0
    assert [record.name for record in caplog.records] == ["goobits_cache"]
    assert cache.problem in caplog.text
    tmp_path.chmod(0o755)
    assert PersistentCache(tmp_path)["old"] == b"1"


@root_only
@posix_only
@pytest.mark.parametrize("name", ["cache", "link"])
def test_folder_of_another_user_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """Its owner can write it at any time; a link to it is no better."""
    PersistentCache(tmp_path / "cache")["old"] = b"1"
    (tmp_path / "link").symlink_to("cache")
    os.chown(tmp_path / "cache", 12345, 12345)
    cache = PersistentCache(tmp_path / name)
    assert keeps_nothing(cache)
    assert "belongs to another user, number 12345" in str(cache.problem)
    assert len(caplog.records) == 1


@root_only
@posix_only
def test_link_of_another_user_is_refused(tmp_path: Path) -> None:
    """In a folder like /tmp somebody could lead the cache into any folder of its user."""
    (tmp_path / "cache").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to("cache")
    os.chown(tmp_path / "link", 12345, 12345, follow_symlinks=False)
    cache = PersistentCache(tmp_path / "link")
    assert keeps_nothing(cache)
    assert "belongs to another user" in str(cache.problem)


@posix_only
def test_own_link_to_an_own_folder_is_followed(tmp_path: Path) -> None:
    """Caches are moved to other disks that way."""
    (tmp_path / "link").symlink_to("cache")
    (tmp_path / "cache").mkdir(mode=0o700)
    cache = PersistentCache(tmp_path / "link")
    cache["a"] = b"1"
    assert PersistentCache(tmp_path / "cache")["a"] == b"1"


@pytest.mark.parametrize("kind", ["file", "below a file", "dangling", "too long"])
def test_what_is_no_folder_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    """The message names the path, so that somebody can mend it."""
    path = tmp_path / "cache"
    if kind == "dangling":
        path.symlink_to("nowhere")
    elif kind == "too long":
        path = tmp_path / ("x" * 300)
    else:
        path.write_text("mine")
        path = path / "cache" if kind == "below a file" else path
    cache = PersistentCache(path)
    assert keeps_nothing(cache)
    assert str(path) in str(cache.problem)
    assert len(caplog.records) == 1


@posix_only
def test_folder_that_is_replaced_is_looked_at_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What was trusted once is gone; the new one may be open to anybody."""
    cache = PersistentCache(tmp_path / "cache")
    cache["a"] = b"1"
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    cache["a"] = b"2"
    assert "a" not in cache
    assert "can be written by others" in str(cache.problem)
    assert list((tmp_path / "cache").iterdir()) == []
    assert len(caplog.records) == 1


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what gives all files away: from then on another user runs this process."""
    user = getattr(os, "geteuid", int)() + 1
    return lambda: monkeypatch.setattr(_files, "_user", lambda: user)


@posix_only
def test_entry_of_another_user_is_not_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, foreign: Callable[[], None]
) -> None:
    """Somebody may swap the folder after it was looked at; their files stay theirs."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    foreign()
    assert cache.get("a") is None
    assert cache.statistics.failures == 1
    assert "belongs to another user" in caplog.text


@posix_only
def test_nothing_is_written_into_a_file_of_another_user(
    tmp_path: Path, foreign: Callable[[], None]
) -> None:
    """They would read there what this user keeps."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    foreign()
    with path.open("rb") as theirs:
        cache["a"] = b"secret"
        assert b"secret" not in theirs.read()


@posix_only
def test_lock_of_another_user_is_not_waited_for(
    tmp_path: Path, foreign: Callable[[], None]
) -> None:
    """They could hold it for ever."""
    path = str(tmp_path / "entry.lock")
    handle = _locks._acquire(path, 0.0)
    assert handle is not None
    os.close(handle)
    foreign()
    assert _locks._acquire(path, 0.0) is None


@root_only
@posix_only
def test_folder_that_another_user_puts_in_its_place_gives_nothing(
    tmp_path: Path,
) -> None:
    """Who can write above the folder can rename it, between any two lookups."""
    cache = PersistentCache(tmp_path / "cache")
    cache["a"] = b"1"
    shutil.copytree(tmp_path / "cache", tmp_path / "forged")
    for path in (tmp_path / "forged", *(tmp_path / "forged").rglob("*")):
        os.chown(path, 12345, 12345)
    (tmp_path / "cache").rename(tmp_path / "away")
    (tmp_path / "forged").rename(tmp_path / "cache")
    assert cache.get("a") is None
