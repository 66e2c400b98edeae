"""Install every program, check that they are the same, measure them, print the table.

A tool that is missing is named, and what needs it left out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from rivals import _node, _python, _rust
from rivals._cases import check
from rivals._installed import Group, MissingToolError
from rivals._measured import markdown, measure

GROUPS = {"python": _python.group, "node": _node.group, "rust": _rust.group}


def main() -> None:
    parser = argparse.ArgumentParser(prog="hatch run rivals", description=__doc__)
    parser.add_argument("--pairs", type=int, default=41, help="how often all is run")
    parser.add_argument("--only", choices=GROUPS, help="the programs of one runtime")
    options = parser.parse_args()
    names = [options.only] if options.only else list(GROUPS)
    groups: list[Group] = []
    missing: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            try:
                groups.append(_prepared(name, Path(folder) / name))
            except MissingToolError as error:
                missing.append(f"{name} ({error})")
        if not groups:
            parser.exit(1, f"Nothing to measure: {', '.join(missing)}.\n")
        measured = [measure(group, options.pairs) for group in groups]
    sys.stdout.write(markdown(measured, missing, options.pairs))


def _prepared(name: str, folder: Path) -> Group:
    """Install the programs of a runtime, and check every one."""
    _say(f"installing the programs for {name}")
    folder.mkdir()
    group = GROUPS[name](folder)
    for program in group.programs:
        _say(f"checking {program.name}")
        check(program)
    return group


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    main()
