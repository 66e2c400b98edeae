"""Compare the benchmarks of the working tree with those of another commit.

Both are installed, and run in turn in one job, so that what disturbs the machine disturbs
both. The benchmarks are those of the working tree. Exit codes: 0 nothing became slower,
1 something did or does not work, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from errors import CompareError, UsageError
from goobits_monitor import Comparison, GoobitsMonitorError
from goobits_monitor._cli import _json
from measuring import commands, functions, left_out, name_of
from revisions import base_of, repository
from rows import Row, table
from sides import Plan, Side
from workspace import workspace

LEAST_PAIRS = 7
NOTE = """\
{pairs} pairs, base being {base}. Commands: CPU time of the whole process; functions: time by
the clock. Slower: the lower bound of the change is above +2 %. Each bound holds with 99 %."""


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = _options()
    try:
        return _compare(options)
    except UsageError as error:
        _say(str(error))
        return 2
    except (CompareError, GoobitsMonitorError) as error:
        _say(str(error))
        return 1
    except KeyboardInterrupt:
        _say("interrupted")
        return 130


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="hatch run compare", description=__doc__)
    text = "the commit to compare with, by default where the branch left main"
    parser.add_argument("revision", metavar="REF", nargs="?", help=text)
    text = f"how often to measure both, at least {LEAST_PAIRS} (default: 20)"
    parser.add_argument("--pairs", type=_pairs, default=20, help=text)
    text = "only the benchmarks that pytest would choose by this"
    parser.add_argument("-k", dest="expression", metavar="EXPR", help=text)
    text = "keep all that was measured there, as JSON"
    parser.add_argument("--output", type=Path, metavar="DIR", help=text)
    return parser.parse_args()


def _pairs(text: str) -> int:
    if not text.isdecimal() or int(text) < LEAST_PAIRS:
        message = f"{text} pairs: fewer than {LEAST_PAIRS} show nothing with 99 %"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _compare(options: argparse.Namespace) -> int:
    root = repository()
    base = base_of(root, options.revision)
    _say(f"the working tree against {base}")
    output = _made(options.output)
    with workspace(root, base.commit) as folder:
        sides = (
            Side("base", root, folder / "base"),
            Side("head", root, folder / "head"),
        )
        plans = _prepared(sides, options.expression)
        rows, found = _measured(sides, plans, options.pairs, output or folder)
    note = NOTE.format(pairs=options.pairs, base=base)
    _report(rows, plans[1], note, found, output)
    return 1 if any(row.worse for row in rows) else 0


def _made(output: Path | None) -> Path | None:
    if output is not None:
        output = output.resolve()
        output.mkdir(parents=True, exist_ok=True)
    return output


def _prepared(sides: tuple[Side, Side], expression: str | None) -> tuple[Plan, Plan]:
    """Install both, and build what they measure."""
    plans = []
    for side in sides:
        began = time.monotonic()
        side.install()
        installed = time.monotonic()
        plans.append(side.plan(expression))
        times = (installed - began, time.monotonic() - installed)
        _say(f"{side.name}: installed in {times[0]:.0f} s, built in {times[1]:.0f} s")
    base, head = plans
    return base, head


def _measured(
    sides: tuple[Side, Side], plans: tuple[Plan, Plan], pairs: int, folder: Path
) -> tuple[list[Row], list[tuple[str, Comparison]]]:
    rows: list[Row] = []
    found: list[tuple[str, Comparison]] = []
    for row, comparison in commands(*plans, pairs, folder, _say):
        rows.append(row)
        if comparison is not None:
            found.append((row.name, comparison))
    base, head = plans
    names = sorted(base.functions & head.functions)
    if names:
        results = folder / "functions"
        results.mkdir(exist_ok=True)
        rows += functions(sides, names, pairs, results, _say)
    return [*rows, *left_out(base, head)], found


def _report(
    rows: Sequence[Row],
    head: Plan,
    note: str,
    found: list[tuple[str, Comparison]],
    output: Path | None,
) -> None:
    for row in rows:
        if row.reason:
            _say(f"{row.name} fails:\n{row.reason}\n")
    notes = [note, *(f"Skipped: {name_of(*one)}." for one in head.skipped.items())]
    text = "\n\n".join([table(rows), *notes]) + "\n"
    sys.stdout.write(text)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(f"## Benchmarks\n\n{text}")
    if output is not None:
        (output / "summary.md").write_text(text, encoding="utf-8")
        (output / "commands.json").write_text(_as_json(found), encoding="utf-8")


def _as_json(found: Sequence[tuple[str, Comparison]]) -> str:
    """Return what `goobits-monitor compare --json` writes, with the names of benchmarks."""
    data = json.loads(_json.dump(_json.comparisons([one for _, one in found])))
    for (name, _), one in zip(found, data["comparisons"], strict=True):
        one["benchmark"] = name
    return json.dumps(data, indent=2)


def _say(text: str) -> None:
    sys.stderr.write(f"compare: {text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
