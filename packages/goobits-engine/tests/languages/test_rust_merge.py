"""A `Cargo.toml` of the author's gets what it lacks, and keeps every byte that it has."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from goobits_engine._frozen import replace
from goobits_engine.languages.rust._manifest import Needed
from goobits_engine.languages.rust._merge import merged

from .toolchain import tool

NEEDED = Needed("demo-tool", "1.4.0", "demo", "src/main.rs", False)
PACKAGE = '[package]\nname = "x"\nversion = "2.0.0"\nedition = "2018"\n'
BIN = '\n[[bin]]\nname = "demo"\npath = "src/main.rs"\n'
HERE = 'version = "1.4.0"\nedition = "2021"\n'
OTHER = '{ name = "q", path = "src/main.rs" }'

CASES = {
    "nothing": (
        "",
        '[package]\nname = "demo-tool"\n' + HERE + BIN,
    ),
    "a comment": (
        "# mine\n",
        '# mine\n\n[package]\nname = "demo-tool"\n' + HERE + BIN,
    ),
    "a package and its dependencies": (
        PACKAGE + '\n# mine\n[dependencies]\nlibc = "0.2" # pinned\n',
        PACKAGE + '\n# mine\n[dependencies]\nlibc = "0.2" # pinned\n' + BIN,
    ),
    "no line end at the end": (
        '[package]\nname = "x"',
        '[package]\nname = "x"\n' + HERE + BIN,
    ),
    "comments": (
        '[package]\nname = "x" # hi\n\n# docs\n[package.metadata.docs.rs]\na = 1\n',
        f'[package]\nname = "x" # hi\n{HERE}\n# docs\n[package.metadata.docs.rs]\na = 1\n'
        + BIN,
    ),
    "indentation": (
        '[package]\n  name = "x"\n\n[lints]\n',
        '[package]\n  name = "x"\n  version = "1.4.0"\n  edition = "2021"\n\n[lints]\n'
        + BIN,
    ),
    "a text that looks like a table": (
        '[package]\nname = "x"\ndescription = """\n[package]\n"""\n',
        '[package]\nname = "x"\ndescription = """\n[package]\n"""\n' + HERE + BIN,
    ),
    "dotted keys": (
        'package.name = "x"\nprofile.release.lto = "thin"\n',
        'package.name = "x"\npackage.version = "1.4.0"\npackage.edition = "2021"\n'
        'profile.release.lto = "thin"\n' + BIN,
    ),
    "inline tables": (
        'package = { name = "x" }\nprofile = { dev = { debug = true } }\nbin = []\n',
        (
            'package = { name = "x", version = "1.4.0", edition = "2021"}\n'
            "profile = { dev = { debug = true } }\n"
            'bin = [{name = "demo", path = "src/main.rs"}]\n'
        ),
    ),
    "an array of programs": (
        f"bin = [\n  {OTHER}, # mine\n]\n{PACKAGE}",
        f"bin = [\n  {OTHER}, # mine\n"
        '  {name = "demo", path = "src/main.rs"},\n]\n' + PACKAGE,
    ),
    "a workspace of its own": (
        (
            '[package]\nname = "x"\nversion.workspace = true\nedition = { workspace = true }\n'
            '[workspace.package]\nversion = "1.0.0"\nedition = "2021"\n'
        ),
        '[package]\nname = "x"\nversion.workspace = true\nedition = { workspace = true }\n'
        '[workspace.package]\nversion = "1.0.0"\nedition = "2021"\n' + BIN,
    ),
    "another program of the same file": (
        PACKAGE + '[[bin]]\nname = "q"\npath = "src/main.rs"\n',
        PACKAGE + '[[bin]]\nname = "q"\npath = "src/main.rs"\n' + BIN,
    ),
    "another program amid the rest": (
        (
            f'{PACKAGE}\n[[bin]]\nname = "q"\npath = "src/main.rs"\n'
            "\n# mine\n[features]\n\n[profile.release]\nlto = true\n"
        ),
        (
            f'{PACKAGE}\n[[bin]]\nname = "q"\npath = "src/main.rs"\n{BIN}'
            "\n# mine\n[features]\n\n[profile.release]\nlto = true\n"
        ),
    ),
    "our program without its path": (
        PACKAGE + '[[bin]]\nname = "demo"\n\n# mine\n[features]\n',
        PACKAGE
        + '[[bin]]\nname = "demo"\npath = "src/main.rs"\n\n# mine\n[features]\n',
    ),
    "a profile of the author's": (
        PACKAGE + BIN + "\n[profile.release]\nopt-level = 3\n\n[features]\n",
        PACKAGE + BIN + "\n[profile.release]\nopt-level = 3\n\n[features]\n",
    ),
}


@pytest.fixture(params=list(CASES.values()), ids=list(CASES))
def case(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Return a manifest and what it must become."""
    text, expected = request.param
    return str(text), str(expected)


def spaced(text: str) -> str:
    """Return a text without the spaces of inline tables, which tomlkit sets in its own way."""
    return re.sub(r"(?<=[{,]) +| +(?=})", "", text)


