"""Python, run by the interpreter that runs the tests."""

from __future__ import annotations

import keyword
import sys
from collections.abc import Mapping

from goobits_engine import Artifact, Program

from .adapter import NO_LANGUAGE, RECORDERS, Adapter


class Python(Adapter):
    """Hooks that answer to every name, through the module's `__getattr__`."""

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

    def hooks_files(self, hooks: Artifact, program: Program) -> dict[str, str]:
        del program
        return {hooks.path: (RECORDERS / "recorder.py").read_text("utf-8")}

    def key(self, key: str) -> str:
        return f"{key}_" if keyword.iskeyword(key) else key
