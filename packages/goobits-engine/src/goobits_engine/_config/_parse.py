"""From text to a configuration: read, check shape, check meaning, build."""

from __future__ import annotations

from goobits_engine._config._clashes import Clashes
from goobits_engine._config._commands import read_root
from goobits_engine._config._diagnostics import Report
from goobits_engine._config._names import quote
from goobits_engine._config._nodes import MappingNode, ScalarNode, is_null
from goobits_engine._config._settings import Settings
from goobits_engine._config._shape import Shape
from goobits_engine._config._source import (
    MAX_BYTES,
    check_characters,
    normalise,
    read_text,
)
from goobits_engine._errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from goobits_engine._config._diagnostics import Diagnostic
    from goobits_engine._config._drafts import CommandDraft
    from goobits_engine._config._model import Config

_START = (1, 1, 2)


def read(path: str | PathLike[str], *, languages: Sequence[str] = ()) -> Config:
    """Read the configuration at `path`; see `parse`.

    Raises:
        ConfigFileError: there is no such file, or it cannot be read as UTF-8 text.
        ConfigError: it holds mistakes; the error carries every one, and every warning.
    """
    return parse(read_text(path), str(path), languages=languages)


def parse(
    text: str, name: str = "goobits.yaml", *, languages: Sequence[str] = ()
) -> Config:
    """Read a configuration from `text`; `name` is what messages call it.

    Names and paths are checked for `languages`, or for those of the file when there are none.

    Raises:
        ConfigError: it holds mistakes; the error carries every one, and every warning.
    """
    report, drafts = _examine(text, name, languages)
    if report.failed or drafts is None:
        raise ConfigError(report.diagnostics)
    from goobits_engine._config._assembly import build_program
    from goobits_engine._config._model import Config

    return Config(build_program(*drafts), report.diagnostics)


def check(text: str, name: str = "goobits.yaml") -> tuple[Diagnostic, ...]:
    """Return every diagnostic about `text`, without building a program from it."""
    return _examine(text, name)[0].diagnostics


def _examine(
    text: str, name: str, languages: Sequence[str] = ()
) -> tuple[Report, tuple[Settings, CommandDraft] | None]:
    text = normalise(text)
    report = Report(name, text)
    document = _document(text, report)
    if document is None:
        return report, None
    root = Shape(report).root(document)
    cli = root.block("cli")
    if cli is None:
        return report, None
    settings = Settings(root, cli, report)
    checked = tuple(languages) or settings.languages
    settings.check_places(checked)
    commands = read_root(cli, report)
    settings.read_headings(commands)
    Clashes(report, _reserved(settings), checked).check(commands)
    return report, (settings, commands)


def _reserved(settings: Settings) -> frozenset[str]:
    words = {"help", "version", "color"}
    if settings.cli.truth("enable_recursive_help"):
        words.add("help-all")
    if settings.cli.truth("enable_help_json"):
        words.add("help-json")
    return frozenset(words)


def _document(text: str, report: Report) -> MappingNode | None:
    """Return the mapping that the document is, or report that it is none."""
    if _is_too_large(text):
        report.error_at("G004", "the file is larger than 1 MiB", _START)
        return None
    check_characters(text, report)
    return None if report.failed else _mapping(text, report)


def _is_too_large(text: str) -> bool:
    if len(text) * 4 <= MAX_BYTES:
        return False
    return len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES


def _mapping(text: str, report: Report) -> MappingNode | None:
    from goobits_engine._config._reader import read_tree

    node = read_tree(text, report)
    if isinstance(node, MappingNode):
        return node
    if report.failed:
        return None
    hint = "it begins with 'package_name:' and holds a mapping 'cli:'"
    if node is None or is_null(node):
        report.error_at("G009", "the file is empty", _START, help=hint)
    elif isinstance(node, ScalarNode):
        message = f"the file holds only the text {quote(node.text)}"
        report.error("G009", message, node, help=hint)
    else:
        message = "the file holds a list where a mapping must be"
        report.error("G009", message, node, help=hint)
    return None
