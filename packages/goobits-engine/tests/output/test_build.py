"""Building into a folder: what is written, kept, refused, and what a kill leaves behind."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest
from goobits_engine import (
    ConfigError,
    EditedFileError,
    LanguageError,
    ManifestError,
    OutputError,
    build,
    write_starter,
)

CONFIG = """\
package_name: tool
command_name: tool
version: 1.0.0
cli:
  commands:
    run:
      desc: Run it
    stop:
      desc: Stop it
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration of two commands in a folder of its own."""
    path = tmp_path / "project" / "goobits.yaml"
    path.parent.mkdir()
    path.write_text(CONFIG)
    return path


def states(config: Path, **options: object) -> dict[str, str]:
    """Build and return the state of each file by its name."""
    return {file.path.name: file.state for file in build(config, **options).files}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_first_build_writes_everything_beside_the_configuration(config: Path) -> None:
    """A person types `goobits build` and nothing else."""
    assert set(states(config).values()) == {"written"}
    assert (config.parent / "tool" / "cli.py").exists()


def test_second_build_touches_nothing(config: Path) -> None:
    """Build tools look at modification times."""
    build(config)
    before = {path: path.stat().st_mtime_ns for path in config.parent.rglob("*")}
    assert set(states(config).values()) == {"unchanged", "kept"}
    assert {
        path: path.stat().st_mtime_ns for path in config.parent.rglob("*")
    } == before


def test_two_builds_give_the_same_bytes(config: Path, tmp_path: Path) -> None:
    """Nothing of the time, the place or the machine may get into a file."""
    build(config, tmp_path / "one")
    build(config, tmp_path / "deeper" / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "deeper" / "two")


def test_hooks_and_manifest_of_a_person_are_never_written_again(config: Path) -> None:
    """They hold work that is nowhere else."""
    build(config)
    hooks, manifest = (
        config.parent / "tool/app_hooks.py",
        config.parent / "pyproject.toml",
    )
    hooks.write_text("mine")
    manifest.write_text("mine too")
    config.write_text(CONFIG.replace("1.0.0", "2.0.0"))
    after = states(config)
    assert (after["app_hooks.py"], after["pyproject.toml"]) == ("kept", "kept")
    assert (hooks.read_text(), manifest.read_text()) == ("mine", "mine too")
    assert after["cli.py"] == "written"


def test_missing_hooks_are_named_and_appended_only_when_asked(config: Path) -> None:
    """A YAML that gains a command must say what is left to write."""
    build(config)
    config.write_text(CONFIG + "    pause:\n      desc: Wait\n")
    hooks = config.parent / "tool" / "app_hooks.py"
    before = hooks.read_text()
    (named,) = [f.missing_hooks for f in build(config).files if f.role == "hooks"]
    assert named == ("on_pause",)
    assert hooks.read_text() == before
    build(config, add_missing_hooks=True)
    assert hooks.read_text().startswith(before.rstrip("\n"))
    assert "def on_pause(" in hooks.read_text()
    compile(hooks.read_text(), "app_hooks.py", "exec")


def test_edited_generated_file_stops_the_build_and_stays(config: Path) -> None:
    """Somebody's change in the wrong file is still somebody's change."""
    build(config)
    entry = config.parent / "tool" / "cli.py"
    entry.write_text(entry.read_text() + "# mine\n")
    config.write_text(CONFIG.replace("1.0.0", "2.0.0"))
    before = tree(config.parent)
    with pytest.raises(EditedFileError, match=r"cli\.py .*edited since") as caught:
        build(config)
    assert caught.value.paths == (entry,)
    assert "hooks" in caught.value.hint
    assert tree(config.parent) == before


def test_file_that_no_build_wrote_is_not_replaced(config: Path) -> None:
    """A project that has a `cli.py` of its own must not lose it."""
    entry = config.parent / "tool" / "cli.py"
    entry.parent.mkdir()
    entry.write_text("print('mine')\n")
    with pytest.raises(EditedFileError, match="no build wrote it") as caught:
        build(config)
    assert "cli_path" in caught.value.hint
    assert tree(config.parent) == {
        "goobits.yaml": CONFIG.encode(),
        "tool/cli.py": b"print('mine')\n",
    }


def test_file_with_the_line_ends_of_another_system_is_ours(config: Path) -> None:
    """Git for Windows puts them into every text that it checks out."""
    build(config)
    entry = config.parent / "tool" / "cli.py"
    entry.write_bytes(entry.read_bytes().replace(b"\n", b"\r\n"))
    assert build(config, check=True).in_step
    config.write_text(CONFIG.replace("1.0.0", "2.0.0"))
    assert states(config)["cli.py"] == "written"
    assert b"\r" not in entry.read_bytes()


def test_check_says_what_a_build_would_write_and_writes_nothing(config: Path) -> None:
    """CI asks whether the committed files are in step."""
    missing = build(config, check=True)
    assert not missing.in_step
    assert {file.state for file in missing.files} == {"missing"}
    assert tree(config.parent) == {"goobits.yaml": CONFIG.encode()}
    build(config)
    assert build(config, check=True).in_step
    config.write_text(CONFIG.replace("1.0.0", "2.0.0"))
    drift = {f.path.name: f.state for f in build(config, check=True).files}
    assert drift["cli.py"] == "outdated"


def test_several_languages_get_a_folder_each(config: Path) -> None:
    """Their files would meet in one folder."""
    config.write_text("languages: [python, nodejs]\n" + CONFIG)
    build(config)
    assert (config.parent / "python" / "tool" / "cli.py").exists()
    assert (config.parent / "nodejs" / "cli.cjs").exists()


def test_language_without_a_renderer_is_refused(config: Path) -> None:
    """Nothing would be built, so nothing may look built."""
    with pytest.raises(LanguageError, match="cobol") as caught:
        build(config, only=["python", "cobol"])
    assert "nodejs, python" in caught.value.hint
    assert tree(config.parent).keys() == {"goobits.yaml"}


def test_one_of_several_languages_keeps_its_folder(config: Path) -> None:
    """`-l` builds less, not elsewhere."""
    config.write_text("languages: [python, nodejs]\n" + CONFIG)
    build(config, only=["nodejs"])
    assert (config.parent / "nodejs" / "cli.cjs").exists()


def test_language_that_the_file_does_not_name_is_checked_too(config: Path) -> None:
    """Two hooks that are one to JavaScript would answer for each other."""
    config.write_text(CONFIG + "    run-it:\n    runIt:\n")
    build(config)
    with pytest.raises(ConfigError, match="are one name"):
        build(config, only=["nodejs"])


def test_manifest_gets_what_it_lacks_and_keeps_the_rest(config: Path) -> None:
    """Its author owns it, and still wants the command to be installed."""
    package = config.parent / "package.json"
    package.write_text('{\n    "name": "mine",\n    "private": true\n}\n')
    found = {
        file.path.name: file.state for file in build(config, only=["nodejs"]).files
    }
    assert found["package.json"] == "written"
    assert package.read_text() == (
        '{\n    "name": "mine",\n    "private": true,\n'
        '    "bin": {\n        "tool": "cli.cjs"\n    }\n}\n'
    )
    found = {
        file.path.name: file.state for file in build(config, only=["nodejs"]).files
    }
    assert found["package.json"] == "kept"


def test_manifest_that_cannot_be_read_stops_the_build(config: Path) -> None:
    """Nothing is written: half a project would be worse than none."""
    package = config.parent / "package.json"
    package.write_text('{"name": ')
    with pytest.raises(ManifestError, match=r"package\.json") as caught:
        build(config, only=["nodejs"])
    assert caught.value.hint
    assert tree(config.parent).keys() == {"goobits.yaml", "package.json"}
    package.write_bytes(b'{"name": "\xff"}')
    with pytest.raises(ManifestError, match="not UTF-8 at byte 11"):
        build(config, only=["nodejs"])


def test_output_that_is_a_file_is_refused(config: Path, tmp_path: Path) -> None:
    """The file is not the place for a tree."""
    target = tmp_path / "file"
    target.write_text("here")
    with pytest.raises(OutputError, match="Not a directory") as caught:
        build(config, target)
    assert caught.value.hint
    assert target.read_text() == "here"


def test_output_that_cannot_be_made_is_refused(config: Path) -> None:
    """The kernel's own file systems take no files, from root either."""
    with pytest.raises(OutputError, match="cannot write /proc/"):
        build(config, Path("/proc/goobits"))


