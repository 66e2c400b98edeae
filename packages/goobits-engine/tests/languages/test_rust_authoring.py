"""What authors of Rust hooks write in their crate: it compiles, and does what it says."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
from goobits_engine import parse

from .test_rust_program import program, run, write
from .toolchain import tool

HEADER = "use super::{cli_types, goobits};\n"
WORDS = ("read", "write", "path", "file", "lines")
IMPORTS = """\
use std::fs::File;
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::path::Path;
"""
USES = """
fn first(path: &Path) -> goobits::Result<String> {
    let mut lines: Lines<BufReader<File>> = BufReader::new(File::open(path)?).lines();
    Ok(lines.next().transpose()?.unwrap_or_default())
}

/// Copy standard input.
pub fn on_read(args: cli_types::Read) -> goobits::Result {
    let mut text = first(Path::new(&args.command_name))?;
    std::io::stdin().read_to_string(&mut text)?;
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
"""
UNIT_TEST = """\
use super::{cli_types, goobits};

pub fn on_run(args: cli_types::Run) -> goobits::Result<i32> {
    Ok(if args.key == "x" && args.rate.is_none() { 3 } else { 4 })
}

#[cfg(test)]
mod tests {
    use super::cli_types::Run;

    #[test]
    fn key_is_seen() {
        let args = Run {
            key: "x".into(),
            ..Default::default()
        };
        assert_eq!(args.clone(), args);
        assert_eq!(super::on_run(args).unwrap(), 3);
    }
}
"""
RESULTS = """\
use super::cli_types;

#[derive(Debug)]
pub struct Full;

impl From<Full> for Box<dyn std::error::Error> {
    fn from(_: Full) -> Self {
        "no more room".into()
    }
}

pub fn on_open(args: cli_types::Open) -> std::io::Result<()> {
    std::fs::metadata(args.path)?;
    Ok(())
}

pub fn on_pick(args: cli_types::Pick) -> Result<u8, String> {
    args.word.parse().map_err(|_| format!("no number: {}", args.word))
}

pub fn on_fill(_args: cli_types::Fill) -> Result<(), Full> {
    Err(Full)
}
"""
ABORTING = """\
use super::{cli_types, goobits};

pub fn on_fall(_args: cli_types::Fall) -> goobits::Result {
    panic!("it broke")
}

pub fn on_speak(_args: cli_types::Speak) -> goobits::Result {
    loop {
        println!("still here");
    }
}
"""
STRICT = """
[lints.rust]
unsafe_code = "deny"
unused = { level = "deny", priority = -1 }
unused_results = "deny"
unreachable_pub = "deny"
missing_docs = "deny"
missing_debug_implementations = "deny"
let_underscore_drop = "deny"

[lints.clippy]
pedantic = { level = "deny", priority = -1 }
nursery = { level = "deny", priority = -1 }
arithmetic_side_effects = "deny"
indexing_slicing = "deny"
panic = "deny"
string_slice = "deny"
unwrap_used = "deny"
"""


def crate(commands: str, hooks: str, folder: Path) -> None:
    """Write a crate with these commands, and hooks in place of its stubs."""
    text = f"command_name: x\nlanguage: rust\ncli: {{commands: {commands}}}\n"
    write(parse(text).program, folder)
    (folder / "src/app_hooks.rs").write_text(hooks, encoding="utf-8")


def cargo(folder: Path, *words: str) -> None:
    """Let cargo do something that must succeed, without a warning."""
    done = run([tool("cargo"), words[0], "--quiet", "--offline", *words[1:]], folder)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_hooks_import_what_their_structs_are_called_like(tmp_path: Path) -> None:
    """`Read` is a trait to whoever imports it, and our struct must not be in its way."""
    tool("cargo-clippy")
    text = f"command_name: x\nlanguage: rust\ncli: {{commands: {{{': , '.join(WORDS)}: }}}}\n"
    write(parse(text).program, tmp_path)
    path = tmp_path / "src/app_hooks.rs"
    stubs = path.read_text("utf-8")
    assert HEADER in stubs
    stubs = stubs.replace(HEADER, IMPORTS + HEADER)
    start = stubs.index("\n/// Answer x read")
    end = stubs.index("\n/// Answer x write")
    path.write_text(stubs[:start] + USES + stubs[end:], encoding="utf-8")
    cargo(tmp_path, "clippy", "--", "-Dwarnings")


def test_unit_test_gives_only_the_values_that_it_is_about(tmp_path: Path) -> None:
    """A struct of twenty options would otherwise be written out in every test."""
    commands = "{run: {args: [{name: key}], options: [{name: rate, type: float}]}}"
    crate(commands, UNIT_TEST, tmp_path)
    done = run([tool("cargo"), "test", "--quiet", "--offline"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 passed" in done.stdout


def test_hook_returns_any_result_of_an_error(tmp_path: Path) -> None:
    """Functions that exist already return an error of their own."""
    word = "{args: [{name: word}]}"
    commands = f"{{open: {{args: [{{name: path}}]}}, pick: {word}, fill: }}"
    crate(commands, RESULTS, tmp_path)
    cargo(tmp_path, "build")

    def answer(*words: str) -> tuple[int, str]:
        done = run([str(tmp_path / "target/debug/x"), *words], tmp_path)
        return done.returncode, done.stderr

    assert answer("open", ".") == (0, "")
    code, said = answer("open", "missing")
    assert (code, said[:29]) == (1, "x: error: No such file or dir")
    assert answer("pick", "7") == (7, "")
    assert answer("pick", "y") == (1, "x: error: no number: y\n")
    assert answer("fill") == (1, "x: error: no more room\n")


@pytest.mark.skipif(os.name != "posix", reason="processes end by signals on POSIX only")
def test_panic_that_aborts_is_told(tmp_path: Path) -> None:
    """Nobody is left to report it, and a program must not die without a word."""
    crate("{fall: , speak: }", ABORTING, tmp_path)
    binary = str(tmp_path / "x")
    command = [tool("rustc"), "--edition=2021", "-Cpanic=abort", "-o", binary]
    done = run([*command, "src/main.rs"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    fallen = run([binary, "fall"], tmp_path)
    assert fallen.returncode == -signal.SIGABRT
    assert "src/app_hooks.rs" in fallen.stderr
    assert "\nit broke\n" in fallen.stderr
    pipe = subprocess.PIPE
    with subprocess.Popen([binary, "speak"], stdout=pipe, stderr=pipe) as spoken:
        assert spoken.stdout is not None
        assert spoken.stderr is not None
        spoken.stdout.close()
        assert (spoken.stderr.read(), spoken.wait()) == (b"", 141)


@pytest.mark.parametrize("name", ["demo", "torture"])
def test_strict_lints_of_the_author_pass(name: str, tmp_path: Path) -> None:
    """They are meant for code that the author can change."""
    tool("cargo-clippy")
    write(program(name), tmp_path)
    with (tmp_path / "Cargo.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(STRICT)
    cargo(tmp_path, "clippy")
