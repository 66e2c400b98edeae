"""OSV records: what is kept of one, which versions it affects, how severe it is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from goobits_scanner._finding import Severity

Event = tuple[str, str]
"""The kind of an event (introduced, fixed, last_affected, limit) and its version."""

_WORDS = {
    "NONE": Severity.INFO,
    "LOW": Severity.LOW,
    "MODERATE": Severity.MEDIUM,
    "MEDIUM": Severity.MEDIUM,
    "HIGH": Severity.HIGH,
    "CRITICAL": Severity.HIGH,
}
_KINDS = ("introduced", "fixed", "last_affected", "limit")


class Record(NamedTuple):
    """What is kept of a record for one package."""

    id: str
    aliases: tuple[str, ...]
    summary: str
    severity: int
    is_malicious: bool
    ranges: tuple[tuple[Event, ...], ...]
    versions: tuple[str, ...]
    fixed: tuple[str, ...]


def records_of(data: object, ecosystem: str) -> Iterator[tuple[str, Record]]:
    """Yield the packages of an ecosystem that a record is about; withdrawn ones are about none.

    Raises:
        ValueError: it is no OSV record. (So may be TypeError, KeyError, AttributeError.)
    """
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        raise ValueError("no record")
    if data.get("withdrawn"):
        return
    affected = data.get("affected", [])
    if not isinstance(affected, list):
        raise ValueError("no list of packages")
    for entry in affected:
        package = entry.get("package") or {}
        if package.get("ecosystem", "").partition(":")[0] != ecosystem:
            continue
        name = package["name"]
        if not isinstance(name, str):
            raise ValueError("a package without a name")
        if ecosystem == "PyPI":
            name = re.sub(r"[-_.]+", "-", name).lower()
        yield name, _record(data, entry)


def _record(data: dict[str, object], entry: dict[str, object]) -> Record:
    ranges = tuple(
        tuple(_events(item["events"]))
        for item in _list(entry.get("ranges"))
        if isinstance(item, dict) and item.get("type") in ("SEMVER", "ECOSYSTEM")
    )
    record_id = str(data["id"])
    aliases = tuple(str(alias) for alias in _list(data.get("aliases")))
    is_malicious = any(name.startswith("MAL-") for name in (record_id, *aliases))
    return Record(
        record_id,
        aliases,
        str(data.get("summary") or "").strip()[:200],
        Severity.HIGH if is_malicious else severity_of(data, entry),
        is_malicious,
        ranges,
        tuple(str(version) for version in _list(entry.get("versions"))),
        tuple(
            dict.fromkeys(
                v for events in ranges for kind, v in events if kind == "fixed"
            )
        ),
    )


def _list(value: object) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _events(events: list[dict[str, object]]) -> Iterator[Event]:
    for event in events:
        for kind in _KINDS:
            if kind in event:
                version = event[kind]
                if not isinstance(version, str):
                    raise ValueError("a version that is no text")
                yield kind, version


def affects(record: Record, ecosystem: str, version: str) -> bool:
    """Return whether a record is about a version: as OSV's schema says that it is evaluated."""
    if version in record.versions:
        return True
    order = _pep440 if ecosystem == "pypi" else semver_key
    key = order(version)
    if key is None:
        return False
    if ecosystem == "pypi" and any(order(listed) == key for listed in record.versions):
        return True
    return any(_is_within(key, events, order) for events in record.ranges)


_Key = tuple[object, ...]


def _is_within(
    key: _Key, events: tuple[Event, ...], order: Callable[[str], _Key | None]
) -> bool:
    """Walk the events in the order of their versions; bounds that are none never end a range."""
    limits = [
        order(version) for kind, version in events if kind == "limit" and version != "*"
    ]
    if limits and not any(limit is None or _less(key, limit) for limit in limits):
        return False
    is_affected = False
    placed = [
        (() if version == "0" else order(version), kind, version)
        for kind, version in events
        if kind != "limit"
    ]
    known = [(bound, kind) for bound, kind, _ in placed if bound is not None]
    known.sort(key=lambda item: _Sorted(item[0]))
    if any(bound is None and kind == "introduced" for bound, kind, _ in placed):
        is_affected = True
    for bound, kind in known:
        if kind == "introduced" and not _less(key, bound):
            is_affected = True
        elif (kind == "fixed" and not _less(key, bound)) or (
            kind == "last_affected" and _less(bound, key)
        ):
            is_affected = False
    return is_affected


