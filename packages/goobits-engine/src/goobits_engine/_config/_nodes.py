"""The tree of a YAML document; every node knows where it stands.

Lines and columns count from 1, columns in code points.
"""

from __future__ import annotations

from goobits_engine._config._values import is_digits, is_integer, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Core = Literal["null", "bool", "int", "float", "str"]

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INFINITE = frozenset(
    sign + word for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")
)
_SPECIAL = _INFINITE | {".nan", ".NaN", ".NAN"}
_OCTAL = frozenset("01234567")
_HEX = frozenset("0123456789abcdefABCDEF")


def core_kind(text: str) -> Core:
    """Return what the YAML 1.2 core schema takes a plain scalar for."""
    if text in _NULL:
        return "null"
    if text in _TRUE or text in _FALSE:
        return "bool"
    if text[0] not in "+-.0123456789":
        return "str"
    if is_integer(text) or _is_based(text):
        return "int"
    return "float" if is_number(text) or text in _SPECIAL else "str"


def _is_based(text: str) -> bool:
    digits = text[2:]
    if text.startswith("0o"):
        return bool(digits) and _OCTAL.issuperset(digits)
    return text.startswith("0x") and bool(digits) and _HEX.issuperset(digits)


class Node:
    """A place in the document, and how much stands below it.

    `size` counts the nodes that a walk visits, aliases each time; `height` the levels.
    """

    __slots__ = ("column", "end_column", "height", "line", "size")

    def __init__(self, line: int, column: int, end_column: int) -> None:
        self.line = line
        self.column = column
        self.end_column = end_column
        self.size = 1
        self.height = 1


class ScalarNode(Node):
    """A scalar: `text` as in the source when it is plain, cooked when it is quoted."""

    __slots__ = ("kind", "text")

    def __init__(
        self, line: int, column: int, end_column: int, text: str, kind: Core
    ) -> None:
        super().__init__(line, column, end_column)
        self.text = text
        self.kind = kind

    @property
    def truth(self) -> bool:
        """What a scalar of the kind `bool` says."""
        return self.text in _TRUE

    @property
    def integer(self) -> int | None:
        """What a scalar of the kind `int` says, or nothing when it is absurdly long."""
        if len(self.text) > 40:
            return None
        if is_digits(self.text.lstrip("+-")):
            return int(self.text)
        return int(self.text, 0)


class SequenceNode(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, line: int, column: int, end_column: int) -> None:
        super().__init__(line, column, end_column)
        self.items: list[Node] = []


class MappingNode(Node):
    """A mapping; its keys are unique and in the order of the file, merges resolved."""

    __slots__ = ("pairs",)

    def __init__(self, line: int, column: int, end_column: int) -> None:
        super().__init__(line, column, end_column)
        self.pairs: list[tuple[ScalarNode, Node]] = []


def is_null(node: Node) -> bool:
    """Tell whether `node` says nothing (`null`, `~`, or an empty place)."""
    return isinstance(node, ScalarNode) and node.kind == "null"


def is_empty_list(node: Node | None) -> bool:
    """Tell whether `node` is a list of nothing."""
    return isinstance(node, SequenceNode) and not node.items
