"""Recall and precision of the scanner over its corpora of paired samples.

A file `corpus/<half>/<language>/<category>.<ext>` holds many samples. Each begins with a line
`#: bad NAME`, `#: good NAME` or the same after `//:`, with `as FILE` where the file's name matters;
every bad sample has a good look-alike of the same name. A line that ends in `#!` or `//!` is one
that a finding should point to. Two more notations keep the corpora free of what other scanners
and editors trip over: `<|>` is taken out (it splits made-up secrets), `<|202E|>` stands for that
code point and `<|20*300|>` for 300 of them.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from goobits_scanner import Level, PluginSecurityScanner, Severity

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
CONTROLS = {"benign", "controls"}  # nothing of any category is right for these
# Samples of these attack whoever installs them, so the level of the whole should say so.
MALICE = set(
    "backdoor dependencies download exfiltration install native obfuscation persistence "
    "propagation theft trojan".split()
)
# What else may be said of a sample of a category and still be right.
SIBLINGS = {
    "backdoor": {"exec", "download", "obfuscation"},
    "download": {"install", "exec", "backdoor"},
    "exfiltration": {"theft", "install"},
    "files": {"paths"},
    "install": {"download", "exfiltration", "backdoor", "exec"},
    "markup": {"exec", "web"},
    "native": {"unsafe", "download", "obfuscation"},
    "obfuscation": {"backdoor", "exec", "download"},
    "paths": {"files"},
    "persistence": {"backdoor"},
    "propagation": {"exfiltration", "theft"},
    "theft": {"exfiltration"},
    "trojan": {"obfuscation"},
    "unsafe": {"native"},
    "web": {"crypto", "secrets", "markup"},
}
_DIRECTIVE = re.compile(r"(?:#|//): (bad|good) (\S+)(?: as (\S+))?$")
_MARK = re.compile(r"[ \t]*(?:#|//)!$")
_NOTATION = re.compile(r"<\|(?:([0-9A-F]+)(?:\*(\d+))?\|)?>")


class Sample(NamedTuple):
    """One file to scan, and what is true of it; `lines` are those a finding should name."""

    language: str
    category: str
    name: str
    is_bad: bool
    file_name: str
    text: str
    lines: tuple[int, ...]


class Outcome(NamedTuple):
    """What a scan said of a sample.

    `is_found`: a finding of its category or a sibling, low or above; `is_placed`: one of them
    on a marked line; `is_alarmed`: any finding, medium or above; `is_levelled`: the report's level
    is medium or above; `is_unscanned`: not all of it could be scanned, so the rest means little.
    """

    sample: Sample
    is_found: bool
    is_placed: bool
    is_alarmed: bool
    is_levelled: bool
    is_unscanned: bool


class Tally(NamedTuple):
    """How many bad samples and look-alikes there are, and of how many something is said."""

    positives: int
    found: int
    lookalikes: int
    flagged: int

    @property
    def recall(self) -> float:
        return self.found / self.positives if self.positives else 1.0

    @property
    def precision(self) -> float:
        said = self.found + self.flagged
        return self.found / said if said else 1.0


def samples(root: Path) -> Iterator[Sample]:
    """Yield the samples below a half of the corpora (`corpus/open`), in the order of files."""
    for path in sorted(root.glob("*/*.*")):
        start: re.Match[str] | None = None
        body: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            found = _DIRECTIVE.match(line)
            if found is None:
                body.append(line)
                continue
            if start is not None:
                yield _sample(path, start, body)
            start, body = found, []
        if start is not None:
            yield _sample(path, start, body)


def _sample(path: Path, start: re.Match[str], body: list[str]) -> Sample:
    while body and not body[-1].strip():
        body.pop()
    return Sample(
        language=path.parent.name,
        category=path.stem,
        name=start[2],
        is_bad=start[1] == "bad",
        file_name=start[3] or start[2] + path.suffix,
        text=_NOTATION.sub(
            _written_out, "\n".join(_MARK.sub("", line) for line in body)
        )
        + "\n",
        lines=tuple(at for at, line in enumerate(body, 1) if _MARK.search(line)),
    )


def _written_out(notation: re.Match[str]) -> str:
    return chr(int(notation[1], 16)) * int(notation[2] or 1) if notation[1] else ""


def outcomes(chosen: Iterable[Sample]) -> Iterator[Outcome]:
    """Scan each sample in a folder of its own."""
    scanner = PluginSecurityScanner()
    with tempfile.TemporaryDirectory() as folder:
        for number, sample in enumerate(chosen):
            place = Path(folder, str(number), sample.file_name)
            place.parent.mkdir(parents=True)
            place.write_text(sample.text, encoding="utf-8", newline="\n")
            yield _outcome(sample, scanner, Path(folder, str(number)))


def _outcome(sample: Sample, scanner: PluginSecurityScanner, folder: Path) -> Outcome:
    report = scanner.scan(folder)
    is_alarmed = any(each.severity >= Severity.MEDIUM for each in report.findings)
    allowed = {sample.category} | SIBLINGS.get(sample.category, set())
    own = [
        each
        for each in report.findings
        if each.category in allowed and each.severity >= Severity.LOW
    ]
    is_control = sample.category in CONTROLS
    return Outcome(
        sample,
        is_found=is_alarmed if is_control else bool(own),
        is_placed=any(
            each.line <= line <= max(each.line, each.end_line)
            for each in own
            for line in sample.lines
        ),
        is_alarmed=is_alarmed,
        is_levelled=report.level >= Level.MEDIUM,
        is_unscanned=bool(report.unscanned),
    )


def tally(of: Iterable[Outcome], said: Callable[[Outcome], bool]) -> Tally:
    """Count by what `said` holds of an outcome."""
    counts = [0, 0, 0, 0]
    for each in of:
        kind = 0 if each.sample.is_bad else 2
        counts[kind] += 1
        counts[kind + 1] += said(each)
    return Tally(*counts)


def by_own_category(outcome: Outcome) -> bool:
    """Say whether the sample's own category (or a sibling) was found in it."""
    return outcome.is_found


