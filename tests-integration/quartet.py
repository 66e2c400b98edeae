"""Random programs in all four languages, compiled in batches, with hooks that tell.

One run of tsc and one crate of cargo compile a whole batch: its programs are modules of one
executable, which is the program that its own name says.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from goobits_engine import render
from specimens import Specimen
from toolchain import cargo, tool, tsc

LANGUAGES = ("python", "nodejs", "typescript", "rust")
_RECORDERS = Path(__file__).parent / "recorders"
_PYTHON_START = "import sys\n\nimport cli\n\nsys.exit(cli.main())\n"
_NODE_MODULE = """\
import { createRequire } from "node:module";
export default createRequire(import.meta.url)("./hooks.cjs");
"""
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


def write_files(folder: Path, specimen: Specimen) -> dict[tuple[str, str], Path]:
    """Write the files of a specimen in every language, each to a folder of its own.

    Returns their paths by language and role.
    """
    made = {}
    for language in LANGUAGES:
        for artifact in render(specimen.program, language):
            path = folder / language / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(artifact.content, encoding="utf-8")
            made[language, artifact.role] = path
    return made


def compiled(folder: Path, specimens: Sequence[Specimen]) -> list[Programs]:
    """Return the programs of some specimens, written and compiled below a folder."""
    names = [f"specimen_{number}" for number in range(len(specimens))]
    made = {
        name: _write(folder / name, specimen)
        for name, specimen in zip(names, specimens, strict=True)
    }
    _compile_typescript(folder, names)
    _compile_rust(
        folder, {name: files["rust", "entry"] for name, files in made.items()}
    )
    return [_programs(folder / name, files) for name, files in made.items()]


def _write(folder: Path, specimen: Specimen) -> dict[tuple[str, str], Path]:
    """Write the programs of a specimen, with recorders for hooks."""
    made = write_files(folder, specimen)
    (folder / "goobits.yaml").write_text(specimen.text, encoding="utf-8")
    (folder / "cwd").mkdir()
    (folder / "cwd" / "file").touch()
    (folder / "cwd" / "dangling").symlink_to("nowhere")
    made["python", "hooks"].write_text(_recorder("hooks.py"))
    made["python", "entry"].with_name("start.py").write_text(_PYTHON_START)
    (folder / "nodejs" / "hooks.cjs").write_text(_recorder("hooks.cjs"))
    if made["nodejs", "hooks"].suffix == ".mjs":
        made["nodejs", "hooks"].write_text(_NODE_MODULE)
    types = made["typescript", "types"].read_text(encoding="utf-8")
    made["typescript", "hooks"].write_text(_typescript_hooks(types))
    types = made["rust", "types"].read_text(encoding="utf-8")
    made["rust", "hooks"].write_text(_rust_hooks(types))
    entry = made["rust", "entry"].read_text(encoding="utf-8")
    entry = entry.replace("\nmod goobits;\n", "\nuse crate::goobits;\n")
    entry = entry.replace("\nfn main()", "\npub fn main()")
    made["rust", "entry"].write_text(entry, encoding="utf-8")
    return made


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
    pattern = (
        r"^/\S+ What `(\w+)` is called with[^{]*\b(?:interface|struct) (\w+)\s+\{$"
    )
    return re.findall(pattern, types, re.M)


def _compile_typescript(folder: Path, names: Sequence[str]) -> None:
    (folder / "tsconfig.json").write_text(_TSCONFIG)
    _succeed(tsc(folder))
    for name in names:
        made = folder / "compiled" / name / "typescript"
        made.rename(folder / name / "typescript" / "dist")


def _compile_rust(folder: Path, entries: Mapping[str, Path]) -> None:
    sources = folder / "src"
    sources.mkdir()
    (folder / "Cargo.toml").write_text(_CARGO)
    first = next(iter(entries.values()))
    runtime = first.with_name("goobits.rs").read_text(encoding="utf-8")
    (sources / "goobits.rs").write_text(runtime, encoding="utf-8")
    (sources / "recorder.rs").write_text(_recorder("recorder.rs"))
    (sources / "main.rs").write_text(_batch(entries))
    _succeed(cargo("build", folder=folder, target=folder / "target"))
    for name in entries:
        (folder / name / "rust" / name).symlink_to(folder / "target/debug/batch")


def _batch(entries: Mapping[str, Path]) -> str:
    """Return a program that is one of many, by the name that it was called by."""
    modules = "".join(
        f'#[path = "{path}"]\nmod {name};\n' for name, path in entries.items()
    )
    arms = "".join(f'        "{name}" => {name}::main(),\n' for name in entries)
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


def _programs(folder: Path, files: Mapping[tuple[str, str], Path]) -> Programs:
    node = tool("node")
    start = files["python", "entry"].with_name("start.py")
    commands = (
        (sys.executable, "-S", str(start)),
        (node, str(files["nodejs", "entry"])),
        (node, str(files["typescript", "entry"])),
        (str(folder / "rust" / folder.name),),
    )
    return Programs(folder, commands)
