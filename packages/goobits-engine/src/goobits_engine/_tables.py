"""The static tables of a program: its commands as nested records, for any language to spell.

A record leaves out what is false or empty, so a table reads much like its YAML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from goobits_engine._frozen import Frozen, replace
from goobits_engine._help import builtin_options, plain
from goobits_engine._program import Argument, Command, Option, Program, ValueType

Field = str | int | bool | tuple[str, ...] | tuple["Record", ...]

_PAGES = ("help", "help-all", "help-json", "version")
_NOT_FOR_HOOKS = (*_PAGES, "color")


class Record(Frozen):
    """A `Command`, `Option` or `Argument`, with its fields in order; the first is its name."""

    kind: str
    fields: tuple[tuple[str, Field], ...]


class Naming(Frozen):
    """How a language names things: the key of a hook value, and the functions of a hook.

    `hooks` turns the canonical name (`on_config_get`) into the names to look for.
    """

    key: Callable[[str], str]
    hooks: Callable[[str], tuple[str, ...]]


class HookValue(Frozen):
    """One value that a hook gets: `many` of a type, or one, or none when it is `optional`.

    `choices` are the texts that it can be, if only some. `own` says that its command declares
    it, and not a group above; `summary` is one line of plain text.
    """

    key: str
    type: ValueType
    choices: tuple[str, ...]
    many: bool
    optional: bool
    own: bool
    summary: str


class Hook(Frozen):
    """A hook to write: its names, the first as the author sees it, and what it is given.

    `path` is that of its command, without the program; `summary` is one line of plain text.
    """

    names: tuple[str, ...]
    path: tuple[str, ...]
    values: tuple[HookValue, ...]
    summary: str

    @property
    def type_name(self) -> str:
        """What the type of its values is called: `ConfigGetAll` for `config get-all`."""
        words = "-".join(self.path).replace("_", "-").split("-")
        return "".join(word[:1].upper() + word[1:] for word in words)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the command's own arguments and options."""
        return tuple(value.key for value in self.values if value.own)


def command_table(program: Program, naming: Naming) -> Record:
    """Return the record of the root, with everything below it."""
    return _tables(program, naming).command(program.root, ())


def builtin_table(program: Program, naming: Naming) -> tuple[Record, ...]:
    """Return the records of the built-in options of the root."""
    tables = _tables(program, naming)
    return tuple(map(tables.builtin, tables.builtins))


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
    tables = _tables(program, naming)
    paths = [path for path in walk(program.root)[1:] if path[-1].runnable]
    return [tables.hook(path) for path in paths]


def _short_hooks(root: Command) -> frozenset[str]:
    """Return the short hook names that can mean only one command."""
    paths = [path for path in walk(root)[1:] if path[-1].runnable]
    full = {hook_name(path) for path in paths}
    last = Counter(f"on_{path[-1].key}" for path in paths)
    return frozenset(name for name, uses in last.items() if uses == 1) - full


def _tables(program: Program, naming: Naming) -> _Tables:
    short = _short_hooks(program.root)
    return _Tables(naming, short, tuple(builtin_options(program)))


class _Tables(Frozen):
    naming: Naming
    short_hooks: frozenset[str]
    builtins: tuple[Option, ...]

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
        return Hook(
            self.hooks(path),
            tuple(command.name for command in path[1:]),
            self.values(path),
            _first_line(path[-1].summary) or f"Answer {path_text(path)}.",
        )

    def values(self, path: tuple[Command, ...]) -> tuple[HookValue, ...]:
        """Return what a hook gets, the nearest first; of two with one key the nearest."""
        command = path[-1]
        arguments = {a.key: self.argument_value(a) for a in command.arguments}
        options: dict[str, HookValue] = {}
        nearest: dict[str, Option] = {}
        for scope in reversed(path):
            for option in scope.options:
                value = self.option_value(option, own=scope is command)
                first = options.setdefault(option.key, value)
                if _same_shape(option, nearest.setdefault(option.key, option)):
                    # What is given to an outer option of one shape is kept.
                    options[option.key] = replace(first, choices=_either(first, value))
        for option in self.builtins:
            if option.long not in _NOT_FOR_HOOKS:
                options.setdefault(option.key, self.option_value(option, own=False))
        others = [options[key] for key in options if key not in arguments]
        return (*arguments.values(), *others)

    def argument_value(self, argument: Argument) -> HookValue:
        absent = not argument.required and argument.default is None
        return HookValue(
            self.naming.key(argument.key),
            argument.type,
            _texts(argument),
            many=argument.is_list,
            optional=absent and not argument.is_list,
            own=True,
            summary=_first_line(argument.desc),
        )

    def option_value(self, option: Option, *, own: bool) -> HookValue:
        absent = not option.required and not option.default
        return HookValue(
            self.naming.key(option.key),
            _type_of(option),
            _texts(option),
            many=option.multiple,
            optional=absent and not option.multiple and option.kind == "value",
            own=own,
            summary=_first_line(option.desc),
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
        return _record(
            "Option",
            long=option.long,
            short=option.short,
            key=self.naming.key(option.key),
            kind=kind or option.kind,
            builtin=builtin,
            type=_type_of(option),
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


def _type_of(option: Option) -> ValueType:
    if option.kind == "flag":
        return "bool"
    return "int" if option.kind == "count" else option.type


def _texts(target: Argument | Option) -> tuple[str, ...]:
    """Return the choices where they are texts."""
    if target.type not in ("str", "path"):
        return ()
    return tuple(choice.text for choice in target.choices)


def _same_shape(one: Option, other: Option) -> bool:
    return (one.kind, one.type, one.multiple) == (
        other.kind,
        other.type,
        other.multiple,
    )


def _either(one: HookValue, other: HookValue) -> tuple[str, ...]:
    """Return the choices of both; none when one of them takes any text."""
    if not (one.choices and other.choices):
        return ()
    return tuple(dict.fromkeys(one.choices + other.choices))


def _first_line(text: str) -> str:
    return plain(text).partition("\n")[0].strip()


def _record(kind: str, /, **fields: Field) -> Record:
    present = [(name, value) for name, value in fields.items() if _present(value)]
    return Record(kind, tuple(present))


def _present(value: Field) -> bool:
    return value not in ("", (), False) or (value == 0 and value is not False)
