"""One pass over a JavaScript file: scopes, what is told to the observer, depth and time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from goobits_scanner._facts import NO_MARKS, NOTHING, Fact, Value
from goobits_scanner._languages._javascript_values import Function, joined

if TYPE_CHECKING:
    from tree_sitter import Language, Node

    from goobits_scanner._facts import Observer

Visitor = Callable[["Walk", "Node"], Value]

_DEEPEST = 100
_DEPTH_OF_CALL = 5
_EVERY = 64
_SELECTED = frozenset({"call", "use", "assign"})
_NO_KEYWORDS: dict[str, Value] = {}
# Names that mean the platform's own also where a function of the file has the same.
PLATFORM = frozenset(
    "eval Function fetch require setTimeout setInterval setImmediate open alert atob btoa "
    "unescape location document window name global process parseInt Number String".split()
)
_FIELDS = (
    "alias alternative argument arguments body condition consequence constructor "
    "declaration increment initializer key kind left name operator parameter "
    "parameters pattern property right source type value"
).split()


class Scope:
    """The names of a function, a block, or the file; `checked` holds here, until it is assigned."""

    __slots__ = ("branch", "checked", "is_block", "names", "parent")

    def __init__(self, parent: Scope | None, branch: int, *, is_block: bool = False):
        self.names: dict[str, Value] = {}
        self.checked: dict[str, Value] | None = None
        self.parent = parent
        self.branch = branch
        self.is_block = is_block


class State:
    """What a function's body sees: put aside while another one's is evaluated."""

    __slots__ = ("branch", "context", "level", "returned", "scope", "source", "this")

    def __init__(self, source: tuple[str, int], context: str) -> None:
        self.source = source
        self.context = context
        self.scope = Scope(None, 0)
        self.this: Value = Value("this")
        self.returned: list[Value] = []
        self.branch = 0
        self.level = 0


class Walk:
    """Evaluates the nodes of one file, each by the visitor of its type.

    What nests too deeply is put aside and evaluated when all else is done, so that depth
    neither hides code nor exhausts the stack; its value is unknown to what contains it.
    """

    def __init__(
        self,
        data: bytes,
        observer: Observer,
        visitors: dict[int, Visitor],
        language: Language,
        deadline: Callable[[], bool],
        context: str,
    ) -> None:
        self.observer = observer
        self.observe: Callable[[Fact], frozenset[str] | None] = observer.observe
        self.visitors = visitors
        self.language = language
        self.fields = {name: language.field_id_for_name(name) or 0 for name in _FIELDS}
        self.file = data.decode("latin-1")
        self.state = State((self.file, 0), context)
        self.pending: deque[Function] = deque()
        self.resolved = NO_MARKS
        self.deadline = deadline
        self.is_late = False
        self.reruns = 0
        self.rerun_level = 0
        self.folds = 0
        self.parsed_from: dict[str, str] = {}
        self._deferred: list[tuple[Node, State]] = []
        self._depth = 0
        self._steps = 0
        self._heard: dict[str, bool] = {}
        self._globals: dict[str, Value] = {}

    def visit(self, node: Node) -> Value:
        """Evaluate a node of any type; statements have no value."""
        depth = self._depth
        if depth >= _DEEPEST:
            self._defer(node)
            return NOTHING
        self._depth = depth + 1
        visitor = self.visitors.get(node.kind_id, Walk.visit_children)
        value = visitor(self, node)
        self._depth = depth
        return value

    def visit_body(self, node: Node) -> Value:
        """Evaluate the body of a function, whose call takes more of the stack."""
        self._depth += _DEPTH_OF_CALL
        found = self.visit(node)
        self._depth -= _DEPTH_OF_CALL
        return found

    def visit_children(self, node: Node) -> Value:
        """Evaluate what a node without a meaning of its own contains."""
        for child in node.named_children:
            self.visit(child)
        return NOTHING

    def field(self, node: Node, name: str) -> Node | None:
        return node.child_by_field_id(self.fields[name])

    def statements(self, nodes: list[Node]) -> Value:
        """Evaluate statements in order, until time is over; return the last one's value."""
        last = NOTHING
        for node in nodes:
            self._steps += 1
            if self._steps % _EVERY == 0 and self.deadline():
                self.is_late = True
            if self.is_late:
                break
            last = self.visit(node)
        return last

    def _defer(self, node: Node) -> None:
        if not self.is_late:
            self._deferred.append((node, self.copy_state()))

    def copy_state(self) -> State:
        state, copy = self.state, State.__new__(State)
        for name in State.__slots__:
            setattr(copy, name, getattr(state, name))
        return copy

    def take_deferred(self) -> bool:
        """Evaluate what was put aside as too deep; return whether there was anything."""
        waiting, self._deferred = self._deferred, []
        for node, state in waiting:
            if self.is_late or self.deadline():
                self.is_late = True
                return False
            outer, self.state = self.state, state
            self.visit(node)
            self.state = outer
        return bool(waiting)

    def text(self, node: Node) -> str:
        text = self.state.source[0][node.start_byte : node.end_byte]
        if text.isascii():
            return text
        return text.encode("latin-1").decode("utf-8", "replace")

    def wants(self, node: Node) -> bool:
        """Return whether anything in a part of the file can matter; code in texts can."""
        if self.state.source[1]:
            return True
        return self.observer.wants(node.start_byte, node.end_byte)

    def is_heard(self, path: str) -> bool:
        """Return whether the observer asks for calls, uses and assignments of a path."""
        heard = self._heard.get(path)
        if heard is None:
            observer = self.observer
            heard = self._heard[path] = (
                path[path.rfind(".") + 1 :] in observer.names
                or path.partition(".")[0].removesuffix("()") in observer.roots
            )
        return heard

    def tell(
        self,
        kind: str,
        path: str,
        node: Node,
        arguments: tuple[Value, ...] = (),
        *,
        keywords: dict[str, Value] = _NO_KEYWORDS,
        receiver: Value = NOTHING,
        is_hidden: bool = False,
    ) -> frozenset[str] | None:
        """Hand a fact to the observer, if it cares; return its answer."""
        if kind in _SELECTED and not self.is_heard(path):
            return None
        line = end = self.state.source[1]
        if not line:
            line, end = node.start_point[0] + 1, node.end_point[0] + 1
        context = self.state.context
        return self.observe(
            Fact(
                kind, path, line, end, context, arguments, keywords, receiver, is_hidden
            )
        )

    def tell_string(self, value: Value, node: Node) -> None:
        """Tell of a string, maybe with holes, that is long enough to mean something."""
        if value.text is not None and len(value.text) > 3:
            self.tell("string", "", node, (value,))

    def lookup(self, name: str) -> Value | None:
        """Return what a name of the file stands for; None where it is not the file's."""
        scope: Scope | None = self.state.scope
        while scope is not None:
            if scope.checked is not None and name in scope.checked:
                return scope.checked[name]
            found = scope.names.get(name)
            if found is not None:
                return found
            scope = scope.parent
        return None

    def platform(self, name: str) -> Value:
        """Return the value of a name that the file does not declare."""
        found = self._globals.get(name)
        if found is None:
            found = self._globals[name] = Value(name)
        return found

    def declare(self, name: str, value: Value, *, is_var: bool = False) -> None:
        """Declare a name in this scope; with `is_var` in the function's."""
        scope = self.state.scope
        while is_var and scope.is_block and scope.parent is not None:
            scope = scope.parent
        if value.path:
            self._note_alias(name, value.path)
        if is_var and name in scope.names and self.state.branch > scope.branch:
            value = joined(value, scope.names[name])
        if scope.checked is not None:
            scope.checked.pop(name, None)
        scope.names[name] = value

    def _note_alias(self, name: str, path: str) -> None:
        """Tell of another name for what the platform or a module has."""
        if path[0] in "@.[" or path[-1] in ")]" or path.startswith("this"):
            return
        if path[path.rfind(".") + 1 :] != name and self.is_heard(path):
            self.observer.alias(name, path)

    def assign(self, name: str, value: Value) -> None:
        """Assign to a name; what a branch assigns joins what was there."""
        if value.path:
            self._note_alias(name, value.path)
        scope: Scope | None = self.state.scope
        root = self.state.scope
        while scope is not None:
            if scope.checked is not None:
                scope.checked.pop(name, None)
            old = scope.names.get(name)
            if old is not None:
                is_sure = self.state.branch <= scope.branch
                scope.names[name] = value if is_sure else joined(value, old)
                return
            root, scope = scope, scope.parent
        if name not in PLATFORM:
            root.names[name] = value

    def enter_block(self) -> Scope:
        """Open a block's scope; return the one to go back to."""
        state = self.state
        outer = state.scope
        state.scope = Scope(outer, state.branch, is_block=True)
        return outer
