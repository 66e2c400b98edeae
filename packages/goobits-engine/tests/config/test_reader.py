"""YAML 1.2 becomes a tree with places, alike with libyaml and without."""

from pathlib import Path

import pytest
import yaml
from goobits_engine._config._diagnostics import Report
from goobits_engine._config._nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    core_kind,
)
from goobits_engine._config._reader import MAX_DEPTH, read_tree

YAMLS = sorted((Path(__file__).parents[1] / "fixtures" / "yamls").glob("*.yaml"))
LOADERS = [
    pytest.param(yaml.SafeLoader, id="pure"),
    pytest.param(
        getattr(yaml, "CSafeLoader", None),
        id="libyaml",
        marks=pytest.mark.skipif(
            not yaml.__with_libyaml__, reason="PyYAML is built without libyaml"
        ),
    ),
]


def flatten(node: Node | None) -> object:
    """Return a tree with its places as plain tuples."""
    if isinstance(node, ScalarNode):
        return (node.line, node.column, node.end_column, node.text, node.kind)
    if isinstance(node, SequenceNode):
        return [node.line, node.column, *map(flatten, node.items)]
    if isinstance(node, MappingNode):
        pairs = [(flatten(key), flatten(value)) for key, value in node.pairs]
        return (node.line, node.column, pairs)
    return None


def plain(node: Node | None) -> object:
    """Return what a tree says, as text, lists and dictionaries."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    assert isinstance(node, MappingNode)
    return {key.text: plain(value) for key, value in node.pairs}


def tree(text: str, loader: type | None = None) -> tuple[Node | None, Report]:
    """Read `text` and return the tree with the report."""
    report = Report("x.yaml", text)
    return read_tree(text, report, loader), report


def said(text: str, loader: type | None = None) -> list[tuple[str, int, int]]:
    """Return code, line and column of everything that is said about `text`."""
    found = tree(text, loader)[1].diagnostics
    return [(one.code, one.line, one.column) for one in found]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "null"),
        ("~", "null"),
        ("Null", "null"),
        ("nULL", "str"),
        ("true", "bool"),
        ("FALSE", "bool"),
        ("yes", "str"),
        ("on", "str"),
        ("no", "str"),
        ("Off", "str"),
        ("12", "int"),
        ("-007", "int"),
        ("0o17", "int"),
        ("017", "int"),
        ("0xfF", "int"),
        ("0b1", "str"),
        ("1_000", "str"),
        ("1:30", "str"),
        ("1.10", "float"),
        ("1e3", "float"),
        ("-.5", "float"),
        (".inf", "float"),
        ("-.INF", "float"),
        (".NaN", "float"),
        ("inf", "str"),
        (".", "str"),
        ("0o", "str"),
        ("2001-01-01", "str"),
    ],
)
def test_plain_scalar_is_resolved_by_yaml_1_2(text: str, kind: str) -> None:
    """`yes`, `on` and `no` are words: YAML 1.1 would make truths of them."""
    assert core_kind(text) == kind


@pytest.mark.parametrize("path", YAMLS, ids=lambda path: path.stem)
def test_both_parsers_give_one_tree(path: Path) -> None:
    """A machine without libyaml must read the same configuration."""
    if not yaml.__with_libyaml__:
        pytest.skip("PyYAML is built without libyaml")
    text = path.read_text(encoding="utf-8")
    fast, slow = tree(text, yaml.CSafeLoader)[0], tree(text, yaml.SafeLoader)[0]
    assert fast is not None
    assert flatten(fast) == flatten(slow)


@pytest.mark.parametrize("loader", LOADERS)
def test_source_text_of_plain_scalars_is_kept(loader: type) -> None:
    """Versions and printed defaults are what the author wrote: 1.10 is not 1.1."""
    text = "a: 1.10\nb: 1e3\nc: 'x''y'\nd: \"\\u00e9\"\ne: 0o17\nf: |\n  z\n"
    expected = {"a": "1.10", "b": "1e3", "c": "x'y", "d": "é", "e": "0o17", "f": "z\n"}
    assert plain(tree(text, loader)[0]) == expected


@pytest.mark.parametrize("loader", LOADERS)
def test_columns_count_code_points(loader: type) -> None:
    """A caret below an emoji must not slip by its bytes."""
    root = tree('x: ["👍🏽é", b]\n', loader)[0]
    assert flatten(root) == (
        1,
        1,
        [((1, 1, 2, "x", "str"), [1, 4, (1, 5, 10, "👍🏽é", "str"), (1, 12, 13, "b", "str")])],
    )  # fmt: skip


@pytest.mark.parametrize("loader", LOADERS)
def test_merge_keeps_own_keys_and_the_first_source(loader: type) -> None:
    """Merged keys stand where `<<` stands, for order is the order of help pages."""
    text = "p: &p {k: 1, m: 2}\nq: &q {m: 3, n: 4}\nr: {z: 0, <<: [*p, *q], k: 9}\n"
    root = plain(tree(text, loader)[0])
    assert isinstance(root, dict)
    assert list(root["r"].items()) == [("z", "0"), ("m", "2"), ("n", "4"), ("k", "9")]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", [("G003", 3, 1)]),
        ("a: 1\n'a': 2\n", [("G003", 2, 1)]),
        ("a: 1\n---\nb: 1\n", [("G006", 2, 1)]),
        ("a: 1\n...\n---\nb: 1\n", [("G006", 3, 1)]),
        ("a: !foo x\n", [("G007", 1, 4)]),
        ("a: !!python/name:os.system x\n", [("G007", 1, 4)]),
        ("a: !!int x\n", [("G007", 1, 4)]),
        ("a: !!set {b}\n", [("G007", 1, 4)]),
        ("a: *b\n", [("G005", 1, 4)]),
        ("a: &a [*a]\n", [("G005", 1, 8)]),
        ("a: &a {b: {c: *a}}\n", [("G005", 1, 15)]),
        ("<<: 3\n", [("G010", 1, 1)]),
        ("[a]: 1\n", [("G010", 1, 1)]),
        ("? {a: b}\n: 1\n", [("G010", 1, 3)]),
        ("a:\n\tb: 1\n", [("G002", 2, 1)]),
        ("a: 1\n  \tb: 1\n", [("G002", 2, 3)]),
        ('a: "\\x1b[31m"\n', [("G008", 1, 4)]),
        ('a: "\\0"\n', [("G008", 1, 4)]),
        ('a: "\\N"\n', [("G008", 1, 4)]),
        ("a: @x\n", [("G001", 1, 4)]),
        ("a: 'x\nb: 1\n", [("G001", 1, 4)]),
        ("a: b: c\n", [("G001", 1, 5)]),
        ("a: 1\n b: 1\n", [("G001", 2, 3)]),
        ("a:\n  - 1\n b: 1\n", [("G001", 3, 2)]),
        ("a: [1\nb: 1\n", [("G001", 2, 2)]),
    ],
)
def test_bad_yaml_is_named_with_its_place(
    text: str, expected: list[tuple[str, int, int]], loader: type
) -> None:
    """Both parsers must give one code at one place, whatever they say themselves."""
    assert said(text, loader) == expected


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "text",
    ['a: "\\ud83d"\n', 'a: "\\ud83d\\ude00"\n', 'a: "\\q"\n', 'a: "\\xZZ"\n'],
)
def test_escape_that_is_no_character_is_refused(text: str, loader: type) -> None:
    """A lone surrogate could be written to no file of any language."""
    assert tree(text, loader)[1].failed


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("text", ["a: !!str 5", "a: ! 5", "a: !!int 5", "a: !!seq [x]"])
def test_tags_of_yaml_itself_are_allowed(text: str, loader: type) -> None:
    """A tag that says what the value is anyway does no harm."""
    assert said(text, loader) == []


def test_text_tag_makes_a_number_text() -> None:
    """`!!str` is YAML's own way of saying that quotes were meant."""
    root = tree("a: !!str 5")[0]
    assert isinstance(root, MappingNode)
    value = root.pairs[0][1]
    assert isinstance(value, ScalarNode)
    assert value.kind == "str"


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("start", ["[", "{a: ", "- ", "? ", "[[],"])
def test_deep_nesting_is_refused_at_once(start: str, loader: type) -> None:
    """A hundred thousand brackets must crash neither libyaml nor Python."""
    assert [code for code, _, _ in said(start * 100_000, loader)] == ["G004"]


