"""A build that has nothing to do is known at once, and never for anything else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import goobits_engine as engine
import pytest
from goobits_engine import _settled
from goobits_engine._digest import code_stamp

YAMLS = sorted((Path(__file__).parent / "fixtures" / "yamls").glob("*.yaml"))
CONFIG = """\
package_name: demo
language: nodejs
cli:
  name: demo
  description: Show what is settled
  commands:
    one:
      desc: First
    two:
      desc: Second
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a configuration that is valid, and stand in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "goobits.yaml").write_text(CONFIG)
    return tmp_path


def build(kept: engine.Store, **options: bool) -> engine.Build:
    return engine.build(Path("goobits.yaml"), kept=kept, **options)


def settled(kept: engine.Store) -> engine.Settled | None:
    return engine.settled("goobits.yaml", kept=kept)


@pytest.mark.parametrize("path", YAMLS, ids=lambda path: path.stem)
def test_says_what_another_build_would(path: Path, tmp_path: Path) -> None:
    """The short way is only right while nobody can tell it from the long one."""
    kept: dict[str, bytes] = {}
    engine.build(path, tmp_path, kept=kept)
    found = engine.settled(str(path), str(tmp_path), kept=kept)
    again = engine.build(path, tmp_path)
    assert found is not None
    assert [
        (Path(f.path), f.role, f.language, f.state, f.missing_hooks)
        for f in found.files
    ] == [
        (f.path, f.role, f.language, f.state, f.missing_hooks) for f in again.files
    ]  # fmt: skip
    shown = engine.format_text(again.warnings) if again.warnings else ""
    assert found.warnings == shown


def test_nothing_is_settled_before_the_first_build(project: Path) -> None:
    """There is nothing to compare with."""
    assert settled({}) is None


def files_of(project: Path) -> list[Path]:
    return [path for path in sorted(project.rglob("*")) if path.is_file()]


def test_any_changed_file_unsettles(project: Path) -> None:
    """Also one byte of a file that is the author's: a hook may have gone."""
    kept: dict[str, bytes] = {}
    build(kept)
    paths = files_of(project)
    assert len(paths) == 5
    for path in paths:
        content = path.read_bytes()
        path.write_bytes(content + b" ")
        assert settled(kept) is None, path
        path.write_bytes(content)
        assert settled(kept) is not None, path


def replace_by_nothing(path: Path) -> None:
    """Leave nothing there."""


def replace_by_folder(path: Path) -> None:
    path.mkdir()


def replace_by_pipe(path: Path) -> None:
    os.mkfifo(path)


def replace_by_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere")


def replace_by_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def replace_by_what_fills_memory(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX")
@pytest.mark.parametrize(
    "put",
    [
        replace_by_nothing,
        replace_by_folder,
        replace_by_pipe,
        replace_by_dangling_link,
        replace_by_device,
        replace_by_what_fills_memory,
    ],
)
def test_what_is_no_file_unsettles(project: Path, put: Callable[[Path], None]) -> None:
    """The build that follows says what is wrong; this one must not block on a pipe."""
    kept: dict[str, bytes] = {}
    build(kept)
    for path in files_of(project):
        content = path.read_bytes()
        path.unlink()
        put(path)
        assert settled(kept) is None, path
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
        path.write_bytes(content)
    assert settled(kept) is not None


@pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX")
def test_pipe_is_left_to_the_build(project: Path) -> None:
    """`... | goobits build /dev/stdin`: who reads it first takes it from who needs it."""
    kept: dict[str, bytes] = {}
    build(kept)
    config = project / "goobits.yaml"
    config.unlink()
    os.mkfifo(config)
    pipe = os.open(config, os.O_RDWR | os.O_NONBLOCK)
    os.write(pipe, CONFIG.encode())
    assert settled(kept) is None
    assert os.read(pipe, 1 << 16) == CONFIG.encode()
    os.close(pipe)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="who may do all is refused nothing"
)
def test_folder_that_a_build_could_not_lock_unsettles(project: Path) -> None:
    """A build fails there, although it could read every file."""
    kept: dict[str, bytes] = {}
    build(kept)
    project.chmod(0o311)
    assert settled(kept) is None
    project.chmod(0o700)
    assert settled(kept) is not None


def test_other_arguments_are_another_build(project: Path) -> None:
    """They write other files, or say other things."""
    kept: dict[str, bytes] = {}
    build(kept)
    name = "goobits.yaml"
    assert engine.settled(name, "out", kept=kept) is None
    assert engine.settled(name, only=["rust"], kept=kept) is None
    assert engine.settled(name, add_missing_hooks=True, kept=kept) is None
    assert engine.settled(str(project / name), kept=kept) is None
    assert engine.settled(f"./{name}", kept=kept) is not None
    assert engine.settled("\ud800", kept=kept) is None


def test_path_is_said_as_a_build_says_it(project: Path) -> None:
    """Two slashes at the start are another place to POSIX, so pathlib keeps them."""
    kept: dict[str, bytes] = {}
    paths = [slashes + str(project / "goobits.yaml") for slashes in ("", "/", "//")]
    done = [engine.build(Path(path), kept=kept) for path in paths]
    for path, one in zip(paths, done, strict=True):
        found = engine.settled(path, kept=kept)
        assert found is not None
        said = [file.path.as_posix() for file in one.files]
        assert [file.path for file in found.files] == said


