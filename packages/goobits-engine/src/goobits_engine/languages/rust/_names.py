"""What Rust code calls the things of a program: values, structs and statics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from goobits_engine._program import Command
from goobits_engine._tables import Naming

_KEYWORDS: Final = frozenset(
    "Self abstract as async await become box break const continue crate do dyn else enum"
    " extern false final fn for gen if impl in let loop macro match mod move mut"
    " override priv pub ref return self static struct super trait true try type typeof"
    " unsafe unsized use virtual where while yield".split()
)
_MEANT: Final = frozenset(
    "AsMut AsRef Box Clone Copy Debug Default Display DoubleEndedIterator Drop Eq Err"
    " Error ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator Future Hash Into"
    " IntoFuture IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd Result"
    " Self Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Values"
    " Vec".split()
)
"""What the prelude and generated code call by these names, in `cli_types` too."""
_LONGEST_STATIC: Final = 64
"""So that `static NAME: Command = Command {` fits a line."""


def key(name: str) -> str:
    """Return a key as the name of a field."""
    return f"{name}_" if name in _KEYWORDS else name


def struct_name(name: str) -> str:
    """Return the name of a struct that hides nothing that is meant by it elsewhere."""
    return f"{name}_" if name in _MEANT else name


def is_snake_case(name: str) -> bool:
    """Tell whether the compiler takes a name for one of a function."""
    return name == name.lower() and "__" not in name.strip("_")


def static_names(paths: Sequence[Sequence[Command]]) -> list[str]:
    """Return the static of every command, in order; `paths` begin with the root.

    A name that is taken gets a number, one that is too long loses its first words.
    """
    taken = {"PROGRAM"}
    names = []
    for path in paths:
        name = _free(_static_name(path), taken)
        taken.add(name)
        names.append(name)
    return names


def _static_name(path: Sequence[Command]) -> str:
    words = [step.key.upper() for step in path]
    while len(words) > 1 and len("_".join(words)) > _LONGEST_STATIC:
        del words[0]
    return "_".join(words)[:_LONGEST_STATIC]


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        mark = f"_{number}"
        free = name[: _LONGEST_STATIC - len(mark)] + mark
    return free


NAMING: Final = Naming(key=key, hooks=lambda name: (name,))
"""Keys as fields; a hook has one name."""
