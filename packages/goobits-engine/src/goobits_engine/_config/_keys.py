"""The vocabulary of the schema: what a key may hold, and what becomes of it.

A `Key` is data. The checker and the JSON Schema both read it; neither adds keys.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    Kind = Literal[
        "any", "block", "blocks", "bool", "either", "enum", "int", "line", "list",
        "map", "nargs", "note", "number", "pattern", "scalar", "single",
        "text",
    ]  # fmt: skip
    Status = Literal["used", "synonym", "legacy", "cosmetic", "later", "refused"]
    Pattern = Literal[
        "name", "short", "variable", "package", "path", "python", "plugin"
    ]


class Key:
    """What one key (or list item) may hold.

    `text` may run over lines, `line` not; `note` is a text that says why, or false;
    `block` is a mapping of the table `table`, `blocks` a mapping from names to such
    blocks, `map` a mapping from any word to `items[0]`, `list` a list of `items[0]`;
    `either` picks from `items` by the shape of the node; `single` is any scalar,
    `scalar` one or a list of them; `enum` has `values` and, with a warning, old
    `spellings`. With `strip`, leading dashes of a `pattern` are dropped with a warning.
    An `int` lies between `low` and `high`; `nargs` is such a number or one of `values`.

    `status`: `used`; `synonym` is read as the key `to`, `legacy` too, with a warning;
    `cosmetic` and `later` have no effect, with a warning; `refused` is an error whose help
    is `why`.
    """

    __slots__ = (
        "about",
        "high",
        "items",
        "kind",
        "low",
        "pattern",
        "spellings",
        "status",
        "strip",
        "table",
        "to",
        "values",
        "why",
    )

    def __init__(
        self,
        kind: Kind,
        about: str = "",
        *,
        items: tuple[Key, ...] = (),
        table: str = "",
        values: tuple[str, ...] = (),
        spellings: Mapping[str, str] | None = None,
        pattern: Pattern = "name",
        low: int = 0,
        high: int = 2**31 - 1,
        strip: bool = False,
        status: Status = "used",
        to: str = "",
        why: str = "",
    ) -> None:
        self.kind = kind
        self.about = about
        self.items = items
        self.table = table
        self.values = values
        self.spellings = spellings or {}
        self.pattern = pattern
        self.low = low
        self.high = high
        self.strip = strip
        self.status = status
        self.to = to
        self.why = why


class Table:
    """What one kind of mapping may hold.

    `noun` names such a mapping in messages, with the value of `label` when it has one.
    `other` is what any key holds that the table does not list. With `grouped`, the keys
    without effect share one warning.
    """

    __slots__ = ("grouped", "keys", "label", "noun", "other", "required")

    def __init__(
        self,
        noun: str,
        keys: Mapping[str, Key],
        *,
        required: tuple[str, ...] = (),
        label: str = "",
        other: Key | None = None,
        grouped: bool = False,
    ) -> None:
        self.noun = noun
        self.keys = keys
        self.required = required
        self.label = label
        self.other = other
        self.grouped = grouped


def text(about: str = "") -> Key:
    """Return a key that holds text."""
    return Key("text", about)


def line(about: str = "") -> Key:
    """Return a key that holds text on one line."""
    return Key("line", about)


def truth(about: str = "") -> Key:
    """Return a key that holds true or false."""
    return Key("bool", about)


def word(about: str = "", pattern: Pattern = "name", *, strip: bool = False) -> Key:
    """Return a key that holds text of a pattern."""
    return Key("pattern", about, pattern=pattern, strip=strip)


def integer(about: str = "", low: int = 0, high: int = 2**31 - 1) -> Key:
    """Return a key that holds an integer."""
    return Key("int", about, low=low, high=high)


def one_of(
    *values: str, about: str = "", spellings: Mapping[str, str] | None = None
) -> Key:
    """Return a key that holds one of some words."""
    return Key("enum", about, values=values, spellings=spellings)


def block(table: str, about: str = "") -> Key:
    """Return a key that holds a mapping."""
    return Key("block", about, table=table)


def list_of(item: Key, about: str = "") -> Key:
    """Return a key that holds a list."""
    return Key("list", about, items=(item,))


def map_of(item: Key, about: str = "") -> Key:
    """Return a key that holds a mapping from any word to `item`."""
    return Key("map", about, items=(item,))


def either(*items: Key, about: str = "") -> Key:
    """Return a key that holds one of several shapes."""
    return Key("either", about, items=items)


def _with_status(key: Key, status: Status, to: str = "", why: str = "") -> Key:
    return Key(
        key.kind,
        key.about,
        items=key.items,
        table=key.table,
        values=key.values,
        spellings=key.spellings,
        pattern=key.pattern,
        low=key.low,
        high=key.high,
        strip=key.strip,
        status=status,
        to=to,
        why=why,
    )


def synonym(key: Key, to: str) -> Key:
    """Return `key` as another name of the key `to`."""
    return _with_status(key, "synonym", to=to)


def legacy(key: Key, to: str) -> Key:
    """Return `key` as an old name of the key `to`."""
    return _with_status(key, "legacy", to=to)


def cosmetic(key: Key) -> Key:
    """Return `key` as one that only other programs heed."""
    return _with_status(key, "cosmetic")


def later(key: Key) -> Key:
    """Return `key` as one that is known but without effect in this version."""
    return _with_status(key, "later")


def refused(why: str) -> Key:
    """Return a key that is an error, with advice."""
    return Key("any", status="refused", why=why)
