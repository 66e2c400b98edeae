"""Where a program and its hooks can go: not to one file, and where Python finds them."""

import pytest

from .documents import HEAD, MINIMAL, codes, only, with_root

NODE = "language: nodejs\n"


@pytest.mark.parametrize(
    "paths",
    [
        "cli_hooks_path: demo/cli.py",
        "cli_hooks_path: Demo/CLI.py",
        "cli_path: demo/app_hooks.py",
        "cli_path: app_hooks.py",
        f"{NODE}cli_hooks_path: cli.cjs",
        f"{NODE}cli_path: lib/app_hooks.cjs",
        "languages: [python, nodejs]\ncli_hooks_path: cli.mjs",
        "language: typescript\ncli_hooks_path: cli_types.ts",
        "language: typescript\ncli_types_path: app_hooks.d.ts",
        "language: rust\ncli_hooks_path: src/goobits.rs",
        "language: rust\ncli_types_path: src/main.rs",
        "language: rust\ncli_path: src/goobits.rs",
        "language: rust\ncli_types_path: src/app_hooks.x.rs",
    ],
)
def test_path_that_a_default_has_taken_is_refused(paths: str) -> None:
    """The hooks would be written over the program, and be lost to both."""
    found = only(with_root(paths))
    assert found.code == "G016"
    assert "both would be" in found.help


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("my-tool/cli.py", "'my-tool' cannot be a module's name"),
        ("src/my-tool/cli.py", "'my-tool' cannot be a module's name"),
        ("demo/my-cli.py", "'my-cli' cannot be a module's name"),
        ("demo.d/cli.py", "'demo.d' cannot be a module's name"),
        ("class/cli.py", "'class' cannot be a module's name"),
        ("demo/__init__.py", "'__init__' cannot be a module's name"),
        ("json/cli.py", "'json' is a module of its standard library"),
        ("src/json/cli.py", "'json' is a module of its standard library"),
        ("site.py", "'site' is a module of its standard library"),
    ],
)
def test_program_that_python_cannot_import_is_refused(path: str, said: str) -> None:
    """It would install, and then its command could not start."""
    found = only(with_root(f"cli_path: {path}"))
    assert (found.code, found.line) == ("G017", 1)
    assert said in found.message
    assert found.help


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("os.py", "'os' is a module of its standard library"),
        ("demo/types.py", "'types' is a module of its standard library"),
        ("demo/json/hooks.py", "'json' is a module of its standard library"),
        ("demo/my.hooks.py", "'my.hooks' cannot be a module's name"),
        ("demo/my.d/hooks.py", "'my.d' cannot be a module's name"),
        ("demo/__init__.py", "'__init__' cannot be a module's name"),
        ("demo.py", "'demo' is the program itself"),
        ("demo/cli/hooks.py", "'cli' is the program itself"),
    ],
)
def test_hooks_that_python_cannot_import_are_refused(path: str, said: str) -> None:
    """Every command would say that its hook is missing, beside a file that has it."""
    found = only(with_root(f"cli_hooks_path: {path}"))
    assert found.code == "G017"
    assert said in found.message


@pytest.mark.parametrize(
    "paths",
    [
        "cli_path: src/demo/__main__.py",
        "cli_path: src/cli.py\ncli_hooks_path: src/lib/hooks.py",
        "cli_path: demo/types.py",
        "cli_hooks_path: my.d/json/my-hooks.py",
        "cli_hooks_path: demo/my-hooks.py",
        "cli_hooks_path: app_hooks.py",
        f"{NODE}cli_path: my-tool/json.cjs\ncli_hooks_path: my-tool/my.hooks.mjs",
    ],
)
def test_what_can_be_imported_is_taken(paths: str) -> None:
    """A rule that is too strict keeps people from a layout that works."""
    assert codes(with_root(paths)) == []


@pytest.mark.parametrize("name", ["json", "class", "a.b", "cli", "None"])
def test_package_may_have_any_name(name: str) -> None:
    """Its folder has a name of its own where Python could not import this one."""
    assert (
        codes(MINIMAL.replace(HEAD, f"package_name: {name}\ncommand_name: x\n")) == []
    )


@pytest.mark.parametrize(
    "path",
    [
        "cli_path: src/lib.rs",
        "cli_hooks_path: build.rs",
        "cli_hooks_path: tests/hooks.rs",
        "cli_types_path: examples/types.rs",
    ],
)
def test_file_that_cargo_takes_for_something_else_is_refused(path: str) -> None:
    """A hooks file called `build.rs` would run as a build script."""
    found = only(with_root(f"language: rust\n{path}"))
    assert (found.code, found.line) == ("G017", 2)
    assert codes(with_root(f"language: typescript\n{path}")) == []
