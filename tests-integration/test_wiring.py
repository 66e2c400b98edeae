"""The whole says the same with its caches as without them, only sooner."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_engine import precompiled
from toolchain import FIXTURES, ROOT, goobits, run

CONFIG = ROOT / "packages/goobits-monitor/goobits.yaml"
WIRING = ROOT / "packages/goobits/src/goobits/_wiring.py"
BUILDING = ("yaml", "jinja2", "json", "pathlib", "goobits_engine._build")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with a configuration."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(CONFIG, folder / "goobits.yaml")
    return folder


def said(
    *words: str | Path, folder: Path, cache: Path | str
) -> tuple[int, bytes, bytes]:
    done = goobits(*words, folder=folder, GOOBITS_CACHE=str(cache))
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("path", [CONFIG, *FIXTURES], ids=lambda path: path.stem)
def test_says_the_same_as_without(path: Path, tmp_path: Path) -> None:
    """Output, warnings and exit codes of a cold, a settled and a broken build."""
    cache = tmp_path / "cache"
    folders = [tmp_path / "with", tmp_path / "without"]
    for folder in folders:
        folder.mkdir()
        shutil.copy(path, folder / "goobits.yaml")

    def compare(*words: str) -> None:
        pair = zip(folders, (cache, ""), strict=True)
        one, other = (said("build", *words, folder=f, cache=c) for f, c in pair)
        assert one == other
        trees = [
            {
                file.relative_to(folder): file.read_bytes()
                for file in folder.rglob("*")
                if file.is_file()
            }
            for folder in folders
        ]
        assert trees[0] == trees[1]

    for words in ([], [], ["--check"], ["--json"], ["--check", "--json"]):
        compare(*words)
    lock = json.loads((folders[0] / "goobits.lock").read_text())
    for folder in folders:
        (folder / next(iter(lock["files"]))).unlink()
    compare("--check")
    compare()
    compare()
    for folder in folders:
        (folder / "goobits.yaml").write_text("cli: 1\n")
    compare()


def imports(*words: str, folder: Path, cache: Path, code: int = 0) -> set[str]:
    """Return the modules that a run of goobits imports, which ends with this code."""
    script = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sys.modules, file=open('modules', 'w')))\n"
        "from goobits.cli import main\nsys.exit(main())"
    )
    command = (sys.executable, "-c", script, *words)
    done = run(*command, folder=folder, GOOBITS_CACHE=str(cache))
    assert done.returncode == code, done.stderr
    return set((folder / "modules").read_text().split())


@pytest.mark.parametrize("words", [("build",), ("build", "--check")])
def test_settled_build_imports_nothing_of_building(
    words: tuple[str, ...], project: Path, tmp_path: Path
) -> None:
    """What is not imported costs nothing; this is what makes it fast."""
    cache = tmp_path / "cache"
    first = imports("build", folder=project, cache=cache)
    assert first.issuperset(BUILDING)
    again = imports(*words, folder=project, cache=cache)
    assert again.isdisjoint(BUILDING)


def test_second_process_compiles_no_template(project: Path, tmp_path: Path) -> None:
    """Templates come from the disk, and Jinja2's compiler is not even imported.

    Where goobits-engine comes from its wheel, the first process compiles none either.
    """
    cache = tmp_path / "cache"
    first = imports("build", folder=project, cache=cache)
    is_source_tree = precompiled("python/templates/cli.py.j2") is None
    assert ("jinja2.compiler" in first) == is_source_tree
    for name in ("goobits.lock", "src"):
        path = project / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    again = imports("build", folder=project, cache=cache)
    assert not again & {"yaml", "jinja2.compiler", "jinja2.lexer", "jinja2.parser"}


def test_mistake_costs_no_template(project: Path, tmp_path: Path) -> None:
    """Where nothing can be rendered, what renders is not even loaded."""
    (project / "goobits.yaml").write_text("cli: 1\n")
    found = imports("build", folder=project, cache=tmp_path / "cache", code=2)
    assert "yaml" in found
    assert not found & {"jinja2", "goobits_cache._templates"}


def break_nothing(cache: Path) -> None:
    """Leave it as it is."""


def empty_every_file(cache: Path) -> None:
    for path in cache.rglob("*"):
        if path.is_file():
            path.write_bytes(b"")


def flip_every_file(cache: Path) -> None:
    for path in cache.rglob("*"):
        if path.is_file():
            content = bytearray(path.read_bytes())
            content[len(content) // 2] ^= 1
            path.write_bytes(content)


def open_to_everybody(cache: Path) -> None:
    for path in cache.rglob("*"):
        if path.is_dir():
            path.chmod(0o777)


def put_a_file_there(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_text("not a folder")


def put_a_dangling_link_there(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.symlink_to("/nowhere/at/all")


@pytest.mark.parametrize(
    "spoil",
    [
        break_nothing,
        empty_every_file,
        flip_every_file,
        open_to_everybody,
        put_a_file_there,
        put_a_dangling_link_there,
    ],
)
def test_spoilt_cache_changes_nothing(
    spoil: Callable[[Path], None], project: Path, tmp_path: Path
) -> None:
    """A cache is there to be lost: no message, no other exit code."""
    cache = tmp_path / "cache"
    said("build", folder=project, cache=cache)
    spoil(cache)
    for words in (["--check"], [], ["--json"]):
        found = said("build", *words, folder=project, cache=cache)
        assert found == said("build", *words, folder=project, cache="")
        assert (found[0], found[2]) == (0, b"")


def test_edited_configuration_is_built(project: Path, tmp_path: Path) -> None:
    """The short way must never be taken for another configuration."""
    cache = tmp_path / "cache"
    said("build", folder=project, cache=cache)
    config = project / "goobits.yaml"
    for text in ("Measure it", "Measure us"):
        config.write_text(config.read_text().replace("Measure", text, 1))
        assert said("build", "--check", folder=project, cache=cache)[0] == 1
        assert said("build", folder=project, cache=cache)[0] == 0
        assert said("build", "--check", folder=project, cache=cache)[0] == 0


def test_builds_at_once_agree(project: Path, tmp_path: Path) -> None:
    """An editor that builds on saving, and a terminal."""
    command = [sys.executable, "-m", "goobits", "build", "--json"]
    environment = {**os.environ, "GOOBITS_CACHE": str(tmp_path / "cache")}
    builds = [
        subprocess.Popen(
            command,
            cwd=project,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    ended = [(*build.communicate(), build.returncode) for build in builds]
    assert [(err, code) for _, err, code in ended] == [(b"", 0)] * 4
    assert said("build", "--check", folder=project, cache=tmp_path / "cache")[0] == 0


@pytest.mark.parametrize("variables", [{}, {"XDG_CACHE_HOME": "relative"}])
def test_caches_lie_where_the_user_has_them(
    variables: dict[str, str], project: Path, tmp_path: Path
) -> None:
    """In the home, as an XDG folder has to be absolute; never in the project."""
    command = (sys.executable, "-m", "goobits", "build")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **variables}
    subprocess.run(command, cwd=project, env=environment, check=True)
    places = {"linux": ".cache/goobits", "darwin": "Library/Caches/goobits"}
    if sys.platform in places:
        folder = tmp_path / places[sys.platform]
        assert {path.name for path in folder.iterdir()} == {"builds", "templates"}
        assert all(path.stat().st_mode & 0o777 == 0o700 for path in folder.iterdir())
    assert not (project / "relative").exists()


@pytest.mark.parametrize("named", ["relative", "absolute"])
def test_folder_that_is_gone_is_no_matter(
    named: str, project: Path, tmp_path: Path
) -> None:
    """Absolute paths mean the same from nowhere; what is kept beside it is not."""
    caches = {"relative": "cache", "absolute": str(tmp_path / "cache")}
    script = (
        "import os, sys\nos.mkdir('gone')\nos.chdir('gone')\nos.rmdir('../gone')\n"
        "from goobits.cli import main\nsys.exit(main())"
    )
    command = (sys.executable, "-c", script, "build", project / "goobits.yaml")
    for cache in (caches[named], caches[named], ""):
        done = run(*command, folder=tmp_path, GOOBITS_CACHE=cache)
        assert (done.returncode, done.stderr) == (0, b"")


def test_configuration_may_come_through_a_pipe(project: Path, tmp_path: Path) -> None:
    """`... | goobits build /dev/stdin`: who reads it first takes it from who needs it."""
    if not Path("/dev/stdin").exists():
        pytest.skip("there is no /dev/stdin here")
    text = (project / "goobits.yaml").read_bytes()
    environment = {**os.environ, "GOOBITS_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "goobits", "build", "/dev/stdin", "-o", "out"]
    for given in (text, text, text.replace(b"Measure", b"Weigh")):
        subprocess.run(command, cwd=project, env=environment, input=given, check=True)


def test_phases_of_a_build_are_told(project: Path, tmp_path: Path) -> None:
    """`goobits-monitor run -- goobits build` shows what a build spends its time on."""
    path = tmp_path / "phases"
    goobits("build", folder=project, GOOBITS_MONITOR_PHASES=str(path))
    text = path.read_text()
    for phase in ("read", "render", "write"):
        assert f'"{phase}"' in text


def test_wiring_is_one_short_file() -> None:
    """It is the one place where a reader sees how the whole is put together."""
    assert len(WIRING.read_text(encoding="utf-8").splitlines()) < 150
