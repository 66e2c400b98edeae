"""`commands.tsv`: which word of which program is whose, with the rows of the help pages.

Laid out as the engine lays out a page of 80 cells, for all plugins at once: descriptions begin
four cells past the widest word of at most 26.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from goobits_engine import Program

from goobits_plugin._store._values import Installed, Word

FILE = "commands.tsv"
_WIDTH = 80
_WIDEST = 26
_COMMAND, _END, _BREAK = "\x03", "\x07", "\x0b"
_MARKERS = {"bold": "\x01", "dim": "\x06"}
_MARKUP = re.compile(
    r"\[(bold|dim|italic|underline|black|red|green|yellow|blue|magenta|cyan|white"
    r"|color\([0-9]{1,3}\)|#[0-9a-fA-F]{6})\](.*?)\[/(?:\1)?\]"
)
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029])


def words(program: Program) -> Iterator[Word]:
    """Return the first words that a plugin's program answers to, with what help says of them."""
    for command in program.root.children:
        summary = (command.summary or command.description).partition("\n")[0]
        said = [command.icon, summary, "(deprecated)" if command.deprecated else ""]
        text = " ".join(filter(None, said))
        yield Word(command.name, None if command.hidden else text)
        yield from (Word(alias) for alias in command.aliases)


def table(plugins: Iterable[Installed], goobits: str) -> bytes:
    """Lay out the table of all plugins that are enabled; `goobits` is what programs run."""
    active = [plugin for plugin in plugins if plugin.enabled]
    shown = [
        _cells(word.name)
        for plugin in active
        for word in plugin.words
        if word.help is not None
    ]
    start = max((width for width in shown if width <= _WIDEST), default=0) + 4
    lines = [
        "\t".join((program, word.name, plugin.name, _row(word, start), goobits)) + "\n"
        for plugin in active
        for program in plugin.programs
        for word in plugin.words
    ]
    return "".join(lines).encode()


def _row(word: Word, start: int) -> str:
    """Lay out one row, with its lines joined as a field of the table can hold them."""
    if word.help is None:
        return ""
    head = f"  {_COMMAND}{word.name}{_END}"
    said = list(_lines(_styled(word.help), _WIDTH - start)) if word.help else []
    if said and _cells(word.name) + 4 <= start:
        head += " " * (start - 2 - _cells(word.name)) + said.pop(0)
    return _BREAK.join([head, *(" " * start + line for line in said)])


def _styled(text: str) -> str:
    """Turn markup into markers; other control characters, which could forge a line, go."""
    text = text.replace("\t", " ").translate(_CONTROLS)
    return _MARKUP.sub(
        lambda tag: f"{_MARKERS.get(tag[1], _COMMAND)}{tag[2]}{_END}" if tag[2] else "",
        text,
    )


def _lines(text: str, width: int) -> Iterator[str]:
    """Break a text greedily at spaces; a longer word overflows."""
    line = ""
    for word in text.split():
        if line and _cells(line) + 1 + _cells(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _cells(text: str) -> int:
    """Count the cells of a terminal that a text fills."""
    return sum(map(_cell, text))


def _cell(letter: str) -> int:
    if unicodedata.category(letter) in ("Cc", "Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "FW" else 1
