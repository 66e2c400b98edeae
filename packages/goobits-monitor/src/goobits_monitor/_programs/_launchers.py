r"""The files that stand before an interpreter, and what they start.

A `#!` line, `env`, and what pip, uv and pyenv write where such a line cannot do:

    '''exec' "/a path/python" "$0" "$@"        a script of pip or uv for sh
    exec "/.../pyenv" exec "$program" "$@"     a shim of pyenv for bash
    program, #!C:\...\python.exe, archive      a `name.exe` of pip (distlib) on Windows
    program, archive, path, length, UVSC       one of uv; newer ones hold resources

Nothing here runs anything or looks for a program: that is for the caller.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_TRAMPOLINE = re.compile(rb"""\A#![^\n]*\n'''exec' (.+) "\$0" "\$@"\r?\n""")
_OWN_FOLDER = '"$(dirname -- "$(realpath -- "$0")")"'  # so begin uv's relocatable ones
_SHIM = re.compile(rb'^exec "([^"$`\n]+/pyenv)" exec "\$program" "\$@"', re.MULTILINE)
_LARGEST = 1 << 21  # bytes; the launchers of pip and uv have a tenth of it
_END_OF_ARCHIVE = b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Step:
    """The command behind a launcher: `exact` when it does just what the launcher does."""

    words: tuple[str, ...]
    exact: bool = True


def read_interpreter(head: bytes, folder: str) -> tuple[str, ...]:
    """Read the `#!` line of a file executed in `folder`; () when there is none.

    As the kernels do it: Linux hands on all that follows the path as one argument, and
    a name is a path too, not looked for in PATH.
    """
    if not head.startswith(b"#!"):
        return ()
    line = os.fsdecode(head[2:].split(b"\n", 1)[0]).strip(" \t")
    if not line:
        return ()
    splits = 0 if sys.platform == "darwin" else 1
    interpreter, *rest = re.split(r"[ \t]+", line, maxsplit=splits)
    return os.path.join(folder, interpreter), *rest


def read_trampoline(head: bytes, path: str) -> tuple[str, ...]:
    """Read which Python, with options, a script at `path` has sh execute; () if none."""
    match = _TRAMPOLINE.match(head)
    if match is None:
        return ()
    own = shlex.quote(os.path.dirname(os.path.realpath(path)))
    return tuple(_split(os.fsdecode(match[1]).replace(_OWN_FOLDER, own)))


def read_shim(head: bytes) -> str | None:
    """Read the path of the pyenv that a shim calls; None when it is no shim."""
    match = _SHIM.search(head)
    return None if match is None else os.fsdecode(match[1])


def strip_env(words: tuple[str, ...]) -> Step | None:
    """Take `env` and what it is told away; None when it runs no command."""
    rest, exact = list(words[1:]), True
    while rest:
        word = rest[0]
        if split := re.match(r"(-S|--split-string=)(.+)", word, re.DOTALL):
            rest[:1] = _split(split[2])
        elif word in {"-S", "--split-string"}:
            rest[:2] = _split(" ".join(rest[1:2]))
        elif word in {"-u", "--unset", "-C", "--chdir"}:
            rest, exact = rest[2:], False
        elif word == "--":
            del rest[0]
        elif word.startswith("-") or "=" in word:
            rest, exact = rest[1:], False
        else:
            return Step(tuple(rest), exact)
    return None


def _split(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # what reads it will refuse it as well
        return []


def read_windows_launcher(launcher: Path) -> Path | None:
    """Find the Python that a `name.exe` starts; None when it is no launcher.

    The one that it names if that is there, otherwise the python.exe of its folder.
    """
    try:
        data = b"" if launcher.stat().st_size > _LARGEST else launcher.read_bytes()
    except OSError:  # an alias that Windows keeps for programs of its store
        return None
    resource = "UV_SCRIPT_DATA".encode("utf-16-le") in data
    if not resource and _END_OF_ARCHIVE not in data:
        return None
    named = b"" if resource else _named_python(data)
    choices = launcher.parent / os.fsdecode(named), launcher.with_name("python.exe")
    return next((choice for choice in choices if choice.is_file()), None)


def _named_python(data: bytes) -> bytes:
    if data.endswith(b"UVSC"):
        length = int.from_bytes(data[-8:-4], "little")
        return data[-8 - length : -8]
    end = data.rfind(_END_OF_ARCHIVE)
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    offset = int.from_bytes(data[end + 16 : end + 20], "little")
    line = data[: max(0, end - size - offset)].rpartition(b"#!")[2].strip()
    quoted = re.match(rb'"([^"\n]+)"|([^"\n]+\.exe)', line)
    return b"" if quoted is None else quoted[1] or quoted[2]
