"""Texts and names made to break generated code: every language must give them back unharmed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from goobits_engine import ConfigError, parse, render

from .toolchain import NODE_MODULES, tool

TEXT = Path(__file__).with_name("torture.yaml").read_text(encoding="utf-8")
PATHS = [
    [],
    ["class"],
    ["import"],
    ["return-value"],
    ["return-value", "true"],
    ["return-value", "None"],
    ["return-value", "toString"],
    ["valueOf"],
]
RUNS = [
    *([*path, "--help"] for path in PATHS),
    *([*path, "--help", "--color=always"] for path in PATHS),
    ["--color=always", "--help"],
    ["--help-all"],
    ["--help-json"],
    ["return-value", "--help-json"],
    ["--version"],
    ["class"],
    ["class", "a\\\"'`${x}", "--class", "*/"],
    ["--class", "none of \x1b[31m these \u202e"],
    ["import", "--new-this", "8"],
    ["function", "x", "ë"],
    ["def", "x", "é"],
    ["return-value", "nine"],
]


def run(command: list[str], folder: Path) -> tuple[int, bytes, bytes]:
    """Run a command with a clean environment."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def written(folder: Path, language: str) -> Path:
    """Write the torture program in a language and return its entry."""
    entry = folder
    for artifact in render(parse(TEXT).program, language):
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(artifact.content, encoding="utf-8")
        entry = path if artifact.role == "entry" else entry
    return entry


def compiled(folder: Path, language: str) -> list[str]:
    """Write and compile the torture program; return the command that runs it."""
    entry = written(folder, language)
    if language == "typescript":
        compiler = tool("tsc")
        (folder / "node_modules").symlink_to(NODE_MODULES)
        code, out, err = run([compiler], folder)
    elif language == "rust":
        target = {"CARGO_TARGET_DIR": str(folder / "target"), "CARGO_INCREMENTAL": "0"}
        done = subprocess.run(
            [tool("cargo"), "build", "--offline", "--quiet"],
            cwd=folder,
            env={**os.environ, **target, "RUSTFLAGS": "-D warnings"},
            capture_output=True,
            check=False,
        )
        code, out, err = done.returncode, done.stdout, done.stderr
    else:
        code, out, err = 0, b"", b""
    assert code == 0, (out + err).decode()
    if language == "rust":
        return [str(folder / "target/debug/torture")]
    return [sys.executable if language == "python" else tool("node"), str(entry)]


@pytest.mark.parametrize("language", ["nodejs", "typescript", "rust"])
def test_other_languages_print_the_bytes_of_python(
    language: str, tmp_path: Path
) -> None:
    """One wrong escape and the pages differ."""
    python = compiled(tmp_path / "python", "python")
    other = compiled(tmp_path / language, language)
    for words in RUNS:
        assert run([*python, *words], tmp_path) == run([*other, *words], tmp_path), (
            words
        )


def test_page_holds_the_texts_of_the_yaml(tmp_path: Path) -> None:
    """Two languages that agree could both be wrong."""
    entry = written(tmp_path, "python")
    code, page, _ = run([sys.executable, str(entry), "--help"], tmp_path)
    shown = page.decode()
    assert code == 0
    assert 'It\'s "Torture" \\o/ 1.0.0-"q" - */ // /* <!-- --> # \'\'\'""" \\' in shown
    assert 'ends with a backslash \\\n"""\ntriple """" quadruple, \'\'\'\'' in shown
    assert "`backticks` and ${template} and \\${escaped} and \\`this\\`" in shown
    assert '  kept: two spaces, "quotes"' in shown
    assert "{% raw %} {{ 7 * 7 }} {# comment #} [TODO] b\"o'l`d [/bold]" in shown
    assert "עברית العربية" in shown
    assert '[default: multi\\nline\\n"""\\]' in shown


def test_json_help_is_json_with_the_texts_of_the_yaml(tmp_path: Path) -> None:
    """Scripts read it, and it is quoted twice: as JSON, then as source code."""
    entry = written(tmp_path, "python")
    _, text, _ = run([sys.executable, str(entry), "--help-json"], tmp_path)
    options = {option["name"]: option for option in json.loads(text)["options"]}
    assert options["--async"]["default"] == 'multi\nline\n"""\\'
    assert options["--class"]["choices"][:5] == ['"', "'", "`", "\\", "${x}"]


def test_generated_files_show_no_invisible_character() -> None:
    """A direction mark in source code makes it read as what it is not."""
    for language in ("python", "nodejs", "typescript", "rust"):
        for artifact in render(parse(TEXT).program, language):
            invisible = set("\u202e\u202c\u200b\u2028\ufeff\xa0\x01\x07\x1b")
            assert not set(artifact.content) & invisible, artifact.path


def test_python_is_a_fixed_point_of_its_formatter(tmp_path: Path) -> None:
    """Whoever formats a whole repository must not change, and so own, a generated file."""
    written(tmp_path, "python")
    code, out, err = run(
        [tool("ruff"), "format", "--diff", "--isolated", "."], tmp_path
    )
    assert code == 0, (out + err).decode()


def test_manifests_give_the_texts_back() -> None:
    """They are TOML and JSON, which escape in ways of their own."""
    program = parse(TEXT).program
    python = {artifact.path: artifact.content for artifact in render(program, "python")}
    node = {artifact.path: artifact.content for artifact in render(program, "nodejs")}
    rust = {artifact.path: artifact.content for artifact in render(program, "rust")}
    project = tomllib.loads(python["pyproject.toml"])["project"]
    package = json.loads(node["package.json"])
    crate = tomllib.loads(rust["Cargo.toml"])["package"]
    wanted = (program.package.description, list(program.package.keywords))
    assert (project["description"], project["keywords"]) == wanted
    assert (package["description"], package["keywords"]) == wanted
    assert crate["description"] == program.package.description
    assert project["authors"] == [{"name": program.package.author}]
    assert package["author"] == program.package.author


def test_nul_is_refused(tmp_path: Path) -> None:
    """No language and no terminal does anything good with it."""
    with pytest.raises(ConfigError, match="U\\+0000"):
        parse('command_name: x\ncli: {commands: {a: {desc: "\\0"}}}\n')
