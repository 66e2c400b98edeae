"""A generated crate: where its files lie, and that no tool of Rust has a word to say of it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from goobits_engine import parse, render
from goobits_engine._artifacts import Artifact
from goobits_engine._program import Argument, Command, Package, Program, Scalar
from goobits_engine.languages.rust._entry import FIELD_COUNTS

from .toolchain import tool

TESTS = Path(__file__).parents[1]
FILES = [
    *sorted((TESTS / "fixtures/yamls").glob("*.yaml")),
    TESTS / "languages/torture.yaml",
    *sorted((TESTS.parent / "vectors/specs").glob("*.yaml")),
]
KEYWORDS = "fn super crate type match option string vec result box copy clone from some"
LONG = "abcdefghij" * 6


def nested(levels: int) -> str:
    """Return commands that lie so many levels deep."""
    if not levels:
        return "{leaf: }"
    return f"{{level-{levels}: {{subcommands: {nested(levels - 1)}}}}}"


def keyword(word: str) -> str:
    """Return a command whose every name is a word of Rust."""
    other = "self" if word == "crate" else "crate"
    return (
        f"{word}: {{args: [{{name: {word}, type: int, required: false}}],"
        f" options: [{{name: {other}, multiple: true}}, {{name: dyn, type: float}}]}}"
    )


PROGRAMS = {
    "capitals": "command_name: MyTool\ncli: {commands: {Get-It: , GET: {subcommands:"
    " {All: {args: [{name: Name}], options: [{name: Upper-Case}]}}}, a--b: }}\n",
    "keywords": "command_name: self\ncli: {options: [{name: gen}, {name: try}],"
    f" commands: {{{', '.join(map(keyword, KEYWORDS.split()))}}}}}\n",
    "deep": f"command_name: d\ncli: {{commands: {nested(30)}}}\n",
    "hundred": "command_name: h\ncli: {commands: {"
    + ", ".join(f"c{number}: " for number in range(100))
    + "}}\n",
    "short": "command_name: a\ncli: {options: [{name: a, short: a}], commands:"
    " {b: {args: [{name: c}], options: [{name: d}]}, c: }}\n",
    "long": f"command_name: {LONG}\ncli: {{options: [{{name: o{LONG}}}], commands:"
    f" {{{LONG}: {{desc: {LONG * 3}, args: [{{name: {LONG}, choices: [{LONG}]}}]}}}}}}\n",
    "markup": "command_name: m\ncli: {commands: {a: {desc: '# [x] <b> ``` \\ [^1]: y',"
    " options: [{name: f, desc: '~~~'}, {name: g, desc: '- x'}]}}}\n",
    "statics": "command_name: program\nlanguage: rust\ncli: {commands: {a-b: ,"
    " a: {subcommands: {b: {subcommands: {c: }}}}}}\n",
    "places": "command_name: p\nlanguage: rust\ncli_path: src/bin/tool.py\n"
    "cli_hooks_path: lib/my hooks.rs\ncli_types_path: src/deep/types.d.ts\n"
    "cli: {commands: {a: }}\n",
} | {path.stem: path.read_text("utf-8") for path in FILES}


NO_COMMANDS = Command("bare", "bare")
WHOLE_ARGUMENT = Argument(
    *("name", "name", "path"),
    minimum=1,
    maximum=None,
    is_list=True,
    choices=(Scalar("a", "a"),),
    default=Scalar("a", "a"),
    path_exists=True,
)
ROOTS = {
    "no commands": NO_COMMANDS,
    "whole": Command(
        "whole", "whole", children=(Command("x", "x", arguments=(WHOLE_ARGUMENT,)),)
    ),
}
"""Programs that no configuration describes, but the renderer is asked for."""


def program(name: str) -> Program:
    """Return one of the programs above."""
    if name in ROOTS:
        package = Package(name.replace(" ", "-"), "1.0.0")
        return Program(ROOTS[name], name, "1.0.0", package, ("rust",))
    return parse(PROGRAMS[name]).program


def files_of(program: Program) -> dict[str, Artifact]:
    """Return the files of a program by path."""
    return {made.path: made for made in render(program, "rust")}


def rendered(text: str) -> dict[str, Artifact]:
    """Return the files of a configuration by path."""
    return files_of(parse(text).program)


def write(program: Program, folder: Path) -> None:
    """Write the files of a program."""
    for made in files_of(program).values():
        path = folder / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.content, encoding="utf-8")


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without what a build of somebody else's has set."""
    environment = {**os.environ, "CARGO_TARGET_DIR": str(folder / "target")}
    environment |= {"CARGO_INCREMENTAL": "0", "CARGO_TERM_COLOR": "never"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_files_have_their_roles_and_places() -> None:
    """Scripts find the program to build by its role; hooks and manifest are the author's."""
    made = rendered("command_name: x\ncli: {commands: {run: }}\n")
    assert [(path, file.role, file.once) for path, file in made.items()] == [
        ("src/main.rs", "entry", False),
        ("src/goobits.rs", "runtime", False),
        ("src/cli_types.rs", "types", False),
        ("src/app_hooks.rs", "hooks", True),
        ("Cargo.toml", "manifest", True),
    ]
    assert {file.language for file in made.values()} == {"rust"}
    assert made["Cargo.toml"].merge is not None


def test_files_lie_where_the_configuration_says() -> None:
    """The runtime stays beside the entry; a module elsewhere is named by its path."""
    made = rendered(PROGRAMS["places"])
    assert list(made)[:4] == [
        "src/bin/tool.rs",
        "src/bin/goobits.rs",
        "src/deep/types.rs",
        "lib/my hooks.rs",
    ]
    modules = re.findall(r"(?:#.*\n)*mod .*;", made["src/bin/tool.rs"].content)
    assert modules == [
        '#[path = "../../lib/my hooks.rs"]\n#[allow(unreachable_pub)]\nmod app_hooks;',
        '#[path = "../deep/types.rs"]\nmod cli_types;',
        "mod goobits;",
    ]


def test_hook_gets_a_field_for_every_value() -> None:
    """The types say what can be absent, and what comes several times."""
    text = (
        "command_name: x\ncli: {options: [{name: level, type: int}], commands: {run:"
        " {args: [{name: type, desc: 'Which [one]'}, {name: more, nargs: '*'}], options:"
        " [{name: rate, type: float, default: 1.5}, {name: loud, count: true}]}}}\n"
    )
    types = rendered(text)["src/cli_types.rs"].content
    struct = types[types.index("pub struct") : types.index("\n}\n")]
    assert re.findall(r"pub (?!struct)(.*),", struct) == [
        "type_: String",
        "more: Vec<String>",
        "rate: f64",
        "loud: i64",
        "level: Option<i64>",
        "verbose: bool",
        "command_name: String",
    ]
    assert r"    /// Which \[one\]" in struct
    assert "/// The words of the command: `run`." in struct


def test_stub_takes_the_struct_of_its_command() -> None:
    """A stub that does not compile is no help."""
    made = rendered("command_name: x\ncli: {commands: {a: {subcommands: {Get: }}}}\n")
    (stub,) = made["src/app_hooks.rs"].stubs
    assert stub.names == ("on_a_Get",)
    assert stub.text == (
        "\n/// Answer x a Get.\n#[allow(non_snake_case)]\n"
        "pub fn on_a_Get(_args: cli_types::AGet) -> goobits::Result {\n"
        '    Err("on_a_Get is not written yet".into())\n}\n'
    )
    assert made["src/app_hooks.rs"].content.endswith(f"goobits}};\n{stub.text}")


def test_hooks_file_without_hooks_is_ready_for_the_first() -> None:
    """What a stub needs is in the header, and the compiler must not call it unused."""
    hooks = files_of(program("no commands"))["src/app_hooks.rs"].content
    assert hooks.endswith(
        "\n\n#[allow(unused_imports)]\nuse super::{cli_types, goobits};\n"
    )


def test_complete_record_asks_for_nothing_else() -> None:
    """The linter says that `..Argument::EMPTY` is needless there."""
    entry = files_of(program("whole"))["src/main.rs"].content
    assert "path_exists: true,\n    }]," in entry


def test_number_of_fields_is_that_of_the_runtime() -> None:
    """A record that has them all must not ask for the rest."""
    runtime = rendered("command_name: x\ncli: {commands: {run: }}\n")["src/goobits.rs"]
    for name, count in FIELD_COUNTS.items():
        struct = runtime.content.split(f"pub struct {name} {{\n")[1].split("\n}\n")[0]
        assert len(re.findall(r"^    pub \w+:", struct, re.MULTILINE)) == count


@pytest.mark.parametrize("name", [*PROGRAMS, *ROOTS])
def test_source_is_a_fixed_point_of_rustfmt(name: str) -> None:
    """Whoever formats a whole repository must not change, and so own, a generated file."""
    rustfmt = tool("rustfmt")
    for path, made in files_of(program(name)).items():
        if path.endswith(".rs"):
            done = subprocess.run(
                [rustfmt, "--edition", "2021"],
                input=made.content.encode(),
                capture_output=True,
                check=False,
            )
            assert (done.stdout.decode(), done.stderr) == (made.content, b""), path


def test_fresh_programs_build_without_a_warning(tmp_path: Path) -> None:
    """The first thing that an author sees must not be somebody else's mistakes."""
    cargo = tool("cargo")
    tool("cargo-clippy")
    members = []
    for number, name in enumerate([*PROGRAMS, *ROOTS]):
        folder = tmp_path / f"p{number}"
        write(program(name), folder)
        manifest = (folder / "Cargo.toml").read_text("utf-8")
        lines = re.sub(
            r'^name = "', f'name = "p{number}-', manifest, flags=re.MULTILINE
        )
        own = lines.partition("\n[profile")[0]
        (folder / "Cargo.toml").write_text(own, encoding="utf-8")
        members.append(folder.name)
    workspace = f'[workspace]\nresolver = "2"\nmembers = {members}\n'
    (tmp_path / "Cargo.toml").write_text(workspace, encoding="utf-8")
    command = [cargo, "clippy", "--quiet", "--offline", "--", "-Dwarnings"]
    done = run(command, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("edition", ["2015", "2018", "2024"])
def test_crate_of_another_edition_builds_without_a_warning(
    edition: str, tmp_path: Path
) -> None:
    """A manifest that is there says which, and it is its author's."""
    cargo = tool("cargo")
    write(program("demo"), tmp_path)
    manifest = tmp_path / "Cargo.toml"
    said = f'edition = "{edition}"'
    text = manifest.read_text("utf-8").replace('edition = "2021"', said)
    manifest.write_text(text.replace('rust-version = "1.75"\n', ""), encoding="utf-8")
    assert said in text
    done = run([cargo, "clippy", "--quiet", "--offline", "--", "-Dwarnings"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_missing_hook_is_an_error_of_the_compiler_that_names_it(tmp_path: Path) -> None:
    """It is found before the program runs, and the author must see which one it is."""
    cargo = tool("cargo")
    text = "command_name: x\ncli: {commands: {run: , stop: }}\n"
    write(parse(text).program, tmp_path)
    hooks = tmp_path / "src/app_hooks.rs"
    source = hooks.read_text("utf-8").replace("on_stop(", "on_halt(")
    hooks.write_text(source, encoding="utf-8")
    done = run([cargo, "check", "--quiet", "--offline"], tmp_path)
    assert done.returncode != 0
    assert "`on_stop`" in done.stderr
    assert "`on_run`" not in done.stderr