def test_nesting_up_to_the_limit_is_read() -> None:
    """The limit is where it is said to be, not one below."""
    assert said("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert said("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == [
        ("G004", 1, MAX_DEPTH + 1)
    ]


def test_nesting_through_aliases_counts() -> None:
    """Anchors could otherwise build a tree that is too deep to walk."""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 200)]
    assert [code for code, _, _ in said("\n".join(lines))] == ["G004"]


def test_growth_through_aliases_is_refused() -> None:
    """A few lines of anchors must not become a billion values."""
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    ((code, line, _),) = said("\n".join(lines))
    assert (code, line) == ("G004", 15)


def test_many_plain_values_are_refused() -> None:
    """The limit holds without aliases too."""
    ((code, line, column),) = said("- a\n" * 100_001)
    assert (code, line, column) == ("G004", 100_000, 3)


def test_every_duplicate_is_reported_with_the_first_place() -> None:
    """Who has pasted a block wants all repetitions at once."""
    found = tree("a: 1\na: 2\nb: {c: 1, c: 2}\n")[1].diagnostics
    assert [(one.line, one.related) for one in found] == [
        (2, ((1, 1, "first given here"),)),
        (3, ((3, 5, "first given here"),)),
    ]


def test_error_after_the_end_points_into_the_text() -> None:
    """A place past the last line could be shown by no editor."""
    found = tree("a: [1,\n\n\n")[1].diagnostics
    assert [(one.line, one.source) for one in found] == [(1, "a: [1,")]
