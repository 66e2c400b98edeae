"""Options: kinds, types, defaults, choices, and keys that do not go together."""

import pytest
from goobits_engine._program import Option, Scalar

from .documents import codes, only, option, with_option


def test_option_without_anything_takes_text() -> None:
    """A name is enough; every other key has a default."""
    assert option("name: max-size") == Option("max-size", "max_size", "max-size")


def test_option_holds_every_key() -> None:
    """No key of the schema is lost on the way to the representation."""
    flow = (
        "name: out_file, short: o, long: out, type: path, desc: Where, env: OUT, "
        "default: a.txt, hidden: true, deprecated: use x, path_exists: true"
    )
    assert option(flow) == Option(
        name="out_file",
        key="out_file",
        long="out",
        short="o",
        type="path",
        desc="Where",
        default=(Scalar("a.txt", "a.txt"),),
        hidden=True,
        deprecated="use x",
        env="OUT",
        path_exists=True,
    )


@pytest.mark.parametrize(
    ("flow", "kind", "type_name", "negatable", "default"),
    [
        ("type: flag", "flag", "bool", False, ()),
        ("type: bool", "flag", "bool", False, ()),
        ("type: bool, default: false", "flag", "bool", False, ()),
        ("type: bool, default: no", "flag", "bool", False, ()),
        ("type: flag, default: true", "flag", "bool", True, (Scalar("true", True),)),
        ("type: flag, default: Yes", "flag", "bool", True, (Scalar("true", True),)),
        ("type: flag, negatable: true", "flag", "bool", True, ()),
        ("count: true", "count", "int", False, ()),
        ("count: true, type: int", "count", "int", False, ()),
        ("count: true, type: flag", "count", "int", False, ()),
        ("type: flag, default: null", "flag", "bool", False, ()),
    ],
)
def test_flag_and_count_are_kinds(
    flow: str,
    kind: str,
    type_name: str,
    negatable: bool,
    default: tuple[Scalar, ...],
) -> None:
    """`bool` on an option is a flag; being on by default makes it negatable."""
    read = option(f"name: x, {flow}")
    assert (read.kind, read.type, read.negatable) == (kind, type_name, negatable)
    assert read.default == default


@pytest.mark.parametrize(
    ("flow", "scalars"),
    [
        ("type: int, default: 007", (Scalar("007", 7),)),
        ("type: int, default: '5'", (Scalar("5", 5),)),
        ("type: float, default: 1.10", (Scalar("1.10", 1.1),)),
        ("type: float, default: 1e3", (Scalar("1e3", 1000.0),)),
        ("type: str, default: 1.10", (Scalar("1.10", "1.10"),)),
        ("type: str, default: off", (Scalar("off", "off"),)),
        ("type: str, default: true", (Scalar("true", "true"),)),
        ("type: str, default: ''", (Scalar("", ""),)),
        ("type: str, default: ~", ()),
        ("multiple: true, default: [a, b]", (Scalar("a", "a"), Scalar("b", "b"))),
        ("multiple: true, default: a", (Scalar("a", "a"),)),
        ("multiple: true, default: []", ()),
        ("multiple: true, type: int, default: [1, 02]", (Scalar("1", 1), Scalar("02", 2))),
    ],
)  # fmt: skip
def test_default_keeps_its_text_and_its_value(
    flow: str, scalars: tuple[Scalar, ...]
) -> None:
    """Pages print the author's text; hooks get the value."""
    read = option(f"name: x, {flow}")
    assert read.default == scalars
    assert [type(s.value) for s in read.default] == [type(s.value) for s in scalars]


@pytest.mark.parametrize(
    ("flow", "reason"),
    [
        ("type: int, default: 0o17", "not an integer"),
        ("type: int, default: 1_0", "not an integer"),
        ("type: int, default: 1.0", "not an integer"),
        ("type: int, default: ''", "not an integer"),
        ("type: int, default: 9007199254740992", "out of range"),
        ("type: float, default: .inf", "not a number"),
        ("type: flag, default: maybe", "use true or false"),
        ("type: int, choices: [1, 2x]", "not an integer"),
        ("type: int, multiple: true, default: [1, x]", "not an integer"),
    ],
)
def test_value_that_the_runtime_would_refuse_is_refused_now(
    flow: str, reason: str
) -> None:
    """A default that no user could type is a mistake of the author."""
    found = only(with_option(f"name: x, {flow}"))
    assert found.code == "G032"
    assert found.message.endswith(f": {reason}")


@pytest.mark.parametrize(
    ("flow", "code"),
    [
        ("choices: [a, b], default: c", "G033"),
        ("choices: [a, b], default: A", "G033"),
        ("choices: [a, b], multiple: true, default: [a, c]", "G033"),
        ("choices: []", "G034"),
        ("type: choice, choices: []", "G034"),
        ("choices: [a, a]", "G034"),
        ("type: int, choices: [1, 01]", "G034"),
        ("type: float, choices: [1.0, 1]", "G034"),
        ("type: choice", "G011"),
        ("default: [a, b]", "G010"),
        ("type: flag, choices: [a]", "G031"),
        ("type: flag, multiple: true", "G031"),
        ("type: bool, required: true", "G031"),
        ("type: flag, path_exists: true", "G031"),
        ("type: flag, default: true, negatable: false", "G031"),
        ("negatable: true", "G031"),
        ("path_exists: true", "G031"),
        ("type: int, path_exists: true", "G031"),
        ("count: true, default: 1", "G031"),
        ("count: true, choices: [1]", "G031"),
        ("count: true, multiple: true", "G031"),
        ("count: true, required: true", "G031"),
        ("count: true, negatable: true", "G031"),
        ("count: true, type: str", "G031"),
    ],
)
def test_keys_that_contradict_each_other_are_refused(flow: str, code: str) -> None:
    """Each contradiction is one message at the key that has to go."""
    found = only(with_option(f"name: x, {flow}"))
    assert (found.code, found.severity) == (code, "error")


@pytest.mark.parametrize(
    "flow",
    [
        "choices: [1, 2], default: 2",
        "type: int, choices: [1, 2], default: 02",
        "type: choice, choices: [a, b]",
        "type: path, path_exists: true",
        "type: flag, multiple: false, required: false, path_exists: false",
        "type: str, negatable: false, count: false",
        "multiple: true, required: true",
        "choices: [Off, 1.0, 1]",
    ],
)
def test_keys_that_go_together_are_accepted(flow: str) -> None:
    """A key that says what holds anyway is no contradiction."""
    assert codes(with_option(f"name: x, {flow}")) == []


def test_default_of_a_required_option_is_dropped_with_a_warning() -> None:
    """It could never be used, and a page that shows it would lie."""
    flow = "name: x, required: true, default: a"
    assert codes(with_option(flow)) == ["G056"]
    read = option(flow)
    assert (read.required, read.default) == (True, ())


@pytest.mark.parametrize(
    "flow",
    ["type: integr, default: 1x, choices: [y]", "type: [a], path_exists: true"],
)
def test_unknown_type_is_the_only_mistake(flow: str) -> None:
    """What the other keys mean depends on the type: nothing is to be said of them."""
    assert len(codes(with_option(f"name: x, {flow}"))) == 1


def test_default_is_not_held_against_broken_choices() -> None:
    """The choice that is meant may be the broken one."""
    assert codes(with_option("name: x, type: int, choices: [1, 2x], default: 2")) == [
        "G032"
    ]


def test_misspelt_choices_are_one_mistake() -> None:
    """`type: choice` lacks its choices only because of the slip before it."""
    assert codes(with_option("name: x, type: choice, chocies: [a]")) == ["G012"]
