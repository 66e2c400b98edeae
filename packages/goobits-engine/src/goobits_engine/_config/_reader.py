"""YAML 1.2 text to a tree of nodes, or to errors with places.

PyYAML does the scanning (with libyaml, where it is there); aliases, merges, duplicate
keys and the meaning of scalars are ours. Nothing recurses, and what a document may make
us visit is bounded before anybody walks it.

The two scanners of PyYAML differ in a corner: without libyaml, a tab in a line, and
a '?' after a space in brackets, are errors.
"""

from __future__ import annotations

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from goobits_engine._config._diagnostics import place
from goobits_engine._config._names import is_control, quote
from goobits_engine._config._nodes import (
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
    core_kind,
)
from goobits_engine._config._yaml_errors import report_yaml_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.cyaml import CSafeLoader
    from yaml.events import Event

    from goobits_engine._config._diagnostics import Report

    Loader = type[yaml.SafeLoader] | type[CSafeLoader]
    Start = MappingStartEvent | SequenceStartEvent

MAX_DEPTH = 64
MAX_NODES = 100_000

_CORE = "tag:yaml.org,2002:"
_TEXT_TAGS = ("!", _CORE + "str")


def read_tree(text: str, report: Report, loader: Loader | None = None) -> Node | None:
    """Return the root of the one document in `text`, or report why there is none.

    `loader` is a PyYAML loader; by default the fastest that is installed.
    """
    if loader is None:
        loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    composer = _Composer(report, text)
    try:
        for event in yaml.parse(text, Loader=loader):
            if not composer.take(event):
                return None
    except yaml.YAMLError as error:
        report_yaml_error(error, text, report)
        return None
    return composer.root


class _Frame:
    """A collection that is still open."""

    __slots__ = ("keys", "merges", "node", "pending", "waiting")

    def __init__(self, node: SequenceNode | MappingNode) -> None:
        self.node = node
        self.keys: dict[str, ScalarNode] = {}
        self.merges: dict[int, Node] = {}
        self.pending: ScalarNode | None = None
        self.waiting = False


