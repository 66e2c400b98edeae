"""Read the keys of a manifest by their rules; report what does not fit and go on."""

from __future__ import annotations

import math
import re
from dataclasses import fields

from goobits_plugin._manifest._document import Document, Value
from goobits_plugin._manifest._positions import Path
from goobits_plugin._manifest._report import START, Report, quote, suggestion
from goobits_plugin._manifest._rules import (
    FIELDS,
    LIMITS,
    PERMISSIONS,
    REQUIRED,
    SIZE,
    Limit,
    Text,
    Texts,
)
from goobits_plugin._manifest._values import (
    CEILING,
    Limits,
    Permissions,
    usual_limits,
)

_TABLES = {"permissions": tuple(PERMISSIONS), "limits": tuple(LIMITS)}
TOP = ("schema", *FIELDS, *_TABLES, "commands")
_UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


class Fields:
    """Reads the values of one document."""

    def __init__(self, document: Document, report: Report) -> None:
        self._document = document
        self._places = document.positions
        self._report = report

    def is_known_schema(self) -> bool:
        """Tell whether the rest is to be read; a missing schema is reported and read as 1."""
        schema = self._document.data.get("schema", 1)
        if schema == 1 and type(schema) is int:
            return True
        message = f"'schema' must be 1, not {found(schema)}"
        help = "this version of goobits knows no other"
        self._report.error("P007", message, self._places.value(("schema",)), help=help)
        return type(schema) is not int

    def check_keys(self) -> None:
        """Report unknown and missing keys, and tables that are none."""
        data = self._document.data
        self._check_known((), TOP)
        for name in REQUIRED:
            if name not in data:
                help = '[commands.NAME] with desc = "…"' if name == "commands" else ""
                message = f"the manifest lacks the key '{name}'"
                self._report.error("P005", message, START, help=help and f"add {help}")
        for name, known in _TABLES.items():
            if isinstance(data.get(name, {}), dict):
                self._check_known((name,), known)
            else:
                self._wrong((name,), "a table", data[name])

    def text(self, name: str) -> str:
        """Return a text at the root, or nothing where there is none or it is wrong."""
        rule = FIELDS[name]
        assert isinstance(rule, Text)
        if name not in self._document.data:
            return ""
        return self._text((name,), self._document.data[name], rule)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts at the root."""
        rule = FIELDS[name]
        assert isinstance(rule, Texts)
        return self._texts((name,), self._document.data.get(name, []), rule)

    def permissions(self) -> Permissions:
        asked = _table(self._document.data.get("permissions"))
        return Permissions(
            **{
                name: self._texts(("permissions", name), asked.get(name, []), rule)
                for name, rule in PERMISSIONS.items()
            }
        )

    def limits(self) -> Limits:
        asked = _table(self._document.data.get("limits"))
        read = {
            field.name: self._limit(field.name, asked[field.name], LIMITS[field.name])
            for field in fields(Limits)
            if field.name in asked
        }
        default = usual_limits(self._document.data.get("language"))
        return Limits(
            memory=int(read.get("memory", default.memory)),
            wall=float(read.get("wall", default.wall)),
            cpu=float(read.get("cpu", default.cpu)),
            processes=int(read.get("processes", default.processes)),
            output=int(read.get("output", default.output)),
            disk=int(read.get("disk", default.disk)),
        )

    def _check_known(self, path: Path, known: tuple[str, ...]) -> None:
        data = self._document.data
        for key in _table(data.get(str(path[0]))) if path else data:
            if key not in known:
                where = f"in [{path[0]}]" if path else "at the top level"
                message = f"unknown key {quote(key)} {where}"
                span = self._places.key((*path, key))
                help = _advice(key, known, at_top=not path)
                self._report.error("P006", message, span, help=help)

    def _wrong(self, path: Path, wanted: str, value: Value) -> None:
        message = f"{_subject(path)} must be {wanted}, not {found(value)}"
        self._report.error("P004", message, self._places.value(path))

    def _text(self, path: Path, value: Value, rule: Text) -> str:
        if not isinstance(value, str):
            self._wrong(path, "a text", value)
            return ""
        fault = _fault(value, rule)
        if not fault:
            return value
        code, message, help = fault
        message = f"{_subject(path)} {message}"
        self._report.error(code, message, self._places.value(path), help=help)
        return ""

    def _texts(self, path: Path, value: Value, rule: Texts) -> tuple[str, ...]:
        if not isinstance(value, list):
            self._wrong(path, "a list", value)
            return ()
        if len(value) > rule.most:
            message = f"{_subject(path)} has more than {rule.most} items"
            self._report.error("P009", message, self._places.key(path))
        read = []
        for index, item in enumerate(value[: rule.most]):
            text = self._text((*path, index), item, rule.item)
            if text and text in read:
                message = f"{_subject(path)} holds {quote(text)} twice"
                self._report.error("P010", message, self._places.value((*path, index)))
            elif text:
                read.append(text)
        return tuple(read)

    def _limit(self, name: str, value: Value, rule: Limit) -> float:
        path, ceiling = ("limits", name), getattr(CEILING, name)
        amount = _amount(value, rule)
        wanted = _AMOUNTS[rule.kind]
        if amount is None:
            self._wrong(path, wanted, value)
        elif not 0 < amount <= ceiling:
            span = self._places.value(path)
            message = f"{_subject(path)} must be above 0"
            if amount > 0:
                message = f"{_subject(path)} is above the host's ceiling"
            help = f"at most {_shown(ceiling, rule)}"
            self._report.error("P013", message, span, help=help)
        else:
            return amount
        return float(ceiling)


def found(value: Value) -> str:
    """Say what a value is, for messages."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return (
            f"the number {str(value)[:40]}"
            if not abs(value) >= 1e40
            else "a huge number"
        )
    if isinstance(value, str):
        return f"the text {quote(value)}"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"


