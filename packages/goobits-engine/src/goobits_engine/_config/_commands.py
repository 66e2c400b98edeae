"""From the blocks of commands to their drafts, with everything below them."""

from __future__ import annotations

from goobits_engine._config._arguments import check_order, read_argument
from goobits_engine._config._blocks import Block
from goobits_engine._config._drafts import CommandDraft
from goobits_engine._config._names import is_name, quote
from goobits_engine._config._nodes import SequenceNode
from goobits_engine._config._options import read_option

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._blocks import Field
    from goobits_engine._config._diagnostics import Report
    from goobits_engine._config._drafts import RowDraft
    from goobits_engine._program import Style

_STYLES: dict[str, Style] = {"setup": "setup", "command": "command"}


def read_root(block: Block, report: Report) -> CommandDraft:
    """Return the whole program's tree of commands from the block `cli`."""
    root = CommandDraft(block, "", ())
    _read_options(root, report)
    _read_children(root, "commands", report)
    if not root.children and "commands" in block.fields:
        message = "'cli' needs at least one command"
        report.error("G034", message, block.fields["commands"].key)
    return root


def _read_command(
    block: Block, name: str, path: tuple[str, ...], report: Report
) -> CommandDraft:
    command = CommandDraft(block, name, path)
    for argument in block.blocks("args"):
        read = read_argument(argument, report)
        if read.name:
            command.arguments.append(read)
    check_order(command.arguments, report)
    command.examples = [read_row(item) for item in block.items("examples")]
    _read_options(command, report)
    _read_children(command, "subcommands", report)
    return command


def _read_options(command: CommandDraft, report: Report) -> None:
    block = command.block
    blocks = block.blocks("options")
    written = block.raw("options")
    count = len(written.items) if isinstance(written, SequenceNode) else 0
    command.unsure = "options" in block.broken or len(blocks) < count
    for option in blocks:
        read = read_option(option, report)
        if read.name:
            command.options.append(read)
        else:
            command.unsure = True


def _read_children(command: CommandDraft, key: str, report: Report) -> None:
    for name, field in command.block.named(key).items():
        if not is_name(name):
            message = f"a command cannot be called {quote(name)}"
            hint = "a name is a letter, then letters, digits, '-' and '_' (ASCII only)"
            report.error("G015", message, field.key, help=hint)
        block = field.value
        if not isinstance(block, Block):
            block = Block(field.key, f"command {quote(name)}")
            block.broken.update(("options", "subcommands"))
        child = _read_command(block, name, (*command.path, name), report)
        command.children.append(child)


def read_row(field: Field) -> RowDraft:
    """Return a line of a section or of the examples."""
    if isinstance(field.value, Block):
        row = field.value
        style = _STYLES.get(row.text("style"), "example")
        return row.text("item"), row.text("desc"), style
    return (str(field.value), "", "example")