def test_missing_is_added_and_the_rest_kept(case: tuple[str, str]) -> None:
    """It is the author's file: a comment that is lost is a mistake."""
    text, expected = case
    assert spaced(merged(text, NEEDED)) == spaced(expected)


def test_second_merge_changes_nothing(case: tuple[str, str]) -> None:
    """A build without a change must not write."""
    _, expected = case
    assert merged(expected, NEEDED) == expected


def test_everything_needed_is_there(case: tuple[str, str]) -> None:
    """Whatever the form, cargo must see the program."""
    document = tomllib.loads(merged(case[0], NEEDED))
    assert {"name", "version", "edition"} <= document["package"].keys()
    assert {"name": "demo", "path": "src/main.rs"} in document["bin"]


def test_profile_is_left_to_the_author(case: tuple[str, str]) -> None:
    """It says how all of the crate is built, and cargo ignores that of a member."""
    before, after = tomllib.loads(case[0]), tomllib.loads(merged(case[0], NEEDED))
    assert after.get("profile") == before.get("profile")


def test_cargo_reads_every_result(tmp_path: Path) -> None:
    """TOML that we understand is not yet a manifest."""
    cargo = tool("cargo")
    (tmp_path / "src").mkdir()
    (tmp_path / "src/main.rs").write_text("fn main() {}\n", encoding="utf-8")
    command = [cargo, "metadata", "--no-deps", "--offline", "--format-version=1"]
    for text, _ in CASES.values():
        alone = text if "libc" not in text else PACKAGE
        (tmp_path / "Cargo.toml").write_text(merged(alone, NEEDED), encoding="utf-8")
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        (package,) = json.loads(done.stdout)["packages"]
        assert "demo" in [target["name"] for target in package["targets"]]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_line_ends_and_mark_are_kept(mark: str, end: str) -> None:
    """An editor on Windows would show every line as changed."""
    text, expected = CASES["comments"]
    made = merged(mark + text.replace("\n", end), NEEDED)
    assert made == mark + expected.replace("\n", end)


def test_mixed_line_ends_are_left_as_they_are() -> None:
    """What is there stays, byte for byte."""
    made = merged('[package]\r\nname = "x"\n\r\n[features]\r\n', NEEDED)
    assert made.startswith('[package]\r\nname = "x"\n' + HERE + "\r\n[features]\r\n")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = \n", "line 1, column 5"),
        ('[package]\nname = "x', "line 2, column 10"),
        ("x = [\n1,\n", "line 3, column 1"),
        ('[package]\nname = "x"\nname = "y"\n', "line 3"),
        ("a = " + "[" * 5000, "nested too deeply"),
    ],
)
def test_text_that_is_no_toml_is_refused_with_its_place(text: str, place: str) -> None:
    """The author has to mend it, and must know where."""
    with pytest.raises(ValueError, match=place):
        merged(text, NEEDED)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[workspace]\nmembers = []\n", "into the folder of a member"),
        ('[project]\nname = "x"\n', r"\[package\] now"),
        ("package = 3\n", "'package' is not a table"),
        ("bin = 3\n", "'bin' is not an array of tables"),
        ("bin = [1]\n", "'bin' is not an array of tables"),
        ("[x]\na = nan\n", "has a form that nothing can be added to"),
        (
            (
                '[[bin]]\nname = "demo"\n[[test]]\nname = "e"\n[[bin]]\nname = "q"\n'
                '[package]\nname = "x"\n'
            ),
            'version = "1.4.0", edition = "2021"',
        ),
    ],
)
def test_what_cannot_be_added_safely_is_refused(text: str, reason: str) -> None:
    """Cargo would build something else, or nothing."""
    with pytest.raises(ValueError, match=reason):
        merged(text, NEEDED)


def test_program_that_is_made_from_another_file_is_refused() -> None:
    """What a build wrote would lie there and never be compiled."""
    other = f'{PACKAGE}[[bin]]\nname = "demo"\npath = "src/other.rs"\n'
    reason = r"'src/other\.rs'.*'src/main\.rs'.*'cli_path'"
    with pytest.raises(ValueError, match=reason):
        merged(other, NEEDED)
    same = other.replace("src/other.rs", "./src/main.rs")
    assert merged(same, NEEDED) == same


def test_stray_programs_are_refused() -> None:
    """Switching them off would take programs of the author's own away."""
    amid = replace(NEEDED, entry="src/bin/x.rs", is_amid_programs=True)
    with pytest.raises(ValueError, match="autobins = false"):
        merged(PACKAGE, amid)
    assert "autobins = false\n" in merged("", amid)
    assert merged(f"{PACKAGE}autobins = false\n", amid).startswith(PACKAGE)


def test_complete_manifest_costs_no_import_of_tomlkit() -> None:
    """Nearly every build finds nothing missing, and it is the slowest import of all."""
    code = (
        "import sys\n"
        "from goobits_engine.languages.rust._manifest import Needed\n"
        "from goobits_engine.languages.rust._merge import merged\n"
        f"text = {CASES['nothing'][1]!r}\n"
        f"assert merged(text, {NEEDED!r}) == text\n"
        "assert 'tomlkit' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
