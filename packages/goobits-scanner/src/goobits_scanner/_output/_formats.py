"""Which module writes which format; only that one is imported."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goobits_scanner._diff import Difference
    from goobits_scanner._finding import Report, Severity


class Writer(NamedTuple):
    """Two functions that return a text: of reports, and of what an update gained."""

    reports: Callable[[Sequence[Report], Severity], str]
    difference: Callable[[Difference, Severity], str]


def writer(
    name: str, *, width: int, colour: bool, version: Callable[[], str]
) -> Writer:
    """Return what writes a format: json, sarif, html, or else text."""
    if name == "json":
        from goobits_scanner._output import _json

        return Writer(_json.reports_as_json, _json.difference_as_json)
    if name == "sarif":
        from goobits_scanner._output._sarif import SarifWriter

        sarif = SarifWriter(version=version())
        return Writer(sarif.reports, sarif.difference)
    if name == "html":
        from goobits_scanner._output import _html

        return Writer(_html.reports_as_html, _html.difference_as_html)
    from goobits_scanner._output._text import TextWriter

    text = TextWriter(width=width, colour=colour)
    return Writer(text.reports, text.difference)
