"""Build what the vectors ask for, with the recorder in the place of the hooks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from goobits_engine import Artifact, Program, parse, render

from .adapters import Adapter, BuiltProgram
from .vector_files import SPECS, Vector

Render: TypeAlias = Callable[[Program, str], Iterable[Artifact]]
Programs: TypeAlias = Mapping[tuple[str, str], BuiltProgram]
"""Programs by the spec, and by the state of their hooks."""


class Workshop:
    """Builds the programs of a language when the first is asked for, or fails once and for all.

    Safe to share among threads.
    """

    def __init__(self, root: Path, vectors: Iterable[Vector]) -> None:
        self._root = root
        self._vectors = tuple(vectors)
        self._built: dict[str, Programs | RuntimeError] = {}
        self._lock = threading.Lock()

    def program(self, adapter: Adapter, vector: Vector) -> BuiltProgram:
        """Return the program that answers `vector`.

        Raises:
            RuntimeError: the programs of this language do not compile.
        """
        with self._lock:
            if adapter.name not in self._built:
                self._built[adapter.name] = self._build(adapter)
            built = self._built[adapter.name]
        if isinstance(built, RuntimeError):
            raise built
        return built[vector.spec, vector.variant]

    def _build(self, adapter: Adapter) -> Programs | RuntimeError:
        root = self._root / adapter.name
        programs = written(adapter, self._vectors, root / "programs")
        try:
            adapter.compile(root, list(programs.values()))
        except RuntimeError as error:
            return error
        return programs


def written(
    adapter: Adapter, vectors: Iterable[Vector], root: Path, render: Render = render
) -> Programs:
    """Write below `root` every program that the vectors ask this language for."""
    asked = [vector for vector in vectors if adapter.is_asked(vector)]
    return {
        (spec, variant): _write(adapter, spec, variant, root, render)
        for spec, variant in sorted({(each.spec, each.variant) for each in asked})
    }


def _write(
    adapter: Adapter, spec: str, variant: str, root: Path, render: Render
) -> BuiltProgram:
    text = (SPECS / f"{spec}.yaml").read_text("utf-8") + adapter.spec_suffix
    program = parse(text, f"{spec}.yaml").program
    artifacts = list(render(program, adapter.language))
    files = {artifact.path: artifact.content for artifact in artifacts}
    roles = {artifact.role: artifact for artifact in artifacts}
    hooks = roles["hooks"]
    del files[hooks.path]
    if variant:
        files |= adapter.faulty_hooks(hooks, variant)
    else:
        files |= adapter.hooks_files(hooks, program)
    folder = root / f"{spec}-{variant or 'recorder'}"
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, "utf-8", newline="\n")
    name = PurePosixPath(hooks.path).name
    return BuiltProgram(folder, roles["entry"].path, name)
