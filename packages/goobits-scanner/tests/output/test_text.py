"""Tests of reports as text."""

from __future__ import annotations

from collections.abc import Callable

from goobits_scanner._diff import difference
from goobits_scanner._finding import Axis, Capability, Finding, Report, Severity
from goobits_scanner._output._text import TextWriter

WHOLE = """\
src/plugin.py:12: high: Runs what a request says
  exec-input (exec, high confidence, CWE-78)
    os.system(request.body)
  Why: Whoever can send a request can run
       commands.
  Fix: Pass a list of fixed words.

setup.py: low: Runs what a request says
  exec-input (exec, high confidence, CWE-78)
    os.system(request.body)
  Why: Whoever can send a request can run
       commands.
  Fix: Pass a list of fixed words.

Can: run         src/plugin.py:12

Not scanned: big.bin

Level: high (1 high, 0 medium, 1 low, 1 info; 1 not shown) in 3 files, 120 lines
"""
UPDATE = """\
a.py:1: medium: The new version gained a capability: network
  capability-gained (permissions, medium confidence)
    connect()
  Why: A takeover of a package shows first as an update that can do what no version before could.
  Fix: Read the place and the list of changes; keep the old version until it is explained.

Gained: network     a.py:1

Lost: run         src/plugin.py:12

Gone: Runs what a request says (src/plugin.py:12)

Whole package: high before, safe now
Level of what is new: medium (0 high, 1 medium, 0 low, 0 info)
"""


def test_a_report_is_shown_whole(
    finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """What people read is fixed to the letter: worst file first, the level last."""
    low = finding(severity=Severity.LOW, file="setup.py", line=0, end_line=0)
    found = (finding(), low, finding(severity=Severity.INFO))
    shown = TextWriter(width=46).reports(
        [report(*found, unscanned=("big.bin",))], Severity.LOW
    )
    assert shown == WHOLE


def test_an_update_is_shown_whole(
    finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """What an update gained comes first, what is gone after it, the risk last."""
    gained = (Capability("network", "a.py", 1, "connect()"),)
    found = difference(report(finding()), report(capabilities=gained))
    assert TextWriter(width=100).difference(found, Severity.LOW) == UPDATE


def test_no_text_of_scanned_code_reaches_the_terminal(
    finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """A clear-screen in a name or in evidence would hide the finding."""
    evil = "\x1b[2J\x1b]0;x\x07\r\u202e\u200b\n"
    texts = dict.fromkeys(("rule", "file", "evidence", "what", "why", "fix"), evil)
    hostile = report(
        finding(**texts),
        path=evil,
        capabilities=(Capability("run", evil, 1, evil),),
        unscanned=(evil,),
    )
    for colour in (True, False):
        writer = TextWriter(colour=colour)
        shown = writer.reports([hostile, hostile], Severity.INFO)
        shown += writer.difference(difference(report(), hostile), Severity.INFO)
        shown += writer.difference(difference(hostile, report()), Severity.INFO)
        for code in ("0m", "1m", "33m", "1;31m", "1;32m", "1;33m"):
            shown = shown.replace(f"\x1b[{code}", "")
        assert shown.replace("\n", "").isprintable()


def test_colours_are_there_only_where_they_are_wanted(
    finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """A log file with escapes is hard to read."""
    plain = TextWriter().reports([report(finding())], Severity.INFO)
    assert "\x1b" not in plain
    coloured = TextWriter(colour=True).reports([report(finding())], Severity.INFO)
    assert "\x1b[1;31mhigh\x1b[0m" in coloured


def test_the_last_line_says_the_worst_of_several(
    finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """Whoever reads only the end must see the worst package."""
    weak = report(finding(axis=Axis.VULNERABILITY), path="weak")
    shown = TextWriter().reports([report(path="fine"), weak], Severity.INFO)
    assert shown.endswith("Level: medium, the worst of 2\n")
    assert shown.startswith("fine\n")
