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
    """The names of a function, a block, or the file."""

    __slots__ = ("branch", "is_block", "names", "parent")

    def __init__(self, parent: Scope | None, branch: int, *, is_block: bool = False):
        self.names: dict[str, Value] = {}
        self.parent = parent
        self.branch = branch
        self.is_block = is_block


class State:
    """What a function's body sees: put aside while another one's is evaluated."""

    __slots__ = ("branch", "context", "level", "returned", "scope", "source", "this")

    def __init__(self, source: tuple[bytes, int], context: str) -> None:
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
        visitors: dict[str, Visitor],
        language: Language,
        deadline: Callable[[], bool],
        context: str,
    ) -> None:
        self.observer = observer
        self.observe: Callable[[Fact], frozenset[str] | None] = observer.observe
        self.visitors = visitors
        self.language = language
        self.fields = {name: language.field_id_for_name(name) or 0 for name in _FIELDS}
        self.state = State((data, 0), context)
        self.file = data
        self.pending: deque[Function] = deque()
        self.resolved = NO_MARKS
        self.deadline = deadline
        self.is_late = False
        self.reruns = 0
        self.rerun_level = 0
        self.folds = 0
        self._deferred: list[tuple[Node, State]] = []
        self._depth = 0
        self._steps = 0
        self._globals: dict[str, Value] = {}

    def visit(self, node: Node) -> Value:
        """Evaluate a node of any type; statements have no value."""
        visitor = self.visitors.get(node.type)
        if visitor is None:
            return self.visit_children(node)
        if self._depth >= _DEEPEST:
            self._defer(node)
            return NOTHING
        self._depth += 1
        try:
            return visitor(self, node)
        finally:
            self._depth -= 1

    def visit_body(self, node: Node) -> Value:
        """Evaluate the body of a function, whose call takes more of the stack."""
        self._depth += _DEPTH_OF_CALL
        found = self.visit(node)
        self._depth -= _DEPTH_OF_CALL
        return found

    def visit_children(self, node: Node) -> Value:
        """Evaluate what a node without a meaning of its own contains."""
        if self._depth >= _DEEPEST:
            self._defer(node)
            return NOTHING
        self._depth += 1
        try:
            for child in node.named_children:
                self.visit(child)
        finally:
            self._depth -= 1
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
        data = self.state.source[0]
        return data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def tell(
        self,
        kind: str,
        path: str,
        node: Node,
        arguments: tuple[Value, ...] = (),
        *,
        keywords: dict[str, Value] | None = None,
        receiver: Value = NOTHING,
        is_hidden: bool = False,
    ) -> frozenset[str] | None:
        """Hand a fact to the observer; return its answer."""
        line = self.state.source[1]
        return self.observe(
            Fact(
                kind,
                path,
                line or node.start_point[0] + 1,
                line or node.end_point[0] + 1,
                self.state.context,
                arguments,
                keywords if keywords is not None else {},
                receiver,
                is_hidden,
            )
        )

    def tell_string(self, value: Value, node: Node) -> None:
        """Tell of a constant string that is long enough to mean something."""
        if isinstance(value.constant, str) and len(value.constant) > 3:
            self.tell("string", "", node, (value,))

    def lookup(self, name: str) -> Value | None:
        """Return what a name of the file stands for; None where it is not the file's."""
        scope: Scope | None = self.state.scope
        while scope is not None:
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
        if is_var and name in scope.names and self.state.branch > scope.branch:
            value = joined(value, scope.names[name])
        scope.names[name] = value

    def assign(self, name: str, value: Value) -> None:
        """Assign to a name; what a branch assigns joins what was there."""
        scope: Scope | None = self.state.scope
        root = self.state.scope
        while scope is not None:
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
