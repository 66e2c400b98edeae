"""What `package.json` says, in the forms that npm accepts."""

from __future__ import annotations

import re
from typing import Final

from goobits_engine._program import Package

_NUMBERS: Final = re.compile(r"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?")
_NO_TAG: Final = re.compile(r"[^0-9A-Za-z-]+")


def package_name(name: str) -> str:
    """Return a name that npm accepts."""
    return name.lower()[:214]


def semantic_version(version: str) -> str:
    """Return a version as npm wants it: three numbers, the rest a pre-release tag.

    `1.4` is `1.4.0`, `1.4rc1` is `1.4.0-rc1`, and what begins with no number is `0.0.0-…`.
    """
    found = _NUMBERS.match(version)
    numbers = ".".join(str(int(part or 0)) for part in found.groups()) if found else ""
    rest, _, build = version[found.end() if found else 0 :].partition("+")
    tag = _NO_TAG.sub("-", rest).strip("-")
    build = _NO_TAG.sub("-", build).strip("-")
    return "".join(
        [
            numbers or "0.0.0",
            f"-{tag}" if tag else "",
            f"+{build}" if build else "",
        ]
    )


def texts(package: Package) -> list[tuple[str, str]]:
    """Return the fields that are texts, those that are not empty."""
    email = f"<{package.email}>" if package.email else ""
    fields = [
        ("description", package.description),
        ("license", package.license),
        ("author", " ".join(filter(None, [package.author, email]))),
        ("homepage", package.homepage),
        ("repository", package.repository),
    ]
    return [(name, said) for name, said in fields if said]
