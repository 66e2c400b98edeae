"""TypeScript: typed hooks, compiled by few runs of its compiler, run by Node.js."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from goobits_engine import Artifact, Program
from goobits_engine._tables import Hook, HookValue, hooks_of
from goobits_engine.languages.nodejs._entry import NAMING

from .adapter import RECORDERS, REPOSITORY, BuiltProgram
from .node import Node, NodeModules

PACKAGES = REPOSITORY / "tests-integration/node/node_modules"
COMPILER = PACKAGES / "typescript/bin/tsc"
PRIMITIVES = {"str": "string", "path": "string", "bool": "boolean"}


class TypeScript(Node):
    """The recorder says of every hook which fields of which types it expects.

    Faulty hooks are put where the compiler would write them, since it would refuse most.
    """

    name = language = "typescript"
    spec_suffix = ""
    faults: Mapping[str, str] = NodeModules.faults

    @property
    def tool(self) -> str | None:
        return shutil.which("node") if COMPILER.is_file() else None

    def hooks_files(self, hooks: Artifact, program: Program) -> dict[str, str]:
        lines = [
            'import type * as cli from "./cli_types.js";',
            'import { answer } from "./recorder.js";',
        ]
        for hook in hooks_of(program, NAMING):
            types = f"cli.{_interface(hook)}, {_fields(hook)}"
            lines += [
                f'export const {name} = answer<{types}>("{name}");'
                for name in hook.names
            ]
        beside = PurePosixPath(hooks.path).with_name("recorder.ts")
        recorder = (RECORDERS / "recorder.ts").read_text("utf-8")
        return {hooks.path: "\n".join(lines) + "\n", str(beside): recorder}

    def faulty_hooks(self, hooks: Artifact, variant: str) -> dict[str, str]:
        files = super().faulty_hooks(hooks, variant)
        return {f"dist/{PurePosixPath(path).stem}.js": files[path] for path in files}

    def compile(self, root: Path, programs: Sequence[BuiltProgram]) -> None:
        sources = [program for program in programs if _is_source(program)]
        if not sources:
            return
        (root / "tsconfig.json").write_text(json.dumps(_config(root, sources)))
        done = subprocess.run(
            [str(self.tool), str(COMPILER), "--project", str(root)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        for program in sources:
            made = root / "dist" / program.folder.relative_to(root)
            os.rename(made, program.folder / "dist")


def _is_source(program: BuiltProgram) -> bool:
    return (program.folder / program.hooks).is_file()


def _config(root: Path, programs: Sequence[BuiltProgram]) -> dict[str, object]:
    """Return the settings of one program, stretched to all of them."""
    folders = [program.folder.relative_to(root).as_posix() for program in programs]
    return {
        "extends": f"./{folders[0]}/tsconfig.json",
        "compilerOptions": {
            "rootDir": ".",
            "outDir": "dist",
            "typeRoots": [str(PACKAGES / "@types")],
        },
        "include": [f"{folder}/*.ts" for folder in folders],
    }


def _interface(hook: Hook) -> str:
    parts = re.split("[-_]", "-".join(hook.path))
    return "".join(part[:1].upper() + part[1:] for part in parts)


def _fields(hook: Hook) -> str:
    fields = [f"{value.key}: {_type(value)}" for value in hook.values]
    return f"{{ {'; '.join([*fields, 'commandName: string'])} }}"


def _type(value: HookValue) -> str:
    known = " | ".join(map(json.dumps, value.choices))
    one = known or PRIMITIVES.get(value.type, "number")
    if value.many:
        return f"({one})[]"
    return f"{one} | null" if value.optional else one
