"""The runtime that executes a command, and the cheapest program of that runtime.

A command is followed as the system follows it, file by file and without running it: the
PATH, `#!` lines, `env`, the launchers that pip and uv write, the shims of pyenv (pyenv
itself is asked which program they stand for), until a program remains.
Links are not resolved on the way: the `python` of a virtual environment is that
environment only under its own name.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from goobits_monitor._errors import CommandNotFoundError
from goobits_monitor._programs._launchers import (
    Step,
    read_interpreter,
    read_shim,
    read_trampoline,
    read_windows_launcher,
    strip_env,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_HEAD = 4096  # bytes; every #! line and launcher of a shell script fits
_HOPS = 8  # from file to interpreter; Linux itself gives up at fewer
_PATIENCE = 10.0  # seconds for pyenv or py to answer

_PYTHON = re.compile(r"(python|pypy)w?[\d.]*_?[dt]?", re.IGNORECASE)
_SHELLS = frozenset("ash bash dash fish ksh mksh sh zsh".split())
_BINARY = (
    b"\x7fELF",
    b"MZ",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
)

# Of Python's options without a value, those that decide what its start-up does; the
# others print, prompt or write files. -W and -X, with their values, do too.
_PYTHON_FLAGS = "IEsSPO"
# Of Node's options, those that do: no others, as a bare run must not debug, write
# profiles or load modules of the user.
_NODE_OPTIONS = ("--jitless", "--max-", "--no-", "--stack-", "--use-", "--v8-")


@dataclass(frozen=True, slots=True)
class Runtime:
    """What executes a command.

    `name` is "python", "node", "deno", "bun", "shell", or "native" for everything else.
    `bare` is the cheapest program of the runtime, with the options of the command that
    change how the runtime starts.
    `script` is the whole command as `interpreter [options] script [arguments]`, so that
    options can be put in behind the first word: for Python only, and None where no such
    words do what the command does (`env NAME=VALUE python`).
    """

    name: str
    bare: tuple[str, ...]
    script: tuple[str, ...] | None


def find_runtime(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] = os.environ,
    folder: Path | None = None,
) -> Runtime:
    """Find what executes `command` when it is started in `folder`.

    A wrapper that hides its interpreter (a shell script that calls Python, `uv run`) is
    what it is itself: "shell", "native".

    Raises:
        CommandNotFoundError: The program, or the interpreter that its #! line names, is
            missing or cannot be executed.

    """
    words = tuple(os.fspath(word) for word in command)
    place = _Place(words, environment, os.path.abspath(folder or os.curdir))
    if not words:
        raise place.refusal("there is no command", "name a program, then its arguments")
    followed = Step((place.find(words[0]), *words[1:]))
    for _ in range(_HOPS):
        following = _follow(followed.words, place)
        if following is None:
            return _runtime(followed, place)
        program, *arguments = following.words
        found = place.find(program, of=followed.words[0])
        exact = followed.exact and following.exact
        followed = Step((found, *arguments), exact)
    reason = f"{words[0]} leads from one interpreter to the next without end"
    raise place.refusal(reason, "let its #! line name a program")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the command of these `words` is started."""

    words: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str
    windows: bool = os.name == "nt"

    def refusal(self, reason: str, hint: str) -> CommandNotFoundError:
        return CommandNotFoundError(reason, self.words, hint=hint)

    def find(self, program: str, *, of: str = "") -> str:
        """Find the path of `program`, the interpreter `of` a script if that is given."""
        problems = []
        for path in self._candidates(program):
            problem = _problem(path)
            if problem is None:
                return path
            problems.append((path, problem))
        subject = f"{of} needs {program}, but " if of else ""
        for path, problem in problems:
            if problem != _MISSING:
                hint = "name an executable file, or its interpreter and then the file"
                raise self.refusal(f"{subject}{path} {problem}", hint)
        folders = ", ".join(os.path.dirname(path) for path, _ in problems)
        hint = "install it, or make the script's environment anew; " if of else ""
        reason = f"{subject}{program!r} {_MISSING}"
        raise self.refusal(reason, f"{hint}searched in {folders}")

    def _candidates(self, program: str) -> Iterator[str]:
        """Yield where the system looks for a program: as execvp, after a chdir, does."""
        path = self.environment.get("PATH", os.defpath)
        if self.windows and (found := shutil.which(program, path=path)):
            yield os.path.join(self.folder, found)
        elif os.path.dirname(program):
            yield os.path.join(self.folder, program)
        else:
            for entry in path.split(os.pathsep):
                yield os.path.join(self.folder, entry, program)


_MISSING = "does not exist"


def _problem(path: str) -> str | None:
    """Say why `path` cannot be executed, as the end of a sentence; None when it can."""
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return "is a broken link" if os.path.islink(path) else _MISSING
    except (OSError, ValueError) as error:
        return f"cannot be read ({getattr(error, 'strerror', None) or error})"
    if stat.S_ISDIR(mode):
        return "is a folder"
    if not stat.S_ISREG(mode):
        return "is a device or a pipe"
    return None if os.access(path, os.X_OK) else "is not executable"


