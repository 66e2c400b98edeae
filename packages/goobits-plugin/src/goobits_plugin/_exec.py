"""One command of a plugin, as a command of the program that it appears in.

The words are read by the Python runtime that generated programs have (`_grammar`), with the tables
of the plugin's record: help, mistakes and exit codes are those of the program.
"""

from __future__ import annotations

import os
import sys

from goobits_plugin import _grammar as grammar
from goobits_plugin._errors import GoobitsPluginError, NotInstalledError, RefusedError
from goobits_plugin._record import Record
from goobits_plugin._store._advisories import revoked
from goobits_plugin._store._folders import check_own, data_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# How a record's pages call the program that they appear in.
_PROGRAM = "goobits-program"
_DEPENDENCIES = "/deps/"


class Pages(dict[str, str]):
    """The help pages of a record, in which `program` stands for the program they appear in."""

    def __init__(self, pages: dict[str, str], program: str) -> None:
        super().__init__(pages)
        self._program = program

    def __getitem__(self, path: str) -> str:
        own = _PROGRAM + path[len(self._program) :]
        return super().__getitem__(own).replace(_PROGRAM, self._program)


def execute(
    cli: str,
    version: str,
    word: str,
    words: Sequence[str],
    *,
    environ: Mapping[str, str] = os.environ,
) -> int:
    """Run the plugin command `word` of the program `cli` and return its exit code.

    `words` are all that the program was given, the command's word among them. What goes wrong is
    said on stderr in one line, as the program would. Reads one line of a table and one record.
    """
    grammar.ROOT = {"name": cli}
    grammar.prepare(sys.stdout)
    grammar.prepare(sys.stderr)
    try:
        root = data_folder(environ)
        record = installed(root, cli, word)
        check(root, record)
    except GoobitsPluginError as error:
        return complain(error, "auto")
    return run_command(record, cli, version, words)


def check(root: str, record: Record) -> None:
    """See that an installed plugin may still run: not revoked, not changed; nor what it needs.

    Raises:
        RefusedError: it must not. Nothing was executed.
    """
    check_own(root)
    parts = [(record.name, record.version, record.sha256)]
    for path, place in record.mounts:
        if place.startswith(_DEPENDENCIES):
            # The folder of a version is named by it; that of a link by its author.
            version, _, sha256 = os.path.basename(path).rpartition("-")
            parts.append((place.removeprefix(_DEPENDENCIES), version, sha256))
    for name, version, sha256 in parts:
        reason = revoked(root, name, version, sha256)
        if reason:
            whose = "" if name == record.name else f" of '{name}', which it needs,"
            raise RefusedError(
                f"plugin '{record.name}' was not run: version {version}{whose} was revoked: "
                f"{reason}. Nothing was executed.",
                hint=f"update or remove it: goobits plugin remove {name}",
            )
    record.check()


def installed(root: str, cli: str, word: str) -> Record:
    """Return the record of the plugin that adds a word to a program.

    Raises:
        NotInstalledError: no plugin does.
        RefusedError: others than the user can write to the plugins.
        StoreError: what is there cannot be read.
    """
    check_own(root)
    # One name of a generation throughout: `current` may be another one in a moment.
    current = os.path.realpath(f"{root}/current")
    try:
        with open(f"{current}/commands.tsv", encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file]
    except OSError:
        rows = []
    for row in rows:
        if len(row) == 5 and row[0] in ("*", cli) and row[1] == word:
            return Record.load(f"{current}/records/{row[2].replace('/', '__')}.json")
    raise NotInstalledError(
        f"no plugin adds the command '{word}' to {cli}",
        hint="see what is installed: goobits plugin list",
    )


def run_command(record: Record, cli: str, version: str, words: Sequence[str]) -> int:
    """Run the command of a plugin that the words ask for, and return its exit code."""
    tables = record.tables
    grammar.ROOT = {**tables.root, "name": cli}  # type: ignore[typeddict-item]
    grammar.BUILTINS = tables.builtins  # type: ignore[assignment]
    grammar.PAGES = Pages(tables.pages, cli)
    grammar.HELP_JSON = tables.help_json.replace(_PROGRAM, cli)
    grammar.VERSION = version

    def call(parser: grammar.Parser) -> int:
        try:
            return answer(record, parser, words)
        except GoobitsPluginError as error:
            return complain(error, parser.color)

    grammar.call = call
    try:
        return grammar.run(words)
    except KeyboardInterrupt:
        return grammar.interrupted()


def answer(record: Record, parser: grammar.Parser, words: Sequence[str]) -> int:
    """Have the plugin answer the command that was parsed.

    Raises:
        GoobitsPluginError: it did not, or must not.
    """
    from goobits_plugin._host import PluginHost

    values = parser.hook_arguments()
    del values["command_name"]
    # The name of the program itself may be several words.
    path = " ".join(command["name"] for command in parser.path[1:])
    first = parser.path[1]["name"]
    names = (first, *parser.path[1].get("aliases", ()))
    begin = next(place for place, word in enumerate(words) if word in names)
    return PluginHost(record, cli=parser.path[0]["name"]).run(
        path,
        values,
        words=(first, *words[begin + 1 :]),
        verbosity=int(values.get("verbose") is True),
        colour=bool(grammar.painted("\x01", sys.stdout, parser.color)),
    )


def complain(error: GoobitsPluginError, color: str) -> int:
    """Say what went wrong, and how to mend it, and return the exit code."""
    text = str(error)
    if error.hint:
        text += f"\nhelp: {error.hint}"
    grammar.fail(text, color)
    return error.exit_code
