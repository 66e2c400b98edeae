"""Codecs write what they can read, and refuse the rest."""

from __future__ import annotations

import json
import math
import sys

import pytest
from goobits_cache import BYTES, JSON, TEXT, Codec, CodecError
from hypothesis import given
from hypothesis import strategies as st

# `characters()` without categories holds lone surrogates.
texts = st.text(st.characters(exclude_categories=()))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=10,
)


@given(st.binary())
def test_bytes_come_back(value: bytes) -> None:
    """What is kept is what was given."""
    assert BYTES.decode(BYTES.encode(value)) == value


@given(texts)
def test_any_text_comes_back(value: str) -> None:
    """Texts of the system, such as names of files, hold surrogates that UTF-8 has not."""
    assert TEXT.decode(TEXT.encode(value)) == value


@given(json_values)
def test_values_of_json_come_back(value: object) -> None:
    """What JSON can say is as good as in memory."""
    assert JSON.decode(JSON.encode(value)) == value


def test_infinities_of_json_come_back() -> None:
    """JSON has none, but Python's reads what it writes."""
    assert JSON.decode(JSON.encode([math.inf, -math.inf])) == [math.inf, -math.inf]


def circle() -> list[object]:
    value: list[object] = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    ("codec", "value"),
    [
        (BYTES, "text"),
        (BYTES, bytearray(b"x")),
        (BYTES, None),
        (TEXT, b"bytes"),
        (TEXT, 1),
        (JSON, b"bytes"),
        (JSON, {1, 2}),
        (JSON, {(1, 2): 3}),
        (JSON, circle()),
    ],
)
def test_what_cannot_be_written_is_refused(codec: Codec[object], value: object) -> None:
    """A value that comes back as another one is worse than an error."""
    with pytest.raises(CodecError) as error:
        codec.encode(value)
    assert error.value.codec == codec.name
    assert error.value.hint


@pytest.mark.parametrize(
    ("codec", "data", "error"),
    [
        (TEXT, b"\xff", UnicodeDecodeError),
        (JSON, b"{", json.JSONDecodeError),
        (JSON, b"\xff\xfe\0", UnicodeDecodeError),
    ],
)
def test_what_cannot_be_read_is_a_value_error(
    codec: Codec[object], data: bytes, error: type[Exception]
) -> None:
    """It is what a cache takes for damaged."""
    assert issubclass(error, ValueError)
    with pytest.raises(error):
        codec.decode(data)


def test_codec_says_what_it_is() -> None:
    """Names stand in messages; a tag tells forms of one name apart."""
    tagged = Codec("code", bytes, bytes, tag=sys.implementation.cache_tag)
    assert repr(BYTES) == "<Codec bytes>"
    assert repr(tagged) == f"<Codec code {sys.implementation.cache_tag}>"


def test_nesting_too_deep_to_read_is_no_value() -> None:
    """A cache takes a ValueError for a miss; anything else would reach its user."""
    with pytest.raises(ValueError, match="too deep"):
        JSON.decode(b"[" * 100_000 + b"]" * 100_000)
