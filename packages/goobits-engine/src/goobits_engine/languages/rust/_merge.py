"""Add to a `Cargo.toml` of the author's what the program needs and it lacks.

What is there stays as it is, byte for byte. Whatever was added is read again: the file must
say what it said before and the additions, and nothing else.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Final

from goobits_engine.languages.rust._insertion import (
    Addition,
    Table,
    appended,
    inserted,
)
from goobits_engine.languages.rust._manifest import Needed, Scalar, value

_BYTE_ORDER_MARK: Final = "\ufeff"


def merged(text: str, needed: Needed) -> str:
    """Return the text of a manifest with what is missing in it.

    Raises:
        ValueError: it cannot be read, with line and column, or not be added to safely.
    """
    mark = _BYTE_ORDER_MARK * text.startswith(_BYTE_ORDER_MARK)
    body = text[len(mark) :]
    ends_in_crlf = "\r\n" in body and "\n" not in body.replace("\r\n", "")
    body = body.replace("\r\n", "\n") if ends_in_crlf else body
    for addition in list(_missing(read(body), needed)):
        body = _added(body, addition)
    return mark + (body.replace("\n", "\r\n") if ends_in_crlf else body)


def read(text: str) -> Table:
    """Return what TOML says.

    Raises:
        ValueError: it is none; line and column are in the message.
    """
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
        place = f"at line {line}, column {column}"
        raise ValueError(str(error).replace("at end of document", place)) from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _missing(document: Table, needed: Needed) -> Iterator[Addition]:
    package = document.get("package", {})
    if not isinstance(package, dict):
        raise ValueError("'package' is not a table")
    if "package" in document:
        _refuse_stray_programs(package, needed)
    else:
        _refuse_other_packages(document)
    yield from _lacking(("package",), package, needed.package)
    yield from _missing_program(document, needed)


def _refuse_other_packages(document: Table) -> None:
    if "workspace" in document:
        raise ValueError(
            "it is a workspace without a package of its own, and one would change what"
            " cargo builds there: build into the folder of a member"
        )
    if "project" in document:
        raise ValueError("what it calls [project] is [package] now")


def _refuse_stray_programs(package: Table, needed: Needed) -> None:
    if needed.is_amid_programs and package.get("autobins") is not False:
        raise ValueError(
            "cargo would take other files of the program for programs of their own:"
            " say 'autobins = false' in [package], or choose another folder for them"
        )


def _refuse_other_entry(program: Table, needed: Needed) -> None:
    path = str(program.get("path", needed.entry))
    if posixpath.normpath(path) != needed.entry:
        raise ValueError(
            f"its [[bin]] '{needed.program}' is made from '{path}', so that our"
            f" '{needed.entry}' would never be compiled: change that path, or set"
            " 'cli_path' in goobits.yaml"
        )


def _missing_program(document: Table, needed: Needed) -> Iterator[Addition]:
    programs = document.get("bin", [])
    if not isinstance(programs, list) or not all(isinstance(p, dict) for p in programs):
        raise ValueError("'bin' is not an array of tables")
    for place, program in enumerate(programs):
        if program.get("name") == needed.program:
            _refuse_other_entry(program, needed)
            yield from _lacking(("bin", place), program, needed.binary)
            return
    yield Addition(("bin", len(programs)), needed.binary)


def _lacking(
    path: tuple[str | int, ...], table: Table, fields: Mapping[str, Scalar]
) -> Iterator[Addition]:
    missing = {key: said for key, said in fields.items() if key not in table}
    if missing:
        yield Addition(path, missing)


def _added(text: str, addition: Addition) -> str:
    wanted = addition.applied(read(text))
    ways = (inserted, appended) if addition.joins_others else (appended, inserted)
    for make in ways:
        made = make(text, addition)
        if _said(made) == wanted and _holds(made, text):
            return made
    lines = ", ".join(f"{key} = {value(said)}" for key, said in addition.fields.items())
    raise ValueError(
        f"{addition.name} has a form that nothing can be added to:"
        f" write {lines} there by hand"
    )


def _said(text: str) -> Table | None:
    try:
        return read(text)
    except ValueError:
        return None


def _holds(text: str, part: str) -> bool:
    """Tell whether a text is another one with insertions."""
    rest = iter(text)
    return all(char in rest for char in part)
