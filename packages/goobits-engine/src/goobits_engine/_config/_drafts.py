"""Commands, options and arguments that are read but not yet checked against each other.

They have the fields of the intermediate representation and, in `block`, their places.
Literals are pairs of source text and value.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._blocks import Block
    from goobits_engine._config._nodes import Node
    from goobits_engine._program import Kind, Style, ValueType

    Literal = tuple[str, str | int | float | bool]
    RowDraft = tuple[str, str, Style]


class OptionDraft:
    """An option; `long` is its word without dashes."""

    __slots__ = ("block", "choices", "default", "key", "kind", "long", "multiple",
                 "name", "negatable", "required", "type")  # fmt: skip

    def __init__(self, block: Block, name: str, key: str, long: str) -> None:
        self.block = block
        self.name = name
        self.key = key
        self.long = long
        self.kind: Kind = "value"
        self.type: ValueType = "str"
        self.choices: tuple[Literal, ...] = ()
        self.default: tuple[Literal, ...] = ()
        self.multiple = False
        self.negatable = False
        self.required = False

    @property
    def long_node(self) -> Node:
        """Where the long word comes from."""
        return self.block.node("long" if "long" in self.block.fields else "name")


class ArgumentDraft:
    """An argument."""

    __slots__ = ("block", "choices", "default", "is_list", "key", "maximum", "minimum",
                 "name", "required", "type")  # fmt: skip

    def __init__(self, block: Block, name: str, key: str) -> None:
        self.block = block
        self.name = name
        self.key = key
        self.type: ValueType = "str"
        self.minimum = 1
        self.maximum: int | None = 1
        self.is_list = False
        self.required = True
        self.choices: tuple[Literal, ...] = ()
        self.default: Literal | None = None


class CommandDraft:
    """A command with all that is below it; `path` are its words without the program.

    `unsure` says that some option of it could not be read, so that nobody can tell
    which options it lacks.
    """

    __slots__ = ("arguments", "block", "children", "default", "examples", "name",
                 "options", "path", "unsure")  # fmt: skip

    def __init__(self, block: Block, name: str, path: tuple[str, ...]) -> None:
        self.block = block
        self.name = name
        self.path = path
        self.arguments: list[ArgumentDraft] = []
        self.options: list[OptionDraft] = []
        self.children: list[CommandDraft] = []
        self.examples: list[RowDraft] = []
        self.default = ""
        self.unsure = False

    @property
    def label(self) -> str:
        """How messages call it."""
        return f"command '{' '.join(self.path)}'" if self.path else "'cli'"

    @property
    def is_group(self) -> bool:
        """Whether it has commands below it."""
        return bool(self.children)

    @property
    def runnable(self) -> bool:
        """Whether a hook answers it."""
        return not self.children or bool(self.arguments)


class SectionDraft:
    """A header section (its lines in `rows`)."""

    __slots__ = ("icon", "rows", "title")

    def __init__(self, title: str, icon: str, rows: list[RowDraft]) -> None:
        self.title = title
        self.icon = icon
        self.rows = rows


class HeadingDraft:
    """A heading over some commands."""

    __slots__ = ("commands", "icon", "name")

    def __init__(self, name: str, icon: str, commands: tuple[str, ...]) -> None:
        self.name = name
        self.icon = icon
        self.commands = commands
