"""What `package.json` says, in the forms that npm accepts."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Final

from goobits_engine._program import Package, Program
from goobits_engine.languages._templates import environment
from goobits_engine.languages.nodejs import _literal as literal

_FOLDER: Final = Path(__file__).parent
_NUMBERS: Final = re.compile(r"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?")
_BETWEEN: Final = re.compile(r"[^0-9A-Za-z-]+")


def package_json(
    program: Program, entry: PurePosixPath, hooks: str, *, compiled: bool = False
) -> str:
    """Return the manifest of a package that holds the entry and the hooks.

    Of what is `compiled` the `hooks` are a folder, made of modules in TypeScript.
    """
    templates = environment(_FOLDER, json=literal.json)
    return templates.get_template("package.json.j2").render(
        name=package_name(program.package.name),
        version=semantic_version(program.package.version),
        texts=texts(program.package),
        keywords=program.package.keywords,
        prog=program.root.name,
        entry=str(entry),
        hooks=hooks,
        compiled=compiled,
    )


def package_name(name: str) -> str:
    """Return a name that npm accepts."""
    return name.lower()[:214]


def semantic_version(version: str) -> str:
    """Return a version as npm wants it: three numbers, what follows as a pre-release.

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
