"""From the block of an option to its draft."""

from __future__ import annotations

from goobits_engine._config._drafts import OptionDraft
from goobits_engine._config._literals import read_choices, read_default
from goobits_engine._config._names import hook_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._blocks import Block
    from goobits_engine._config._diagnostics import Report
    from goobits_engine._program import Kind, ValueType

_TYPES: dict[str, ValueType] = {
    "int": "int",
    "float": "float",
    "path": "path",
    "bool": "bool",
    "flag": "bool",
}
_UNFIT: dict[Kind, tuple[str, ...]] = {
    "flag": ("choices", "multiple", "required", "path_exists"),
    "count": (
        "default",
        "choices",
        "multiple",
        "required",
        "path_exists",
        "negatable",
    ),
    "value": ("negatable",),
}
_KINDS: dict[Kind, str] = {
    "flag": "a flag",
    "count": "a count",
    "value": "no flag",
}


def read_option(block: Block, report: Report) -> OptionDraft:
    """Return the option that `block` describes; its name is empty when unreadable."""
    name = block.text("name")
    option = OptionDraft(block, name, hook_key(name), block.text("long") or name)
    declared = block.text("type")
    option.type = _TYPES.get(declared, "str")
    option.kind = "flag" if option.type == "bool" else "value"
    if block.truth("count"):
        _check_count(option, declared, report)
        option.kind, option.type = "count", "int"
    if "type" in block.broken:
        return option
    _check_fit(option, declared, report)
    option.multiple = option.kind == "value" and block.truth("multiple")
    option.required = option.kind == "value" and block.truth("required")
    if option.kind == "value":
        _read_values(option, report)
    elif option.kind == "flag":
        _read_flag(option, report)
    return option


def _check_count(option: OptionDraft, declared: str, report: Report) -> None:
    if declared in ("", "int", "bool", "flag"):
        return
    message = (
        f"'count' and the type {declared} of {option.block.label} do not go together"
    )
    hint = "a count is a number: take the type out"
    report.error("G031", message, option.block.node("count"), help=hint)


def _check_fit(option: OptionDraft, declared: str, report: Report) -> None:
    block = option.block
    for key in _UNFIT[option.kind]:
        field = block.fields.get(key)
        if field is not None and field.value is not False:
            message = f"{block.label} is {_KINDS[option.kind]}: it cannot have '{key}'"
            report.error("G031", message, field.key)
    if option.kind != "value":
        return
    check_path(block, option.type, report)
    absent = "choices" not in block.fields and "choices" not in block.broken
    if declared == "choice" and absent:
        message = f"{block.label} has the type choice but lacks the key 'choices'"
        report.error("G011", message, block.node("type"))


def check_path(block: Block, type_name: ValueType, report: Report) -> None:
    """Report a `path_exists` of something that is no path."""
    if block.truth("path_exists") and type_name != "path":
        message = f"{block.label} is no path: it cannot have 'path_exists'"
        hint = "give it 'type: path'"
        report.error("G031", message, block.fields["path_exists"].key, help=hint)


def _read_values(option: OptionDraft, report: Report) -> None:
    block = option.block
    option.choices = read_choices(block, option.type, report)
    option.default = read_default(
        block, option.type, option.choices, report, several=option.multiple
    )
    if option.required and option.default:
        drop_default(block, report)
        option.default = ()


def drop_default(block: Block, report: Report) -> None:
    """Warn that the default of something required is never used."""
    message = f"{block.label} is required: its default is ignored"
    report.warn(
        "G056", message, block.fields["default"].key, help="take one of them out"
    )


def _read_flag(option: OptionDraft, report: Report) -> None:
    block = option.block
    default = read_default(block, "bool", (), report)
    on = any(value for _, value in default)
    option.default = (("true", True),) if on else ()
    option.negatable = on or block.truth("negatable")
    if on and not block.truth("negatable", default=True):
        message = f"{block.label} is on by default: only its '--no-' form can end that"
        report.error("G031", message, block.node("negatable"))
