"""Say in what an outcome differs from what its vector expects."""

from __future__ import annotations

import difflib
import json
import re
import signal
from collections.abc import Iterator
from typing import cast

from .adapters import Adapter
from .processes import Outcome
from .vector_files import Json, Vector

SGR = re.compile(rb"\x1b\[[0-9;]*m")


def differences(
    vector: Vector, outcome: Outcome, adapter: Adapter, hooks: str
) -> list[str]:
    """Return every difference; none when the program answered as it should."""
    return [
        *_code(vector, outcome),
        *_stdout(vector, outcome),
        *_stderr(vector, outcome, adapter, hooks),
        *_calls(vector, outcome, adapter),
    ]


def report(vector: Vector, found: list[str]) -> str:
    """Return the lines that tell a reader what went wrong with one vector."""
    argv = " ".join(repr(word)[1:] for word in vector.argv)
    head = f"{vector.name}  [{vector.spec}] {argv}"
    if vector.env:
        head += f"  env {dict(vector.env)}"
    return "\n".join([head, *("    " + line for line in "\n".join(found).split("\n"))])


def _code(vector: Vector, outcome: Outcome) -> Iterator[str]:
    expected = -signal.Signals[vector.signal].value if vector.signal else vector.code
    if outcome.code != expected:
        yield f"code: expected {expected}, got {outcome.code}"


def _stdout(vector: Vector, outcome: Outcome) -> Iterator[str]:
    if vector.json is not None:
        yield from _json(vector.json, outcome.stdout)
        return
    for part in vector.stdout_has:
        if part.encode() not in outcome.stdout:
            yield f"stdout: {part!r} is not in {outcome.stdout!r}"
    if vector.stdout or not vector.stdout_has:
        yield from _stream(vector, "stdout", vector.stdout, outcome.stdout)


def _stderr(
    vector: Vector, outcome: Outcome, adapter: Adapter, hooks: str
) -> Iterator[str]:
    got = outcome.stderr
    if vector.stderr_starts:
        if not got.startswith(vector.stderr_starts.encode()):
            yield f"stderr: expected to start {vector.stderr_starts!r}, got {got!r}"
        return
    expected = vector.stderr.replace("{hooks}", hooks)
    expected = expected.replace("{error_type}", adapter.error_type)
    if vector.trace:
        if not got.endswith(expected.encode()) or len(got) <= len(expected.encode()):
            yield f"stderr: expected a trace and {expected!r}, got {got!r}"
        return
    yield from _stream(vector, "stderr", expected, got)


def _stream(vector: Vector, name: str, expected: str, got: bytes) -> Iterator[str]:
    if name in vector.styled:
        if not SGR.search(got):
            yield f"{name}: expected colours, got none"
        got = SGR.sub(b"", got)
    if got == expected.encode():
        return
    yield f"{name}: expected {expected!r}\n{' ' * len(name)}       got {_text(got)!r}"
    if expected.count("\n") > 1:
        lines = difflib.unified_diff(
            expected.splitlines(), _text(got).splitlines(), "expected", "got", "", "", 2
        )
        yield "\n".join(line.rstrip("\n") for line in lines)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")


def _json(expected: object, got: bytes) -> Iterator[str]:
    try:
        document = json.loads(got)
    except ValueError as error:
        yield f"stdout: not JSON: {error}: {got!r}"
        return
    wanted = cast("dict[str, Json]", expected)
    part = {key: document.get(key) for key in wanted}
    if part != wanted:
        yield f"stdout: expected JSON with {wanted!r}, got {part!r}"


def _calls(vector: Vector, outcome: Outcome, adapter: Adapter) -> Iterator[str]:
    calls = [json.loads(line) for line in outcome.calls]
    if vector.hook is None:
        if calls:
            yield f"hook: expected no call, got {calls!r}"
        return
    function = str(vector.hook["function"])
    args = adapter.args(cast("dict[str, Json]", vector.hook["args"]))
    if len(calls) != 1:
        yield f"hook: expected one call of {function}, got {calls!r}"
        return
    (call,) = calls
    if call.get("positional"):
        yield f"hook: called with {call['positional']} positional arguments"
    if call["function"] not in adapter.functions(function):
        yield f"hook: expected {function}, got {call['function']}"
    yield from _arguments(args, call["args"])


def _arguments(expected: dict[str, Json], got: dict[str, Json]) -> Iterator[str]:
    for key in sorted(expected.keys() | got.keys()):
        if key not in got:
            yield f"hook: no argument {key!r} (expected {expected[key]!r})"
        elif key not in expected:
            yield f"hook: unexpected argument {key!r} = {got[key]!r}"
        elif expected[key] != got[key] or type(expected[key]) is not type(got[key]):
            yield f"hook: {key!r}: expected {expected[key]!r}, got {got[key]!r}"