def _table(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _subject(path: Path) -> str:
    *outer, last = path
    if isinstance(last, int):
        return f"item {last + 1} of {_subject(tuple(outer))}"
    return f"'{last}' in [{outer[0]}]" if outer else f"'{last}'"


def _advice(key: str, known: tuple[str, ...], *, at_top: bool) -> str:
    """Return how to mend an unknown key: another spelling, or another place."""
    for table, keys in _TABLES.items():
        if at_top and key in keys:
            return f"it belongs below [{table}]"
    if not at_top and key in TOP:
        return "it belongs at the top, before the first table"
    return suggestion(key, known)


def _fault(text: str, rule: Text) -> tuple[str, str, str] | None:
    """Return the code, message and help of what is wrong with a text."""
    if rule.words:
        if text in rule.words:
            return None
        meant = suggestion(text, rule.words)
        help = f"{meant} choose from {', '.join(rule.words)}".lstrip()
        return "P007", f"cannot be {quote(text)}", help
    if len(text) > rule.longest:
        return "P009", f"is longer than {rule.longest} characters", ""
    why = rule.fault(text) if rule.fault else ""
    if why:
        return rule.code, f"cannot be {quote(text)}: it {why}", ""
    if re.fullmatch(rule.pattern, text):
        return None
    return rule.code, f"cannot be {quote(text)}", f"it must be {rule.wants}"


_AMOUNTS = {
    "bytes": "a size such as '64 MiB' or a whole number of bytes",
    "seconds": "a number of seconds",
    "number": "a whole number",
}


def _amount(value: Value, rule: Limit) -> float | None:
    """Return the number that a limit says, or None where it says none."""
    if rule.kind == "bytes" and isinstance(value, str) and re.fullmatch(SIZE, value):
        number, unit = value[:-3].rstrip(), value[-3:]
        return int(number) * _UNITS[unit]
    if isinstance(value, int) and not isinstance(value, bool):
        return min(value, 1 << 62)
    if rule.kind == "seconds" and isinstance(value, float) and not math.isnan(value):
        return value
    return None


def _shown(amount: float, rule: Limit) -> str:
    if rule.kind == "bytes":
        return f"{int(amount) >> 20} MiB"
    return f"{amount:g} seconds" if rule.kind == "seconds" else str(amount)
