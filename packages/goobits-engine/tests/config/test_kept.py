"""A configuration that was read before is not parsed again, and means the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from goobits_engine import ConfigError
from goobits_engine._config import _kept
from goobits_engine._config._kept import parse_kept
from goobits_engine._config._parse import parse

from .documents import MINIMAL

YAMLS = sorted((Path(__file__).parents[1] / "fixtures" / "yamls").glob("*.yaml"))


def no_parse(*_words: object, **_options: object) -> None:
    raise AssertionError("it was parsed again")


@pytest.mark.parametrize("path", YAMLS, ids=lambda path: path.stem)
def test_kept_is_what_was_parsed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every field and every warning comes back, in its type."""
    text = path.read_text(encoding="utf-8")
    kept: dict[str, bytes] = {}
    parsed = parse(text, "a.yaml")
    assert parse_kept(text, "a.yaml", kept=kept) == parsed
    monkeypatch.setattr(_kept, "parse", no_parse)
    found = parse_kept(text, "a.yaml", kept=kept)
    assert found == parsed
    assert repr(found) == repr(parsed)
    assert hash(found.program) == hash(parsed.program)


def test_scalars_keep_their_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """`true`, `1`, `1.0` and "1" are equal or alike, and print differently."""
    options = "".join(
        f"        - {{name: o{index}, type: {kind}, default: {value}}}\n"
        for index, (kind, value) in enumerate(
            [("int", "1"), ("float", "1.0"), ("str", "'1'"), ("float", "-0.0")]
        )
    )
    text = (
        "package_name: demo\ncli:\n  name: demo\n  commands:\n    run:\n"
        f"      desc: Run\n      options:\n{options}"
    )
    parsed = parse(text)
    kept: dict[str, bytes] = {}
    parse_kept(text, "goobits.yaml", kept=kept)
    monkeypatch.setattr(_kept, "parse", no_parse)
    assert repr(parse_kept(text, "goobits.yaml", kept=kept)) == repr(parsed)


def test_mistakes_are_found_each_time() -> None:
    """An error is worth its parsing, and nothing wrong is kept."""
    kept: dict[str, bytes] = {}
    for _ in range(2):
        with pytest.raises(ConfigError):
            parse_kept("cli: 1\n", "goobits.yaml", kept=kept)
    assert kept == {}


def test_what_decides_is_told_apart() -> None:
    """Names are checked for other languages, and warnings name another file."""
    kept: dict[str, bytes] = {}
    parse_kept(MINIMAL, "a.yaml", kept=kept)
    parse_kept(MINIMAL, "b.yaml", kept=kept)
    parse_kept(MINIMAL, "b.yaml", languages=["rust"], kept=kept)
    parse_kept(MINIMAL + "\n", "b.yaml", languages=["rust"], kept=kept)
    assert len(kept) == 4


@pytest.mark.parametrize(
    "document",
    [b"", b"{", b"\xff", b"[]", b"{}", b'{"Config":[]}', b'{"Path":["x"]}', b'{"a":1}'],
)
def test_damaged_entry_is_replaced(document: bytes) -> None:
    """Whatever a store gives back, the configuration is what it is."""
    kept: dict[str, bytes] = {}
    parsed = parse_kept(MINIMAL, "a.yaml", kept=kept)
    [(key, good)] = kept.items()
    kept[key] = document
    assert parse_kept(MINIMAL, "a.yaml", kept=kept) == parsed
    assert kept[key] == good
