"""What a hook gets is what its declared values say, whatever was typed."""

from __future__ import annotations

import contextlib
import os
import types
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from goobits_engine import render
from goobits_engine._tables import HookValue, hooks_of
from goobits_engine.languages.python._renderer import _NAMING as NAMING
from specimens import Specimen, specimen
from test_differential import Line, Typist

SPECIMENS = 60
LINES = 40
TYPES: dict[str, type] = {"str": str, "path": str, "int": int, "float": float}


def test_every_value_is_of_its_declared_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Types of TypeScript and Rust are made of it, and a compiler believes them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    calls = [
        (line, values, declared)
        for number in range(SPECIMENS)
        for line, values, declared in called(specimen(f"values-{number}"), monkeypatch)
    ]
    assert len(calls) > SPECIMENS
    for line, values, declared in calls:
        assert values.keys() == declared.keys()
        wrong = [key for key in declared if not fits(values[key], declared[key])]
        assert not wrong, (str(line), values)


def called(
    chosen: Specimen, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Line, dict[str, object], dict[str, HookValue]]]:
    """Yield lines that reach a hook, what it gets, and what was declared."""
    hooks = hooks_of(chosen.program, NAMING)
    typist = Typist(chosen.program, Random(chosen.text))
    module = loaded(chosen)
    for line in (typist.line() for _ in range(LINES)):
        variables = {name: os.fsdecode(value) for name, value in line.environment}
        monkeypatch.setattr(os, "environ", variables)
        parser = module.Parser()
        with contextlib.suppress(module.Stop):
            parser.run([os.fsdecode(word) for word in line.words])
            values = parser.hook_arguments()
            path = tuple(values.pop("command_name").split(" "))
            (hook,) = (hook for hook in hooks if hook.path == path)
            yield line, values, {value.key: value for value in hook.values}


def loaded(chosen: Specimen) -> types.ModuleType:
    """Return the Python program of a specimen as a module."""
    module = types.ModuleType("cli")
    (entry,) = (one for one in render(chosen.program, "python") if one.role == "entry")
    exec(compile(entry.content, "cli.py", "exec"), module.__dict__)
    return module


def fits(value: object, declared: HookValue) -> bool:
    """Tell whether a value is what was declared."""
    if declared.many:
        return isinstance(value, list) and all(fits_one(one, declared) for one in value)
    return (value is None and declared.optional) or fits_one(value, declared)


def fits_one(value: object, declared: HookValue) -> bool:
    """Tell whether one value is of the declared type, and among the choices."""
    wanted = bool if declared.type == "bool" else TYPES[declared.type]
    is_typed = type(value) is wanted
    return is_typed and (not declared.choices or value in declared.choices)
