"""Defaults and choices: texts that must be values of a type."""

from __future__ import annotations

from goobits_engine._config._blocks import scalars
from goobits_engine._config._diagnostics import place
from goobits_engine._config._names import printable, quote
from goobits_engine._config._nodes import ScalarNode, SequenceNode
from goobits_engine._config._values import parse_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._blocks import Block
    from goobits_engine._config._diagnostics import Report
    from goobits_engine._config._drafts import Literal
    from goobits_engine._program import ValueType


def read_choices(
    block: Block, type_name: ValueType, report: Report
) -> tuple[Literal, ...]:
    """Return the good choices of an option or argument; report the others."""
    nodes = scalars(block.items("choices"))
    field = block.fields.get("choices")
    if (
        field is not None
        and isinstance(field.node, SequenceNode)
        and not field.node.items
    ):
        message = f"the choices of {block.label} are empty"
        report.error("G034", message, field.key, help="list them, or take the key out")
    literals: list[Literal] = []
    seen: dict[object, ScalarNode] = {}
    for node in nodes:
        literal = _literal(node, type_name, f"choice of {block.label}", report)
        if literal is None:
            block.broken.add("choices")
        elif literal[1] in seen:
            first = place(seen[literal[1]], "first given here")
            message = f"the choice {quote(node.text)} of {block.label} is given twice"
            report.error("G034", message, node, related=(first,))
        else:
            seen[literal[1]] = node
            literals.append(literal)
    return tuple(literals)


def read_default(
    block: Block,
    type_name: ValueType,
    choices: tuple[Literal, ...],
    report: Report,
    *,
    several: bool = False,
) -> tuple[Literal, ...]:
    """Return the good default values of an option or argument; report the others."""
    literals: list[Literal] = []
    for node in _default_nodes(block, report, several=several):
        literal = _literal(node, type_name, f"default of {block.label}", report)
        if literal is None:
            continue
        literals.append(literal)
        if "choices" in block.broken or not choices:
            continue
        if all(literal[1] != value for _, value in choices):
            message = f"the default of {block.label} is not one of its choices"
            hint = "choose from " + ", ".join(printable(text) for text, _ in choices)
            report.error("G033", message, node, help=hint)
    return tuple(literals)


def _default_nodes(block: Block, report: Report, *, several: bool) -> list[ScalarNode]:
    node = block.raw("default")
    if isinstance(node, ScalarNode):
        return [node]
    if not isinstance(node, SequenceNode) or (several and not node.items):
        return []
    if several:
        return [item for item in node.items if isinstance(item, ScalarNode)]
    message = f"the default of {block.label} must be a single value, not a list"
    report.error("G010", message, node)
    return []


def _literal(
    node: ScalarNode, type_name: ValueType, what: str, report: Report
) -> Literal | None:
    try:
        return node.text, parse_value(type_name, node.text)
    except ValueError as reason:
        message = f"{quote(node.text)} cannot be a {what}: {reason}"
        report.error("G032", message, node)
        return None
