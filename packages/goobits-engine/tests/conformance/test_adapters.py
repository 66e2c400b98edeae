"""What the adapters of the languages translate, and what their recorders insist on."""

from __future__ import annotations

from pathlib import Path

import pytest

from .adapters import Adapter
from .adapters.node import Node, camel
from .adapters.python import Python
from .adapters.rust import Rust
from .adapters.typescript import TypeScript
from .programs import written
from .test_vectors import need_tool
from .vector_files import Json, vector_of


def test_node_sees_numbers_and_camel_case() -> None:
    """Node.js has one number type and its own spelling of names."""
    args: dict[str, Json] = {"dry_run": {"int": "1"}, "class": [{"float": "00"}]}
    assert Node().args(args) == {
        "dryRun": {"number": "3ff0000000000000"},
        "class": [{"number": "00"}],
    }
    assert camel("API_key") == "APIKey"


def test_python_marks_reserved_words() -> None:
    """A keyword cannot be the name of a parameter."""
    assert list(Python().args({"class": True, "dry_run": False})) == [
        "class_",
        "dry_run",
    ]


def test_rust_has_reserved_words_of_its_own() -> None:
    """What one language reserves is an ordinary name in another."""
    assert list(Rust().args({"class": True, "type": False})) == ["class", "type_"]


@pytest.mark.parametrize(
    ("adapter", "types", "right", "wrong"),
    [
        (TypeScript(), "cli_types.d.ts", "verbose: boolean", "verbose: boolean | null"),
        (TypeScript(), "cli_types.d.ts", "commandName:", "commandName?:"),
        (TypeScript(), "cli_types.d.ts", "verbose: boolean;", ""),
        (
            Rust(),
            "src/cli_types.rs",
            "pub verbose: bool,",
            "pub verbose: Option<bool>,",
        ),
    ],
    ids=["wider", "optional", "missing", "rust"],
)
def test_declared_type_that_is_wrong_does_not_compile(
    adapter: Adapter, types: str, right: str, wrong: str, tmp_path: Path
) -> None:
    """The author of a hook relies on the types as much as on the values."""
    need_tool(adapter)
    vector = vector_of({"name": "sample", "argv": ["go"]}, "plain")
    programs = list(written(adapter, [vector], tmp_path / "programs").values())
    path = programs[0].folder / types
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), "utf-8")
    with pytest.raises(RuntimeError, match=r"verbose|commandName|never"):
        adapter.compile(tmp_path, programs)
