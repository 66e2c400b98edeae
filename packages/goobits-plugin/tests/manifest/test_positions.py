"""Every key and value of a TOML text has its place."""

import datetime
import json
import string
import tomllib

from goobits_plugin._manifest._document import leaves
from goobits_plugin._manifest._positions import Path, Positions
from hypothesis import given, settings
from hypothesis import strategies as st

BARE = frozenset(string.ascii_letters + string.digits + "-_")
KEYS = st.text("ab1-_", min_size=1, max_size=3) | st.text("aé .#[]=\"'\\\n", max_size=3)
SCALARS = (
    st.text("ab é#,=]}\"'\\\n", max_size=8)
    | st.integers(-(10**6), 10**6)
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.datetimes(timezones=st.just(datetime.UTC) | st.none())
    | st.dates()
    | st.times()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(KEYS, inner, max_size=3)
        | st.lists(st.dictionaries(KEYS, inner, max_size=2), min_size=1, max_size=3)
    ),
    max_leaves=12,
)


class Writer:
    """Writes TOML in one of the many ways that say the same."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def one_of(self, *ways: str) -> str:
        """Return one of the spellings."""
        return self._draw(st.sampled_from(ways))

    def key(self, key: str) -> str:
        """Return a key, with or without quotes."""
        ways = [json.dumps(key)]
        if key and BARE.issuperset(key):
            ways.append(key)
        if not set(key) & set("'\n"):
            ways.append(f"'{key}'")
        return self.one_of(*ways)

    def text(self, text: str) -> str:
        """Return a text in one of the four kinds of quotes."""
        cooked = json.dumps(text)
        ways = [cooked, f'""{cooked}""', f'"""\n{cooked[1:-1]}"""']
        if not set(text) & set("'\n"):
            ways.append(f"'{text}'")
        if "'''" not in text:
            ways.append(f"'''\n{text}'''")
        if '"""' not in text and "\\" not in text:
            ways.append(f'"""\n{text}"""')
        return self.one_of(*ways)

    def scalar(self, value: object) -> str:
        """Return a value that holds no other."""
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, int):
            ways = [str(value), f"{value:_}"]
            return self.one_of(*ways, *([hex(value), bin(value)] if value >= 0 else []))
        if isinstance(value, float):
            return repr(value)
        assert isinstance(value, datetime.datetime | datetime.date | datetime.time)
        written = value.isoformat()
        return self.one_of(written, written.replace("T", " "))

    def value(self, value: object) -> str:
        """Return a value on one line, but for lists."""
        if isinstance(value, dict):
            pairs = [f"{self.key(k)} = {self.value(v)}" for k, v in value.items()]
            return "{" + ", ".join(pairs) + self.one_of("", " ") + "}"
        if isinstance(value, list):
            gap = self.one_of("", " ", "\n", " # ], \n\t")
            items = "".join(f"{gap}{self.value(item)}{gap}," for item in value)
            return f"[{items[:-1] if self.one_of('', ',') else items}{gap}]"
        return self.scalar(value)

    def table(self, table: dict[str, object], path: tuple[str, ...] = ()) -> str:
        """Return the lines of a table, and after them those with headers of their own."""
        pairs, headers = "", ""
        for key, value in table.items():
            way = self.one_of("value", "header", "dotted")
            written = (*path, self.key(key))
            header = self.one_of(".", " . ").join(written)
            tables = isinstance(value, list) and all(isinstance(v, dict) for v in value)
            if isinstance(value, dict) and way == "header":
                headers += f"[ {header} ] # [x]\n{self.table(value, written)}\n"
            elif isinstance(value, list) and value and tables and way == "header":
                for item in value:
                    headers += f"[[{header}]]\n{self.table(item, written)}"
            elif isinstance(value, dict) and value and way == "dotted":
                for inner, item in value.items():
                    pairs += f"{written[-1]}.{self.key(inner)}={self.value(item)}\n"
            else:
                pairs += f"\t{written[-1]} = {self.value(value)} # = \n\n"
        return pairs + headers


@st.composite
def documents(draw: st.DrawFn) -> tuple[dict[str, object], str]:
    """Return values and a text that says them."""
    data: dict[str, object] = dict(draw(st.dictionaries(KEYS, VALUES, max_size=4)))
    return data, Writer(draw).table(data)


def cut(text: str, span: tuple[int, int, int]) -> str:
    """Return what stands at a place."""
    line, column, end = span
    return text.split("\n")[line - 1][column - 1 : end - 1]


@settings(max_examples=400, deadline=None)
@given(documents())
def test_every_value_has_a_place_that_reads_the_same(
    drawn: tuple[dict[str, object], str],
) -> None:
    """A caret below another value would send the author to the wrong line."""
    data, text = drawn
    assert tomllib.loads(text) == data
    positions = Positions(text)
    for path, value in leaves(data):
        source, span = positions.source(path), positions.value(path)
        if value == {} and source[0] != "{":
            source = "{}"
        else:
            assert cut(text, span) == source.split("\n")[0]
        assert tomllib.loads(f"x = {source}")["x"] == value


@settings(max_examples=200, deadline=None)
@given(documents())
def test_every_key_has_a_place_that_reads_the_same(
    drawn: tuple[dict[str, object], str],
) -> None:
    """Unknown keys are shown where they are written, dotted or in a header."""
    data, text = drawn
    positions = Positions(text)
    known = {path[: end + 1] for path, _ in leaves(data) for end in range(len(path))}
    assert set(positions.paths) == known
    for path in known:
        if isinstance(path[-1], str):
            written = cut(text, positions.key(path))
            assert list(tomllib.loads(f"{written} = 1")) == [path[-1]]


def test_places_of_a_table_are_those_of_its_header() -> None:
    """A table without a value of its own is its name."""
    positions = Positions('[a."b c"]\nd.e = [1,\n  22]\n[[f]]\n[[f]]\ng = """\nx"""')
    expected: dict[Path, tuple[int, int, int]] = {
        ("a",): (1, 2, 3),
        ("a", "b c"): (1, 4, 9),
        ("a", "b c", "d", "e"): (2, 7, 10),
        ("a", "b c", "d", "e", 1): (3, 3, 5),
        ("f", 0): (4, 3, 4),
        ("f", 1): (5, 3, 4),
        ("f", 1, "g"): (6, 5, 8),
    }
    assert {path: positions.value(path) for path in expected} == expected
    assert positions.key(("a", "b c", "d", "e")) == (2, 3, 4)
