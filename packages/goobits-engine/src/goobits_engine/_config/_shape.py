"""Hold a tree of nodes against the tables: right keys, right kinds, right words."""

from __future__ import annotations

from goobits_engine._config._advice import advice
from goobits_engine._config._blocks import Block, Field
from goobits_engine._config._diagnostics import place
from goobits_engine._config._names import nearest_key, quote
from goobits_engine._config._nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    is_empty_list,
    is_null,
)
from goobits_engine._config._scalars import found, is_inert, read_scalar
from goobits_engine._config._schema import TABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._blocks import Value
    from goobits_engine._config._diagnostics import Report
    from goobits_engine._config._keys import Key, Table

_CONTAINERS = ("block", "blocks", "map", "list", "either", "any")


class Shape:
    """Checks nodes against the tables; reports what does not fit and goes on."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._quiet = False
        self._idle: set[tuple[str, str]] = set()

    def root(self, node: MappingNode) -> Block:
        """Return the block of the whole document."""
        return self._block("root", node, node, "")

    def _block(self, table: str, node: MappingNode, spot: Node, name: str) -> Block:
        rules = TABLES[table]
        block = Block(spot, _label(rules, node, name))
        idle: list[tuple[ScalarNode, Key]] = []
        for key_node, value in _old_last(rules, node):
            key = rules.keys.get(key_node.text, rules.other)
            if key is None or key.status == "refused":
                self._unknown(rules, block, key_node)
            else:
                self._field(rules, block, key, key_node, value)
                if key.status in ("cosmetic", "later") and not _is_off(key, value):
                    idle.append((key_node, key))
        self._report_idle(table, block, idle)
        self._report_missing(rules, block)
        return block

    def _unknown(self, rules: Table, block: Block, node: ScalarNode) -> None:
        """Report an unknown key; the key that was probably meant counts as broken."""
        where = f"in {block.label}" if block.label else "at the top level"
        message = f"unknown key {quote(node.text)} {where}"
        refusal = rules.keys.get(node.text)
        if refusal is not None:
            self._report.error("G012", message, node, help=refusal.why)
            return
        known = (k for k, v in rules.keys.items() if v.status != "refused")
        meant = nearest_key(node.text, known)
        if meant:
            meant = rules.keys[meant].to or meant
        hint = f"did you mean '{meant}'?" if meant else ""
        self._report.error("G012", message, node, help=hint)
        if meant:
            block.broken.add(meant)

    def _report_missing(self, rules: Table, block: Block) -> None:
        for name in rules.required:
            if name not in block.fields and name not in block.broken:
                where = f"{block.label} lacks" if block.label else "the file lacks"
                message = f"{where} the key '{name}'"
                self._report.error("G011", message, block.spot)

    def _report_idle(
        self, table: str, block: Block, idle: list[tuple[ScalarNode, Key]]
    ) -> None:
        rules = TABLES[table]
        if self._quiet:
            return
        if rules.grouped:
            if idle:
                self._warn_idle(block.label, [node for node, _ in idle], idle[0][1])
            return
        for node, key in idle:
            if (table, node.text) not in self._idle:
                self._idle.add((table, node.text))
                self._warn_idle(block.label, [node], key)

    def _warn_idle(self, label: str, nodes: list[ScalarNode], key: Key) -> None:
        words = [quote(node.text) for node in nodes]
        subject = words[0] if len(words) == 1 else ", ".join(words[:-1])
        if len(words) > 1:
            subject += f" and {words[-1]}"
        verb = "has" if len(words) == 1 else "have"
        where = f" in {label}" if label else ""
        later = key.status == "later"
        suffix = " in this version" if later else " here"
        message = f"{subject}{where} {verb} no effect{suffix}"
        self._report.warn("G052" if later else "G051", message, nodes[0])

    def _field(
        self, rules: Table, block: Block, key: Key, spot: ScalarNode, node: Node
    ) -> None:
        name = key.to or spot.text
        if is_null(node) or (key.kind == "single" and is_empty_list(node)):
            if name in rules.required:
                block.broken.add(name)
                self._report.error("G011", f"the key '{name}' has no value", spot)
            return
        wanted = not key.to or self._renamed(block, key, spot)
        before = self._quiet
        self._quiet = before or key.status in ("cosmetic", "later")
        where = f" of {block.label}" if block.label else ""
        value = self._value(key, node, f"'{spot.text}'{where}", spot)
        self._quiet = before
        if value is None:
            block.broken.add(name)
        elif wanted:
            block.fields[name] = Field(spot, node, value)

    def _renamed(self, block: Block, key: Key, spot: ScalarNode) -> bool:
        """Warn of an old key; return whether the value of another name is to be read."""
        first = block.fields.get(key.to)
        if first is None and key.status == "synonym":
            return True
        if first is None:
            self._report.warn(
                "G050",
                f"the key '{spot.text}' of {block.label or 'the file'} is old",
                spot,
                help=f"it is read as '{key.to}': rename it",
            )
            return True
        places = (place(first.key, f"'{key.to}' is given here"),)
        if key.kind in ("text", "line"):
            message = f"'{spot.text}' is ignored, because '{key.to}' is given too"
            self._report.warn("G050", message, spot, related=places)
        else:
            message = f"'{spot.text}' and '{key.to}' mean the same: give one"
            self._report.error("G031", message, spot, related=places)
        return False

    def _value(self, key: Key, node: Node, subject: str, spot: Node) -> Value | None:
        """Return what `node` says by `key`, or nothing after reporting why."""
        if key.kind == "either":
            key = _pick(key, node)
        if isinstance(node, MappingNode):
            if key.kind == "block":
                return self._block(key.table, node, spot, "")
            if key.kind == "blocks":
                return self._named_blocks(key, node)
            if key.kind == "map":
                return self._map(key, node, subject)
        elif isinstance(node, SequenceNode) and key.kind == "list":
            return self._list(key, node, subject)
        if _is_raw(key, node):
            return node
        if key.kind not in _WANTED:
            return read_scalar(key, node, subject, self._report)
        message = f"{subject} must be {_WANTED[key.kind]}, not {found(node)}"
        where = node if isinstance(node, ScalarNode) else spot
        self._report.error("G010", message, where, help=advice(key, node))
        return None

    def _named_blocks(self, key: Key, node: MappingNode) -> dict[str, Field]:
        """Read commands by name; one without a body is an empty one."""
        result: dict[str, Field] = {}
        for name, written in node.pairs:
            body = written
            if is_null(written):
                body = MappingNode(name.line, name.column, name.end_column)
            if isinstance(body, MappingNode):
                block = self._block(key.table, body, name, name.text)
                result[name.text] = Field(name, body, block)
                continue
            subject = f"{TABLES[key.table].noun} {quote(name.text)}"
            message = f"{subject} must be a mapping, not {found(body)}"
            help = advice(key, body)
            self._report.error("G010", message, name, help=help)
            result[name.text] = Field(name, body, body)
        return result

    def _map(self, key: Key, node: MappingNode, subject: str) -> dict[str, Field]:
        result: dict[str, Field] = {}
        for name, item in node.pairs:
            value = self._item(key, item, f"{quote(name.text)} in {subject}", name)
            if value is not None:
                result[name.text] = Field(name, item, value)
        return result

    def _list(self, key: Key, node: SequenceNode, subject: str) -> list[Field]:
        result: list[Field] = []
        for number, item in enumerate(node.items, 1):
            value = self._item(key, item, f"item {number} of {subject}", item)
            if value is not None:
                result.append(Field(item, item, value))
        return result

    def _item(self, key: Key, node: Node, subject: str, spot: Node) -> Value | None:
        if is_null(node):
            message = f"{subject} has no value"
            self._report.error("G010", message, node, help="take it out, or quote it")
            return None
        return self._value(key.items[0], node, subject, spot)


_WANTED = {
    "block": "a mapping",
    "blocks": "a mapping",
    "map": "a mapping",
    "list": "a list",
    "scalar": "a value or a list of values",
    "single": "a single value",
}


def _old_last(rules: Table, node: MappingNode) -> list[tuple[ScalarNode, Node]]:
    """Return the pairs with those of old keys last, so that present keys win."""

    def is_old(pair: tuple[ScalarNode, Node]) -> bool:
        key = rules.keys.get(pair[0].text)
        return key is not None and bool(key.to)

    return sorted(node.pairs, key=is_old)


def _label(rules: Table, node: MappingNode, name: str) -> str:
    """Return how messages call a mapping: its noun and, if it has one, its name."""
    if not name and rules.label:
        for key, value in node.pairs:
            if key.text == rules.label and isinstance(value, ScalarNode):
                name = value.text
    return f"{rules.noun} {quote(name)}" if name else rules.noun


def _is_off(key: Key, node: Node) -> bool:
    """Tell whether a key without effect says nothing that anybody would miss."""
    if is_null(node):
        return True
    return is_inert(node) and (
        key.status == "later" or not isinstance(node, ScalarNode)
    )


def _pick(key: Key, node: Node) -> Key:
    """Return the alternative whose shape is the node's, or else the first."""
    shapes = {MappingNode: ("block", "map"), SequenceNode: ("list",)}
    wanted = shapes.get(type(node))
    for item in key.items:
        if item.kind in wanted if wanted else item.kind not in _CONTAINERS:
            return item
    return key.items[0]


def _is_raw(key: Key, node: Node) -> bool:
    """Tell whether `node` is taken as it stands, for somebody who knows its type."""
    if key.kind == "scalar" and isinstance(node, SequenceNode):
        items = node.items
        return all(isinstance(i, ScalarNode) and not is_null(i) for i in items)
    if key.kind in ("scalar", "single"):
        return isinstance(node, ScalarNode)
    return key.kind == "any"
