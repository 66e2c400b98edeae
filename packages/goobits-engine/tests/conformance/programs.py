"""Build each spec once per language, with the recorder in the place of its hooks."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from goobits_engine import parse, render

from .adapters import Adapter
from .vector_files import SPECS


@dataclass(frozen=True, slots=True)
class BuiltProgram:
    """A generated program on disk."""

    command: tuple[str, ...]
    hooks: str


class Workshop:
    """Builds programs below `root` and remembers them. Safe to share among threads."""

    def __init__(self, root: Path, functions: Iterable[str]) -> None:
        self._root = root
        self._functions = tuple(functions)
        self._built: dict[tuple[str, str, str], BuiltProgram] = {}
        self._lock = threading.Lock()

    def program(self, adapter: Adapter, spec: str, variant: str) -> BuiltProgram:
        """Return the program of `spec`, its hooks file in the state `variant`."""
        key = (adapter.name, spec, variant)
        with self._lock:
            if key not in self._built:
                self._built[key] = self._build(adapter, spec, variant)
            return self._built[key]

    def _build(self, adapter: Adapter, spec: str, variant: str) -> BuiltProgram:
        text = (SPECS / f"{spec}.yaml").read_text("utf-8") + adapter.spec_suffix
        program = parse(text, f"{spec}.yaml").program
        artifacts = render(program, adapter.language)
        places = {artifact.role: artifact.path for artifact in artifacts}
        files = {artifact.path: artifact.content for artifact in artifacts}
        hooks = places["hooks"]
        if variant == "no_file":
            del files[hooks]
        elif variant:
            files[hooks] = adapter.faults[variant]
        else:
            files |= adapter.hooks_files(hooks, self._functions)
        folder = self._root / adapter.name / f"{spec}-{variant or 'recorder'}"
        for path, content in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, "utf-8", newline="\n")
        command = (str(adapter.tool), str(folder / places["entry"]))
        return BuiltProgram(command, Path(hooks).name)
