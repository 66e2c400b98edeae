"""Versions of any form, as npm and cargo read them."""

import pytest
from goobits_engine.languages._versions import semantic_version


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.4.0", "1.4.0"),
        ("1.4", "1.4.0"),
        ("2", "2.0.0"),
        ("v1.2.3", "1.2.3"),
        ("2024.01.05", "2024.1.5"),
        ("1.4rc1", "1.4.0-rc1"),
        ("1.0.0-beta.2", "1.0.0-beta.2"),
        ("1.0.0+build.5", "1.0.0+build.5"),
        ("1.2.3.4", "1.2.3-4"),
        ("1.0.0-rc.01", "1.0.0-rc.1"),
        ("nightly", "0.0.0-nightly"),
    ],
)
def test_version_is_semantic(version: str, expected: str) -> None:
    """With any other version npm refuses to install a package."""
    assert semantic_version(version) == expected