HEADING = f"{'':28}{'bad':>6}{'found':>7}{'good':>6}{'flagged':>9}{'recall':>8}{'precision':>11}\n"


def rendered(title: str, counts: Tally) -> str:
    """Return one line of a table."""
    return (
        f"{title:28}{counts.positives:6}{counts.found:7}{counts.lookalikes:6}"
        f"{counts.flagged:9}{counts.recall:8.1%}{counts.precision:11.1%}\n"
    )


def table(of: list[Outcome]) -> str:
    """Return recall and precision by language and category, then the totals."""
    lines = [HEADING]
    for language in sorted({each.sample.language for each in of}):
        inside = [each for each in of if each.sample.language == language]
        for category in sorted({each.sample.category for each in inside}):
            part = [each for each in inside if each.sample.category == category]
            lines.append(
                rendered(f"{language} {category}", tally(part, by_own_category))
            )
        lines.append(rendered(f"{language} (all)", tally(inside, by_own_category)))
    lines.append(rendered("all", tally(of, by_own_category)))
    marked = [each for each in of if each.sample.lines]
    lines.append("\nAnother measure of the same:\n" + HEADING)
    lines.append(
        rendered("on a marked line", tally(marked, lambda each: each.is_placed))
    )
    lines.append(
        rendered("any category, medium up", tally(of, lambda each: each.is_alarmed))
    )
    lines.append(
        rendered("level medium or high", tally(of, lambda each: each.is_levelled))
    )
    hostile = [each for each in of if each.sample.category in MALICE | CONTROLS]
    lines.append(
        rendered("the same, malice only", tally(hostile, lambda each: each.is_levelled))
    )
    unscanned = sum(each.is_unscanned for each in of)
    lines.append(f"\nnot scanned whole: {unscanned}\n" if unscanned else "")
    return "".join(lines)


def misses(of: Iterable[Outcome]) -> str:
    """Return the samples that the scanner is wrong about, one a line."""
    wrong = [each.sample for each in of if each.is_found != each.sample.is_bad]
    return "".join(
        f"{'missed' if each.is_bad else 'flagged':8}"
        f"{each.language}/{each.category} {each.name}\n"
        for each in wrong
    )


def main(arguments: list[str]) -> int:
    """Print the table for what the arguments choose."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sealed", action="store_true", help="read the sealed half")
    parser.add_argument("--category", help="only this category")
    parser.add_argument("--language", help="only this language")
    parser.add_argument("--misses", action="store_true", help="name the wrong ones")
    options = parser.parse_args(arguments)
    chosen = [
        sample
        for sample in samples(CORPUS / ("sealed" if options.sealed else "open"))
        if options.category in (None, sample.category)
        and options.language in (None, sample.language)
    ]
    if not chosen:
        parser.error("there are no such samples")
    done = list(outcomes(chosen))
    sys.stdout.write(table(done) + ("\n" + misses(done) if options.misses else ""))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
