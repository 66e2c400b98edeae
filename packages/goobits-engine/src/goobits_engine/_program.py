"""The intermediate representation: what a goobits.yaml means, without any language in it.

All values are frozen; collections are tuples in declared (YAML) order. Texts are as written,
with markup (`[bold]…[/]`) still in them, outer newlines stripped, tabs as four spaces and no
other control character than newline. An absent text is the empty string.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ValueType = Literal["str", "int", "float", "path", "bool"]
Kind = Literal["flag", "count", "value"]
Style = Literal["example", "setup", "command"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One default or choice: `text` is the YAML scalar's source text, the form that is printed."""

    text: str
    value: str | int | float | bool


@dataclass(frozen=True, slots=True)
class Argument:
    """A positional argument. It takes `minimum` to `maximum` words (`None`: no limit)."""

    name: str
    key: str
    type: ValueType = "str"
    desc: str = ""
    minimum: int = 1
    maximum: int | None = 1
    is_list: bool = False
    required: bool = True
    choices: tuple[Scalar, ...] = ()
    default: Scalar | None = None
    path_exists: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """An option. `default` has one value at most unless `multiple`; a flag's is `true`."""

    name: str
    key: str
    long: str
    short: str = ""
    kind: Kind = "value"
    type: ValueType = "str"
    desc: str = ""
    choices: tuple[Scalar, ...] = ()
    default: tuple[Scalar, ...] = ()
    multiple: bool = False
    required: bool = False
    negatable: bool = False
    hidden: bool = False
    deprecated: str = ""
    env: str = ""
    conflicts_with: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    path_exists: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a header section or of the examples."""

    item: str
    desc: str = ""
    style: Style = "example"


@dataclass(frozen=True, slots=True)
class Section:
    """A header section of the root page."""

    title: str
    icon: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class CommandGroup:
    """A heading over some of the root's commands, by name."""

    name: str
    icon: str = ""
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command, or a group when it has `children`. The root is a group named as the program.

    `summary` stands in the parent's list, `description` on the command's own page.
    """

    name: str
    key: str
    summary: str = ""
    description: str = ""
    icon: str = ""
    aliases: tuple[str, ...] = ()
    hidden: bool = False
    deprecated: str = ""
    examples: tuple[Row, ...] = ()
    arguments: tuple[Argument, ...] = ()
    options: tuple[Option, ...] = ()
    children: tuple[Command, ...] = ()
    default: str = ""

    @property
    def runnable(self) -> bool:
        """Whether a hook answers it: it has no children, or it has arguments."""
        return not self.children or bool(self.arguments)


@dataclass(frozen=True, slots=True)
class Package:
    """What a package manifest says of the program."""

    name: str
    version: str
    description: str = ""
    author: str = ""
    email: str = ""
    license: str = ""
    homepage: str = ""
    repository: str = ""
    keywords: tuple[str, ...] = ()
    python_minimum: str = "3.11"


@dataclass(frozen=True, slots=True)
class Program:
    """Everything that a renderer needs. `root.name` is the program's name on the command line.

    `cli_path`, `hooks_path` and `types_path` are POSIX paths below the output folder, or empty
    for the language's own default; their extension is the language's business. `plugins` is None
    where plugins may add no commands, else those that may: all when it is empty.
    """

    root: Command
    title: str
    version: str
    package: Package
    languages: tuple[str, ...]
    display_version: bool = True
    tagline: str = ""
    sections: tuple[Section, ...] = ()
    groups: tuple[CommandGroup, ...] = ()
    footer: str = ""
    width: int = 80
    plugins: tuple[str, ...] | None = None
    help_all: bool = False
    help_json: bool = False
    cli_path: str = ""
    hooks_path: str = ""
    types_path: str = ""
