"""A change of a template is seen by the next lookup, wherever in the chain it is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_cache import TemplateCache

Fresh = Callable[[str], str]


def write(path: Path, source: str) -> None:
    """Write a file with the time, and the size where it can be, of the one before."""
    before = path.stat() if path.exists() else None
    path.write_text(source, encoding="utf-8")
    if before is not None:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("changed", ["page", "base", "inc", "macros", "deep"])
def test_change_anywhere_in_the_chain_is_seen(
    cache: TemplateCache, fresh: Fresh, folder: Path, changed: str
) -> None:
    """Parent, include, import, and what an import imports; also when the file's time is kept."""
    sources = {
        "page": "{% extends 'base' %}{% import 'macros' as m with context %}"
        "{% block b %}page-1 {{ m.f() }} {% include 'inc' %}{% endblock %}",
        "base": "base-1 {% block b %}{% endblock %}",
        "inc": "inc-1",
        "macros": "{% import 'deep' as d %}{% macro f() %}macros-1 {{ d.g() }}{% endmacro %}",
        "deep": "{% macro g() %}deep-1{% endmacro %}",
    }
    for name, source in sources.items():
        (folder / name).write_text(source, encoding="utf-8")
    env = cache.environment(folder)
    once = env.get_template("page").render()
    assert once == "base-1 page-1 macros-1 deep-1 inc-1"
    write(folder / changed, sources[changed].replace(f"{changed}-1", f"{changed}-2"))
    wanted = once.replace(f"{changed}-1", f"{changed}-2")
    assert env.get_template("page").render() == wanted
    assert fresh("print(env.get_template('page').render())").strip() == wanted
    write(folder / changed, sources[changed])
    assert env.get_template("page").render() == once


def test_macros_of_an_import_of_an_import_change_without_context(
    cache: TemplateCache, folder: Path
) -> None:
    """Jinja keeps the module of an imported template, and with it what that has imported."""
    (folder / "a").write_text("{% import 'b' as b %}{{ b.f() }}")
    (folder / "b").write_text(
        "{% import 'c' as c %}{% macro f() %}{{ c.g() }}{% endmacro %}"
    )
    (folder / "c").write_text("{% macro g() %}one{% endmacro %}")
    env = cache.environment(folder)
    assert env.get_template("a").render() == "one"
    module = env.get_template("b").module
    assert env.get_template("b").module is module
    (folder / "c").write_text("{% macro g() %}two{% endmacro %}")
    assert env.get_template("a").render() == "two"
    assert env.get_template("b").module is not module


def test_file_that_did_not_change_is_not_read_again(
    folder: Path, tmp_path: Path
) -> None:
    """To look at the time of a file has to be enough, once that time is old enough."""
    (folder / "a").write_text("one")
    later = time.time() + 60
    cache = TemplateCache(tmp_path / "codes", timer=lambda: later)
    env = cache.environment(folder)
    env.get_template("a")
    env.loader.get_source = pytest.fail  # type: ignore[method-assign, union-attr]
    assert env.get_template("a").render() == "one"


def test_file_that_is_written_again_with_the_same_text_stays(
    cache: TemplateCache, folder: Path
) -> None:
    """A checkout touches files; nothing has to be compiled for that."""
    (folder / "a").write_text("one")
    env = cache.environment(folder)
    env.get_template("a")
    (folder / "a").write_text("one")
    os.utime(folder / "a", (1, 1))
    env.get_template("a")
    assert cache.statistics.misses == 1


def test_file_that_changed_a_moment_ago_is_read_again(
    folder: Path, tmp_path: Path
) -> None:
    """Within one tick of the file system's clock it can change without showing."""
    (folder / "a").write_text("one")
    soon = (folder / "a").stat().st_ctime + 1
    cache = TemplateCache(tmp_path / "codes", timer=lambda: soon)
    env = cache.environment(folder)
    env.get_template("a")
    read = []
    get_source = env.loader.get_source  # type: ignore[union-attr]

    def counted(*arguments: object) -> object:
        read.append(arguments)
        return get_source(*arguments)  # type: ignore[arg-type]

    env.loader.get_source = counted  # type: ignore[assignment, union-attr]
    env.get_template("a")
    assert len(read) == 1


def test_change_that_keeps_time_and_size_is_seen(folder: Path, tmp_path: Path) -> None:
    """A tool that restores times cannot restore when the file was last touched."""
    (folder / "a").write_text("one")
    later = time.time() + 60
    cache = TemplateCache(tmp_path / "codes", timer=lambda: later)
    env = cache.environment(folder)
    assert env.get_template("a").render() == "one"
    time.sleep(0.02)
    write(folder / "a", "two")
    assert env.get_template("a").render() == "two"


def test_without_auto_reload_nothing_is_looked_at(
    cache: TemplateCache, folder: Path
) -> None:
    """Who turns it off gets what Jinja gives."""
    (folder / "a").write_text("{% import 'b' as b %}{{ b.x }}")
    (folder / "b").write_text("{% set x = 1 %}")
    env = cache.environment(folder, auto_reload=False)
    assert env.get_template("a").render() == "1"
    (folder / "b").write_text("{% set x = 2 %}")
    assert env.get_template("a").render() == "1"
