"""Tests of reports as a page."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from goobits_scanner._diff import difference
from goobits_scanner._finding import Capability, Finding, Report, Severity
from goobits_scanner._output._html import difference_as_html, reports_as_html

_VOID = {"meta", "input"}


class Page(HTMLParser):
    """The elements, attributes and texts of a page; fails where elements are not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "evil",
    [
        "</script><script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "</pre></article></style><style>*{display:none}</style>",
        "<!--",
        "]]><svg/onload=alert(1)>",
        "&lt;b&gt;",
        "\x00\x1b[2J\u202e\udc80",
    ],
)
def test_no_text_of_scanned_code_becomes_markup(
    evil: str, finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """A report is opened by the person who is to be attacked."""

    def pages(text: str) -> tuple[str, str]:
        names = ("rule", "category", "file", "evidence", "what", "why", "fix")
        shown = report(
            finding(**dict.fromkeys(names, text)),
            path=text,
            capabilities=(Capability(text, text, 1, text),),
            unscanned=(text,),
        )
        whole = reports_as_html([shown], Severity.INFO)
        return whole, difference_as_html(difference(report(), shown), Severity.INFO)

    for hostile, plain in zip(pages(evil), pages("x"), strict=True):
        page, expected = Page(hostile), Page(plain)
        assert page.elements == expected.elements
        assert page.attributes == expected.attributes
        assert hostile.isascii()
        assert hostile.replace("\n", "").isprintable()


def test_a_page_needs_nothing_from_elsewhere(
    finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """A report that calls home tells who reads it."""
    text = reports_as_html([report(finding())], Severity.INFO)
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "object"} & set(page.elements)
    assert not [name for name, _ in page.attributes if name in ("src", "href", "style")]
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "@import" not in text


def test_a_page_says_all_of_a_finding(
    finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """Whoever gets the page has nothing else."""
    text = Page(
        reports_as_html([report(finding(), unscanned=("b",))], Severity.LOW)
    ).text
    for part in finding()[6:]:
        assert str(part) in text
    assert "CWE-78" in text
    assert "Not scanned:" in text


def test_each_severity_that_is_there_has_a_labelled_filter(
    finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """A box without a label says nothing to a screen reader; the style hangs on its id."""
    found = report(finding(), finding(severity=Severity.LOW))
    attributes = Page(reports_as_html([found], Severity.INFO)).attributes
    boxes = [value for name, value in attributes if name == "id"]
    assert boxes == ["high", "low"]
    assert [value for name, value in attributes if name == "for"] == boxes
    text = reports_as_html([found], Severity.INFO)
    for name in boxes:
        assert f"#{name}:not(:checked) ~ main article.{name}" in text
