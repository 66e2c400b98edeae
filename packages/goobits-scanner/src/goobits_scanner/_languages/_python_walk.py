"""One pass over a Python file: scopes, what is told to the observer, depth and time."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from goobits_scanner._facts import NO_MARKS, NOTHING, Fact, Value
from goobits_scanner._languages._python_values import marks_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from goobits_scanner._facts import Observer

DEEPEST = 90
_EVERY = 64
_SELECTED = frozenset({"call", "use", "assign"})
_NO_KEYWORDS: dict[str, Value] = {}
_BUILTIN_ROOTS = ("builtins.", "__builtins__.", "__builtin__.")
_NAMESPACES = frozenset({"globals()", "locals()"})

Scopes = list[dict[str, Value]]

_BUILTINS = frozenset(dir(builtins))
# Modules of which one import of all names is enough to do harm.
_STRONG = frozenset(
    "os subprocess shutil socket ctypes pty base64 urllib.request requests".split()
)


class Code(NamedTuple):
    """A text that is evaluated: each byte a character; `line` is where it runs, 0 for the file."""

    text: str
    line: int = 0


class State(NamedTuple):
    """What is put aside with code that nests too deeply."""

    scopes: Scopes
    outside: dict[str, dict[str, Value]]
    owner: str
    context: str
    code: Code
    branches: int


class Walk:
    """Evaluates expressions in the scopes of one file, each by the visitor of its kind.

    What nests too deeply is put aside and evaluated when all else is done, so that depth
    neither hides code nor exhausts the stack; its value is unknown to what contains it.
    """

    visitors: ClassVar[dict[int, Callable[[Walk, Node], Value]]] = {}

    def __init__(
        self,
        data: bytes,
        observer: Observer,
        context: str,
        deadline: Callable[[], bool],
    ) -> None:
        self.code = Code(data.decode("latin-1"))
        self.context = context
        self.owner = ""
        self.scopes: Scopes = [{}]
        self.outside: dict[str, dict[str, Value]] = {}
        self.is_late = False
        self._deadline = deadline
        self._observer = observer
        self._observe = observer.observe
        self._heard: dict[str, bool] = {}
        self._unbound: dict[str, Value] = {}
        self._taken = ""
        self.parsed_from: dict[str, str] = {}
        self._branches = 0
        self._depth = 0
        self._steps = 0
        self._aside: list[tuple[Callable[[Node], object], Node, State]] = []
        self._known_aside: set[tuple[int, int, int, Code]] = set()

    def evaluate(self, node: Node) -> Value:
        """Return what is known of an expression, and tell of all that it does."""
        depth = self._depth
        if depth >= DEEPEST:
            return self.put_aside(self.evaluate, node)
        self._depth = depth + 1
        visit = self.visitors.get(node.kind_id)
        value = self._parts(node) if visit is None else visit(self, node)
        self._depth = depth
        return value

    def _parts(self, node: Node) -> Value:
        values = [self.evaluate(child) for child in node.named_children]
        return Value(marks=marks_of(values)) if values else NOTHING

    def _inner(self, node: Node) -> Value:
        for child in node.named_children:
            if child.type != "comment":
                return self.evaluate(child)
        return NOTHING

    # Depth and time.

    def put_aside(self, evaluate: Callable[[Node], object], node: Node) -> Value:
        """Keep what nests too deeply for later, once."""
        key = node.start_byte, node.end_byte, node.kind_id, self.code
        if key not in self._known_aside and not self.is_late:
            self._known_aside.add(key)
            state = State(
                list(self.scopes),
                self.outside,
                self.owner,
                self.context,
                self.code,
                self._branches,
            )
            self._aside.append((evaluate, node, state))
        return NOTHING

    def take_aside(self) -> bool:
        """Evaluate what was put aside; return whether there was anything."""
        waiting, self._aside = self._aside, []
        for evaluate, node, state in waiting:
            if self.is_over():
                return False
            self._depth = 0
            self.scopes, self.outside, self.owner = state[:3]
            self.context, self.code, self._branches = state[3:]
            evaluate(node)
        return bool(waiting)

    def is_over(self) -> bool:
        """Return whether time is over, looking at the clock now and then."""
        self._steps += 1
        if self._steps % _EVERY == 0 and self._deadline():
            self.is_late = True
        return self.is_late

    # What is told.

    def is_heard(self, path: str) -> bool:
        """Return whether the observer asks for calls, uses and assignments of a path."""
        heard = self._heard.get(path)
        if heard is None:
            observer, end = self._observer, path.find(".")
            root = path if end < 0 else path[:end]
            heard = (
                path[path.rfind(".") + 1 :] in observer.names
                or root.removesuffix("()") in observer.roots
            )
            self._heard[path] = heard
        return heard

    def tell(
        self,
        kind: str,
        path: str,
        node: Node,
        arguments: tuple[Value, ...] = (),
        keywords: dict[str, Value] = _NO_KEYWORDS,
        receiver: Value = NOTHING,
        is_hidden: bool = False,
    ) -> frozenset[str] | None:
        """Hand a fact to the observer, if it cares; return its answer."""
        if kind in _SELECTED and not self.is_heard(path):
            return None
        line = end = self.code.line
        if not line:
            line, end = node.start_point[0] + 1, node.end_point[0] + 1
        fact = (
            kind,
            path,
            line,
            end,
            self.context,
            arguments,
            keywords,
            receiver,
            is_hidden,
        )
        return self._observe(tuple.__new__(Fact, fact))

    def tell_string(self, value: Value, node: Node, *, is_folded: bool = True) -> None:
        """Tell of a string, maybe with holes, that is long enough to mean something."""
        if value.text is not None and len(value.text) > 3:
            self.tell("string", "", node, (value,), is_hidden=is_folded)

    # Names.

    def text(self, node: Node) -> str:
        text = self.code.text[node.start_byte : node.end_byte]
        return text if text.isascii() else _decoded(text)

    def name(self, node: Node) -> str:
        """Return an identifier as Python reads it: compatible letters are the same."""
        text = self.code.text[node.start_byte : node.end_byte]
        if text.isascii():
            return text
        import unicodedata

        return unicodedata.normalize("NFKC", _decoded(text))

    def find(self, name: str) -> Value | None:
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        return None

    def named(self, name: str) -> Value:
        """Return the value of a name; of one that the file does not bind, its name."""
        for scope in reversed(self.scopes):
            if name in scope:
                return scope[name]
        value = self._unbound.get(name)
        if value is None:
            path = f"{self._taken}.{name}" if self._taken else name
            value = self._unbound[name] = Value(name if name in _BUILTINS else path)
        return value

    def take_all_of(self, module: str) -> None:
        """Let names that the file does not bind be those of a module (`from os import *`).

        Of several modules it is the one that can do most harm: which one has a name is not known.
        """
        if not self._taken or module in _STRONG:
            self._taken = module
            self._unbound.clear()

    def member(self, owner: Value, name: str, *, is_hidden: bool = False) -> Value:
        """Return the attribute of a value."""
        root = owner.path
        path = f"{root}.{name}"
        if root[:1] in ("@", "&"):
            known = self.scopes[0].get(path)
            if known is not None:
                return known
        elif name == "__dict__":
            if root in _NAMESPACES or root.endswith(".__dict__"):
                path = root
        elif root[:1] in ("b", "_") and path.startswith(_BUILTIN_ROOTS):
            path = path.split(".", 1)[1]
        return Value(path, marks=owner.marks, is_hidden=is_hidden or owner.is_hidden)

    def bind(self, target: Node, value: Value) -> None:
        """Assign a value to whatever stands at the left of an assignment."""
        raise NotImplementedError

    def wants(self, node: Node) -> bool:
        """Return whether anything in a part of the file can matter; code in texts can."""
        return bool(self.code.line) or self._observer.wants(
            node.start_byte, node.end_byte
        )

    def _with_marks_of_use(self, value: Value, node: Node) -> Value:
        """Tell that a value is read; return it with the marks that reading it gives."""
        path = value.path
        if not path or not self.is_heard(path):
            return value
        if (path[0] in "@&" and "." not in path) or path.endswith("()"):
            return value
        marks = self.tell("use", path, node, receiver=value)
        if marks is None or marks == value.marks:
            return value
        return Value(
            path,
            constant=value.constant,
            text=value.text,
            marks=marks or NO_MARKS,
            items=value.items,
            keys=value.keys,
            is_hidden=value.is_hidden,
        )


def _decoded(text: str) -> str:
    return text.encode("latin-1").decode("utf-8", "replace")
