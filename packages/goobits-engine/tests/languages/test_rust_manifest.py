"""`Cargo.toml` says what cargo and its registry accept, whatever the configuration says."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from goobits_engine import parse, render
from goobits_engine._program import Package
from goobits_engine.languages import own_templates
from goobits_engine.languages.rust import _manifest as manifest

CLI = "cli: {commands: {run: }}\n"
NEEDED = manifest.Needed("demo-tool", "1.4.0", "demo", "src/main.rs", False)


def written(text: str) -> dict[str, object]:
    """Return the manifest of a program."""
    files = {a.path: a.content for a in render(parse(text + CLI).program, "rust")}
    return tomllib.loads(files["Cargo.toml"])


def package(**fields: object) -> dict[str, object]:
    """Return the table of a package with these fields."""
    made = replace(Package("demo", "1.0.0"), **fields)
    return tomllib.loads(manifest.fresh(made, NEEDED, own_templates()))["package"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("demo", "demo"),
        ("a.b", "a-b"),
        ("My_Tool-2", "My_Tool-2"),
        ("x" * 70, "x" * 64),
        ("x" * 63 + "-y", "x" * 63),
    ],
)
def test_name_is_one_of_a_crate(name: str, expected: str) -> None:
    """Cargo refuses a dot, its registry more than 64 characters."""
    assert manifest.crate_name(name) == expected


def test_version_is_semantic() -> None:
    """Cargo reads no other."""
    assert written('command_name: x\nversion: "1.4rc1"\n')["package"] == {
        "name": "x",
        "version": "1.4.0-rc1",
        "edition": "2021",
        "rust-version": "1.75",
    }


def test_program_is_built_from_the_entry() -> None:
    """The command is not called as the package is."""
    made = written("package_name: a.b\ncommand_name: ab\ncli_path: bin/tool.py\n")
    assert made["bin"] == [{"name": "ab", "path": "bin/tool.rs"}]


@pytest.mark.parametrize("name", ["build", "deps", "examples", "incremental"])
def test_program_is_not_called_as_a_folder_of_cargo(name: str) -> None:
    """Cargo refuses the whole manifest for it."""
    made = written(f"command_name: {name}\n")
    assert made["bin"] == [{"name": f"{name}-cli", "path": "src/main.rs"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cli_path: src/bin/x.rs", False),
        ("cli_path: a/x.rs\ncli_hooks_path: src/bin/hooks.rs", False),
        ("cli_path: src/x.rs\ncli_hooks_path: src/main.rs", False),
        ("cli_path: src/bin/x/main.rs", None),
        ("cli_path: src/x.rs", None),
    ],
)
def test_no_other_file_becomes_a_program(text: str, expected: bool | None) -> None:
    """Cargo compiles every file of src/bin by itself, and there is no `main` in the others."""
    made = written(f"command_name: x\nlanguage: rust\n{text}\n")["package"]
    assert isinstance(made, dict)
    assert made.get("autobins") is expected


def test_release_is_small_and_whole() -> None:
    """Size and start-up are promises; a panic must still unwind to become an error."""
    release = {"opt-level": "s", "lto": True, "codegen-units": 1, "strip": True}
    assert written("command_name: x\n")["profile"] == {"release": release}


def test_texts_are_given_back() -> None:
    """They are TOML, which escapes in ways of its own."""
    text = 'a "b" \\ \x7f \u202e 🧰\nc'
    assert package(description=text, author=text)["description"] == text
    assert package(author="Ada", email="a@b.c")["authors"] == ["Ada <a@b.c>"]


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        (("cli", "c++", "1-up", "cli"), ["cli", "c++", "1-up"]),
        (("two words", "größe", "-x", "a.b", "", "ok"), ["ok"]),
        (("x" * 21, "x" * 20), ["x" * 20]),
        (tuple("abcdefg"), ["a", "b", "c", "d", "e"]),
        (("#",), None),
    ],
)
def test_only_keywords_of_the_registry_are_given(
    keywords: tuple[str, ...], expected: list[str] | None
) -> None:
    """It refuses a package for any other, or for a sixth."""
    assert package(keywords=keywords).get("keywords") == expected


@pytest.mark.parametrize(
    ("license", "given"),
    [
        ("MIT", True),
        ("MIT OR Apache-2.0", True),
        ("(GPL-2.0-only WITH Classpath-exception-2.0) AND 0BSD", True),
        ("MIT License", False),
        ("see LICENSE.txt, please", False),
    ],
)
def test_license_is_an_expression(license: str, given: bool) -> None:
    """The registry refuses a package for a sentence."""
    assert package(license=license).get("license") == (license if given else None)


@pytest.mark.parametrize(
    ("url", "given"),
    [
        ("https://example.org/?a='b'", True),
        ("http://x", True),
        ("git@example.org:a/b", False),
        ("example.org", False),
        ("https:// x", False),
    ],
)
def test_address_is_one_of_the_web(url: str, given: bool) -> None:
    """The registry refuses a package for any other."""
    made = package(homepage=url, repository=url)
    assert [made.get("homepage"), made.get("repository")] == [
        url if given else None
    ] * 2


def test_description_is_not_too_long() -> None:
    """The registry refuses a package for the character beyond a thousand."""
    assert "description" in package(description="x" * 1000)
    assert "description" not in package(description="x" * 1001)