def test_entry_that_is_a_folder_is_refused_and_nothing_is_left(config: Path) -> None:
    """A build that fails leaves no temporary file behind."""
    (config.parent / "tool" / "cli.py").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"cli\.py"):
        build(config)
    assert tree(config.parent) == {"goobits.yaml": CONFIG.encode()}


def test_broken_lock_file_is_refused(config: Path) -> None:
    """Without it a person's file cannot be told from ours."""
    build(config)
    (config.parent / "goobits.lock").write_text("{")
    config.write_text(CONFIG.replace("1.0.0", "2.0.0"))
    with pytest.raises(OutputError, match="not a lock file") as caught:
        build(config)
    assert "version control" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"version": 2, "files": {}}',
        '{"version": 1, "files": []}',
        '{"version": 1, "files": {"a": null}}',
        '{"version": 1, "files": {"\\ud800": ["x"]}}',
        "[" * 100_000,
    ],
    ids=["list", "version", "no-files", "no-hashes", "surrogate", "deep"],
)
@pytest.mark.parametrize("check", [False, True])
def test_lock_file_of_another_shape_is_refused(
    config: Path, text: str, check: bool
) -> None:
    """A merge or another program may have left anything in it."""
    (config.parent / "goobits.lock").write_text(text)
    with pytest.raises(OutputError, match="not a lock file"):
        build(config, check=check)
    assert set(tree(config.parent)) == {"goobits.yaml", "goobits.lock"}


