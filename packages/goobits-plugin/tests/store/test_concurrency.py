"""Many at once: changes wait for each other, readers never see half of one."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from goobits_plugin import Store, StoreError

Make = Callable[..., Any]
WRITERS = 4
CHANGES = 12


def forked(action: Callable[[], object]) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        action()
        code = 0
    finally:
        os._exit(code)


def change_often(install: Make, remove: Make, plugin: Any) -> None:
    for _ in range(CHANGES // 2):
        install(plugin)
        remove(plugin.manifest.name)
    install(plugin)


def check_one_state(root: Path) -> int:
    """See that the table, the records and the folders of one generation agree."""
    folder = (root / "current").resolve()
    try:
        table = (folder / "commands.tsv").read_text()
        records = {
            path.stem.replace("__", "/") for path in (folder / "records").iterdir()
        }
        lock = (folder / "plugins.lock").read_text()
    except FileNotFoundError:
        # So old that it was swept while it was read.
        assert (root / "current").resolve() != folder
        return 0
    words = {line.split("\t")[2] for line in table.split("\n")[:-1]}
    assert words == records
    assert words == {name for name in words if f'name = "{name}"' in lock}
    assert lock.count("[[plugin]]") == len(words)
    return 1


def test_installs_at_once_serialise_and_readers_see_whole_states(
    store: Store, root: Path, make: Make, install: Make, remove: Make
) -> None:
    """Each change is one generation: none is lost, and none is seen before it is whole."""
    install(make("acme/first", commands=["first"]))
    plugins = [make(f"acme/p{n}", commands=[f"word{n}"]) for n in range(WRITERS)]
    children = [
        forked(lambda one=plugin: change_often(install, remove, one))  # type: ignore[misc]
        for plugin in plugins
    ]
    seen, failed, limit = 0, 0, time.monotonic() + 60
    while children and time.monotonic() < limit:
        seen += check_one_state(root)
        for plugin in store.installed():
            assert plugin.words
        for child in [*children]:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                children.remove(child)
                failed += status != 0
    assert not children
    assert not failed
    assert seen > WRITERS
    assert len(store.installed()) == WRITERS + 1
    assert store.generations()[-1].number == 1 + WRITERS * (CHANGES + 1)
    assert store.verify() == ()


def test_change_waits_for_the_one_before(
    store: Store, make: Make, install: Make
) -> None:
    """What it is based on is what the other one left."""
    first, second = make(), make("acme/two", commands=["two"])
    with store.transaction() as change:
        child = forked(lambda: install(second))
        time.sleep(0.2)
        assert os.waitpid(child, os.WNOHANG) == (0, 0)
        change.add(first.archive, first.manifest, source="file:/a")
        change.commit()
    assert os.waitpid(child, 0)[1] == 0
    assert [one.name for one in store.installed()] == ["acme/hello", "acme/two"]


def test_error_of_a_full_disk_is_told(
    store: Store, root: Path, make: Make, install: Make
) -> None:
    """The old state is in force, and nothing is left of the new one."""
    import resource
    import signal

    import pytest

    install(make())
    big = make("acme/big", commands=["big"], content="#" * 300_000)

    def fill() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        with pytest.raises(StoreError) as caught:
            install(big)
        assert "run.py" in str(caught.value)
        assert caught.value.hint

    assert os.waitpid(forked(fill), 0)[1] == 0
    assert [one.name for one in store.installed()] == ["acme/hello"]
    assert [path.name for path in (root / "store").iterdir()] == ["acme"]
    assert [path.name for path in (root / "store/acme").iterdir()] == ["hello"]
    assert [path.name for path in (root / "generations").iterdir()] == ["1"]
