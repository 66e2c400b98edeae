"""The help page of every command, rendered whole at build time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goobits_engine._frozen import Frozen
from goobits_engine._help import _layout as layout
from goobits_engine._help import _markup as markup
from goobits_engine._help._builtins import builtin_options
from goobits_engine._help._layout import NO_BREAK, Cell
from goobits_engine._program import Argument, Command, Option, Program, Row

# Stands where a program lists the commands that plugins have added.
_PLUGINS = "\x0e"
_METAVARS = {"str": "TEXT", "path": "PATH", "int": "INT", "float": "FLOAT"}
_STYLES = {
    "command": markup.COMMAND,
    "example": markup.OPTION,
    "setup": markup.BOLD,
}


class _Block(Frozen):
    """Part of a page: an optional heading over running text or over rows."""

    heading: str = ""
    text: str = ""
    rows: tuple[Cell, ...] = ()


def page(program: Program, path: Sequence[Command]) -> str:
    """Render the page of the last command of `path`, which begins with the root.

    Colours are markers (`_markup`), and U+000E is the place of what plugins add. The text ends with
    one newline.
    """
    blocks = [block for block in _blocks(program, path) if block.text or block.rows]
    start = layout.column([row for block in blocks for row in block.rows])
    parts = []
    for block in blocks:
        lines = [markup.styled(markup.HEADING, block.heading)] if block.heading else []
        lines += block.text.split("\n") if block.text else []
        lines += layout.table(block.rows, start, program.width)
        parts.append("\n".join(lines))
    # What is put in the place of the plugins brings its own empty line.
    return "\n\n".join(parts).replace(f"{_PLUGINS}\n\n", _PLUGINS) + "\n"


def _blocks(program: Program, path: Sequence[Command]) -> Iterator[_Block]:
    command, is_root = path[-1], len(path) == 1
    words = " ".join(step.name for step in path)
    yield _Block(text=_title(program, command, words, is_root))
    yield _Block(text=_wrapped(command.description or command.summary, program.width))
    if command.deprecated:
        yield _Block(text=_wrapped(f"Deprecated: {command.deprecated}", program.width))
    yield _Block(text=f"{markup.styled(markup.HEADING, 'Usage:')} {_usage(path)}")
    if command.aliases:
        yield _Block(text=f"Aliases: {', '.join(command.aliases)}")
    if is_root:
        for section in program.sections:
            rows = tuple(_sample(row) for row in section.rows)
            title = _headed(section.icon, markup.plain(section.title))
            yield _Block(title, rows=rows)
    yield from _command_blocks(program, command, is_root)
    if is_root and program.plugins is not None:
        yield _Block(text=_PLUGINS)
    yield _Block("Arguments", rows=tuple(map(_argument_row, command.arguments)))
    yield from _option_blocks(program, path)
    yield _Block("Examples", rows=tuple(map(_sample, command.examples)))
    footer = program.footer if is_root else ""
    if not is_root:
        footer = f"Global options: see {path[0].name} --help"
    yield _Block(text=_wrapped(footer, program.width))


def _title(program: Program, command: Command, words: str, is_root: bool) -> str:
    title = markup.styled(
        markup.BOLD, markup.plain(program.title) if is_root else words
    )
    if is_root and program.display_version:
        title += f" {program.version}"
    if is_root and program.tagline:
        title += f" - {markup.resolve(program.tagline)}"
    return "\n".join(layout.wrap(_headed(command.icon, title), program.width))


def _headed(icon: str, text: str) -> str:
    return f"{icon} {text}" if icon else text


def _wrapped(text: str, width: int) -> str:
    return "\n".join(layout.wrap(markup.resolve(text), width)) if text else ""


def _usage(path: Sequence[Command]) -> str:
    command = path[-1]
    default = _default_of(command)
    parts = [" ".join(step.name for step in path), "[OPTIONS]"]
    if command.children:
        optional = command.runnable or default is not None
        parts.append("[COMMAND]" if optional else "<COMMAND>")
    arguments = command.arguments + (default.arguments if default else ())
    return " ".join(parts + [_usage_argument(argument) for argument in arguments])


def _usage_argument(argument: Argument) -> str:
    name = f"<{argument.name.upper()}>"
    if argument.is_list and argument.maximum is not None:
        name = " ".join([name] * argument.maximum)
    if argument.maximum is None:
        name += "..."
    return name if argument.required else f"[{name}]"


def _default_of(command: Command) -> Command | None:
    named = (child for child in command.children if child.name == command.default)
    return next(named, None)


def _command_blocks(
    program: Program, command: Command, is_root: bool
) -> Iterator[_Block]:
    rows = {
        child.name: _command_row(child, child.name == command.default)
        for child in command.children
        if not child.hidden
    }
    groups = program.groups if is_root else ()
    for group in groups:
        taken = tuple(rows.pop(name) for name in group.commands if name in rows)
        yield _Block(_headed(group.icon, markup.plain(group.name)), rows=taken)
    yield _Block("Other commands" if groups else "Commands", rows=tuple(rows.values()))


def _command_row(command: Command, is_default: bool) -> Cell:
    left = ", ".join(
        markup.styled(markup.COMMAND, name) for name in (command.name, *command.aliases)
    )
    summary = (command.summary or command.description).partition("\n")[0]
    notes = [_note("default")] if is_default else []
    notes += ["(deprecated)"] if command.deprecated else []
    said = _headed(command.icon, markup.resolve(summary))
    return Cell(left, " ".join(filter(None, [said, *notes])))


def _argument_row(argument: Argument) -> Cell:
    left = markup.styled(markup.METAVAR, f"<{argument.name.upper()}>")
    notes = []
    if argument.choices:
        notes.append(_note("choices", [choice.text for choice in argument.choices]))
    if argument.default and argument.default.text:
        notes.append(_note("default", [argument.default.text]))
    said = filter(None, [markup.resolve(argument.desc), *notes])
    return Cell(left + ("..." if argument.is_list else ""), " ".join(said))


def _option_blocks(program: Program, path: Sequence[Command]) -> Iterator[_Block]:
    command, is_root = path[-1], len(path) == 1
    if not is_root:
        yield _Block("Options", rows=_option_rows(command.options))
        seen = {option.key for option in command.options}
        for depth in range(len(path) - 1, 1, -1):
            group = path[depth - 1]
            shown = [option for option in group.options if option.key not in seen]
            words = " ".join(step.name for step in path[:depth])
            yield _Block(f"Options of {words}", rows=_option_rows(shown))
            seen |= {option.key for option in group.options}
        return
    default = _default_of(command)
    if default is not None and not default.hidden:
        heading = f"Options of {default.name} (default)"
        yield _Block(heading, rows=_option_rows(default.options))
    shared = command.options + builtin_options(program)
    yield _Block("Global options", rows=_option_rows(shared))


def _option_rows(options: Sequence[Option]) -> tuple[Cell, ...]:
    return tuple(_option_row(option) for option in options if not option.hidden)


def _option_row(option: Option) -> Cell:
    name = f"--[no-]{option.long}" if option.negatable else f"--{option.long}"
    short = markup.styled(markup.OPTION, f"-{option.short}") if option.short else ""
    left = f"{short}, " if short else "    "
    left += markup.styled(markup.OPTION, name)
    if option.kind == "value":
        metavar = "CHOICE" if option.choices else _METAVARS[option.type]
        left += f" {markup.styled(markup.METAVAR, f'<{metavar}>')}"
    said = [markup.resolve(option.desc), *_option_notes(option)]
    return Cell(left, " ".join(filter(None, said)))


def _option_notes(option: Option) -> list[str]:
    notes = []
    if option.deprecated:
        notes.append(f"(deprecated: {markup.resolve(option.deprecated)})")
    if option.choices:
        notes.append(_note("choices", [choice.text for choice in option.choices]))
    default = [scalar.text for scalar in option.default if scalar.value is not False]
    if any(default):
        notes.append(_note("default", default))
    if option.env:
        notes.append(_note("env", [option.env]))
    if option.multiple:
        notes.append(_note("repeatable"))
    if option.required:
        notes.append(_note("required"))
    return notes


def _note(name: str, values: Sequence[str] = ()) -> str:
    said = ", ".join(value.replace("\n", "\\n") for value in values)
    text = f"[{name}: {said}]" if values else f"[{name}]"
    return markup.styled(markup.DIM, text.replace(" ", NO_BREAK))


def _sample(row: Row) -> Cell:
    item = markup.resolve(row.item.rstrip()).replace("\n", " ")
    if item == row.item.rstrip():
        item = markup.styled(_STYLES[row.style], item)
    return Cell(item, markup.resolve(row.desc))
