"""The derived pages of the documentation say what the code says."""

from __future__ import annotations

import importlib.util

from toolchain import ROOT

SPEC = importlib.util.spec_from_file_location("write", ROOT / "docs/reference/write.py")
assert SPEC is not None
assert SPEC.loader is not None
write = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(write)


def test_page_of_the_keys_is_in_step() -> None:
    """Run `hatch run reference` when this fails."""
    assert write.PAGE.read_text(encoding="utf-8") == write.page()


def test_shipped_schema_is_in_step() -> None:
    """Editors use the file, the checker the tables. Run `hatch run reference`."""
    assert write.SCHEMA.read_text(encoding="utf-8") == write.schema()
