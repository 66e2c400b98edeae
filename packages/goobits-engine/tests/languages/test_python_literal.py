"""Python's tables stand on one line where they fit and hold no tables themselves."""

from __future__ import annotations

from goobits_engine._tables import Field, Record
from goobits_engine.languages.python import _literal as literal
from hypothesis import given
from hypothesis import strategies as st

words = st.text("abc \\\"'", max_size=30) | st.text("é日", max_size=3)
plain = st.one_of(words, st.booleans(), st.integers(-1, 9), st.tuples(words, words))
leaves = st.dictionaries(st.text("ab", max_size=9), plain, max_size=3).map(
    lambda made: Record("Option", tuple(made.items()))
)
records = st.recursive(
    leaves,
    lambda below: st.builds(
        lambda made, inner: Record("Command", (*made.fields, ("inner", inner))),
        leaves,
        st.lists(below, max_size=3).map(tuple),
    ),
    max_leaves=6,
)


def spelled(item: Field | Record, indent: int, before: int = 0) -> str:
    """Spell a field by spelling it on one line first, whatever it holds."""
    flat = literal._flat(item)
    fits = flat.isascii() and indent + before + len(flat) + 1 <= literal.LINE
    if fits and not literal._holds_records(item):
        return flat
    if isinstance(item, Record):
        parts = [
            f'"{name}": {spelled(field, indent + 4, len(name) + 4)}'
            for name, field in item.fields
        ]
        return literal._exploded("{", parts, "}", indent)
    if isinstance(item, tuple):
        parts = [spelled(part, indent + 4) for part in item]
        return literal._exploded("[", parts, "]", indent)
    return flat


@given(st.one_of(plain, records), st.integers(0, 8), st.integers(-2, 2))
def test_value_is_spelled_as_if_always_tried_flat(
    item: Field | Record, indent: int, more: int
) -> None:
    """What holds tables never stands on one line, so nobody need try."""
    before = max(0, literal.LINE - indent - len(literal._flat(item)) + more)
    for columns in (0, before):
        assert literal.value(item, indent, columns) == spelled(item, indent, columns)
