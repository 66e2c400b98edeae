"""From a word that a user types to the program that is executed, and the trees that it needs."""

from __future__ import annotations

import os

from goobits_sandbox._errors import CommandNotFoundError
from goobits_sandbox._frozen import Frozen
from goobits_sandbox._programs._files import (
    head,
    hops,
    is_below,
    is_of_system,
    is_program,
    outermost,
)
from goobits_sandbox._programs._place import Place
from goobits_sandbox._programs._shims import ShimError, behind
from goobits_sandbox._programs._trees import NoRuntimeError, runtime_trees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPTS = 4
_HEAD = 256


class Program(Frozen):
    """A program: the `path` to execute, the `trees` that it needs, and its `folder`.

    Trees are files and folders of the host, sorted, none below /usr and its like and none in
    another one. `folder` is where programs look for it and for its interpreter: one folder, or two
    as PATH takes them.
    """

    path: str
    trees: tuple[str, ...]
    folder: str


def resolve(
    command: str, *, path: str, cwd: str, environ: Mapping[str, str] = os.environ
) -> Program:
    """Return the program that the command names, on the PATH or from the folder `cwd`.

    Nothing is run, and nothing but the heads of a few files is read. Relative entries of the PATH
    are left out, as a guest may have written there. A program in `cwd` that stands alone is seen by
    what the policy reads: only its interpreter is in the trees.

    Raises:
        CommandNotFoundError: there is none, or it needs what no guest is given.
    """
    place = Place.of(path, os.path.abspath(cwd), environ)
    try:
        return _program(command, place, _SCRIPTS)
    except (ShimError, NoRuntimeError) as error:
        hint = getattr(error, "hint", "make the virtual environment again")
        raise CommandNotFoundError(str(error), command, hint=hint) from None


def _program(command: str, place: Place, scripts: int) -> Program:
    file, chain = _find(command, place)
    real = chain[-1]
    trees = {tree for hop in chain for tree in runtime_trees(hop, place)}
    is_of_project = place.is_of_project(file) and not trees
    start = head(real, _HEAD)
    is_script = start.startswith(b"#!")
    if not trees and not is_of_project and not is_of_system(real):
        if is_script and scripts < _SCRIPTS:
            raise _refusal(command, "an interpreter may not be a script of its own")
        trees = {file, real}
    shown = file if is_of_project or _is_seen(file, trees) else real
    folders = [] if is_of_project else [os.path.dirname(shown)]
    if is_script:
        inner, is_looked_up = _interpreter(command, start, place, scripts)
        trees |= set(inner.trees)
        folders = [inner.folder, *folders] if is_looked_up else folders
    trees = {tree for tree in trees if not is_of_system(tree)}
    return Program(shown, outermost(trees), _as_path(folders))


def _interpreter(
    command: str, start: bytes, place: Place, scripts: int
) -> tuple[Program, bool]:
    """Return the program that runs a script, and whether the guest looks it up on its PATH."""
    from goobits_sandbox._programs._scripts import interpreter

    if not scripts:
        raise _refusal(command, "its interpreter is a script of a script of a script")
    try:
        named = interpreter(start)
    except ValueError as error:
        raise _refusal(command, str(error)) from None
    program = _program(named, place, scripts - 1)
    if "/" not in named:
        return program, True
    if not _is_seen(named, set(program.trees)) and not place.is_of_project(named):
        raise _refusal(
            command,
            f"its first line names {named}, which stands for {program.path}",
            hint=f"let the script begin with #!{program.path}, or with #!/usr/bin/env",
        )
    return program, False


def _find(command: str, place: Place) -> tuple[str, list[str]]:
    """Return the first file of that name that can be executed, and where its links lead."""
    if not command or "\0" in command or "\n" in command:
        raise _refusal(command, "that is no name of a program")
    for file in _candidates(command, place):
        if not is_program(file):
            continue
        chain = hops(file)
        found = behind(file, chain[-1], place)
        if found == file:
            return file, chain
        if "/" in found:
            return found, hops(found)
    where = f"at {_candidates(command, place)[0]}" if "/" in command else "on the PATH"
    raise CommandNotFoundError(
        f"no program {command!r} {where}",
        command,
        hint="is it installed, spelt right, and may it be executed?",
    )


def _candidates(command: str, place: Place) -> list[str]:
    if "/" in command:
        return [os.path.abspath(os.path.join(place.cwd, command))]
    folders = [folder for folder in place.path.split(":") if folder.startswith("/")]
    return [os.path.normpath(f"{folder}/{command}") for folder in folders]


def _is_seen(path: str, trees: set[str]) -> bool:
    return is_of_system(path) or any(is_below(path, tree) for tree in trees)


def _as_path(folders: list[str]) -> str:
    """Join folders as PATH takes them, without the system's where there are others."""
    each = dict.fromkeys(part for folder in folders for part in folder.split(":"))
    own = [folder for folder in each if not is_of_system(folder)]
    return ":".join(own) or next(iter(each), "/usr/bin")


def _refusal(command: str, why: str, *, hint: str = "") -> CommandNotFoundError:
    return CommandNotFoundError(
        f"{command!r} cannot be run: {why}",
        command,
        hint=hint or "give the path of another program",
    )
