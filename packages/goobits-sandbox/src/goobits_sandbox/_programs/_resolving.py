"""From a word that a user types to the program that is executed, and the trees that it needs."""

from __future__ import annotations

import os
import stat

from goobits_sandbox._errors import CommandNotFoundError
from goobits_sandbox._frozen import Frozen
from goobits_sandbox._programs import _trees
from goobits_sandbox._programs._shims import behind

_SCRIPTS = 4
_SHEBANG = 512


class Program(Frozen):
    """A program: the `path` to execute, the `trees` that it needs, and the `folder` it lies in.

    Trees are files and folders of the host, sorted, none of them below /usr and its like.
    """

    path: str
    trees: tuple[str, ...]
    folder: str


def resolve(command: str, *, path: str, cwd: str) -> Program:
    """Return the program that the command names, on the PATH or from the folder `cwd`.

    Nothing is run, and nothing but the heads of the files is read. Relative entries of the PATH are
    left out, as a guest may have written there.

    Raises:
        CommandNotFoundError: there is none, or it needs what no guest is given.
    """
    return _resolve(command, path, os.path.abspath(cwd), _SCRIPTS)


def _resolve(command: str, path: str, cwd: str, scripts: int) -> Program:
    file = behind(_find(command, path, cwd), cwd, os.environ)
    real = os.path.realpath(file)
    environment = _trees.environment(file)
    # Programs that go by the name they are called by keep it where that link is seen.
    shown_as = file if environment or _trees.is_of_system(file) else real
    trees: set[str] = set()
    if environment:
        if _trees.is_too_wide(environment):
            raise _refusal(command, f"{environment} holds more than a runtime")
        trees |= {environment, _trees.base_prefix(environment, command)}
    if not _trees.is_of_system(real):
        trees |= _needed(real, cwd)
    folder = os.path.dirname(shown_as)
    head = _head(real)
    if head.startswith(b"#!"):
        if not scripts:
            raise _refusal(
                command, "its interpreter is a script of a script of a script"
            )
        interpreter = _resolve(_interpreter(command, head), path, cwd, scripts - 1)
        trees |= set(interpreter.trees)
        if not environment:
            folder = interpreter.folder
    shown = {tree for tree in trees if tree and not _trees.is_of_system(tree)}
    return Program(shown_as, tuple(sorted(_outermost(shown))), folder)


def _needed(real: str, cwd: str) -> set[str]:
    """Return the tree of a program outside of the system: its prefix, or the file alone.

    What lies in the project is seen by what the policy reads, or it is not.
    """
    prefix = _trees.prefix_of(real)
    if prefix:
        return {prefix}
    folder = os.path.dirname(os.path.dirname(real))
    if _trees.is_too_wide(folder) and os.path.basename(real).startswith("python"):
        return set(_trees.parts_of(real))
    return set() if f"{real}/".startswith(f"{cwd.rstrip('/')}/") else {real}


def _find(command: str, path: str, cwd: str) -> str:
    """Return the first file of that name that can be executed."""
    if not command or "\0" in command or "\n" in command:
        raise _refusal(command, "that is no name of a program")
    if "/" in command:
        places = [os.path.normpath(os.path.join(cwd, command))]
    else:
        folders = [folder for folder in path.split(":") if folder.startswith("/")]
        places = [os.path.join(folder, command) for folder in folders]
    for place in places:
        try:
            mode = os.stat(place).st_mode
        except OSError:
            continue
        if stat.S_ISREG(mode) and os.access(place, os.X_OK):
            return place
    where = places[0] if "/" in command else "the PATH"
    raise CommandNotFoundError(
        f"no program {command!r} at {where}",
        command,
        hint="is it installed, spelt right, and may it be executed?",
    )


def _interpreter(command: str, head: bytes) -> str:
    """Return what the first line of a script names, through `env` where it says so."""
    line, has_end, _ = head[2:].partition(b"\n")
    words = os.fsdecode(line).split()
    if not words or not has_end:
        raise _refusal(command, "its first line names no interpreter")
    if os.path.basename(words[0]) != "env":
        return words[0]
    rest = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    if not rest:
        raise _refusal(command, "its first line names no interpreter")
    return rest[0]


def _head(file: str) -> bytes:
    try:
        with open(file, "rb", buffering=0) as opened:
            return opened.read(_SHEBANG)
    except OSError:
        return b""


def _outermost(trees: set[str]) -> list[str]:
    return [
        tree
        for tree in trees
        if not any(tree.startswith(f"{other}/") for other in trees if other != tree)
    ]


def _refusal(command: str, why: str) -> CommandNotFoundError:
    return CommandNotFoundError(
        f"{command!r} cannot be run: {why}",
        command,
        hint="give the path of another program",
    )
