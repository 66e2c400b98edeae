"""The first lines of scripts: which program the kernel starts for them."""

from __future__ import annotations

import os

# The kernel reads no more of a script (BINPRM_BUF_SIZE in linux/binfmts.h).
LONGEST = 256
_ENV = ("/usr/bin/env", "/bin/env")
# Options of env that take the next word.
_TAKING = ("-u", "--unset", "-C", "--chdir")


def interpreter(head: bytes) -> str:
    """Return what the first line names: an absolute path, or a name that env looks up.

    `head` are the first `LONGEST` bytes of a file that begins with "#!".

    Raises:
        ValueError: it names none, or not plainly.
    """
    line, has_end, _ = head[2:].partition(b"\n")
    if not has_end and len(head) >= LONGEST:
        raise ValueError("its first line is longer than the kernel reads")
    said = os.fsdecode(line).replace("\t", " ")
    if not said.isprintable():
        raise ValueError("its first line holds what is no text")
    words = said.split()
    if not words:
        raise ValueError("its first line names no interpreter")
    if words[0] in _ENV:
        return _looked_up(words[1:])
    if not words[0].startswith("/"):
        raise ValueError(
            f"its first line names {words[0]!r}, which is no absolute path"
        )
    return words[0]


def _looked_up(words: list[str]) -> str:
    """Return the program that env would start."""
    rest = iter(words)
    for word in rest:
        if word in _TAKING:
            next(rest, "")
        elif word.startswith("-S") and len(word) > 2:
            return _plain(word[2:])
        elif not word.startswith("-") and "=" not in word:
            return _plain(word)
    raise ValueError("its first line names no interpreter")


def _plain(word: str) -> str:
    is_relative = "/" in word and not word.startswith("/")
    if is_relative or any(mark in word for mark in "'\"\\$#"):
        raise ValueError(
            f"its first line does not name its interpreter plainly: {word!r}"
        )
    return word
