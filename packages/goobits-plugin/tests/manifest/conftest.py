"""Manifests, whole and broken."""

from collections.abc import Callable

import pytest
from goobits_plugin import ManifestError, read_manifest

Build = Callable[..., str]
Codes = Callable[[str], list[str]]

_TOP = {
    "schema": "1",
    "name": '"acme/hello"',
    "version": '"1.2.0"',
    "summary": '"Say hello"',
    "license": '"MIT"',
    "language": '"python"',
    "entry": '"hello.py"',
}
_COMMANDS = '[commands.hello]\ndesc = "Say hello"\n'


def build_manifest(
    permissions: str = "", limits: str = "", commands: str = _COMMANDS, **top: str
) -> str:
    """Return a manifest with other values at the top (none where ""), and with tables."""
    lines = [f"{key} = {value}\n" for key, value in {**_TOP, **top}.items() if value]
    tables = [f"[permissions]\n{permissions}\n", f"[limits]\n{limits}\n", commands]
    return "".join((*lines, *tables))


def codes_of(text: str) -> list[str]:
    """Return the code and place of everything that is wrong, as "P004 3:11-15"."""
    try:
        read_manifest(text)
    except ManifestError as error:
        return [
            f"{found.code} {found.line}:{found.column}-{found.end_column}"
            for found in error.diagnostics
        ]
    return []


@pytest.fixture(scope="session")
def build() -> Build:
    """Return what makes manifests."""
    return build_manifest


@pytest.fixture(scope="session")
def codes() -> Codes:
    """Return what finds mistakes."""
    return codes_of