def test_check_sees_that_the_lock_file_is_missing(config: Path) -> None:
    """A build would write it, and without it the next change is refused."""
    build(config)
    (config.parent / "goobits.lock").unlink()
    found = {file.path.name: file.state for file in build(config, check=True).files}
    assert found.pop("goobits.lock") == "missing"
    assert set(found.values()) == {"unchanged", "kept"}


@pytest.mark.parametrize("path", ["tool/cli.py", "tool/app_hooks.py", "goobits.lock"])
def test_device_in_the_place_of_a_file_is_refused_unread(
    config: Path, path: str
) -> None:
    """A pipe would block the build for ever, `/dev/zero` eat the memory."""
    (config.parent / "tool").mkdir()
    (config.parent / path).symlink_to("/dev/null")
    with pytest.raises(OutputError, match="is not a regular file"):
        build(config)


@pytest.mark.parametrize("link", ["tool", "tool/cli.py", "goobits.lock"])
def test_link_out_of_the_folder_is_refused(
    config: Path, tmp_path: Path, link: str
) -> None:
    """Building what somebody else wrote must not write into one's home."""
    home = tmp_path / "home"
    home.mkdir()
    (config.parent / link).parent.mkdir(exist_ok=True)
    (config.parent / link).symlink_to(home if link == "tool" else home / "file")
    with pytest.raises(OutputError, match=r"leads out of") as caught:
        build(config)
    assert "symbolic link" in caught.value.hint
    assert not list(home.iterdir())
    assert [path for path in tree(config.parent) if path != "goobits.yaml"] == []


def test_link_inside_the_folder_is_followed_and_stays(config: Path) -> None:
    """Hooks that are appended to a copy would be lost to the file that is meant."""
    build(config)
    hooks, real = config.parent / "tool/app_hooks.py", config.parent / "hooks.py"
    hooks.rename(real)
    hooks.symlink_to("../hooks.py")
    config.write_text(CONFIG + "    pause:\n")
    build(config, add_missing_hooks=True)
    assert hooks.is_symlink()
    assert "def on_pause(" in real.read_text()


def test_two_files_that_a_link_makes_one_are_refused(config: Path) -> None:
    """The later would be written over the earlier."""
    (config.parent / "tool").mkdir()
    (config.parent / "tool/app_hooks.py").symlink_to("cli.py")
    with pytest.raises(OutputError, match="two files would be"):
        build(config)


