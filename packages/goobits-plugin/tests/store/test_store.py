"""What is installed, by the doors that a program uses."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from goobits_plugin import NotInstalledError, Store, StoreError

Make = Callable[..., Any]


def rows(root: Path) -> list[list[str]]:
    text = (root / "current" / "commands.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.split("\n")[:-1]]


def record(root: Path, name: str) -> dict[str, Any]:
    path = root / "current" / "records" / f"{name.replace('/', '__')}.json"
    found: dict[str, Any] = json.loads(path.read_text())
    return found


def test_store_that_is_not_there_is_empty(store: Store, root: Path) -> None:
    """Asking what is installed is the first thing that a new user does, and changes nothing."""
    assert store.installed() == ()
    assert store.generations() == ()
    assert store.verify() == ()
    assert not root.parent.parent.exists()


def test_installed_plugin_is_there_with_its_files(
    store: Store, root: Path, make: Make, install: Make
) -> None:
    """The layout is a contract with four runtimes."""
    plugin = make()
    assert install(plugin) == 1
    (found,) = store.installed()
    assert (found.name, found.version) == ("acme/hello", "1.0.0")
    assert found.sha256 == plugin.archive.sha256
    assert found.folder == root / "store/acme/hello" / f"1.0.0-{found.sha256}"
    assert (found.folder / "lib/more.py").read_text() == "MORE = 1\n"
    assert (found.folder / "run.py").stat().st_mode & 0o777 == 0o444
    assert os.readlink(root / "current") == "generations/1"
    assert record(root, "acme/hello")["folder"] == str(found.folder)
    assert rows(root) == [
        [
            "*",
            "hello",
            "acme/hello",
            "  \x03hello\x07  Say hello",
            "/opt/goobits/bin/goobits",
        ]
    ]
    assert store.verify() == ()


def test_folders_are_private(root: Path, make: Make, install: Make) -> None:
    """What others cannot look into, they cannot learn from."""
    old = os.umask(0)
    try:
        install(make())
    finally:
        os.umask(old)
    for path in [
        root.parent.parent,
        root.parent,
        root,
        root / "store",
        root / "generations",
    ]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path
    for path in root.rglob("*"):
        assert path.is_symlink() or not path.stat().st_mode & 0o022, path


def test_nothing_happens_without_commit(store: Store, root: Path, make: Make) -> None:
    """A user who says no has nothing installed."""
    plugin = make()
    with store.transaction() as change:
        change.add(plugin.archive, plugin.manifest, source="file:/a")
    assert store.installed() == ()
    assert sorted(path.name for path in root.iterdir()) == ["lock"]


def test_change_is_committed_once_and_in_its_block(store: Store, make: Make) -> None:
    """After its block another process may hold the lock."""
    plugin = make()
    with store.transaction() as change:
        change.add(plugin.archive, plugin.manifest, source="file:/a")
        change.commit()
        with pytest.raises(RuntimeError, match="once"):
            change.commit()
    with store.transaction() as change:
        pass
    with pytest.raises(RuntimeError, match="once"):
        change.commit()


def test_update_keeps_programs_and_state(
    store: Store, root: Path, make: Make, install: Make
) -> None:
    """What a user narrowed or switched off does not come back with a new version."""
    install(make(), "greet")
    with store.transaction() as change:
        change.set_enabled("acme/hello", False)
        change.commit()
    install(make(version="1.1.0"))
    (found,) = store.installed()
    assert (found.version, found.programs, found.enabled) == (
        "1.1.0",
        ("greet",),
        False,
    )
    assert rows(root) == []


def test_older_version_is_refused_unless_allowed(
    store: Store, make: Make, install: Make
) -> None:
    """A stolen key must not bring an old hole back."""
    install(make(version="1.10"))
    old = make(version="1.9")
    with pytest.raises(StoreError, match=r"1\.10, which is newer than 1\.9"):
        install(old)
    assert store.installed()[0].version == "1.10"
    with store.transaction() as change:
        change.add(old.archive, old.manifest, source="file:/a", allow_downgrade=True)
        change.commit()
    assert store.installed()[0].version == "1.9"


def test_removed_plugin_is_gone(
    store: Store, root: Path, make: Make, install: Make
) -> None:
    """Its words are free again, and a second removal says so."""
    install(make())
    with store.transaction() as change:
        change.remove("acme/hello")
        with pytest.raises(NotInstalledError, match="acme/hello"):
            change.remove("acme/hello")
        change.commit()
    assert store.installed() == ()
    assert rows(root) == []
    assert not list((root / "current/records").iterdir())


def test_rollback_brings_the_state_before_back(
    store: Store, root: Path, make: Make, install: Make, remove: Make
) -> None:
    """An update that went wrong is undone in one step, and so is that step."""
    first, second = make(), make(version="2.0.0", commands=["other"])
    install(first)
    install(second)
    assert store.rollback() == 3
    assert [one.version for one in store.installed()] == ["1.0.0"]
    assert [row[1] for row in rows(root)] == ["hello"]
    assert record(root, "acme/hello")["version"] == "1.0.0"
    assert store.verify() == ()
    assert store.rollback() == 4
    assert store.installed()[0].version == "2.0.0"
    remove("acme/hello")
    assert store.rollback(to=1) == 6
    assert store.installed()[0].version == "1.0.0"
    assert [one.number for one in store.generations()] == [1, 2, 3, 4, 5, 6]


def test_rollback_to_what_is_not_there_is_refused(
    store: Store, make: Make, install: Make
) -> None:
    """A number that was mistyped must not empty the store."""
    with pytest.raises(StoreError, match="nothing to go back to"):
        store.rollback()
    install(make())
    with pytest.raises(StoreError, match="no generation 7"):
        store.rollback(to=7)
    with pytest.raises(StoreError, match="no generation 99"):
        store.rollback(to=99)
    assert len(store.installed()) == 1


def test_rollback_to_a_plugin_that_is_gone_is_refused(
    store: Store, make: Make, install: Make
) -> None:
    """A state that cannot run is not put in force."""
    install(make())
    install(make(version="2.0.0"))
    folder = store.generations()[0].plugins[0].folder
    folder.rename(folder.with_name("gone"))
    with pytest.raises(StoreError, match="is gone, and with it plugin 'acme/hello'"):
        store.rollback()
    assert store.installed()[0].version == "2.0.0"


def test_ten_generations_are_kept(
    store: Store, root: Path, make: Make, install: Make
) -> None:
    """Old states go, and the plugins that only they name; those that one can go back to stay."""
    install(make(version="0.1"))
    folder = store.installed()[0].folder
    for number in range(10):
        install(make(version=f"1.{number}"))
    assert folder.is_dir()
    store.collect()
    assert [one.number for one in store.generations()] == list(range(2, 12))
    assert not folder.exists()
    assert len(list((root / "store/acme/hello").iterdir())) == 10
    assert store.verify() == ()


def test_nothing_is_collected_while_a_kept_generation_is_unreadable(
    store: Store, root: Path, make: Make, install: Make
) -> None:
    """What cannot be known to be garbage is none."""
    install(make())
    install(make(version="2.0.0"))
    old = store.generations()[0].plugins[0].folder
    (root / "generations/1/plugins.lock").write_text("schema = [")
    store.collect()
    assert old.is_dir()


def test_folder_of_nobody_is_collected(
    store: Store, root: Path, make: Make, install: Make
) -> None:
    """A killed change leaves nothing for ever."""
    install(make())
    for path in (
        "store/other/one/1.0-00",
        "store/acme/hello/9-00",
        "store/.staging/lib",
    ):
        (root / path).mkdir(parents=True)
    (root / "generations/.new").mkdir()
    (root / "generations/7").mkdir()
    (root / "current.new").symlink_to("generations/7")
    store.collect()
    assert sorted(path.name for path in (root / "store").iterdir()) == ["acme"]
    assert len(list((root / "store/acme/hello").iterdir())) == 1
    assert [path.name for path in (root / "generations").iterdir()] == ["1"]
    assert not (root / "current.new").is_symlink()


def test_lost_current_is_refused_with_the_way_back(
    store: Store, root: Path, make: Make, install: Make
) -> None:
    """Beginning anew would sweep away all that was installed."""
    install(make())
    install(make(version="2.0.0"))
    (root / "current").unlink()
    for action in (store.installed, store.collect, store.verify):
        with pytest.raises(StoreError, match="does not lead to a generation") as caught:
            action()
        assert caught.value.hint.startswith("put it back: ln -sfn generations/2 ")
    assert len(list((root / "store/acme/hello").iterdir())) == 2


def test_linked_folder_runs_from_where_it_is(
    store: Store, root: Path, make: Make
) -> None:
    """An author sees each change at once; only the manifest is held to what was allowed."""
    plugin = make()
    with store.transaction() as change:
        change.link(plugin.folder, plugin.manifest)
        change.commit()
    (found,) = store.installed()
    assert found.linked
    assert found.folder == plugin.folder
    assert [file.path for file in found.files] == ["goobits-plugin.toml"]
    assert record(root, "acme/hello")["linked"] is True
    (plugin.folder / "run.py").write_text("print()")
    assert store.verify() == ()
    with (plugin.folder / "goobits-plugin.toml").open("a") as file:
        file.write("# more\n")
    assert [one.message for one in store.verify()] == ["was changed"]
    assert not (root / "store").exists()


def test_changed_manifest_of_a_link_gets_no_new_record(
    store: Store, root: Path, make: Make, install: Make
) -> None:
    """What it wants now was shown to nobody; updating what it needs must not let it in."""
    install(make("acme/base", commands=["base"]))
    plugin = make(dependencies=["acme/base"])
    with store.transaction() as change:
        change.link(plugin.folder, plugin.manifest)
        change.commit()
    before = record(root, "acme/hello")
    path = plugin.folder / "goobits-plugin.toml"
    path.write_text(path.read_text().replace('"1.0.0"', '"6.6.6"'))
    install(make("acme/base", "1.1.0", commands=["base"]))
    assert record(root, "acme/hello") == before
    path.write_text(path.read_text().replace('"6.6.6"', '"1.0.0"'))
    install(make("acme/base", "1.2.0", commands=["base"]))
    assert "/1.2.0-" in record(root, "acme/hello")["dependencies"]["acme/base"]


def test_folder_of_the_store_is_not_linked(
    store: Store, make: Make, install: Make
) -> None:
    """It would be swept away under who works in it."""
    plugin = make()
    install(plugin)
    (found,) = store.installed()
    with (
        pytest.raises(StoreError, match="is a folder of the store"),
        store.transaction() as change,
    ):
        change.link(found.folder, plugin.manifest)


def test_same_archive_again_is_kept_as_it_is(
    store: Store, make: Make, install: Make
) -> None:
    """A run of it may have its files open."""
    plugin = make()
    install(plugin)
    before = (store.installed()[0].folder / "run.py").stat()
    install(plugin)
    assert (store.installed()[0].folder / "run.py").stat().st_ino == before.st_ino


def test_damaged_folder_is_replaced_by_the_same_archive(
    store: Store, make: Make, install: Make
) -> None:
    """Installing again is what the error of a damaged plugin tells a user to do."""
    plugin = make()
    install(plugin)
    path = store.installed()[0].folder / "run.py"
    path.chmod(0o644)
    path.write_text("evil()")
    assert [(one.plugin, one.path) for one in store.verify()] == [
        ("acme/hello", str(path))
    ]
    install(plugin)
    assert store.verify() == ()
    assert "acme/hello" in path.read_text()


def test_plugin_that_cannot_run_here_is_not_installed(root: Path, make: Make) -> None:
    """An error of the record is told as it is, and leaves nothing."""
    from goobits_plugin import RuntimeMissingError

    def refuse(*_arguments: object, **_more: object) -> bytes:
        raise RuntimeMissingError("needs Node.js")

    store = Store(str(root), goobits="/bin/goobits", make_record=refuse)
    plugin = make()
    with store.transaction() as change:
        change.add(plugin.archive, plugin.manifest, source="file:/a")
        with pytest.raises(RuntimeMissingError):
            change.commit()
    assert store.installed() == ()
    assert not list((root / "store").iterdir())


def test_real_record_can_be_read(root: Path, make: Make) -> None:
    """The store and the host agree on what a record is."""
    from goobits_plugin import Record

    store = Store.of({"XDG_DATA_HOME": str(root.parent.parent)}, goobits="/bin/goobits")
    assert store.root == str(root)
    plugin = make()
    with store.transaction() as change:
        change.add(plugin.archive, plugin.manifest, source="file:/a")
        change.commit()
    found = Record.load(f"{root}/current/records/acme__hello.json")
    found.check()
    assert found.sha256 == plugin.archive.sha256


def test_changes_need_the_path_of_goobits(root: Path) -> None:
    """A row without it could not be run, and one with a tab would be another row."""
    for path in ("", "goobits", "/a\tb"):
        with (
            pytest.raises(ValueError, match="absolute path"),
            Store(str(root), goobits=path).transaction(),
        ):
            pass


@pytest.mark.parametrize("call", ["mkdir", "fsync", "rename", "symlink"])
def test_folder_that_cannot_be_written_keeps_the_old_state(
    store: Store,
    root: Path,
    make: Make,
    install: Make,
    call: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The error says what to do, and the next change succeeds."""
    install(make())
    update = make(version="2.0")

    def refuse(path: object, *_arguments: object, **_more: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        with pytest.raises(StoreError, match="Read-only file system") as caught:
            install(update)
    assert "XDG_DATA_HOME" in caught.value.hint
    assert store.installed()[0].version == "1.0.0"
    assert store.verify() == ()
    install(update)
    assert [one.number for one in store.generations()] == [1, 2]
    assert not list((root / "store").glob(".*"))


def test_rollback_to_the_oldest_state_that_is_listed(
    store: Store, make: Make, install: Make
) -> None:
    """The sweep at the start of a change must not take away what the change is about."""
    for number in range(11):
        install(make(version=f"1.{number}"))
    oldest = store.generations()[0].number
    assert oldest == 1
    assert store.rollback(to=oldest) == 12
    assert store.installed()[0].version == "1.0"
    assert store.verify() == ()
