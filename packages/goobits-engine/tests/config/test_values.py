"""Values at build time obey the grammar of the contract, and nothing else."""

import math
import re

import pytest
from goobits_engine._config._values import is_number, parse_value
from hypothesis import given
from hypothesis import strategies as st

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("+7", 7),
        ("-0", 0),
        ("007", 7),
        ("9007199254740991", 2**53 - 1),
        ("-9007199254740991", 1 - 2**53),
        ("0" * 5000 + "1", 1),
    ],
)
def test_integer_is_read(text: str, value: int) -> None:
    """Leading zeros and signs are part of the grammar in every language."""
    assert parse_value("int", text) == value


@pytest.mark.parametrize(
    ("type_name", "text", "reason"),
    [
        ("int", "", "not an integer"),
        ("int", "1_0", "not an integer"),
        ("int", " 1", "not an integer"),
        ("int", "1\n", "not an integer"),
        ("int", "٣", "not an integer"),
        ("int", "1.0", "not an integer"),
        ("int", "0x10", "not an integer"),
        ("int", "0o17", "not an integer"),
        ("int", "9007199254740992", "out of range"),
        ("int", "9" * 5000, "out of range"),
        ("float", "inf", "not a number"),
        ("float", ".nan", "not a number"),
        ("float", "1_0.5", "not a number"),
        ("float", ".", "not a number"),
        ("float", "1e", "not a number"),
        ("float", "1e400", "out of range"),
        ("float", "0x1p3", "not a number"),
        ("bool", "on", "use true or false"),
        ("bool", "", "use true or false"),
        ("bool", "ÝES", "use true or false"),
    ],
)
def test_word_outside_the_grammar_is_refused(
    type_name: str, text: str, reason: str
) -> None:
    """What Python's own readers take beyond the contract would differ in Rust."""
    with pytest.raises(ValueError, match=f"^{reason}$"):
        parse_value(type_name, text)


@pytest.mark.parametrize("text", ["1", "1.", ".5", "-0.0", "1e3", "1E-400", "+2.5e+1"])
def test_float_is_the_nearest_double(text: str) -> None:
    """A default must be the value that the runtimes read from the same word."""
    value = parse_value("float", text)
    assert isinstance(value, float)
    assert math.copysign(1, value) == math.copysign(1, float(text))
    assert value == float(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("TRUE", True), ("yes", True), ("1", True), ("No", False), ("0", False)],
)
def test_bool_words_ignore_case(text: str, value: bool) -> None:
    """The words of a flag's default are those of its environment variable."""
    assert parse_value("bool", text) is value


@given(st.text(alphabet="0123456789+-.eE_x ٣\n", max_size=8))
def test_number_is_exactly_the_contracts_expression(text: str) -> None:
    """The hand-written check and the contract's expression are one rule."""
    assert is_number(text) == bool(NUMBER.fullmatch(text))
