"""Calls of Python: what they look up, fold, store or call in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._facts import HOLE, NOTHING, UNKNOWN, Value
from goobits_scanner._languages import _python_folding as folding
from goobits_scanner._languages._python_collections import pair_of
from goobits_scanner._languages._python_expressions import Expressions
from goobits_scanner._languages._python_strings import formatted, made_of
from goobits_scanner._languages._python_values import elements_of, marks_of

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_ITEMS = 500
_IMPORTERS = frozenset(
    {"__import__", "importlib.import_module", "importlib.__import__"}
)
_RUNNERS = frozenset({"eval", "exec", "compile"})
_COPIERS = frozenset({"list", "tuple", "iter", "sorted", "set"})
_FINDERS = frozenset({"operator.attrgetter", "operator.methodcaller"})
_SPECIAL = (
    _IMPORTERS
    | _RUNNERS
    | _COPIERS
    | _FINDERS
    | {"getattr", "vars", "functools.partial", "map", "filter", "operator.attrgetter()"}
)
# Methods that put what they are given into their receiver.
_GROWING = frozenset(
    "append extend add insert update write setdefault appendleft push put".split()
)
# The place of the function among the arguments of what calls it later.
_CALLERS = {
    "Timer": 1,
    "register": 0,
    "submit": 0,
    "apply_async": 0,
    "run_in_executor": 1,
    "call_soon": 0,
    "call_later": 1,
    "to_thread": 0,
    "start_new_thread": 0,
}


class Calls(Expressions):
    """Evaluates calls."""

    def evaluate_code(self, text: str, node: Node) -> None:
        """Evaluate a text as code that runs where it is handed to `exec`."""
        raise NotImplementedError

    def _called_local(
        self,
        path: str,
        arguments: tuple[Value, ...],
        keywords: dict[str, Value],
        flow: frozenset[str],
    ) -> Value | None:
        """Call a function of the file; return what it returns, None where it is none."""
        raise NotImplementedError

    def _call(self, node: Node) -> Value:
        function, listed = pair_of(node, "function", "arguments")
        if function is None or listed is None:
            return self._parts(node)
        callee, receiver = self._callee(function)
        arguments, keywords = self._arguments(listed)
        return self._applied(node, callee, receiver, arguments, keywords)

    def _applied(
        self,
        node: Node,
        callee: Value,
        receiver: Value,
        arguments: tuple[Value, ...],
        keywords: dict[str, Value],
    ) -> Value:
        path = callee.path or "."
        marks = None
        if self.is_heard(path):
            marks = self.tell(
                "call", path, node, arguments, keywords, receiver, callee.is_hidden
            )
        if marks is None:
            marks = marks_of((receiver, *arguments, *keywords.values()))
        name = path[path.rfind(".") + 1 :]
        if name in _GROWING and receiver is not NOTHING:
            self._grow(node, name, receiver, arguments)
        if name in _CALLERS or "target" in keywords:
            self._call_back(node, path, arguments, keywords)
        if path[0] in "&@s":
            local = self._called_local(path, arguments, keywords, marks)
            if local is not None:
                return local
        if path in _SPECIAL:
            special = self._special(path, node, arguments, marks)
            if special is not None:
                return special
        made = self._folded(path, name, receiver, arguments)
        if made is not UNKNOWN:
            value = folding.value_of(made, marks)
            self.tell_string(value, node)
            return value
        text = (
            made_of(path, arguments)
            if receiver.text is None
            else formatted(name, receiver.text)
        )
        return Value(f"{path}()", text=text, marks=marks)

    def _grow(
        self, node: Node, name: str, receiver: Value, arguments: tuple[Value, ...]
    ) -> None:
        """Let what a list or the like was given flow into the variable that holds it."""
        function = node.child_by_field_name("function")
        owner = None if function is None else function.child_by_field_name("object")
        if owner is None or owner.type != "identifier":
            return
        variable = self.name(owner)
        if self.find(variable) is None:
            return
        marks = receiver.marks | marks_of(arguments)
        items = receiver.items
        if items is not None:
            is_one = name == "append" and len(items) < _MOST_ITEMS
            added = arguments if is_one else (Value(marks=marks),)
            if len(items) <= _MOST_ITEMS:
                items = (*items, *added)
        if items is not receiver.items or marks != receiver.marks:
            self.keep(
                variable,
                Value(
                    receiver.path,
                    text=receiver.text,
                    marks=marks,
                    items=items,
                    keys=receiver.keys,
                ),
            )

    def keep(self, variable: str, value: Value) -> None:
        """Let a variable of this scope hold a value from now on."""
        raise NotImplementedError

    def _call_back(
        self,
        node: Node,
        path: str,
        arguments: tuple[Value, ...],
        keywords: dict[str, Value],
    ) -> None:
        """Call what is handed over to be called: by a thread, a timer, at exit."""
        if self._depth >= 80:
            return
        self._depth += 2
        target = keywords.get("target", NOTHING)
        if target.path:
            given = keywords.get("args", NOTHING).items or ()
            self._applied(node, target, NOTHING, given, {})
        place = _CALLERS.get(path[path.rfind(".") + 1 :])
        if place is not None and len(arguments) > place and arguments[place].path:
            rest = arguments[place + 1 :]
            if path == "threading.Timer":
                rest = rest[0].items or () if rest else ()
            self._applied(node, arguments[place], NOTHING, rest, {})
        self._depth -= 2

    def _arguments(self, listed: Node) -> tuple[tuple[Value, ...], dict[str, Value]]:
        if listed.type != "argument_list":
            return (self.evaluate(listed),), {}
        arguments: list[Value] = []
        keywords: dict[str, Value] = {}
        for child in listed.named_children:
            kind = child.type
            if kind == "keyword_argument":
                name, value = pair_of(child, "name", "value")
                if name is not None and value is not None:
                    keywords[self.name(name)] = self.evaluate(value)
            elif kind == "list_splat":
                spread = self.evaluate(child)
                arguments += spread.items if spread.items is not None else (spread,)
            elif kind == "dictionary_splat":
                spread = self._inner(child)
                keywords.update(spread.keys or {"**": spread})
            elif kind != "comment":
                arguments.append(self.evaluate(child))
        return tuple(arguments), keywords

    def _special(
        self, path: str, node: Node, arguments: tuple[Value, ...], flow: frozenset[str]
    ) -> Value | None:
        """Return the value of calls that look something up or run something."""
        first = arguments[0] if arguments else NOTHING
        name = arguments[1].constant if len(arguments) > 1 else UNKNOWN
        if path in _IMPORTERS and isinstance(first.constant, str):
            module = first.constant
            root = module.split(".")[0] if path == "__import__" else module
            self.tell("import", module, node, is_hidden=path == "__import__")
            return Value(root, is_hidden=path == "__import__")
        if path == "getattr" and isinstance(name, str):
            return self.member(first, name, is_hidden=True)
        if path == "vars":
            return Value("vars()", items=(first,), marks=flow)
        if path in _RUNNERS:
            self._run_text(first, node)
        if path == "compile":
            return Value(
                "compile()", constant=first.constant, text=first.text, marks=flow
            )
        if path == "functools.partial":
            return Value(first.path, marks=flow, is_hidden=first.is_hidden)
        if path in {"map", "filter"} and len(arguments) == 2:
            return self._mapped(node, first, arguments[1])
        if path in _FINDERS:
            return Value(f"{path}()", text=first.text, marks=flow)
        if path == "operator.attrgetter()":
            return self.member(first, self._text_of_callee(node), is_hidden=True)
        is_copied = path in _COPIERS and first.items is not None
        return first if is_copied else None

    def _run_text(self, code: Value, node: Node) -> None:
        if isinstance(code.constant, bytes):
            self.evaluate_code(code.constant.decode("utf-8", "replace"), node)
        elif code.text and HOLE not in code.text:
            self.evaluate_code(code.text, node)

    def _text_of_callee(self, node: Node) -> str:
        function = node.child_by_field_name("function")
        listed = None if function is None else function.child_by_field_name("arguments")
        if listed is None or not listed.named_children:
            if function is not None and function.type == "identifier":
                return self.named(self.name(function)).text or ""
            return ""
        return self.evaluate(listed.named_children[0]).text or ""

    def _mapped(self, node: Node, function: Value, source: Value) -> Value:
        made = []
        for element in elements_of(source) or (source,):
            if self.is_over() or self._depth >= 80:
                break
            self._depth += 2
            made.append(self._applied(node, function, NOTHING, (element,), {}))
            self._depth -= 2
        return Value(items=tuple(made), marks=marks_of(made))

    def _folded(
        self, path: str, name: str, receiver: Value, arguments: tuple[Value, ...]
    ) -> object:
        is_function = path in folding.FUNCTIONS
        if not is_function and receiver.constant is UNKNOWN:
            return UNKNOWN
        constants = [folding.constant_of(argument) for argument in arguments]
        made = folding.called(path, constants) if is_function else UNKNOWN
        if made is UNKNOWN and receiver.constant is not UNKNOWN:
            made = folding.method(name, receiver.constant, constants)
        return made
