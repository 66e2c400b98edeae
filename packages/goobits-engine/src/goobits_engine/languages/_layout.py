"""Where the files of a program lie, as far as that is the same for every language."""

from __future__ import annotations

from pathlib import PurePosixPath

from goobits_engine._frozen import Frozen
from goobits_engine._program import Program


class Layout(Frozen):
    """The entry, the hooks file and the types file, POSIX and relative to the output folder.

    A language whose hooks have no types of their own has no types file.
    """

    entry: PurePosixPath
    hooks: PurePosixPath
    types: PurePosixPath

    @property
    def hooks_from_entry(self) -> str:
        """The folder of the hooks as seen from that of the entry; empty when it is the same."""
        return way(self.entry.parent, self.hooks.parent)


def way(start: PurePosixPath, end: PurePosixPath) -> str:
    """Return how a folder is reached from another one; empty when it is the same."""
    shared = 0
    while (
        shared < min(len(start.parts), len(end.parts))
        and start.parts[shared] == end.parts[shared]
    ):
        shared += 1
    return "/".join([".."] * (len(start.parts) - shared) + list(end.parts[shared:]))


def layout(
    program: Program,
    entry: str,
    hooks: str,
    suffixes: tuple[str, ...],
    types: str = "cli_types",
) -> Layout:
    """Place the files as the configuration says, else by the language's own defaults.

    The entry and the types take the default's extension. The hooks keep theirs when it is one
    of `suffixes`, and take the default's otherwise.
    """
    entry_path = PurePosixPath(entry)
    if program.cli_path:
        entry_path = PurePosixPath(program.cli_path).with_suffix(entry_path.suffix)
    hooks_path = entry_path.parent / hooks
    if program.hooks_path:
        given = PurePosixPath(program.hooks_path.replace(".d.ts", ".ts"))
        keep = given.suffix in suffixes
        hooks_path = given if keep else given.with_suffix(hooks_path.suffix)
    types_path = entry_path.parent / types
    if program.types_path:
        given = PurePosixPath(program.types_path)
        stem = given.name[0] + given.name[1:].partition(".")[0]
        types_path = given.with_name(stem + "".join(types_path.suffixes))
    return Layout(entry_path, hooks_path, types_path)
