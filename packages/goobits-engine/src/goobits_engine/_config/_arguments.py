"""From the blocks of arguments to their drafts, and the order they may stand in."""

from __future__ import annotations

from goobits_engine._config._diagnostics import place
from goobits_engine._config._drafts import ArgumentDraft
from goobits_engine._config._literals import read_choices, read_default
from goobits_engine._config._names import hook_key
from goobits_engine._config._options import check_path, drop_default

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._blocks import Block
    from goobits_engine._config._diagnostics import Report
    from goobits_engine._program import ValueType

_TYPES: dict[str, ValueType] = {
    "int": "int",
    "float": "float",
    "path": "path",
    "bool": "bool",
}


def read_argument(block: Block, report: Report) -> ArgumentDraft:
    """Return the argument that `block` describes; its name is empty when unreadable."""
    name = block.text("name")
    argument = ArgumentDraft(block, name, hook_key(name))
    declared = block.text("type")
    argument.type = _TYPES.get(declared, "str")
    if "type" not in block.broken:
        _check_fit(block, declared, argument.type, report)
        argument.choices = read_choices(block, argument.type, report)
        default = read_default(block, argument.type, argument.choices, report)
        argument.default = default[0] if default else None
    _count_words(argument)
    if argument.default is not None and argument.required:
        drop_default(block, report)
        argument.default = None
    return argument


def _check_fit(
    block: Block, declared: str, type_name: ValueType, report: Report
) -> None:
    check_path(block, type_name, report)
    field = block.fields.get("choices")
    if declared == "bool" and field is not None:
        message = f"{block.label} is true or false: it cannot have 'choices'"
        report.error("G031", message, field.key)
        block.broken.add("choices")
        del block.fields["choices"]
    if declared == "choice" and field is None and "choices" not in block.broken:
        message = f"{block.label} has the type choice but lacks the key 'choices'"
        report.error("G011", message, block.node("type"))


def _count_words(argument: ArgumentDraft) -> None:
    """Work out how many words it takes, and whether it must be given."""
    block = argument.block
    nargs = block.text("nargs")
    defaulted = "default" in block.broken or "default" in block.fields
    optional = nargs in ("?", "*") or defaulted
    argument.required = block.truth("required", default=not optional)
    argument.is_list = nargs in ("*", "+") or (nargs.isdigit() and nargs != "1")
    if nargs in ("*", "+"):
        argument.maximum = None
    elif nargs.isdigit():
        argument.maximum = int(nargs)
    full = argument.maximum or 1
    argument.minimum = full if argument.required else 0


def check_order(arguments: list[ArgumentDraft], report: Report) -> None:
    """Report arguments that others follow although nothing could reach those."""
    for index, argument in enumerate(arguments):
        rest = arguments[index + 1 :]
        name = f"argument '{argument.name}'"
        if argument.maximum is None and rest:
            message = f"{name} takes every word that is left: it must be the last"
            after = place(rest[0].block.node("name"), "this one follows it")
            report.error("G030", message, argument.block.node("name"), related=(after,))
            continue
        needed = next((other for other in rest if other.required), None)
        if not argument.required and needed is not None:
            message = f"{name} is optional but stands before a required one"
            after = place(needed.block.node("name"), "this one is required")
            report.error("G030", message, argument.block.node("name"), related=(after,))
