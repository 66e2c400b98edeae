"""What `pyproject.toml` says, in the forms that Python's packaging tools accept."""

from __future__ import annotations

import re
from typing import Final

from goobits_engine._program import Package
from goobits_engine.languages._toml import toml

_VERSION: Final = re.compile(
    r"v?([0-9]+!)?[0-9]+(\.[0-9]+)*"
    r"([-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?[0-9]*)?"
    r"(-[0-9]+|[-_.]?(post|rev|r)[-_.]?[0-9]*)?"
    r"([-_.]?dev[-_.]?[0-9]*)?"
    r"(\+[a-z0-9]+([-_.][a-z0-9]+)*)?",
    re.ASCII | re.IGNORECASE,
)
_NUMBERS: Final = re.compile(r"v?([0-9]+(?:\.[0-9]+)*)", re.ASCII)
_NO_LABEL: Final = re.compile(r"[^0-9A-Za-z]+")
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)


def version(text: str) -> str:
    """Return a version as PEP 440 wants it.

    One that it does not know is its numbers and a local label: `1.4-next` is `1.4+next`.
    """
    if _VERSION.fullmatch(text):
        return text
    found = _NUMBERS.match(text)
    label = _NO_LABEL.sub(".", text[found.end() if found else 0 :]).strip(".")
    return (found[1] if found else "0.0.0") + (f"+{label}" if label else "")


def author(package: Package) -> str:
    """Return the table of the author, empty when there is none.

    What is no address of mail cannot stand as one, and so follows the name.
    """
    name, email = package.author, package.email
    if not _ADDRESS.fullmatch(email):
        name, email = f"{name} {email}".strip(), ""
    fields = [("name", name), ("email", email)]
    inner = ", ".join(f"{key} = {toml(text)}" for key, text in fields if text)
    return f"{{ {inner} }}" if inner else ""
