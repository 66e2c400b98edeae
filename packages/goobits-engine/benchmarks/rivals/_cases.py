"""Command lines, and the values that every program must give its command for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from rivals._installed import Installed, output_of

COMMANDS = ("save", "restore", "list", "check", "prune", "remote")

# What is measured: a command with arguments, and with options of several kinds.
DISPATCH = (
    *("save", "photos", "one.jpg", "two.jpg"),
    *("--message", "Before the trip", "-t", "raw", "-t", "sea", "--level", "9"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A command line, and the values that it gives."""

    words: tuple[str, ...]
    values: Mapping[str, object]
    environment: Mapping[str, str] = field(default_factory=dict)


class DifferenceError(AssertionError):
    """A program gave its command other values than the case says."""


_SAVE: Mapping[str, object] = {
    "command_name": "save",
    "folder": "photos",
    "files": [],
    "message": None,
    "tag": [],
    "format": "tar",
    "level": 6,
    "dry_run": False,
}
_RESTORE: Mapping[str, object] = {
    "command_name": "restore",
    "name": "photos",
    "target": ".",
    "at": "v1",
    "jobs": 2,
    "share": 0.5,
    "overwrite": False,
}
CASES = (
    Case(
        DISPATCH,
        {
            **_SAVE,
            "files": ["one.jpg", "two.jpg"],
            "message": "Before the trip",
            "tag": ["raw", "sea"],
            "level": 9,
        },
    ),
    Case(("save", "photos"), _SAVE),
    Case(("save", "-nf", "zip", "photos"), {**_SAVE, "format": "zip", "dry_run": True}),
    Case(("restore", "photos", "--at=v1"), _RESTORE),
    Case(
        ("restore", "photos", "/srv", "-a", "v2", "-s", "0.25", "--overwrite"),
        {
            **_RESTORE,
            "target": "/srv",
            "at": "v2",
            "jobs": 8,
            "share": 0.25,
            "overwrite": True,
        },
        {"DEPOT_JOBS": "8"},
    ),
    Case(
        ("restore", "photos", "-a", "v1", "-j", "4"),
        {**_RESTORE, "jobs": 4},
        {"DEPOT_JOBS": "8"},
    ),
    Case(
        ("list",),
        {"command_name": "list", "sort": "name", "limit": None, "json": False},
    ),
    Case(
        ("list", "--sort", "age", "-n", "5", "--json"),
        {"command_name": "list", "sort": "age", "limit": 5, "json": True},
    ),
    Case(("check",), {"command_name": "check", "names": [], "deep": 0, "sample": 0.1}),
    Case(
        ("check", "-dd", "photos", "letters", "--deep"),
        {
            "command_name": "check",
            "names": ["photos", "letters"],
            "deep": 3,
            "sample": 0.1,
        },
    ),
    Case(
        ("prune", "photos", "--keep", "3", "--tag", "raw"),
        {
            "command_name": "prune",
            "name": "photos",
            "keep": 3,
            "tag": ["raw"],
            "dry_run": False,
        },
    ),
    Case(
        ("remote", "add", "attic", "host:/srv", "-k", "http", "--timeout", "2.5"),
        {
            "command_name": "remote add",
            "name": "attic",
            "url": "host:/srv",
            "kind": "http",
            "timeout": 2.5,
            "retries": 3,
        },
    ),
    Case(("remote", "list"), {"command_name": "remote list", "json": False}),
    Case(
        ("remote", "remove", "attic", "--force"),
        {"command_name": "remote remove", "name": "attic", "force": True},
    ),
)


def check(program: Installed) -> None:
    """Run every case.

    Raises:
        DifferenceError: a value is another one, or the help leaves a command out.
    """
    for case in CASES:
        shown = output_of(program, case.words, {**case.environment, "SHOW_VALUES": "1"})
        got, wanted = _normal(json.loads(shown)), _normal(case.values)
        if got != wanted:
            words = " ".join(case.words)
            raise DifferenceError(f"{program.name}, {words}:\n  {got}\nnot\n  {wanted}")
    page = output_of(program, ("--help",), {})
    missing = [name for name in COMMANDS if name not in page]
    if missing:
        raise DifferenceError(f"{program.name}: --help leaves out {missing}")


def _normal(values: Mapping[str, object]) -> str:
    """Return values as one text: keys as in no language, numbers as in JavaScript.

    Only ours has a `verbose`.
    """
    plain = {
        key.replace("_", "").lower(): float(value) if type(value) is int else value
        for key, value in values.items()
        if key != "verbose"
    }
    return json.dumps(plain, sort_keys=True)
