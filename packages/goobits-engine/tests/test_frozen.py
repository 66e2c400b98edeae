"""Frozen values behave as frozen dataclasses do, whose definition costs fifty times as much."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from dataclasses import dataclass

import pytest
from goobits_engine import _frozen
from goobits_engine._frozen import Frozen, replace
from hypothesis import given
from hypothesis import strategies as st


class Point(Frozen):
    """A place in a plane."""

    x: int
    y: int = 0
    name: str = ""

    @property
    def total(self) -> int:
        """The sum of the coordinates."""
        return self.x + self.y


class Other(Frozen):
    """What has the same fields."""

    x: int
    y: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """What a point is held against."""

    x: int
    y: int = 0
    name: str = ""


values = st.lists(st.integers(0, 2), max_size=4)
named = st.dictionaries(st.sampled_from(["x", "y", "name", "z"]), st.integers(0, 2))


@given(values, named, values)
def test_value_is_what_a_dataclass_would_be(
    given_values: list[int], given_names: dict[str, int], others: list[int]
) -> None:
    """Defaults, equality, hashes and representations are those that readers expect."""
    try:
        model = Model(*given_values, **given_names)  # type: ignore[arg-type]
    except TypeError:
        with pytest.raises(TypeError, match="Point takes"):
            Point(*given_values, **given_names)  # type: ignore[arg-type]
        return
    point = Point(*given_values, **given_names)  # type: ignore[arg-type]
    assert repr(point) == repr(model).replace("Model", "Point")
    assert hash(point) == hash(model)
    if 1 <= len(others) <= 3:
        as_models = model == Model(*others)  # type: ignore[arg-type]
        assert (point == Point(*others)) is as_models  # type: ignore[arg-type]


def test_values_of_two_classes_differ() -> None:
    """An option is no argument, whatever its fields."""
    assert Point(1) != Other(1)
    assert Point(1) != (1, 0, "")


@pytest.mark.parametrize("name", ["x", "total", "unknown"])
def test_value_cannot_be_changed(name: str) -> None:
    """A program is read by several renderers, none of which may surprise the next."""
    point = Point(1)
    with pytest.raises(AttributeError):
        setattr(point, name, 2)
    with pytest.raises(AttributeError):
        delattr(point, name)
    assert point == Point(1)
    assert not hasattr(point, "__dict__")


def test_replacing_makes_another_value() -> None:
    """What differs in one field is made of what is there."""
    point = Point(1, name="a")
    assert replace(point, y=2) == Point(1, 2, "a")
    assert point == Point(1, 0, "a")
    with pytest.raises(TypeError, match="Point takes"):
        replace(point, z=1)


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made))]
)
def test_value_can_be_copied(copied: object) -> None:
    """Callers hand programs to other processes, and copy what holds them."""
    assert callable(copied)
    assert copied(Point(1, 2, "a")) == Point(1, 2, "a")


def test_value_can_be_matched_by_position() -> None:
    """Fields have an order."""
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_methods_and_the_docstring_are_kept() -> None:
    """Only what is annotated is a field."""
    assert Point(1, 2).total == 3
    assert Point.__doc__ == "A place in a plane."


def test_nothing_is_imported() -> None:
    """That is what it is for."""
    code = (
        "import sys, __future__; before = set(sys.modules);"
        " exec(open(sys.argv[1], encoding='utf-8').read());"
        " assert set(sys.modules) == before, set(sys.modules) - before"
    )
    command = [sys.executable, "-I", "-S", "-c", code, _frozen.__file__]
    subprocess.run(command, check=True)
