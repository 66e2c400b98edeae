"""Configurations that were read before, found again by what their files hold."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from goobits_engine import _program as ir
from goobits_engine._config._diagnostics import Diagnostic
from goobits_engine._config._model import Config
from goobits_engine._config._parse import parse
from goobits_engine._digest import code_stamp, digest

if TYPE_CHECKING:
    from goobits_engine._settled import Store

_DIAGNOSTIC = (
    *("code", "severity", "message", "name", "line", "column", "end_column"),
    *("source", "help", "related"),
)
_FIELDS: dict[type, tuple[str, ...]] = {
    **{
        made: tuple(field.name for field in fields(made))
        for made in (
            *(ir.Argument, ir.Command, ir.CommandGroup, ir.Option, ir.Package),
            *(ir.Program, ir.Row, ir.Scalar, ir.Section, Config),
        )
    },
    Diagnostic: _DIAGNOSTIC,
}
"""What is kept of each class: what it is made of, in that order."""

_CLASSES: dict[str, Callable[..., object]] = {made.__name__: made for made in _FIELDS}


def parse_kept(
    text: str, name: str, *, languages: Sequence[str] = (), kept: Store
) -> Config:
    """Parse a configuration, or take what an equal one gave before; see `parse`.

    Raises:
        ConfigError: it holds mistakes; those are looked for anew each time.
    """
    words = (word.encode("utf-8", "surrogatepass") for word in (text, name, *languages))
    key = "program " + digest([code_stamp(), *words])
    found = kept.get(key)
    if found is not None:
        try:
            return _decoded(found)
        except (ValueError, LookupError, TypeError):
            pass  # kept by something else; it is replaced below
    config = parse(text, name, languages=languages)
    kept[key] = _encoded(config)
    return config


def _encoded(config: Config) -> bytes:
    return json.dumps(config, default=_taken_apart, separators=(",", ":")).encode()


def _decoded(document: bytes) -> Config:
    found = json.loads(document, object_hook=_made)
    if not isinstance(found, Config):
        raise TypeError(found)
    return found


def _taken_apart(value: object) -> dict[str, list[object]]:
    """Return an object of ours as its class and its fields in their order."""
    made = type(value)
    return {made.__name__: [getattr(value, name) for name in _FIELDS[made]]}


def _made(document: dict[str, list[object]]) -> object:
    [(name, values)] = document.items()
    return _CLASSES[name](*map(_frozen, values))


def _frozen(value: object) -> object:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
