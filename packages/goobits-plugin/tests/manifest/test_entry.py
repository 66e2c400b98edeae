"""The entry of a plugin in a folder."""

from pathlib import Path

import pytest
from goobits_plugin import ManifestError, read_manifest

from .conftest import Build

RUST = {"language": '"rust"', "entry": '"bin/{target}/hello"'}
TARGET = "bin/x86_64-unknown-linux-gnu"


def refusals(text: str, folder: Path) -> list[str]:
    """Return the messages about a manifest in a folder."""
    try:
        read_manifest(text, folder=folder)
    except ManifestError as error:
        return [f"{found.code} {found.message}" for found in error.diagnostics]
    return []


def put(path: Path, mode: int = 0o644) -> None:
    """Make a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    path.chmod(mode)


def test_entry_that_is_there_is_accepted(tmp_path: Path, build: Build) -> None:
    """An interpreter reads it: no bit is needed."""
    put(tmp_path / "hello.py")
    assert refusals(build(), tmp_path) == []


def test_missing_entry_is_refused(tmp_path: Path, build: Build) -> None:
    """It would fail at its first run, on another machine."""
    assert refusals(build(), tmp_path) == ["P016 the entry 'hello.py' is no file"]


def test_entry_that_is_a_folder_is_refused(tmp_path: Path, build: Build) -> None:
    """A folder of that name runs as little as none."""
    (tmp_path / "hello.py").mkdir()
    assert refusals(build(), tmp_path) == ["P016 the entry 'hello.py' is no file"]


def test_missing_entry_is_one_mistake_among_others(
    tmp_path: Path, build: Build
) -> None:
    """Files are looked at although the text is wrong elsewhere."""
    assert len(refusals(build(version='"x"'), tmp_path)) == 2


@pytest.mark.parametrize(
    "target", ["../outside.py", "/etc/passwd", "sub/up/outside.py"]
)
def test_link_that_leaves_is_refused(tmp_path: Path, build: Build, target: str) -> None:
    """What is packed or mounted is the folder; such a link would run something else."""
    plugin = tmp_path / "plugin"
    (plugin / "sub").mkdir(parents=True)
    (plugin / "sub" / "up").symlink_to("../..")
    put(tmp_path / "outside.py")
    (plugin / "hello.py").symlink_to(target)
    expected = "P017 the entry 'hello.py' leads out of the plugin's folder"
    assert refusals(build(), plugin) == [expected]


def test_folder_that_leads_out_is_refused(tmp_path: Path, build: Build) -> None:
    """A link on the way to the entry leaves as well as the entry itself."""
    plugin = tmp_path / "plugin"
    plugin.mkdir()
    put(tmp_path / "plugin-2" / "hello.py")
    (plugin / "src").symlink_to("../plugin-2")
    assert refusals(build(entry='"src/hello.py"'), plugin)[0].startswith("P017")


def test_link_that_stays_is_accepted(tmp_path: Path, build: Build) -> None:
    """Build tools link within a folder, and the folder itself may be reached by a link."""
    plugin = tmp_path / "plugin"
    put(plugin / "src" / "real.py")
    (plugin / "hello.py").symlink_to("src/real.py")
    (tmp_path / "link").symlink_to("plugin")
    assert refusals(build(), tmp_path / "link") == []


def test_rust_needs_one_target(tmp_path: Path, build: Build) -> None:
    """Without one it runs nowhere."""
    (tmp_path / "bin" / "README").mkdir(parents=True)
    put(tmp_path / "bin" / "README" / "hello", 0o755)
    found = refusals(build(**RUST), tmp_path)
    assert found == ["P016 the entry 'bin/{target}/hello' is there for no target"]
    put(tmp_path / TARGET / "hello", 0o755)
    assert refusals(build(**RUST), tmp_path) == []


def test_rust_programs_are_executable_for_every_target(
    tmp_path: Path, build: Build
) -> None:
    """The author tries one target; the bit of another would be missed by its users."""
    put(tmp_path / TARGET / "hello", 0o755)
    put(tmp_path / "bin" / "aarch64-unknown-linux-musl" / "hello")
    name = "bin/aarch64-unknown-linux-musl/hello"
    expected = f"P016 the entry '{name}' is not executable"
    assert refusals(build(**RUST), tmp_path) == [expected]


def test_rust_target_that_leads_out_is_refused(tmp_path: Path, build: Build) -> None:
    """The folder of a target may be a link, too."""
    put(tmp_path / "out" / "hello", 0o755)
    (tmp_path / "plugin" / "bin").mkdir(parents=True)
    (tmp_path / "plugin" / TARGET).symlink_to("../../out")
    assert refusals(build(**RUST), tmp_path / "plugin")[0].startswith("P017")
