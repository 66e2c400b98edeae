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
_OTHER_NAMES = ("/dev", "/etc", "/proc", "/sys")


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


def _program(
    command: str, place: Place, scripts: int, *, by_project: bool = False
) -> Program:
    """Return the program of a command, which a script of the project named or the user did."""
    file, chain = _find(command, place)
    real, is_of_project = chain[-1], place.is_of_project(file)
    by_project = by_project or is_of_project
    trees = {
        tree
        for hop in chain
        for tree in runtime_trees(hop, place, by_project=by_project)
    }
    is_lone = not trees and not is_of_system(file)
    if is_lone and not is_of_project:
        if by_project and "/" in command:
            raise _refusal(
                command, "a file of the project names it, and the user did not"
            )
        trees = {file, real}
    is_local = is_lone and is_of_project
    shown = file if is_local or _is_seen(file, trees) else real
    folders = [] if is_local else [os.path.dirname(shown)]
    start = head(real, _HEAD)
    if start.startswith(b"#!"):
        if not scripts:
            raise _refusal(command, "it is the script of a script of a script")
        named = _named(command, start)
        by_project = by_project or place.is_of_project(real)
        inner = _program(named, place, scripts - 1, by_project=by_project)
        _check(command, named, inner, place)
        trees |= set(inner.trees)
        if "/" not in named:
            folders = [inner.folder, *folders]
    trees = {tree for tree in trees if not is_of_system(tree)}
    return Program(shown, outermost(trees), _as_path(folders))


def _named(command: str, start: bytes) -> str:
    """Return the interpreter of a script, as its first line names it."""
    from goobits_sandbox._programs._scripts import interpreter

    try:
        return interpreter(start)
    except ValueError as error:
        raise _refusal(command, str(error)) from None


def _check(command: str, named: str, inner: Program, place: Place) -> None:
    """Refuse a script whose interpreter is not where its first line says."""
    is_there = "/" not in named or place.is_of_project(named)
    if not is_there and not _is_seen(named, set(inner.trees)):
        raise _refusal(
            command,
            f"its first line names {named}, which stands for {inner.path}",
            hint=f"let the script begin with #!{inner.path}, or with #!/usr/bin/env",
        )


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
        file = os.path.abspath(os.path.join(place.cwd, command))
        # What the kernel or the system shows under another name goes by its own.
        is_other = any(is_below(file, root) for root in _OTHER_NAMES)
        return [os.path.realpath(file) if is_other else file]
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
