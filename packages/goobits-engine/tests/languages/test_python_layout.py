"""Where the files of a Python project lie, and what its manifest says of them."""

from __future__ import annotations

import tomllib

import pytest
from goobits_engine import parse, render
from goobits_engine._program import Package
from goobits_engine.languages.python import _manifest as manifest

CLI = "cli: {commands: {run: }}\n"


def project(text: str) -> tuple[set[str], dict[str, object]]:
    """Return the paths of a project's files and its manifest."""
    files = {a.path: a.content for a in render(parse(text + CLI).program, "python")}
    return set(files), tomllib.loads(files["pyproject.toml"])


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("my-tool", "my_tool"),
        ("a.b", "a_b"),
        ("json", "json_cli"),
        ("class", "class_cli"),
    ],
)
def test_package_can_be_imported(name: str, folder: str) -> None:
    """The installed command is `from PACKAGE.cli import main`."""
    paths, manifest = project(f"package_name: {name}\ncommand_name: x\n")
    assert f"{folder}/cli.py" in paths
    assert manifest["project"]["name"] == name
    assert manifest["project"]["scripts"] == {"x": f"{folder}.cli:main"}


@pytest.mark.parametrize(
    ("path", "entry_point"),
    [
        ("src/x/cli.py", "x.cli"),
        ("src/cli.py", "cli"),
        ("src/src/cli.py", "src.cli"),
        ("a/src/cli.py", "a.src.cli"),
        ("a/b/c/d.py", "a.b.c.d"),
    ],
)
def test_entry_point_is_the_module_of_the_entry(path: str, entry_point: str) -> None:
    """Only the first `src` is a folder that holds packages and is none."""
    paths, manifest = project(f"command_name: x\ncli_path: {path}\n")
    assert manifest["project"]["scripts"] == {"x": f"{entry_point}:main"}
    marker = f"{path.rpartition('/')[0]}/__init__.py"
    assert (marker in paths) == ("." in entry_point)


@pytest.mark.parametrize(
    ("entry", "hooks", "place"),
    [
        ("cli.py", "lib/hooks.py", "lib/hooks.py"),
        ("src/cli.py", "src/lib/hooks.py", "lib/hooks.py"),
        ("src/cli.py", "hooks.py", "hooks.py"),
        ("x/cli.py", "lib/hooks.py", "hooks.py"),
    ],
)
def test_loose_hooks_are_installed_where_the_entry_looks(
    entry: str, hooks: str, place: str
) -> None:
    """A program that runs in its folder must run when it is installed, too."""
    _, manifest = project(
        f"command_name: x\ncli_path: {entry}\ncli_hooks_path: {hooks}\n"
    )
    wheel = manifest["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"][hooks] == place


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.4.0", "1.4.0"),
        ("1.4rc1", "1.4rc1"),
        ("1.0.0-beta.2", "1.0.0-beta.2"),
        ("1.0.post2.dev3+local.1", "1.0.post2.dev3+local.1"),
        ("1.4-next", "1.4+next"),
        ("v2 (old)", "2+old"),
        ("nightly", "0.0.0+nightly"),
        ("é", "0.0.0"),
    ],
)
def test_version_obeys_pep_440(version: str, expected: str) -> None:
    """With any other version nothing can be installed."""
    assert manifest.version(version) == expected


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("", "", ""),
        ("Ada", "ada@example.org", '{ name = "Ada", email = "ada@example.org" }'),
        ("", "ada@example.org", '{ email = "ada@example.org" }'),
        ("Ada", "on request", '{ name = "Ada on request" }'),
    ],
)
def test_email_that_is_none_does_not_stop_an_installation(
    name: str, email: str, expected: str
) -> None:
    """Builders refuse the whole project for it."""
    package = Package("x", "1", author=name, email=email)
    assert manifest.author(package) == expected
