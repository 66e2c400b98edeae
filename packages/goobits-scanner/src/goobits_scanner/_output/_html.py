"""Reports as one page that needs nothing from elsewhere.

No script is in it and its policy lets none run: filters are check boxes and style. Whatever
comes from scanned code is made printable and escaped, and stands between tags alone, never in
an attribute.
"""

from __future__ import annotations

from html import escape

from goobits_scanner._output._printable import printable
from goobits_scanner._output._shown import (
    SEVERITIES,
    amount,
    at_least,
    counts,
    place,
    tally,
    worst,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from goobits_scanner._diff import Difference
    from goobits_scanner._finding import Capability, Finding, Report, Severity

_STYLE = """
:root { color-scheme: light dark; --high: #b3261e; --medium: #9a5b00; --low: #1f6f8b;
  --info: #5f6368; --safe: #2e7d32; --edge: #8884; --code: #8881 }
@media (prefers-color-scheme: dark) { :root { --high: #ff8a80; --medium: #ffb74d;
  --low: #80cbe8; --info: #b0b4b8; --safe: #81c784 } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; overflow-wrap: anywhere }
h3 { font-size: 1rem; margin: 0 } p { margin: .4rem 0 }
article { border: 1px solid var(--edge); border-left: 5px solid; border-radius: 4px;
  padding: .7rem 1rem; margin: 1rem 0; break-inside: avoid }
pre { background: var(--code); padding: .5rem; margin: .5rem 0; white-space: pre-wrap;
  overflow-wrap: anywhere }
code { overflow-wrap: anywhere } table { border-collapse: collapse }
th, td { text-align: left; padding: .2rem 1.5rem .2rem 0; vertical-align: top }
.mark { font-weight: bold } article.high { border-left-color: var(--high) }
article.medium { border-left-color: var(--medium) }
article.low { border-left-color: var(--low) } article.info { border-left-color: var(--info) }
.high > h3 .mark, .mark.high { color: var(--high) }
.medium > h3 .mark, .mark.medium { color: var(--medium) }
.low > h3 .mark, .mark.low { color: var(--low) }
.info > h3 .mark, .mark.info { color: var(--info) } .mark.safe { color: var(--safe) }
.filter { margin-left: 1rem }
#high:not(:checked) ~ main article.high, #medium:not(:checked) ~ main article.medium,
#low:not(:checked) ~ main article.low, #info:not(:checked) ~ main article.info
  { display: none }
@media print { body { max-width: none; margin: 0 } .filter, .filter + label { display: none } }
"""
_HEAD = f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Security report</title>
<style>{_STYLE}</style>
</head>
<body>
"""


def reports_as_html(reports: Sequence[Report], least: Severity) -> str:
    """Return a page with a section for each report, in ASCII."""
    every = [finding for report in reports for finding in report.findings]
    lines = [_HEAD, f"<h1>Security report: {_level(worst(reports).name)}</h1>"]
    lines += _filters(at_least(every, least))
    lines.append("<main>")
    for report in reports:
        size = f"{amount(report.files, 'file')}, {amount(report.lines, 'line')}"
        lines.append(f"<section>\n<h2>{_text(report.path)}</h2>")
        lines.append(
            f"<p>Level {_level(report.level.name)} "
            f"({tally(report.findings, least)}) in {size}</p>"
        )
        lines += _capabilities("What it can do", report.capabilities)
        lines += _unscanned(report.unscanned)
        lines += _findings(at_least(report.findings, least))
        lines.append("</section>")
    return _page(lines)


def difference_as_html(found: Difference, least: Severity) -> str:
    """Return a page that says what an update gained, in ASCII."""
    shown = at_least(found.new, least)
    lines = [_HEAD, f"<h1>What the update gained: {_level(found.level.name)}</h1>"]
    lines += _filters(shown)
    lines.append("<main>")
    for name, report in (("Old", found.old), ("New", found.current)):
        level = _level(report.level.name)
        lines.append(f"<p>{name}: <code>{_text(report.path)}</code>, level {level}</p>")
    lines.append(f"<p>New findings: {tally(found.new, least)}</p>")
    lines += _capabilities("What it gained", found.gained)
    lines += _capabilities("What it lost", found.lost)
    lines += _unscanned(found.current.unscanned)
    lines += _findings(shown)
    gone = at_least(found.gone, least)
    if gone:
        lines.append("<h2>What is gone</h2>")
        lines += _findings(gone)
    return _page(lines)


def _page(lines: Iterable[str]) -> str:
    text = "\n".join((*lines, "</main>\n</body>\n</html>\n"))
    return text.encode("ascii", "xmlcharrefreplace").decode()


def _filters(shown: Sequence[Finding]) -> Iterator[str]:
    found = counts(shown)
    for name in SEVERITIES:
        if found[name]:
            yield f'<input class="filter" type="checkbox" id="{name}" checked>'
            yield f'<label for="{name}">{name} ({found[name]})</label>'


def _findings(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        severity = finding.severity.name.lower()
        cwe = f", CWE-{finding.cwe}" if finding.cwe else ""
        yield f'<article class="{severity}">'
        yield (
            f'<h3><span class="mark">{severity}</span> {_text(finding.what)}</h3>\n'
            f"<p><code>{_text(place(finding.file, finding.line))}</code></p>"
        )
        if finding.evidence:
            yield f"<pre>{_text(finding.evidence)}</pre>"
        if finding.why:
            yield f"<p><strong>Why:</strong> {_text(finding.why)}</p>"
        if finding.fix:
            yield f"<p><strong>Fix:</strong> {_text(finding.fix)}</p>"
        yield (
            f"<p><small>{_text(finding.rule)}, {_text(finding.category)}, "
            f"{finding.axis.value}, {finding.confidence.name.lower()} confidence"
            f"{cwe}</small></p>\n</article>"
        )


def _capabilities(title: str, capabilities: Sequence[Capability]) -> Iterator[str]:
    if not capabilities:
        return
    yield f"<table>\n<caption><strong>{title}</strong></caption>"
    yield "<tr><th scope=col>Capability</th><th scope=col>First place</th></tr>"
    for capability in capabilities:
        where = _text(place(capability.file, capability.line))
        yield f"<tr><td>{_text(capability.name)}</td><td><code>{where}</code></td></tr>"
    yield "</table>"


def _unscanned(names: Sequence[str]) -> Iterator[str]:
    if names:
        yield "<p><strong>Not scanned:</strong></p>\n<ul>"
        for name in names:
            yield f"<li><code>{_text(name)}</code></li>"
        yield "</ul>"


def _level(name: str) -> str:
    return f'<span class="mark {name.lower()}">{name.lower()}</span>'


def _text(text: str) -> str:
    return escape(printable(text))