def test_output_that_is_a_dangling_link_is_refused(config: Path) -> None:
    """A folder cannot be made there, and the link is not ours to remove."""
    target = config.parent / "out"
    target.symlink_to("nowhere")
    with pytest.raises(OutputError, match=r"cannot write .*out"):
        build(config, target)
    assert target.is_symlink()


def test_folder_in_the_place_of_a_temporary_file_is_refused(config: Path) -> None:
    """Cleaning up after a mistake must not hide it behind another."""
    (config.parent / "tool" / ".cli.py.goobits-new").mkdir(parents=True)
    with pytest.raises(OutputError, match="Is a directory"):
        build(config)


def test_mode_of_a_file_is_kept_whatever_the_umask(config: Path) -> None:
    """A group that may write the hooks must not lose them to one member's build."""
    build(config)
    hooks = config.parent / "tool" / "app_hooks.py"
    hooks.chmod(0o666)
    config.write_text(CONFIG + "    pause:\n")
    mask = os.umask(0o077)
    try:
        build(config, add_missing_hooks=True)
    finally:
        os.umask(mask)
    assert hooks.stat().st_mode & 0o777 == 0o666


def test_other_builds_wait_from_the_comparison_on(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that another build wrote in between would be taken for an edited one."""
    from goobits_engine import _build

    held = []

    def watched(*args: object, **named: object) -> object:
        descriptor = os.open(config.parent, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.append(True)
        finally:
            os.close(descriptor)
        return real(*args, **named)

    real = _build.plan
    monkeypatch.setattr(_build, "plan", watched)
    build(config)
    assert held == [True]


def test_starter_replaces_no_link_unasked(tmp_path: Path) -> None:
    """A link that leads nowhere is somebody's file all the same."""
    link = tmp_path / "goobits.yaml"
    link.symlink_to("later.yaml")
    with pytest.raises(OutputError, match="exists"):
        write_starter("basic", "tool", tmp_path)
    write_starter("basic", "tool", tmp_path, replace=True)
    assert link.is_symlink()
    assert "tool" in (tmp_path / "later.yaml").read_text()


KILLED = """
import os, sys
from pathlib import Path
count, config, call = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
real = getattr(os, call)
def dying(*args, **named):
    global count
    if count == 0:
        os._exit(9)
    count -= 1
    return real(*args, **named)
setattr(os, call, dying)
import goobits_engine
goobits_engine.build(config)
"""


@pytest.mark.parametrize("call", ["replace", "fsync", "open"])
def test_kill_at_any_moment_leaves_every_file_old_or_new(
    config: Path, call: str
) -> None:
    """A kill before any rename, sync or open may not leave half a file, and the next build,
    with whatever configuration, must not take our own file for an edited one.
    """
    build(config)
    old = tree(config.parent)
    config.write_text(CONFIG.replace("1.0.0", "2.0.0"))
    build(config, config.parent.parent / "new")
    new = tree(config.parent.parent / "new")
    for moment in range(100):
        for path, content in old.items():
            (config.parent / path).write_bytes(content)
        config.write_text(CONFIG.replace("1.0.0", "2.0.0"))
        command = [sys.executable, "-c", KILLED, str(moment), str(config), call]
        code = subprocess.run(command, check=False, timeout=60).returncode
        for path in ("tool/cli.py", "tool/app_hooks.py", "pyproject.toml"):
            assert (config.parent / path).read_bytes() in (old[path], new[path])
        config.write_text(CONFIG.replace("1.0.0", "3.0.0"))
        build(config)
        assert build(config, check=True).in_step
        assert not list(config.parent.rglob(".*.goobits-new*"))
        if code == 0:
            break
        assert code == 9
    assert moment > 2


def test_full_disk_leaves_the_old_state(config: Path) -> None:
    """A limit on file size fails a write in the middle as a full disk does."""
    build(config)
    config.write_text(CONFIG.replace("1.0.0", "2.0.0"))
    before = tree(config.parent)
    script = (
        "import resource, sys, goobits_engine\n"
        "from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "goobits_engine.build(Path(sys.argv[1]))\n"
    )
    command = [sys.executable, "-c", script, str(config)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert "OutputError" in done.stderr
    assert "File too large" in done.stderr
    assert ".goobits-new" not in done.stderr.splitlines()[-1]
    assert tree(config.parent) == before