def _less(one: _Key, other: _Key) -> bool:
    return bool(one < other)


class _Sorted:
    """A sort key of versions."""

    __slots__ = ("_key",)

    def __init__(self, key: _Key) -> None:
        self._key = key

    def __lt__(self, other: _Sorted) -> bool:
        return _less(self._key, other._key)


def _pep440(version: str) -> _Key | None:
    from packaging.version import InvalidVersion, Version

    try:
        return (Version(version),)
    except InvalidVersion:
        return None


_SEMVER = re.compile(
    r"[v=\s]*(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+.*)?\s*"
)


def semver_key(version: str) -> _Key | None:
    """Return what semantic versions sort by, or None for what is none.

    A version without a pre-release comes after those with one; numbers come before words.
    """
    match = _SEMVER.fullmatch(version)
    if match is None or len(version) > 256:
        return None
    numbers = tuple(int(part or 0) for part in match.group(1, 2, 3))
    if match[4] is None:
        return (*numbers, 1, ())
    parts = tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in match[4].split(".")
    )
    return (*numbers, 0, parts)


def severity_of(data: dict[str, object], entry: dict[str, object]) -> Severity:
    """Return how severe a record is: by its CVSS 3 vector, else by its database's word."""
    specific = entry.get("database_specific")
    if isinstance(specific, dict) and specific.get("informational"):
        return Severity.INFO
    scores = [
        score
        for item in (*_list(entry.get("severity")), *_list(data.get("severity")))
        if isinstance(item, dict)
        and (score := cvss_score(str(item.get("score")))) is not None
    ]
    if scores:
        return _severity(max(scores))
    for holder in (specific, data.get("database_specific")):
        word = holder.get("severity") if isinstance(holder, dict) else None
        if isinstance(word, str) and word.upper() in _WORDS:
            return _WORDS[word.upper()]
    return Severity.MEDIUM


def _severity(score: float) -> Severity:
    if score >= 7:
        return Severity.HIGH
    if score >= 4:
        return Severity.MEDIUM
    return Severity.LOW if score > 0 else Severity.INFO


_IMPACT = {"H": 0.56, "L": 0.22, "N": 0.0}
_VECTOR = {"N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2}
_COMPLEXITY = {"L": 0.77, "H": 0.44}
_RIGHTS = {"N": 0.85, "L": 0.62, "H": 0.27}
_RIGHTS_CHANGED = {"N": 0.85, "L": 0.68, "H": 0.5}
_INTERACTION = {"N": 0.85, "R": 0.62}


def cvss_score(vector: str) -> float | None:
    """Return the base score of a CVSS 3 vector (FIRST's specification, 7.1), or None."""
    if not vector.startswith(("CVSS:3.0/", "CVSS:3.1/")):
        return None
    metrics = dict(part.partition(":")[::2] for part in vector.split("/")[1:])
    try:
        is_changed = {"U": False, "C": True}[metrics["S"]]
        rights = (_RIGHTS_CHANGED if is_changed else _RIGHTS)[metrics["PR"]]
        safe = math.prod(1 - _IMPACT[metrics[key]] for key in "CIA")
        ease = 8.22 * _VECTOR[metrics["AV"]] * _COMPLEXITY[metrics["AC"]]
        ease *= rights * _INTERACTION[metrics["UI"]]
    except KeyError:
        return None
    base = 1 - safe
    impact = (
        7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15
        if is_changed
        else 6.42 * base
    )
    if impact <= 0:
        return 0.0
    return _rounded_up(min(10.0, (1.08 if is_changed else 1.0) * (impact + ease)))


def _rounded_up(score: float) -> float:
    """Round up to one decimal, as the specification's appendix A does it in whole numbers."""
    whole = round(score * 100_000)
    return whole / 100_000 if whole % 10_000 == 0 else (whole // 10_000 + 1) / 10
