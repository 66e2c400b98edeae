"""The static tables of a program: its commands as nested records, for any language to spell.

A record leaves out what is false or empty, so a table reads much like its YAML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from goobits_engine._help import builtin_options, plain
from goobits_engine._program import Argument, Command, Option, Program

Field = str | int | bool | tuple[str, ...] | tuple["Record", ...]

_PAGES = ("help", "help-all", "help-json", "version")
_NOT_FOR_HOOKS = (*_PAGES, "color")


@dataclass(frozen=True, slots=True)
class Record:
    """A `Command`, `Option` or `Argument`, with its fields in order; the first is its name."""

    kind: str
    fields: tuple[tuple[str, Field], ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """How a language names things: the key of a hook value, and the functions of a hook.

    `hooks` turns the canonical name (`on_config_get`) into the names to look for.
    """

    key: Callable[[str], str]
    hooks: Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Hook:
    """A hook to write: its names, the first as the author sees it, and what it is given.

    `keys` are those of its own command; `summary` is one line of plain text.
    """

    names: tuple[str, ...]
    keys: tuple[str, ...]
    summary: str


def command_table(program: Program, naming: Naming) -> Record:
    """Return the record of the root, with everything below it."""
    short = _short_hooks(program.root)
    return _Tables(naming, short).command(program.root, ())


def builtin_table(program: Program, naming: Naming) -> tuple[Record, ...]:
    """Return the records of the built-in options of the root."""
    tables = _Tables(naming, frozenset())
    return tuple(tables.builtin(option) for option in builtin_options(program))


def walk(
    command: Command, above: tuple[Command, ...] = ()
) -> list[tuple[Command, ...]]:
    """Return the paths of a command and all below it, depth first in declared order."""
    path = (*above, command)
    return [path, *(found for child in command.children for found in walk(child, path))]


def hook_name(path: Sequence[Command]) -> str:
    """Return the canonical name of a command's hook; `path` begins with the root."""
    return "on_" + "_".join(step.key for step in path[1:])


def path_text(path: Sequence[Command]) -> str:
    """Return the words that reach a command, the program's name first."""
    return " ".join(step.name for step in path)


def hooks_of(program: Program, naming: Naming) -> list[Hook]:
    """Return the hook of every runnable command, in declared order."""
    tables = _Tables(naming, _short_hooks(program.root))
    paths = [path for path in walk(program.root)[1:] if path[-1].runnable]
    return [tables.hook(path) for path in paths]


def _short_hooks(root: Command) -> frozenset[str]:
    """Return the short hook names that can mean only one command."""
    paths = [path for path in walk(root)[1:] if path[-1].runnable]
    full = {hook_name(path) for path in paths}
    last = Counter(f"on_{path[-1].key}" for path in paths)
    return frozenset(name for name, uses in last.items() if uses == 1) - full


@dataclass(frozen=True, slots=True)
class _Tables:
    naming: Naming
    short_hooks: frozenset[str]

    def command(self, command: Command, above: tuple[Command, ...]) -> Record:
        path = (*above, command)
        return _record(
            "Command",
            name=command.name,
            aliases=command.aliases,
            hooks=self.hooks(path) if above and command.runnable else (),
            hidden=command.hidden,
            deprecated=plain(command.deprecated),
            default=command.default,
            arguments=tuple(map(self.argument, command.arguments)),
            options=tuple(map(self.option, command.options)),
            commands=tuple(self.command(child, path) for child in command.children),
        )

    def hook(self, path: tuple[Command, ...]) -> Hook:
        command = path[-1]
        keys = [argument.key for argument in command.arguments]
        keys += [option.key for option in command.options]
        summary = plain(command.summary).partition("\n")[0].strip()
        return Hook(
            self.hooks(path),
            tuple(map(self.naming.key, keys)),
            summary or f"Answer {path_text(path)}.",
        )

    def hooks(self, path: tuple[Command, ...]) -> tuple[str, ...]:
        names = self.naming.hooks(hook_name(path))
        short = f"on_{path[-1].key}"
        return names + (self.naming.hooks(short) if short in self.short_hooks else ())

    def argument(self, argument: Argument) -> Record:
        return _record(
            "Argument",
            name=argument.name,
            key=self.naming.key(argument.key),
            type=argument.type,
            many=argument.is_list,
            maximum=-1 if argument.maximum is None else argument.maximum,
            required=argument.required,
            choices=tuple(choice.text for choice in argument.choices),
            default=(argument.default.text,) if argument.default else (),
            path_exists=argument.path_exists,
        )

    def keys(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.naming.key(name.replace("-", "_")) for name in names)

    def builtin(self, option: Option) -> Record:
        kind = option.long if option.long in _PAGES else option.kind
        return self.option(option, kind, builtin=option.long in _NOT_FOR_HOOKS)

    def option(
        self, option: Option, kind: str = "", *, builtin: bool = False
    ) -> Record:
        typed = {"flag": "bool", "count": "int"}.get(option.kind, option.type)
        return _record(
            "Option",
            long=option.long,
            short=option.short,
            key=self.naming.key(option.key),
            kind=kind or option.kind,
            builtin=builtin,
            type=typed,
            choices=tuple(choice.text for choice in option.choices),
            default=tuple(
                value.text for value in option.default if value.value is not False
            ),
            multiple=option.multiple,
            required=option.required,
            negatable=option.negatable,
            hidden=option.hidden,
            deprecated=plain(option.deprecated),
            env=option.env,
            conflicts=self.keys(option.conflicts_with),
            requires=self.keys(option.requires),
            path_exists=option.path_exists,
        )


def _record(kind: str, /, **fields: Field) -> Record:
    present = [(name, value) for name, value in fields.items() if _present(value)]
    return Record(kind, tuple(present))


def _present(value: Field) -> bool:
    return value not in ("", (), False) or (value == 0 and value is not False)
