"""Rust: the programs of all specs in one crate, as modules of one binary."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from goobits_engine import Artifact, Program
from goobits_engine._tables import Hook, HookValue, hooks_of
from goobits_engine.languages.rust._names import NAMING

from .adapter import RECORDERS, Adapter, BuiltProgram

RESERVED = frozenset(
    "Self abstract as async await become box break const continue crate do dyn else"
    " enum extern false final fn for gen if impl in let loop macro match mod move mut"
    " override priv pub ref return self static struct super trait true try type typeof"
    " unsafe unsized use virtual where while yield".split()
)
TYPES = {"int": "i64", "float": "f64", "bool": "bool"}
BINARY = "binary"


class Rust(Adapter):
    """The name by which the binary is called says which program it is.

    The runtime is the same file in all programs, and compiled once. A hook that is
    missing or broken does not compile, so there are no faulty hooks.
    """

    name = language = "rust"
    error_type = "Refusal"

    @property
    def tool(self) -> str | None:
        return shutil.which("rustc")

    def hooks_files(self, hooks: Artifact, program: Program) -> dict[str, str]:
        structs = {stub.names[0]: _struct(stub.text) for stub in hooks.stubs}
        functions = [
            _function(hook, structs[hook.names[0]])
            for hook in hooks_of(program, NAMING)
        ]
        return {hooks.path: _HEADER + "".join(functions)}

    def key(self, key: str) -> str:
        return f"{key}_" if key in RESERVED else key

    def compile(self, root: Path, programs: Sequence[BuiltProgram]) -> None:
        runtimes: dict[str, list[BuiltProgram]] = {}
        for program in programs:
            text = _runtime(program).read_text("utf-8")
            runtimes.setdefault(text, []).append(program)
        source = root / "main.rs"
        source.write_text(_crate(list(runtimes.values())), "utf-8")
        shutil.copy(RECORDERS / "recorder.rs", root)
        done = subprocess.run(
            [str(self.tool), "--edition=2021", "-o", str(root / BINARY), str(source)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        for program in programs:
            os.link(root / BINARY, program.folder / _module(program))

    def command(self, program: BuiltProgram) -> tuple[str, ...]:
        return (str(program.folder / _module(program)),)


_HEADER = """\
use super::{cli_types, goobits};
use crate::recorder::{behave, record, recorded};
"""
_FUNCTION = """
#[allow(non_snake_case)]
pub fn {name}(args: {struct}) -> goobits::Result<i64> {{
    let {struct} {{ {fields} }} = args;
    record("{name}", &[{values}]);
    behave()
}}
"""


def _struct(stub: str) -> str:
    """Return the type of the hook's parameter, as its stub has it."""
    found = re.search(r"_args: ([\w:]+)", stub)
    if found is None:
        raise ValueError(f"no parameter in this stub:\n{stub}")
    return found[1]


def _function(hook: Hook, struct: str) -> str:
    """Return a hook that takes its struct apart, whole and by the expected types."""
    types = {value.key: _type(value) for value in hook.values}
    types["command_name"] = "String"
    places = list(enumerate(types))
    values = [f'("{key}", recorded::<{types[key]}>(v{n}))' for n, key in places]
    return _FUNCTION.format(
        name=hook.names[0],
        struct=struct,
        fields=", ".join(f"{key}: v{n}" for n, key in places),
        values=", ".join(values),
    )


def _type(value: HookValue) -> str:
    one = TYPES.get(value.type, "String")
    if value.many:
        return f"Vec<{one}>"
    return f"Option<{one}>" if value.optional else one


def _module(program: BuiltProgram) -> str:
    """Return the name of a program's module, which is also that of its executable."""
    parts = (program.folder.parent.name, program.folder.name)
    return "_".join(parts).replace("-", "_")


def _runtime(program: BuiltProgram) -> Path:
    return (program.folder / program.entry).with_name("goobits.rs")


def _crate(groups: Sequence[Sequence[BuiltProgram]]) -> str:
    """Return a `main.rs` with one module per runtime, which holds its programs."""
    modules, arms = "", ""
    for place, programs in enumerate(groups):
        modules += f"mod runtime_{place} {{\n"
        modules += f'    #[path = "{_runtime(programs[0])}"]\n    pub mod goobits;\n'
        for program in programs:
            name = _module(program)
            entry = program.folder / program.entry
            _make_module(entry)
            modules += f'    #[path = "{entry}"]\n    pub mod {name};\n'
            arms += f'        Some("{name}") => runtime_{place}::{name}::main(),\n'
        modules += "}\n"
    return _MAIN.format(modules=modules, arms=arms)


def _make_module(entry: Path) -> None:
    """Let an entry be a module, which shares the runtime beside it with others."""
    text = entry.read_text("utf-8")
    for before, after in [
        ("\nmod goobits;\n", "\nuse super::goobits;\n"),
        ("\nfn main() {", "\npub fn main() {"),
    ]:
        if before not in text:
            raise ValueError(f"no {before!r} in {entry}")
        text = text.replace(before, after)
    entry.write_text(text, "utf-8")


_MAIN = """\
mod recorder;

{modules}
fn main() {{
    let program = std::env::args_os().next().unwrap();
    match std::path::Path::new(&program).file_name().and_then(|name| name.to_str()) {{
{arms}        other => panic!("no program {{other:?}}"),
    }}
}}
"""
