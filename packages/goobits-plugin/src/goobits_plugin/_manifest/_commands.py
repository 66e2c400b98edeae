"""The commands of a manifest, read by the engine as it reads those of a goobits.yaml.

They are written as YAML's flow style with one key or scalar a line, so that each line of what the
engine says belongs to one place of the manifest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from goobits_engine import ConfigError, Diagnostic, Program, parse

from goobits_plugin._manifest._document import Document, Value
from goobits_plugin._manifest._fields import found
from goobits_plugin._manifest._positions import Path, Positions, Span
from goobits_plugin._manifest._report import START, Report, quote
from goobits_plugin._manifest._values import PROGRAM

BUILT_IN = ("help", "completion")
"""Words that every program keeps for itself."""
_AT: Path = ("commands",)


def read_commands(
    document: Document, languages: Sequence[str], report: Report
) -> Program | None:
    """Return the program that the commands of a manifest are, or report why there is none.

    Names are checked for `languages`.
    """
    commands = document.data.get("commands")
    if not isinstance(commands, dict):
        if commands is not None:
            message = f"'commands' must be a table, not {found(commands)}"
            span = document.positions.value(_AT)
            report.error("P004", message, span, help="write [commands.NAME]")
        return None
    if not commands:
        message = "a plugin needs at least one command"
        report.error("P015", message, document.positions.key(_AT))
        return None
    _check_words(commands, document.positions, report)
    return _parse(commands, document.positions, languages, report)


def _check_words(
    commands: dict[str, Value], positions: Positions, report: Report
) -> None:
    """Report what a command of a program may be, and one of a plugin may not."""
    for name, command in commands.items():
        path = (*_AT, name)
        if name in BUILT_IN:
            _refuse_word(name, positions.key(path), report)
        if not isinstance(command, dict):
            continue
        if command.get("is_default") is True:
            message = f"command {quote(name)} cannot be the default of a program"
            span = positions.key((*path, "is_default"))
            help = "a program's default command is its own: take it out"
            report.error("P015", message, span, help=help)
        aliases = command.get("aliases")
        for index, alias in enumerate(aliases if isinstance(aliases, list) else ()):
            if alias in BUILT_IN:
                _refuse_word(alias, positions.value((*path, "aliases", index)), report)


def _refuse_word(word: str, span: Span, report: Report) -> None:
    message = f"the command '{word}' is built in and cannot be replaced"
    report.error("P015", message, span, help="choose another name")


def _parse(
    commands: dict[str, Value],
    positions: Positions,
    languages: Sequence[str],
    report: Report,
) -> Program | None:
    page = _Page(positions)
    page.write(commands)
    try:
        config = parse("\n".join((*page.lines, "}}")), languages=languages)
        diagnostics, program = config.warnings, config.program
    except ConfigError as error:
        diagnostics, program = error.diagnostics, None
    for said in diagnostics:
        _repeat(said, page.spans, report)
    return program


class _Page:
    """Lines of YAML, and the place in the manifest that each belongs to."""

    def __init__(self, positions: Positions) -> None:
        self.lines = [
            f'{{package_name: "{PROGRAM}", command_name: "{PROGRAM}",',
            "cli: { display_version: false, commands:",
        ]
        self.spans = [START, positions.key(_AT)]
        self._positions = positions

    def write(self, commands: dict[str, Value]) -> None:
        """Write the commands; what is still to be written waits, the next at the end."""
        waiting: list[tuple[Path, Value, bool]] = [(_AT, commands, True)]
        while waiting:
            path, value, is_value = waiting.pop()
            if not is_value:
                self._line(str(value), self._positions.key(path))
            elif isinstance(value, dict):
                self._line("{", self._positions.value(path))
                waiting.append((path, "}" + _after(path), False))
                for key, item in reversed(value.items()):
                    inner = (*path, key)
                    waiting += [(inner, item, True), (inner, f"{_text(key)}:", False)]
            elif isinstance(value, list):
                self._line("[", self._positions.value(path))
                waiting.append((path, "]" + _after(path), False))
                for index, item in reversed(tuple(enumerate(value))):
                    waiting.append(((*path, index), item, True))
            else:
                source = self._positions.source(path)
                line = f"{_scalar(value, source)},"
                self._line(line, self._positions.value(path))

    def _line(self, text: str, span: Span) -> None:
        self.lines.append(" " + text)
        self.spans.append(span)


def _after(path: Path) -> str:
    return "" if path == _AT else ","


def _text(text: str) -> str:
    """Return a text as YAML and JSON quote it; what was refused already is left out."""
    shown = (c for c in text if c in "\n\t" or not _unwritable(c))
    return json.dumps("".join(shown), ensure_ascii=False)


def _unwritable(character: str) -> bool:
    code = ord(character)
    return (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or code in (0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
    )


def _scalar(value: Value, source: str) -> str:
    """Return a scalar as YAML spells it, a decimal number as the manifest does."""
    if isinstance(value, bool):
        return source
    if isinstance(value, (int, float)):
        source = source.replace("_", "")
        if source.startswith(("0x", "0o", "0b")):
            return str(value)
        return re.sub("inf|nan", r".\g<0>", source)
    return _text(value if isinstance(value, str) else source)


def _repeat(said: Diagnostic, spans: list[Span], report: Report) -> None:
    """Say what the engine says, at the place in the manifest."""
    related = tuple(
        (*_at(spans, line)[:2], _reworded(label)) for line, _, label in said.related
    )
    report.add(
        said.code,
        said.severity,
        _reworded(said.message),
        _at(spans, said.line),
        _reworded(said.help),
        related,
    )


def _at(spans: list[Span], line: int) -> Span:
    return spans[min(line, len(spans)) - 1]


_WORDS = (
    (re.compile(r"\bmapping\b"), "table"),
    (re.compile(r"such as run: \{desc: …\}"), "such as [commands.run]"),
    (re.compile(r"\{(\w+): …\}"), r'{ \1 = "…" }'),
)
_QUOTED = {"'cli'": "the plugin", "'type: path'": "'type = \"path\"'"}


def _reworded(text: str) -> str:
    """Return what the engine says of YAML in the words of TOML; quoted words stay."""
    parts = re.split("('[^']*')", text)
    for index, part in enumerate(parts):
        if index % 2:
            parts[index] = _QUOTED.get(part, part)
            continue
        for pattern, words in _WORDS:
            part = pattern.sub(words, part)
        parts[index] = part
    return "".join(parts)
