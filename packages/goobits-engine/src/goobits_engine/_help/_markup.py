"""Styled text: markup of the YAML becomes one-character markers that a program strips or paints.

A marker fills no cell. Runtimes replace it by its escape sequence, or by nothing.
"""

from __future__ import annotations

import re
from typing import Final

BOLD: Final = "\x01"
HEADING: Final = "\x02"
COMMAND: Final = "\x03"
OPTION: Final = "\x04"
METAVAR: Final = "\x05"
DIM: Final = "\x06"
END: Final = "\x07"

_TAG: Final = re.compile(
    r"\[(bold|dim|italic|underline|black|red|green|yellow|blue|magenta|cyan|white"
    r"|color\([0-9]{1,3}\)|#[0-9a-fA-F]{6})\](.*?)\[/(?:\1)?\]",
    re.DOTALL,
)
_MARKERS: Final = {"bold": BOLD, "dim": DIM}


def styled(marker: str, text: str) -> str:
    """Put `text` between a marker and the end marker; an empty text stays empty."""
    return f"{marker}{text}{END}" if text else ""


def resolve(text: str) -> str:
    """Turn `[bold]…[/]` and its like into markers; any other bracket is text."""
    if "[/" not in text:
        return text
    return _TAG.sub(_resolved, text)


def _resolved(tag: re.Match[str]) -> str:
    """Style what a tag holds; spaces at its end stay outside, where a line may end."""
    held = tag[2].rstrip(" ")
    return styled(_MARKERS.get(tag[1], COMMAND), held) + tag[2][len(held) :]


def plain(text: str) -> str:
    """Take the markup out of a text, for places that cannot show any."""
    return resolve(text).translate(dict.fromkeys(range(1, 8)))