class _Composer:
    """Builds the tree from events."""

    def __init__(self, report: Report, text: str) -> None:
        self.root: Node | None = None
        self._report = report
        self._lines = text.split("\n")
        self._anchors: dict[str, Node] = {}
        self._frames: list[_Frame] = []
        self._documents = 0

    def take(self, event: Event) -> bool:
        """Take the next event; return whether reading can go on."""
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            return self._open(event)
        if isinstance(event, CollectionEndEvent):
            return self._close()
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if isinstance(event, DocumentStartEvent):
            return self._document(event)
        return True

    def _document(self, event: Event) -> bool:
        self._documents += 1
        if self._documents == 1:
            return True
        message = "the file holds more than one document"
        hint = "keep one, and take the line '---' out"
        self._report.error_at("G006", message, self._span(event), help=hint)
        return False

    def _span(self, event: Event) -> tuple[int, int, int]:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return 1, 1, 2
        column = start.column + 1
        if end.line == start.line:
            return start.line + 1, column, max(end.column + 1, column + 1)
        width = len(self._lines[start.line]) if start.line < len(self._lines) else 0
        return start.line + 1, column, max(width + 1, column + 1)

    def _scalar(self, event: ScalarEvent) -> bool:
        span = self._span(event)
        plain = not event.style
        node = ScalarNode(
            *span, event.value, core_kind(event.value) if plain else "str"
        )
        if event.style == '"':
            self._check_escapes(node)
        if event.tag is not None and not self._tagged(event.tag, node):
            return False
        self._register(event.anchor, node)
        return self._attach(node)

    def _check_escapes(self, node: ScalarNode) -> None:
        for character in node.text:
            if is_control(character):
                message = f"the character U+{ord(character):04X} has no place in a text"
                hint = "only \\n and \\t are allowed; colours are written as [red]…[/]"
                self._report.error("G008", message, node, help=hint)
                return

    def _tagged(self, tag: str, node: ScalarNode) -> bool:
        if tag in _TEXT_TAGS:
            node.kind = "str"
            return True
        return self._known_tag(
            tag, node.kind, (node.line, node.column, node.end_column)
        )

    def _known_tag(self, tag: str, kind: str, span: tuple[int, int, int]) -> bool:
        if tag in ("!", _CORE + kind):
            return True
        name = quote("!!" + tag.removeprefix(_CORE) if _CORE in tag else tag)
        message = f"the tag {name} does not fit here"
        if not tag.startswith(_CORE):
            message = f"the tag {name} is not known"
        self._report.error_at("G007", message, span, help="take the tag out")
        return False

    def _open(self, event: Start) -> bool:
        line, column, _ = span = self._span(event)
        is_mapping = isinstance(event, MappingStartEvent)
        kind = "map" if is_mapping else "seq"
        if event.tag is not None and not self._known_tag(event.tag, kind, span):
            return False
        cls = MappingNode if is_mapping else SequenceNode
        node = cls(line, column, column + 1)
        if len(self._frames) >= MAX_DEPTH:
            return self._too_deep(node)
        self._frames.append(_Frame(node))
        self._register(event.anchor, node)
        return True

    def _too_deep(self, node: Node) -> bool:
        message = f"the values are nested more than {MAX_DEPTH} levels deep"
        self._report.error("G004", message, node, help="nest less")
        return False

    def _register(self, anchor: str | None, node: Node) -> None:
        if anchor is not None:
            self._anchors[anchor] = node

    def _alias(self, event: AliasEvent) -> bool:
        span = self._span(event)
        anchor = event.anchor or ""
        name = quote(anchor)
        node = self._anchors.get(anchor)
        if node is None:
            message = f"the alias {name} names no anchor"
            hint = "an anchor stands before its aliases; a text that begins with '*' "
            hint += "needs quotes"
            self._report.error_at("G005", message, span, help=hint)
            return False
        if any(frame.node is node for frame in self._frames):
            message = f"the alias {name} stands inside the value that it names"
            self._report.error_at("G005", message, span, help="write the value out")
            return False
        if len(self._frames) + node.height > MAX_DEPTH + 1:
            return self._too_deep(Node(*span))
        return self._attach(node, Node(*span))

    def _close(self) -> bool:
        frame = self._frames.pop()
        if isinstance(frame.node, MappingNode) and frame.merges:
            self._merge(frame, frame.node)
        return self._attach(frame.node)

    def _attach(self, node: Node, spot: Node | None = None) -> bool:
        """Put a finished node where it belongs; `spot` is where its alias stands."""
        if not self._frames:
            self.root = node
            return True
        frame = self._frames[-1]
        frame.node.size += node.size
        frame.node.height = max(frame.node.height, node.height + 1)
        if frame.node.size > MAX_NODES:
            message = f"the file holds more than {MAX_NODES:,} values"
            hint = "aliases count as often as they are used"
            self._report.error("G004", message, spot or node, help=hint)
            return False
        if isinstance(frame.node, SequenceNode):
            frame.node.items.append(node)
        elif frame.waiting:
            frame.waiting = False
            self._value(frame, frame.node, node)
        else:
            frame.waiting = True
            frame.pending = self._key(frame, node, spot or node)
        return True

    def _key(self, frame: _Frame, node: Node, spot: Node) -> ScalarNode | None:
        if not isinstance(node, ScalarNode):
            message = "a key must be a word, not a list or a mapping"
            hint = "'{' and '[' at the start of a text need quotes"
            self._report.error("G010", message, spot, help=hint)
            return None
        first = frame.keys.get(node.text)
        if first is not None:
            message = f"the key {quote(node.text)} is given twice"
            first_place = place(first, "first given here")
            self._report.error("G003", message, spot, related=(first_place,))
            return None
        frame.keys[node.text] = node
        return node

    def _value(self, frame: _Frame, mapping: MappingNode, node: Node) -> None:
        key = frame.pending
        if key is None:
            return
        if key.text == "<<":
            frame.merges[len(mapping.pairs)] = node
        mapping.pairs.append((key, node))

    def _merge(self, frame: _Frame, mapping: MappingNode) -> None:
        """Put what `<<` names in its place; keys of the mapping's own win."""
        pairs: list[tuple[ScalarNode, Node]] = []
        taken = set(frame.keys)
        for index, pair in enumerate(mapping.pairs):
            if index not in frame.merges:
                pairs.append(pair)
                continue
            for source in self._merged(pair):
                for key, value in source.pairs:
                    if key.text not in taken:
                        taken.add(key.text)
                        pairs.append((key, value))
        mapping.pairs = pairs

    def _merged(self, pair: tuple[ScalarNode, Node]) -> list[MappingNode]:
        key, value = pair
        items = value.items if isinstance(value, SequenceNode) else [value]
        sources = [item for item in items if isinstance(item, MappingNode)]
        if len(sources) != len(items):
            message = "'<<' takes a mapping, or a list of mappings"
            self._report.error("G010", message, key, help="write '<<: *anchor'")
        return sources
