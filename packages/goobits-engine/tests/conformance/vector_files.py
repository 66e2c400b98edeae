"""Read the vector files and refuse what is malformed in them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeAlias, cast

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

VECTORS = Path(__file__).parents[2] / "vectors"
SPECS = VECTORS / "specs"

VARIANTS = ("missing", "no_file", "syntax_error", "load_error", "bad_import")
BEHAVIOURS = frozenset(
    {
        *("return", "return_text", "return_true", "return_float", "raise", "exit"),
        *("print", "print_many", "async", "interrupt", "cleanup", "answers"),
        *("broken_pipe", "raise_text", "panic", "panic_static", "panic_any"),
        *("thread_panic", "write", "write_wrapped"),
        *VARIANTS,
    }
)
STREAMS = ("stdout", "stderr")
STDIO = ("closed-stdout", "epipe", "full")


class VectorFileError(ValueError):
    """A vector file that the harness does not understand."""


@dataclass(frozen=True, slots=True)
class Vector:
    """One command line and the answer that every language owes."""

    name: str
    spec: str
    argv: tuple[bytes, ...]
    env: Mapping[str, bytes] = field(default_factory=dict)
    locale: str = ""
    code: int = 0
    signal: str = ""
    stdout: str = ""
    stderr: str = ""
    stderr_starts: str = ""
    stdout_has: tuple[str, ...] = ()
    styled: tuple[str, ...] = ()
    json: Mapping[str, Json] | None = None
    hook: Mapping[str, Json] | None = None
    stdio: str = ""
    tty: tuple[str, ...] = ()
    behaviour: Mapping[str, Json] = field(default_factory=dict)
    trace: bool = False
    platforms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    note: str = ""

    @property
    def variant(self) -> str:
        """The state of the hooks file asked for; empty for the recorder."""
        return next((name for name in VARIANTS if name in self.behaviour), "")


KEYS = frozenset(member.name for member in fields(Vector)) - {"spec"}


def topics() -> list[Path]:
    """Return the vector files in a stable order."""
    return sorted(VECTORS.glob("*.json"))


def load(path: Path) -> list[Vector]:
    """Return the vectors of one file.

    Raises:
        VectorFileError: an unknown key, a missing spec, or a name used twice.
    """
    vectors = list(_read(json.loads(path.read_text("utf-8"))))
    counts = Counter(vector.name for vector in vectors)
    if repeated := [name for name, count in counts.items() if count > 1]:
        raise VectorFileError(f"{path.name}: names used twice: {', '.join(repeated)}")
    return vectors


def _read(document: Json) -> Iterator[Vector]:
    groups = document if isinstance(document, list) else [document]
    for group in groups:
        if not isinstance(group, dict):
            raise VectorFileError("a group is an object")
        _known(group, frozenset({"spec", "vectors"}), "group")
        spec = str(group["spec"])
        if not (SPECS / f"{spec}.yaml").is_file():
            raise VectorFileError(f"no spec {spec}.yaml")
        for item in cast("list[dict[str, Json]]", group["vectors"]):
            yield vector_of(item, spec)


def vector_of(item: Mapping[str, Json], spec: str) -> Vector:
    """Return the vector that one JSON object describes."""
    name = str(item.get("name", ""))
    _known(item, KEYS, name or "a vector without a name")
    behaviour = cast("dict[str, Json]", item.get("behaviour", {}))
    _known(behaviour, BEHAVIOURS, f"the behaviour of {name}")
    if not name or "argv" not in item:
        raise VectorFileError(f"a vector needs a name and argv: {item}")
    if "languages" in item and not item.get("note"):
        raise VectorFileError(f"{name}: why not every language, says a note")
    plain = {
        key: item[key]
        for key in ("locale", "code", "signal", "stderr_starts", "trace", "note")
        if key in item
    }
    return Vector(
        name=name,
        spec=spec,
        argv=tuple(_bytes(word) for word in cast("list[Json]", item["argv"])),
        env={
            key: _bytes(value)
            for key, value in cast("dict[str, Json]", item.get("env", {})).items()
        },
        stdout=_text(item.get("stdout", "")),
        stderr=_text(item.get("stderr", "")),
        json=cast("dict[str, Json] | None", item.get("json")),
        hook=_hook(item.get("hook"), name),
        behaviour=behaviour,
        stdio=_one_of(str(item.get("stdio", "")), ("", *STDIO), name),
        tty=_streams(item.get("tty", []), name),
        styled=_streams(item.get("styled", []), name),
        stdout_has=_words(item.get("stdout_has", [])),
        platforms=_words(item.get("platforms", [])),
        languages=_words(item.get("languages", [])),
        **plain,  # type: ignore[arg-type]
    )


def _known(item: Mapping[str, Json], keys: frozenset[str], where: str) -> None:
    if unknown := sorted(item.keys() - keys):
        raise VectorFileError(f"{where}: unknown keys: {', '.join(unknown)}")


def _hook(value: Json, name: str) -> Mapping[str, Json] | None:
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() != {"function", "args"}:
        raise VectorFileError(f"{name}: a hook has a function and args")
    return value


def _one_of(value: str, allowed: tuple[str, ...], name: str) -> str:
    if value not in allowed:
        raise VectorFileError(f"{name}: {value!r} is none of {', '.join(allowed)}")
    return value


def _streams(value: Json, name: str) -> tuple[str, ...]:
    return tuple(_one_of(word, STREAMS, name) for word in _words(value))


def _words(value: Json) -> tuple[str, ...]:
    return tuple(str(word) for word in cast("list[Json]", value))


def _text(value: Json) -> str:
    """Return a text written as it is, or as a list of its lines."""
    if isinstance(value, list):
        return "".join(f"{line}\n" for line in value)
    return str(value)


def _bytes(value: Json) -> bytes:
    """Return a word: a text, or `{"hex": "ff"}` for bytes that are no text."""
    if isinstance(value, dict):
        return bytes.fromhex(str(value["hex"]))
    return str(value).encode()