def test_another_folder_is_another_build(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative path names another file there."""
    kept: dict[str, bytes] = {}
    build(kept)
    other = project / "other"
    other.mkdir()
    monkeypatch.chdir(other)
    assert settled(kept) is None


def test_folder_that_is_gone_is_no_matter(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Absolute paths mean the same from nowhere."""
    kept: dict[str, bytes] = {}
    config = project / "goobits.yaml"
    gone = project / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    engine.build(config, kept=kept)
    assert engine.settled(str(config), kept=kept) is not None
    assert engine.settled("goobits.yaml", kept=kept) is None


def stamp_of_another_process(folder: Path) -> str:
    script = (
        "import sys\nfrom goobits_engine._digest import code_stamp\n"
        "print(ascii(code_stamp(sys.argv[1])))"
    )
    command = [sys.executable, "-c", script, str(folder)]
    return subprocess.run(
        command, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_stamp_is_of_the_code_that_runs(tmp_path: Path) -> None:
    """An upgrade amid a build must not make the old one's files those of the new."""
    code = tmp_path / "code.py"
    code.write_text("old")
    before = code_stamp(str(tmp_path))
    code.write_text("newer")
    assert code_stamp(str(tmp_path)) == before
    assert stamp_of_another_process(tmp_path) != ascii(before)


def test_stamp_sees_through_old_times(tmp_path: Path) -> None:
    """Files of archives have the time and often the size of those before them."""
    code = tmp_path / "code.py"
    code.write_text("old")
    os.utime(code, (1, 1))
    before = stamp_of_another_process(tmp_path)
    assert stamp_of_another_process(tmp_path) == before
    code.write_text("new")
    os.utime(code, (1, 1))
    assert stamp_of_another_process(tmp_path) != before


def test_file_that_goes_while_it_is_looked_at_is_no_mistake(tmp_path: Path) -> None:
    """Editors put a link to nowhere beside a file that is being edited."""
    (tmp_path / ".#code.py").symlink_to("user@host.1")
    assert code_stamp(str(tmp_path))


def test_other_code_is_another_build(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade may render differently."""
    kept: dict[str, bytes] = {}
    build(kept)
    monkeypatch.setattr(_settled, "code_stamp", lambda: b"other")
    assert settled(kept) is None


def test_check_keeps_only_what_is_in_step(project: Path) -> None:
    """A file that is outdated has to be reported each time."""
    kept: dict[str, bytes] = {}
    assert not build(kept, check=True).in_step
    assert settled(kept) is None
    build({})
    assert build(kept, check=True).in_step
    assert settled(kept) is not None


def test_missing_hooks_are_said_again(project: Path) -> None:
    """A warning that comes only once is one that nobody reads."""
    build({})
    hooks = project / "app_hooks.mjs"
    hooks.write_text(hooks.read_text().replace("on_two", "on_other"))
    kept: dict[str, bytes] = {}
    build(kept)
    found = settled(kept)
    assert found is not None
    assert [f.missing_hooks for f in found.files if f.role == "hooks"] == [("on_two",)]


def test_failed_build_is_not_settled(project: Path) -> None:
    """The mistake has to be said each time."""
    kept: dict[str, bytes] = {}
    (project / "goobits.yaml").write_text("cli: 1\n")
    with pytest.raises(engine.ConfigError):
        build(kept)
    assert kept == {}


def test_configuration_edited_amid_a_build_unsettles(project: Path) -> None:
    """What was built is not what the file says by now."""
    kept: dict[str, bytes] = {}

    @contextmanager
    def editing(phase: str) -> Iterator[None]:
        yield
        if phase == "read":
            config = project / "goobits.yaml"
            config.write_text(CONFIG.replace("First", "Changed"))

    engine.build(Path("goobits.yaml"), kept=kept, phase=editing)
    assert settled(kept) is None
    assert not build({}, check=True).in_step


def test_output_edited_amid_a_build_unsettles(project: Path) -> None:
    """Somebody's editor, another build: what is there was never compared."""

    class Editing(dict[str, bytes]):
        """A store that changes a file while the build ends."""

        def __setitem__(self, key: str, value: bytes) -> None:
            super().__setitem__(key, value)
            if (project / "cli.cjs").exists():
                (project / "cli.cjs").write_text("edited")

    kept = Editing()
    build(kept)
    assert settled(kept) is None


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": 1, "files": {}}'])
def test_lock_spoilt_as_a_build_ends_is_not_settled(
    project: Path, content: bytes
) -> None:
    """The build ended well, and says so; the next one says what is wrong with the lock."""
    kept: dict[str, bytes] = {}

    @contextmanager
    def spoiling(phase: str) -> Iterator[None]:
        yield
        if phase == "write":
            (project / "goobits.lock").write_bytes(content)

    engine.build(Path("goobits.yaml"), kept=kept, phase=spoiling)
    assert settled(kept) is None


def test_damaged_record_is_none(project: Path) -> None:
    """A store gives back anything, or half of it; then the build looks for itself."""
    kept: dict[str, bytes] = {}
    build(kept)
    [key] = (key for key in kept if key.startswith("settled "))
    document = kept[key]
    for end in range(len(document)):
        kept[key] = document[:end]
        assert settled(kept) is None, end
    kept[key] = b"\xff\0" * 9
    assert settled(kept) is None


def test_asking_imports_next_to_nothing(project: Path) -> None:
    """The whole answer is to cost less than half of the interpreter's own start."""
    kept: dict[str, bytes] = {}
    build(kept)
    script = (
        "import sys\nbefore = set(sys.modules)\nimport goobits_engine\n"
        f"found = goobits_engine.settled('goobits.yaml', kept={kept!r})\n"
        "assert found.files\nprint(*sorted(set(sys.modules) - before))"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) - {"__future__", "_blake2"} == {
        "goobits_engine",
        "goobits_engine._digest",
        "goobits_engine._settled",
    }
