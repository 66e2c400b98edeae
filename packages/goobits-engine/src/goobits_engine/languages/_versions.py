"""Versions as Semantic Versioning 2.0.0 has them, which npm and cargo want."""

from __future__ import annotations

import re
from typing import Final

_NUMBERS: Final = re.compile(r"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?")
_BETWEEN: Final = re.compile(r"[^0-9A-Za-z-]+")


def semantic_version(version: str) -> str:
    """Return a version of three numbers, with what follows as a pre-release.

    `1.4` is `1.4.0`, `1.4rc1` is `1.4.0-rc1`, and what begins with no number is `0.0.0-…`.
    """
    found = _NUMBERS.match(version)
    numbers = found.groups() if found else (None, None, None)
    rest, _, build = version[found.end() if found else 0 :].partition("+")
    said = ".".join(_plain_number(number or "0") for number in numbers)
    for mark, text in (("-", rest), ("+", build)):
        parts = [part.strip("-") for part in _BETWEEN.split(text)]
        named = ".".join(_plain_number(part) for part in parts if part)
        said += f"{mark}{named}" if named else ""
    return said


def _plain_number(part: str) -> str:
    """Take leading zeros off a number; other words stay as they are."""
    return part.lstrip("0") or "0" if part.isdecimal() else part
