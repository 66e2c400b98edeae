"""Arguments: how many words they take, when they are required, where they may stand."""

import pytest
from goobits_engine._program import Argument, Scalar

from .documents import argument, codes, only, with_argument


def test_argument_holds_every_key() -> None:
    """No key of the schema is lost on the way to the representation."""
    flow = "name: in-file, desc: What, type: path, path_exists: true, default: a"
    assert argument(flow) == Argument(
        name="in-file",
        key="in_file",
        type="path",
        desc="What",
        minimum=0,
        maximum=1,
        required=False,
        default=Scalar("a", "a"),
        path_exists=True,
    )


@pytest.mark.parametrize(
    ("flow", "minimum", "maximum", "is_list", "required"),
    [
        ("", 1, 1, False, True),
        ("required: false", 0, 1, False, False),
        ("default: a", 0, 1, False, False),
        ("default: null", 1, 1, False, True),
        ("nargs: '?'", 0, 1, False, False),
        ("nargs: '?', required: true", 1, 1, False, True),
        ("nargs: '*'", 0, None, True, False),
        ("nargs: '*', required: true", 1, None, True, True),
        ("nargs: +", 1, None, True, True),
        ("nargs: +, required: false", 0, None, True, False),
        ("nargs: 3", 3, 3, True, True),
        ("nargs: '3'", 3, 3, True, True),
        ("nargs: 2, required: false", 0, 2, True, False),
        ("nargs: 1", 1, 1, False, True),
        ("nargs: '*', default: []", 0, None, True, False),
    ],
)
def test_number_of_words_follows_nargs_and_required(
    flow: str, minimum: int, maximum: int | None, is_list: bool, required: bool
) -> None:
    """`required` is taken as written; without it, nargs and default decide."""
    read = argument(f"name: x, {flow}")
    assert (read.minimum, read.maximum) == (minimum, maximum)
    assert (read.is_list, read.required) == (is_list, required)


@pytest.mark.parametrize("nargs", ["-1", "'-1'"])
def test_minus_one_is_an_old_star(nargs: str) -> None:
    """Click writes -1 for any number of words."""
    flow = f"name: x, nargs: {nargs}"
    assert codes(with_argument(flow)) == ["G053"]
    assert argument(flow) == argument("name: x, nargs: '*'")


@pytest.mark.parametrize(
    ("flow", "scalar"),
    [
        ("type: int, default: 07", Scalar("07", 7)),
        ("type: bool, default: no", Scalar("no", False)),
        ("default: ''", Scalar("", "")),
    ],
)
def test_default_keeps_its_text_and_its_value(flow: str, scalar: Scalar) -> None:
    """Pages print the author's text; hooks get the value."""
    assert argument(f"name: x, {flow}").default == scalar


def test_choices_keep_order_and_text() -> None:
    """Pages and messages list them as they were declared."""
    read = argument("name: x, type: int, choices: [010, 2]")
    assert read.choices == (Scalar("010", 10), Scalar("2", 2))


@pytest.mark.parametrize(
    ("flow", "code"),
    [
        ("type: int, default: x", "G032"),
        ("choices: [a], default: b", "G033"),
        ("choices: []", "G034"),
        ("type: choice", "G011"),
        ("type: bool, choices: [true]", "G031"),
        ("path_exists: true", "G031"),
        ("default: [a, b]", "G010"),
        ("nargs: '*', default: [a]", "G010"),
    ],
)
def test_keys_that_contradict_each_other_are_refused(flow: str, code: str) -> None:
    """Each contradiction is one message."""
    assert only(with_argument(f"name: x, {flow}")).code == code


def test_default_of_a_required_argument_is_dropped_with_a_warning() -> None:
    """`required` is taken as written, so the default can never be used."""
    flow = "name: x, required: true, default: a"
    assert codes(with_argument(flow)) == ["G056"]
    read = argument(flow)
    assert (read.required, read.default) == (True, None)


@pytest.mark.parametrize(
    "flows",
    [
        ("name: a, required: false", "name: b"),
        ("name: a, nargs: '?'", "name: b, nargs: 2"),
        ("name: a, nargs: '*'", "name: b, required: false"),
        ("name: a, nargs: +", "name: b"),
        ("name: a, default: x", "name: b, nargs: +"),
        ("name: a, nargs: 2, required: false", "name: b"),
    ],
)
def test_argument_that_words_could_not_reach_is_refused(flows: tuple[str, str]) -> None:
    """Words fill arguments from left to right, so these would never be as meant."""
    found = only(with_argument(*flows))
    assert (found.code, found.line) == ("G030", 6)
    assert found.related[0][0] == 7


@pytest.mark.parametrize(
    "flows",
    [
        ("name: a", "name: b, required: false", "name: c, nargs: '*'"),
        ("name: a, nargs: 2", "name: b", "name: c, nargs: +"),
        ("name: a, nargs: '?', required: true", "name: b"),
    ],
)
def test_order_that_words_can_fill_is_accepted(flows: tuple[str, ...]) -> None:
    """A fixed number of words may stand anywhere."""
    assert codes(with_argument(*flows)) == []


@pytest.mark.parametrize(
    ("default", "code"),
    [("type: int, default: x", "G032"), ("default: {a: b}", "G010")],
)
def test_broken_default_is_no_mistake_of_order(default: str, code: str) -> None:
    """An argument with a default is optional, also when the default is wrong."""
    flows = ("name: a, required: false", f"name: b, {default}")
    assert codes(with_argument(*flows)) == [code]
