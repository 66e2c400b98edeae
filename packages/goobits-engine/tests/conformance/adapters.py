"""What differs from language to language: one adapter each."""

from __future__ import annotations

import keyword
import shutil
import struct
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from .vector_files import Json

NO_LANGUAGE = "%% this is a hooks file in no language ((\n"
RECORDERS = Path(__file__).parent / "recorders"


class Adapter(ABC):
    """One language: how its programs are made, run and observed.

    `faults` are hooks files with something wrong in them, by the name of the behaviour.
    """

    name: str
    language: str
    error_type: str
    faults: Mapping[str, str]
    spec_suffix: str = ""

    @property
    @abstractmethod
    def tool(self) -> str | None:
        """The interpreter's path, or None where it is not installed."""

    @abstractmethod
    def hooks_files(self, path: str, functions: Iterable[str]) -> dict[str, str]:
        """Return the recorder as files by path, in place of the hooks at `path`."""

    @abstractmethod
    def key(self, key: str) -> str:
        """Return the name by which a hook gets the canonical `key`."""

    @abstractmethod
    def value(self, value: Json) -> Json:
        """Return how the recorder writes the canonical `value`."""

    def functions(self, name: str) -> frozenset[str]:
        """Return the names under which the hook `name` may be found."""
        return frozenset({name})

    def args(self, args: Mapping[str, Json]) -> dict[str, Json]:
        """Return the hook's arguments as the recorder writes them."""
        return {self.key(key): self.value(value) for key, value in args.items()}


class Python(Adapter):
    """Python, run by the interpreter that runs the tests."""

    name = language = "python"
    error_type = "ValueError"
    faults: Mapping[str, str] = {
        "missing": "",
        "syntax_error": NO_LANGUAGE,
        "load_error": 'raise ValueError("not today")\n',
        "bad_import": "import no_such_module\n",
    }

    @property
    def tool(self) -> str | None:
        return sys.executable

    def hooks_files(self, path: str, functions: Iterable[str]) -> dict[str, str]:
        return {path: (RECORDERS / "recorder.py").read_text("utf-8")}

    def key(self, key: str) -> str:
        return f"{key}_" if keyword.iskeyword(key) else key

    def value(self, value: Json) -> Json:
        return value


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

    def hooks_files(self, path: str, functions: Iterable[str]) -> dict[str, str]:
        return {path: (RECORDERS / "recorder.cjs").read_text("utf-8")}

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

    def hooks_files(self, path: str, functions: Iterable[str]) -> dict[str, str]:
        recorder = (RECORDERS / "recorder.cjs").read_text("utf-8")
        names = sorted({form for name in functions for form in self.functions(name)})
        lines = [
            'import { createRequire } from "node:module";',
            'const hooks = createRequire(import.meta.url)("./recorder.cjs");',
            *(f"export const {name} = hooks.{name};" for name in names),
        ]
        beside = PurePosixPath(path).with_name("recorder.cjs")
        return {path: "\n".join(lines) + "\n", str(beside): recorder}


def camel(key: str) -> str:
    """Return `key` in camel case: every part but the first capitalised."""
    first, *rest = key.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def _binary64(value: Mapping[str, Json]) -> str:
    if "int" in value:
        return struct.pack(">d", float(str(value["int"]))).hex()
    return str(value["float"])


ADAPTERS: tuple[Adapter, ...] = (Python(), Node(), NodeModules())