def _follow(words: tuple[str, ...], place: _Place) -> Step | None:
    """Take one step towards the program: what runs this file; None when it runs itself."""
    if place.windows:
        return _follow_on_windows(words, place)
    path, *arguments = words
    head = _head(path)
    if head is None or head.startswith(_BINARY):
        return strip_env(words) if os.path.basename(path) == "env" else None
    if python := read_trampoline(head, path):
        return Step((*python, path, *arguments))
    if (pyenv := read_shim(head)) is not None:
        answer = _answer((pyenv, "which", os.path.basename(path)), place)
        if answer is not None:
            return Step((answer, *arguments))
    if interpreter := read_interpreter(head, place.folder):
        return Step((*interpreter, path, *arguments))
    if b"\0" in head:
        return None  # of a format that is unknown here, but perhaps not to the system
    reason = f"{path} is a text without a #! line, which only a shell runs"
    hint = f"put #!/bin/sh in its first line, or run: sh {shlex.quote(path)}"
    raise place.refusal(reason, hint)


def _head(path: str) -> bytes | None:
    """Read the beginning of a regular file; None when it may only be executed."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read(_HEAD)
    except PermissionError:
        return None


def _answer(question: tuple[str, ...], place: _Place) -> str | None:
    """Ask a program for the path of another one; None when it knows none."""
    try:
        done = subprocess.run(
            question,
            env=dict(place.environment),
            cwd=place.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    path = os.fsdecode(done.stdout).strip()
    return path if done.returncode == 0 and _problem(path) is None else None


def _follow_on_windows(words: tuple[str, ...], place: _Place) -> Step | None:
    """Step from a launcher of pip or uv, or from `py`, to the Python that it starts."""
    path, *arguments = words
    if os.path.basename(path).lower() in {"py", "py.exe"}:
        chosen = [word for word in arguments[:1] if re.match(r"-(\d|V:)", word)]
        code = "import sys; print(sys.executable)"
        found = _answer((path, *chosen, "-c", code), place)
        return None if found is None else Step((found, *arguments[len(chosen) :]))
    python = read_windows_launcher(Path(path)) if _kind(path) == "native" else None
    return None if python is None else Step((str(python), path, *arguments))


def _kind(path: str) -> str:
    """Tell the runtime by the name of its program, or of what that is a link to."""
    for name in (os.path.basename(path), os.path.basename(os.path.realpath(path))):
        stem = name.lower().removesuffix(".exe")
        if _PYTHON.fullmatch(stem):
            return "python"
        if stem in {"node", "nodejs"}:
            return "node"
        if stem in {"deno", "bun"}:
            return stem
        if stem in _SHELLS or stem.endswith((".bat", ".cmd")):
            return "shell"
    return "native"


def _runtime(command: Step, place: _Place) -> Runtime:
    program, *arguments = command.words
    match _kind(program):
        case "python":
            bare = (program, *_python_options(arguments), "-c", "pass")
            return Runtime("python", bare, command.words if command.exact else None)
        case "node":
            return Runtime(
                "node", (program, *_node_options(arguments), "-e", "0"), None
            )
        case "deno":
            return Runtime("deno", (program, "eval", "0"), None)
        case "bun":
            return Runtime("bun", (program, "-e", "0"), None)
        case "shell" if not place.windows:
            return Runtime("shell", (program, "-c", ":"), None)
        case name:
            return Runtime(name, _nothing(place), None)


def _nothing(place: _Place) -> tuple[str, ...]:
    """Build the cheapest process that a system can start."""
    if place.windows:
        return place.environment.get("COMSPEC", "cmd.exe"), "/d", "/c", "exit", "0"
    for folder in os.defpath.split(os.pathsep):
        path = os.path.join(folder, "true")
        if os.path.isabs(path) and _problem(path) is None:
            return (path,)
    return (place.find("true"),)


def _python_options(arguments: Sequence[str]) -> Iterator[str]:
    """Yield the options of an interpreter that change its start-up, each as one word."""
    rest = iter(arguments)
    for word in rest:
        if not word.startswith("-") or word in {"-", "--"}:
            return
        if word == "--check-hash-based-pycs":
            next(rest, None)
        if word.startswith("--"):
            continue
        for position, letter in enumerate(word[1:], start=2):
            if letter in "cm":
                return
            if letter in "WX":
                yield f"-{letter}{word[position:] or next(rest, '')}"
                break
            if letter in _PYTHON_FLAGS:
                yield f"-{letter}"


def _node_options(arguments: Sequence[str]) -> Iterator[str]:
    """Yield the options before the script that change how the engine starts."""
    for word in arguments:
        if not word.startswith("-") or word in {"-", "--"}:
            return
        if word.startswith(_NODE_OPTIONS):
            yield word
