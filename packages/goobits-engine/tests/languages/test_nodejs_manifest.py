"""`package.json` says what npm accepts, whatever the configuration calls things."""

from __future__ import annotations

import pytest
from goobits_engine._program import Package
from goobits_engine.languages.nodejs import _manifest as manifest


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
    assert manifest.semantic_version(version) == expected


def test_name_is_in_lower_case() -> None:
    """A capital letter keeps a new package out of the registry."""
    assert manifest.package_name("My-Tool") == "my-tool"


def test_author_has_the_form_that_npm_parses() -> None:
    """An address without brackets would be part of the name."""
    package = Package("demo", "1.0", author="Ada", email="ada@example.org")
    assert manifest.texts(package) == [("author", "Ada <ada@example.org>")]
