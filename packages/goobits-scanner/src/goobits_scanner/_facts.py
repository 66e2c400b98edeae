"""What the evaluators of all languages tell the rules: facts about calls, with values.

An evaluator walks the syntax tree of one file in the order in which it would run and keeps, for
each expression, an abstract `Value`. Whatever a rule could ask about it hands to an `Observer`
as a `Fact`; the answer are the marks that the result of the call then carries.
"""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

HOLE: Final = "\0"
NO_MARKS: Final[frozenset[str]] = frozenset()


class Unknown:
    """The constant of a value that is not constant."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()

Constant = str | bytes | int | float | bool | None | Unknown


class Value:
    """What is known of an expression without running it.

    `path` names it by its origin, aliases resolved, `.` between parts, `()` after what was
    called: `os.environ`, `hashlib.new().hexdigest`, `std.process.Command.new().arg`; a parameter
    of the enclosing function begins with `@` (`@req.query`); empty where unknown. `constant` is
    its value where that was folded. `text` is a string's text with `HOLE` for each part that is
    not known; None for no string. `marks` say what flowed into it. `items` are the elements of a
    list or tuple, `keys` those of a dict or object, each None where it is none. `is_hidden` says
    that its name was computed (`getattr(os, "sys" + "tem")`), not written.
    """

    __slots__ = ("constant", "is_hidden", "items", "keys", "marks", "path", "text")

    def __init__(
        self,
        path: str = "",
        *,
        constant: Constant = UNKNOWN,
        text: str | None = None,
        marks: frozenset[str] = NO_MARKS,
        items: tuple[Value, ...] | None = None,
        keys: dict[str, Value] | None = None,
        is_hidden: bool = False,
    ) -> None:
        self.path = path
        self.constant = constant
        self.text = constant if text is None and isinstance(constant, str) else text
        self.marks = marks
        self.items = items
        self.keys = keys
        self.is_hidden = is_hidden

    @property
    def is_constant(self) -> bool:
        """Return whether it is known whole (lists and dicts: each of their elements)."""
        if self.constant is not UNKNOWN:
            return True
        if self.items is not None:
            return all(item.is_constant for item in self.items)
        if self.keys is not None:
            return all(value.is_constant for value in self.keys.values())
        return False

    @property
    def is_built(self) -> bool:
        """Return whether it is a string put together from parts of which some are unknown."""
        return self.text is not None and HOLE in self.text

    def __repr__(self) -> str:
        said = self.path or repr(self.constant if self.text is None else self.text)
        return f"<{said} {' '.join(sorted(self.marks))}>"


NOTHING: Final = Value()


def key_of(value: Value) -> str:
    """Return what tells a file's path from others: its text, or where it comes from."""
    text = value.text
    return value.path if text is None or not text.strip(HOLE) else text


class Fact(NamedTuple):
    """Something that a file does.

    | kind | path | arguments |
    | --- | --- | --- |
    | call | what is called (also `new X`, a Rust macro as `format!`), without the last `()` | yes |
    | use | a name or attribute that is read, where it is not called | no |
    | assign | what is assigned to: name, attribute, or `path[]` for an item | the value |
    | import | the module, dotted | no |
    | define | the name of a function, method or class | no |
    | node | syntax that has no name: `unsafe`, `except-pass`, `assert` | no |
    | string | empty: a string of the file, or a folded one, maybe with holes | the string |

    `context` tells when it runs: `import` (at module level), `install` (setup.py, a postinstall
    script), `build` (build.rs, a procedural macro), or `function`. `line` and `end_line` count
    from 1.
    """

    kind: str
    path: str
    line: int
    end_line: int
    context: str = "function"
    arguments: tuple[Value, ...] = ()
    keywords: dict[str, Value] = {}  # noqa: RUF012 - never changed
    receiver: Value = NOTHING
    is_hidden: bool = False


class Observer(Protocol):
    """Who hears of facts: the rules, the marks, the capabilities.

    Of calls, uses and assignments it hears only where the last part of the path is among its
    `names` or the first among its `roots` (without `()`): whoever tells saves the rest.
    """

    names: frozenset[str]
    roots: frozenset[str]

    def observe(self, fact: Fact) -> frozenset[str] | None:
        """Take one fact; return the marks of its result, None for "as its arguments".

        Where the answer is None, a call's result carries the marks of its receiver and all its
        arguments.
        """

    def alias(self, name: str, path: str) -> None:
        """Take note that the file calls what has this path by another name."""

    def wants(self, start: int, end: int) -> bool:
        """Return whether anything between these byte offsets of the file can matter."""
