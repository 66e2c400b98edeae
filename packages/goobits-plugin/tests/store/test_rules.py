"""What must hold of all that is installed together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from goobits_plugin import Store, StoreError

Make = Callable[..., Any]
GREET = 'desc = "Greet"\naliases = ["hi"]'


def test_two_plugins_with_one_word_are_refused(
    store: Store, make: Make, install: Make
) -> None:
    """Which of them runs must not depend on the order of anything."""
    install(make(commands={"hello": GREET}))
    for word in ("hello", "hi"):
        with pytest.raises(
            StoreError,
            match=f"'acme/two' adds the command '{word}' to every program.*acme/hello",
        ):
            install(make("acme/two", commands=[word]))
    assert len(store.installed()) == 1


def test_one_word_for_different_programs_is_fine(
    store: Store, make: Make, install: Make
) -> None:
    """The narrowing of a user is what makes both possible."""
    install(make(), "one")
    install(make("acme/two"), "two", "three")
    with pytest.raises(StoreError, match="to three"):
        install(make("acme/three"), "three")
    with pytest.raises(StoreError, match="to one"):
        install(make("acme/three"))
    assert [one.programs for one in store.installed()] == [("one",), ("two", "three")]


def test_disabled_plugin_gives_its_words_away(
    store: Store, make: Make, install: Make
) -> None:
    """And does not get them back while another one has them."""
    install(make())
    with store.transaction() as change:
        change.set_enabled("acme/hello", False)
        change.commit()
    install(make("acme/two"))
    with store.transaction() as change:
        change.set_enabled("acme/hello", True)
        with pytest.raises(StoreError, match=r"'acme/hello' adds.*'acme/two'"):
            change.commit()


def test_name_that_looks_like_another_is_refused(
    store: Store, make: Make, install: Make
) -> None:
    """A user who reads the list must not take one for the other."""
    install(make("acme/goobits-lint"))
    with pytest.raises(
        StoreError, match=r"'acme/g00bits-lint' looks like 'acme/goobits-lint'"
    ):
        install(make("acme/g00bits-lint", commands=["other"]))
    assert len(store.installed()) == 1


@pytest.mark.parametrize("program", ["a b", "a\tb", "", "../x", "*x"])
def test_name_that_no_program_has_is_refused(
    store: Store, make: Make, install: Make, program: str
) -> None:
    """It would be a field of a table that four runtimes read."""
    with pytest.raises(StoreError, match="not the name of a program"):
        install(make(), program)
    with pytest.raises(StoreError, match="not the name of a program"):
        install(make(), "*", "one")
    assert store.installed() == ()


def test_dependencies_have_to_be_there(store: Store, make: Make, install: Make) -> None:
    """A plugin that cannot import what it needs is not installed."""
    plugin = make(dependencies=["acme/base>=1,<2"])
    with pytest.raises(
        StoreError, match=r"'acme/hello' needs acme/base .*not installed"
    ):
        install(plugin)
    install(make("acme/base", "2.0", commands=["base"]))
    with pytest.raises(StoreError, match=r"needs acme/base .*that would be 2\.0"):
        install(plugin)
    assert [one.name for one in store.installed()] == ["acme/base"]


def test_plugin_and_its_dependency_come_in_one_change(store: Store, make: Make) -> None:
    """In whichever order they are named."""
    plugin = make(dependencies=["acme/base>=1,<2"])
    base = make("acme/base", "1.5", commands=["base"])
    with store.transaction() as change:
        change.add(plugin.archive, plugin.manifest, source="file:/a")
        change.add(base.archive, base.manifest, source="file:/b")
        change.commit()
    assert len(store.installed()) == 2


def test_what_others_need_stays(
    store: Store, make: Make, install: Make, remove: Make
) -> None:
    """Neither removed nor updated beyond what they can use."""
    install(make("acme/base", "1.5", commands=["base"]))
    install(make(dependencies=["acme/base>=1,<2"]))
    with pytest.raises(StoreError, match="'acme/base' is needed by 'acme/hello'"):
        remove("acme/base")
    with pytest.raises(
        StoreError, match=r"'acme/hello' needs acme/base .*would be 2\.0"
    ):
        install(make("acme/base", "2.0", commands=["base"]))
    assert {one.version for one in store.installed()} == {"1.5", "1.0.0"}
    remove("acme/hello")
    remove("acme/base")
    assert store.installed() == ()


def test_records_name_what_is_needed_further_down(
    store: Store, root: Any, make: Make, install: Make
) -> None:
    """A dependency imports its own; a circle of them ends."""
    low = make("acme/low", commands=["low"], dependencies=["acme/hello"])
    mid = make("acme/mid", commands=["mid"], dependencies=["acme/low"])
    top = make(dependencies=["acme/mid"])
    with store.transaction() as change:
        for one in (low, mid, top):
            change.add(one.archive, one.manifest, source="file:/a")
        change.commit()
    import json

    found = json.loads((root / "current/records/acme__hello.json").read_text())
    assert list(found["dependencies"]) == ["acme/mid", "acme/low"]
