"""Where the files of a program lie, as far as that is the same for every language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from goobits_engine._program import Program


@dataclass(frozen=True, slots=True)
class Layout:
    """The entry and the hooks file, both POSIX and relative to the output folder."""

    entry: PurePosixPath
    hooks: PurePosixPath

    @property
    def hooks_from_entry(self) -> str:
        """The folder of the hooks as seen from that of the entry; empty when it is the same."""
        start, end = self.entry.parent.parts, self.hooks.parent.parts
        shared = 0
        while shared < min(len(start), len(end)) and start[shared] == end[shared]:
            shared += 1
        return "/".join([".."] * (len(start) - shared) + list(end[shared:]))


def layout(
    program: Program, entry: str, hooks: str, suffixes: tuple[str, ...]
) -> Layout:
    """Place the files as the configuration says, else by the language's own defaults.

    The entry takes the default's extension. The hooks keep theirs when it is one of
    `suffixes`, and take the default's otherwise.
    """
    entry_path = PurePosixPath(entry)
    if program.cli_path:
        entry_path = PurePosixPath(program.cli_path).with_suffix(entry_path.suffix)
    hooks_path = entry_path.parent / hooks
    if program.hooks_path:
        given = PurePosixPath(program.hooks_path)
        keep = given.suffix in suffixes
        hooks_path = given if keep else given.with_suffix(hooks_path.suffix)
    return Layout(entry_path, hooks_path)
