"""What the harness needs to know of a language."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from goobits_engine import Artifact, Program

from ..vector_files import Json, Vector

NO_LANGUAGE = "%% this is a hooks file in no language ((\n"
RECORDERS = Path(__file__).parents[1] / "recorders"
REPOSITORY = Path(__file__).parents[5]


@dataclass(frozen=True, slots=True)
class BuiltProgram:
    """A generated program in its folder; `hooks` is what the author calls that file."""

    folder: Path
    entry: str
    hooks: str


class Adapter(ABC):
    """One language: how its programs are made, run and observed.

    `faults` are hooks files with something wrong in them, by the name of the behaviour.
    """

    name: str
    language: str
    error_type: str
    faults: Mapping[str, str] = {}
    spec_suffix: str = ""

    @property
    @abstractmethod
    def tool(self) -> str | None:
        """The interpreter's or compiler's path, or None where it is not installed."""

    @abstractmethod
    def hooks_files(self, hooks: Artifact, program: Program) -> dict[str, str]:
        """Return the recorder as files by path, in place of the program's `hooks`."""

    @abstractmethod
    def key(self, key: str) -> str:
        """Return the name by which a hook gets the canonical `key`."""

    def faulty_hooks(self, hooks: Artifact, variant: str) -> dict[str, str]:
        """Return the files that leave the hooks in the state `variant`."""
        return {hooks.path: self.faults[variant]} if variant in self.faults else {}

    def compile(self, root: Path, programs: Sequence[BuiltProgram]) -> None:
        """Make programs below `root` ready to run, all at once.

        Raises:
            RuntimeError: with what the compiler has to say.
        """
        del root, programs

    def command(self, program: BuiltProgram) -> tuple[str, ...]:
        """Return the words that run a program."""
        return (str(self.tool), str(program.folder / program.entry))

    def value(self, value: Json) -> Json:
        """Return how the recorder writes the canonical `value`."""
        return value

    def functions(self, name: str) -> frozenset[str]:
        """Return the names under which the hook `name` may be found."""
        return frozenset({name})

    def args(self, args: Mapping[str, Json]) -> dict[str, Json]:
        """Return the hook's arguments as the recorder writes them."""
        return {self.key(key): self.value(value) for key, value in args.items()}

    def is_asked(self, vector: Vector) -> bool:
        """Tell whether this language owes an answer to `vector`."""
        return not vector.languages or self.language in vector.languages
