"""A mapping that obeys its table, with its values read and its places kept."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from goobits_engine._config._nodes import Node, ScalarNode

    Value: TypeAlias = (
        "str | int | float | bool | Node | Block | list[Field] | dict[str, Field]"
    )


class Field:
    """One value: where its key stands, the node, and what the node says.

    `value` is a text, a truth, a number, a `Block`, a list of fields, a mapping from
    names to fields, or (for `any`, `scalar` and `single`) the node itself.
    """

    __slots__ = ("key", "node", "value")

    def __init__(self, key: Node, node: Node, value: Value) -> None:
        self.key = key
        self.node = node
        self.value = value


class Block:
    """The good fields of one mapping, under their present names.

    `spot` is what messages about the whole point at. `broken` holds the keys that are
    there but wrong: nothing more is to be said about them.
    """

    __slots__ = ("broken", "fields", "label", "spot")

    def __init__(self, spot: Node, label: str) -> None:
        self.spot = spot
        self.label = label
        self.fields: dict[str, Field] = {}
        self.broken: set[str] = set()

    def node(self, key: str) -> Node:
        """Return the node of a value, or the whole's when the key is absent."""
        field = self.fields.get(key)
        return self.spot if field is None else field.node

    def text(self, key: str) -> str:
        """Return a text, by default an empty one."""
        field = self.fields.get(key)
        return field.value if field and isinstance(field.value, str) else ""

    def truth(self, key: str, default: bool = False) -> bool:
        """Return a truth value."""
        field = self.fields.get(key)
        return field.value if field and isinstance(field.value, bool) else default

    def integer(self, key: str) -> int | None:
        """Return an integer, or nothing when the key is absent."""
        field = self.fields.get(key)
        if field is None or isinstance(field.value, bool):
            return None
        return field.value if isinstance(field.value, int) else None

    def items(self, key: str) -> list[Field]:
        """Return the items of a list, by default none."""
        field = self.fields.get(key)
        return field.value if field and isinstance(field.value, list) else []

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        values = (item.value for item in self.items(key))
        return tuple(value for value in values if isinstance(value, str))

    def block(self, key: str) -> Block | None:
        """Return the block under a key."""
        field = self.fields.get(key)
        return field.value if field and isinstance(field.value, Block) else None

    def blocks(self, key: str) -> list[Block]:
        """Return the blocks in the list under a key."""
        values = (item.value for item in self.items(key))
        return [value for value in values if isinstance(value, Block)]

    def named(self, key: str) -> dict[str, Field]:
        """Return the fields of the mapping under a key, in order."""
        field = self.fields.get(key)
        return field.value if field and isinstance(field.value, dict) else {}

    def raw(self, key: str) -> Node | None:
        """Return the node of a value that no table describes further."""
        field = self.fields.get(key)
        return None if field is None else field.node


def scalars(fields: list[Field]) -> list[ScalarNode]:
    """Return the scalar nodes among a list of fields."""
    from goobits_engine._config._nodes import ScalarNode

    return [f.node for f in fields if isinstance(f.node, ScalarNode)]
