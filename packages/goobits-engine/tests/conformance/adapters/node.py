"""Node.js, with hooks as a script and as a module."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Mapping
from pathlib import PurePosixPath

from goobits_engine import Artifact, Program
from goobits_engine._tables import hooks_of
from goobits_engine.languages.nodejs._entry import NAMING

from ..vector_files import Json
from .adapter import NO_LANGUAGE, RECORDERS, Adapter


class Node(Adapter):
    """Node.js with CommonJS hooks, which can answer to every name."""

    name = language = "nodejs"
    error_type = "RangeError"
    faults: Mapping[str, str] = {
        "missing": "",
        "syntax_error": NO_LANGUAGE,
        "load_error": 'throw new RangeError("not today");\n',
        "bad_import": 'require("no-such-module");\n',
    }
    spec_suffix = "cli_hooks_path: hooks.cjs\n"

    @property
    def tool(self) -> str | None:
        return shutil.which("node")

    def hooks_files(self, hooks: Artifact, program: Program) -> dict[str, str]:
        del program
        return {hooks.path: (RECORDERS / "recorder.cjs").read_text("utf-8")}

    def key(self, key: str) -> str:
        return camel(key)

    def value(self, value: Json) -> Json:
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {"number": _binary64(value)}
        return value

    def functions(self, name: str) -> frozenset[str]:
        return frozenset({name, camel(name)})


class NodeModules(Node):
    """Node.js with hooks as a module, which names its functions one by one."""

    name = "nodejs-mjs"
    spec_suffix = ""
    faults: Mapping[str, str] = {
        **Node.faults,
        "bad_import": 'import "no-such-module";\n',
    }

    def hooks_files(self, hooks: Artifact, program: Program) -> dict[str, str]:
        recorder = (RECORDERS / "recorder.cjs").read_text("utf-8")
        names = [name for hook in hooks_of(program, NAMING) for name in hook.names]
        lines = [
            'import { createRequire } from "node:module";',
            'const hooks = createRequire(import.meta.url)("./recorder.cjs");',
            *(f"export const {name} = hooks.{name};" for name in names),
        ]
        beside = PurePosixPath(hooks.path).with_name("recorder.cjs")
        return {hooks.path: "\n".join(lines) + "\n", str(beside): recorder}


def camel(key: str) -> str:
    """Return `key` in camel case: every part but the first capitalised."""
    first, *rest = key.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def _binary64(value: Mapping[str, Json]) -> str:
    if "int" in value:
        return struct.pack(">d", float(str(value["int"]))).hex()
    return str(value["float"])
