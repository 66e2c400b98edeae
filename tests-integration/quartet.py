"""Random programs in all four languages, compiled in batches, with hooks that tell.

One run of tsc and one crate of cargo compile a whole batch: its programs are modules of one
executable, which is the program that its own name says.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from goobits_engine import Artifact, render
from specimens import Specimen
from toolchain import cargo, tool, tsc

LANGUAGES = ("python", "nodejs", "typescript", "rust")
_RECORDERS = Path(__file__).parent / "recorders"
_PYTHON_START = "import sys\n\nimport cli\n\nsys.exit(cli.main())\n"
_TSCONFIG = """\
{
  "compilerOptions": {
    "strict": true,
    "target": "es2023",
    "module": "nodenext",
    "types": ["node"],
    "rootDir": ".",
    "outDir": "compiled"
  },
  "include": ["*/typescript/*.ts"]
}
"""
_CARGO = """\
[package]
name = "batch"
version = "0.0.0"
edition = "2021"

[profile.dev]
debug = false
"""


@dataclass(frozen=True, slots=True)
class Programs:
    """One specimen on disk: a folder with its files, and how each language runs it."""

    folder: Path
    commands: tuple[tuple[str, ...], ...]


def write_files(folder: Path, specimen: Specimen) -> dict[str, dict[str, Artifact]]:
    """Write the files of a specimen in every language, each to a folder of its own.

    Returns them by language and path.
    """
    made: dict[str, dict[str, Artifact]] = {}
    for language in LANGUAGES:
        artifacts = render(specimen.program, language)
        made[language] = {artifact.path: artifact for artifact in artifacts}
        for artifact in artifacts:
            path = folder / language / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(artifact.content, encoding="utf-8")
    return made


def compiled(folder: Path, specimens: Sequence[Specimen]) -> list[Programs]:
    """Return the programs of some specimens, written and compiled below a folder."""
    names = [f"specimen_{number}" for number in range(len(specimens))]
    for name, specimen in zip(names, specimens, strict=True):
        _write(folder / name, specimen)
    _compile_typescript(folder, names)
    _compile_rust(folder, names)
    return [_programs(folder / name) for name in names]


def _write(folder: Path, specimen: Specimen) -> None:
    """Write the programs of a specimen, with recorders for hooks."""
    made = write_files(folder, specimen)
    (folder / "goobits.yaml").write_text(specimen.text, encoding="utf-8")
    (folder / "cwd").mkdir()
    (folder / "cwd" / "file").touch()
    (folder / "cwd" / "dangling").symlink_to("nowhere")
    (folder / "python" / "hooks.py").write_text(_recorder("hooks.py"))
    (folder / "python" / "start.py").write_text(_PYTHON_START)
    (folder / "nodejs" / "hooks.cjs").write_text(_recorder("hooks.cjs"))
    types = made["typescript"]["cli_types.d.ts"].content
    (folder / "typescript" / "hooks.ts").write_text(_typescript_hooks(types))
    types = made["rust"]["cli_types.rs"].content
    (folder / "rust" / "hooks.rs").write_text(_rust_hooks(types))
    entry = made["rust"]["cli.rs"].content
    entry = entry.replace("\nmod goobits;\n", "\nuse crate::goobits;\n")
    entry = entry.replace("\nfn main()", "\npub fn main()")
    (folder / "rust" / "cli.rs").write_text(entry, encoding="utf-8")


def _recorder(name: str) -> str:
    return (_RECORDERS / name).read_text(encoding="utf-8")


def _typescript_hooks(types: str) -> str:
    lines = ['import type * as cli from "./cli_types.js";', _recorder("recorder.ts")]
    for name, interface in _hooks(types):
        lines.append(f"export const {name} = (values: cli.{interface}) =>")
        lines.append(f'  record("{name}", values);')
    return "\n".join(lines) + "\n"


def _rust_hooks(types: str) -> str:
    fields = dict(re.findall(r"^pub struct (\w+)\s+\{\n(.*?)^\}", types, re.S | re.M))
    lines = ["#![allow(non_snake_case)]\n", "use super::cli_types::*;"]
    lines += ["use super::goobits;", ""]
    for name, struct in _hooks(types):
        keys = re.findall(r"^    pub (\w+):", fields[struct], re.M)
        values = ", ".join(f'("{key.strip("_")}", &args.{key})' for key in keys)
        lines.append(f"pub fn {name}(args: {struct}) -> goobits::Result {{")
        lines.append(f'    crate::recorder::record("{name}", &[{values}]);')
        lines.append("    Ok(())\n}\n")
    return "\n".join(lines)


def _hooks(types: str) -> list[tuple[str, str]]:
    """Return the name of each hook and of the type of what it is called with."""
    pattern = r"^/\S+ What `(\w+)` is called with[^{]*\b(?:interface|struct) (\w+)\s+\{$"
    return re.findall(pattern, types, re.M)


def _compile_typescript(folder: Path, names: Sequence[str]) -> None:
    (folder / "tsconfig.json").write_text(_TSCONFIG)
    _succeed(tsc(folder))
    for name in names:
        made = folder / "compiled" / name / "typescript" / "hooks.js"
        target = folder / name / "typescript" / "dist" / "hooks.js"
        target.parent.mkdir()
        made.rename(target)


def _compile_rust(folder: Path, names: Sequence[str]) -> None:
    sources = folder / "src"
    sources.mkdir()
    (folder / "Cargo.toml").write_text(_CARGO)
    runtime = (folder / names[0] / "rust" / "goobits.rs").read_text(encoding="utf-8")
    (sources / "goobits.rs").write_text(runtime, encoding="utf-8")
    (sources / "recorder.rs").write_text(_recorder("recorder.rs"))
    (sources / "main.rs").write_text(_batch(names))
    _succeed(cargo("build", folder=folder, target=folder / "target"))
    for name in names:
        (folder / name / "rust" / name).symlink_to(folder / "target/debug/batch")


def _batch(names: Sequence[str]) -> str:
    """Return a program that is one of many, by the name that it was called by."""
    modules = "".join(
        f'#[path = "../{name}/rust/cli.rs"]\nmod {name};\n' for name in names
    )
    arms = "".join(f'        "{name}" => {name}::main(),\n' for name in names)
    return f"""\
#![allow(dead_code)]

mod goobits;
mod recorder;
{modules}
fn main() {{
    let path = std::env::args_os().next().unwrap_or_default();
    let name = std::path::Path::new(&path).file_name().unwrap_or_default();
    match name.to_str().unwrap_or_default() {{
{arms}        _ => panic!("no such program"),
    }}
}}
"""


def _succeed(done: subprocess.CompletedProcess[bytes]) -> None:
    assert done.returncode == 0, (done.stdout + done.stderr).decode()


def _programs(folder: Path) -> Programs:
    node = tool("node")
    commands = (
        (sys.executable, "-S", str(folder / "python" / "start.py")),
        (node, str(folder / "nodejs" / "cli.cjs")),
        (node, str(folder / "typescript" / "cli.cjs")),
        (str(folder / "rust" / folder.name),),
    )
    return Programs(folder, commands)
