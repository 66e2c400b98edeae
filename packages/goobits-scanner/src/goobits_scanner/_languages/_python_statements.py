"""Statements of Python: assignments, imports, branches, definitions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from goobits_scanner._facts import NO_MARKS, NOTHING, Value
from goobits_scanner._languages import _python_guards as guards
from goobits_scanner._languages._guards import CHOSEN, checked
from goobits_scanner._languages._python_functions import Function, Functions
from goobits_scanner._languages._python_values import element_of, joined, marks_of
from goobits_scanner._languages._python_walk import DEEPEST

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_KEYS = 500
_MOST_PARTS = 1 << 14
_RUNNERS = frozenset("eval exec compile __import__ getattr open execfile".split())
_REDUCERS = frozenset({"__reduce__", "__reduce_ex__"})
# Loops over so many texts are followed for each of them.
_FEW = 6
_BRANCHES = frozenset(
    {
        "elif_clause",
        "else_clause",
        "finally_clause",
        "except_clause",
        "except_group_clause",
    }
)


class Evaluator(Functions):
    """Evaluates the statements of one file, in order; functions when called, or at the end."""

    _matched = NOTHING
    statements: ClassVar[dict[str, Callable[[Evaluator, Node], object]]] = {}

    def module(self, root: Node) -> None:
        """Evaluate the module, then every function that nothing called."""
        self.block(root)
        self._run_pending()
        while self.take_aside():
            self._run_pending()

    def _run_pending(self) -> None:
        waiting = self.pending
        while waiting and not self.is_late:
            self.pending = []
            for function in waiting:
                if function.returned is None:
                    outer, self.context = self.context, _inside(self.context)
                    self.run(function)
                    self.context = outer
            waiting = self.pending

    def block(self, block: Node) -> None:
        for statement in block.named_children:
            if self.is_over():
                return
            self._statement(statement)

    def _statement(self, node: Node) -> None:
        depth = self._depth
        if depth >= DEEPEST:
            self.put_aside(self._statement, node)
            return
        self._depth = depth + 1
        visit = self.statements.get(node.type)
        if visit is None:
            self._nested(node)
        else:
            visit(self, node)
        self._depth = depth

    def _nothing(self, node: Node) -> None:
        pass

    def _nested(self, node: Node) -> None:
        """Evaluate a statement's expressions and blocks in order, as if all of it ran."""
        for child in node.named_children:
            if child.type == "block" or child.type in _BRANCHES:
                self._branch(child)
            elif child.type in self.statements or child.type.endswith("_statement"):
                self._statement(child)
            else:
                self.evaluate(child)

    def _branch(self, node: Node) -> None:
        if self._depth >= DEEPEST:
            self.put_aside(self._branch, node)
            return
        self._depth += 1
        self._branches += 1
        if node.type == "block":
            self.block(node)
        else:
            self._nested(node)
        self._branches -= 1
        self._depth -= 1

    def _if(self, node: Node) -> None:
        condition = node.child_by_field_name("condition")
        outer = self.context
        if condition is not None and "__name__" in self.text(condition)[:80]:
            self.context = _inside(outer)
        self._guarded(node, condition)
        self.context = outer

    def _guarded(self, node: Node, condition: Node | None) -> None:
        """Evaluate an `if`; in it, and after it where it leaves, hold what it has checked."""
        block = node.child_by_field_name("consequence")
        if condition is None or block is None:
            self._nested(node)
            return
        self.evaluate(condition)
        before = self._narrow(guards.proven(condition, True, self.text, self.named))
        self._branch(block)
        self._widen(before)
        for child in node.named_children:
            if child not in (condition, block):
                self._branch(child)
        if guards.leaves(block, self.text):
            self._narrow(guards.proven(condition, False, self.text, self.named))

    def _narrow(self, found: guards.Proven) -> list[tuple[str, Value | None, Value]]:
        """Let names stand for what is left of them; return what they stood for."""
        scope = self.scopes[-1]
        before = []
        for name in (*found, *(self.parsed_from.get(name, "") for name in found)):
            value = self.named(name)
            if name and value.path != name:
                narrowed = checked(value, CHOSEN)
                before.append((name, scope.get(name), narrowed))
                scope[name] = narrowed
        return before

    def _widen(self, before: list[tuple[str, Value | None, Value]]) -> None:
        """Let names that were not assigned since stand for what they stood for."""
        scope = self.scopes[-1]
        for name, value, narrowed in reversed(before):
            if scope.get(name) is not narrowed:
                continue
            if value is None:
                del scope[name]
            else:
                scope[name] = value

    def _for(self, node: Node) -> None:
        left, right = (
            node.child_by_field_name("left"),
            node.child_by_field_name("right"),
        )
        source = NOTHING if right is None else self.evaluate(right)
        for element in _turns(source):
            if left is not None:
                self.bind(left, element)
            for child in node.named_children:
                if child.type == "block" or child.type in _BRANCHES:
                    self._branch(child)

    def _with(self, node: Node) -> None:
        for clause in node.named_children:
            if clause.type == "block":
                self.block(clause)
                continue
            for item in clause.named_children:
                inner = item.named_children[0] if item.named_children else item
                self._context_manager(inner)

    def _context_manager(self, node: Node) -> None:
        if node.type != "as_pattern" or len(node.named_children) < 2:
            self.evaluate(node)
            return
        value = self.evaluate(node.named_children[0])
        target = node.named_children[1]
        self.bind(target.named_children[0] if target.named_children else target, value)

    def _try(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "except_clause":
                self._except(child)
        self._nested(node)

    def _except(self, clause: Node) -> None:
        block = clause.named_children[-1] if clause.named_children else clause
        statements = [
            child.type for child in block.named_children if child.type != "comment"
        ]
        if statements in (["pass_statement"], ["continue_statement"]):
            self.tell("node", "except-pass", clause)
        if len(clause.named_children) == 1:
            self.tell("node", "bare-except", clause)

    def _assert(self, node: Node) -> None:
        self.tell("node", "assert", node)
        self._nested(node)

    def _return(self, node: Node) -> None:
        value = self._inner(node)
        if value.text is not None and value.marks:
            self.tell("node", "return", node, (value,))
        self._returned.append(value)

    # Names.

    def _import(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "aliased_import":
                name, alias = (
                    child.child_by_field_name("name"),
                    child.child_by_field_name("alias"),
                )
                if name is not None and alias is not None:
                    self._imported(self.name(alias), self.name(name), node)
            else:
                module = self.name(child)
                root = module.split(".")[0]
                self._imported(root, root, node, module)

    def _imported(self, name: str, path: str, node: Node, module: str = "") -> None:
        marks = self.tell("import", module or path, node) or NO_MARKS
        self.scopes[-1][name] = Value(_real(path), marks=marks)
        if name != path:
            self._observer.alias(name, path)

    def _import_from(self, node: Node) -> None:
        module_node = node.child_by_field_name("module_name")
        module = "" if module_node is None else self.name(module_node)
        marks = self.tell("import", module, node) or NO_MARKS
        if any(child.type == "wildcard_import" for child in node.children):
            self.take_all_of(module)
        for child in node.children_by_field_name("name"):
            if child.type == "aliased_import":
                named, alias = (
                    child.child_by_field_name("name"),
                    child.child_by_field_name("alias"),
                )
            else:
                named, alias = child, child
            if named is None or alias is None:
                continue
            path = f"{module}.{self.name(named)}"
            self.tell("import", path, node)
            self.scopes[-1][self.name(alias)] = Value(_real(path), marks=marks)
            if alias is not named:
                self._observer.alias(self.name(alias), path)

    def _expression(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "assignment":
                self._assignment(child)
            elif child.type == "augmented_assignment":
                self._augmented(child)
            elif child.type == "string":
                self._parts_of_text(child)
            else:
                self.evaluate(child)

    def _parts_of_text(self, node: Node) -> None:
        """Evaluate what stands in a string that is a statement of its own."""
        for child in node.named_children:
            if child.type == "interpolation":
                self._interpolation(child)

    def _assignment(self, node: Node) -> Value:
        left, right = (
            node.child_by_field_name("left"),
            node.child_by_field_name("right"),
        )
        declared = node.child_by_field_name("type")
        if left is None:
            return NOTHING
        if right is None:
            if declared is not None and left.type == "identifier":
                self.bind(left, self._declared(declared, NOTHING))
            return NOTHING
        value = self.evaluate(right)
        self.bind(left, value)
        if left.type == "identifier" and (source := guards.source_of(right, self.text)):
            self.parsed_from[self.name(left)] = source
        return value

    def _augmented(self, node: Node) -> None:
        left, right = (
            node.child_by_field_name("left"),
            node.child_by_field_name("right"),
        )
        operator = node.child_by_field_name("operator")
        if left is None or right is None or operator is None:
            return
        before = self.evaluate(left)
        made = self._operated(
            operator.type.removesuffix("="), before, self.evaluate(right)
        )
        if self._branches and made.text is not None:
            made = Value(
                before.path, text=f"{made.text}\0", marks=made.marks | before.marks
            )
        self.bind(left, made)

    def bind(self, target: Node, value: Value) -> None:
        """Assign a value to a name, an attribute, an item or several of them."""
        kind = target.type
        if kind == "identifier":
            name = self.name(target)
            if self.is_heard(name):
                self.tell("assign", name, target, (value,))
            self._put(name, value)
        elif kind == "attribute":
            owner = self._attribute_value(target)
            self.tell("assign", owner.path or self.text(target), target, (value,))
            if owner.path[:1] in ("@", "&") or "." in owner.path:
                self._put(_target_path(target, self) or owner.path, value)
        elif kind == "subscript":
            self._bind_item(target, value)
        else:
            parts = [
                child for child in target.named_children if child.type != "comment"
            ]
            self._bind_parts(parts, value)

    def _bind_parts(self, parts: list[Node], value: Value) -> None:
        items = value.items
        for place, part in enumerate(parts):
            if items is not None and len(items) == len(parts):
                self.bind(part, items[place])
            else:
                self.bind(part, element_of(value))

    def _bind_item(self, target: Node, value: Value) -> None:
        owner_node = target.child_by_field_name("value")
        index_node = target.child_by_field_name("subscript")
        if owner_node is None or index_node is None:
            return
        owner, index = self.evaluate(owner_node), self.evaluate(index_node)
        self.tell("assign", f"{owner.path}[]", target, (value, index))
        keys, key = owner.keys, index.constant
        grown = marks_of((owner, value))
        if isinstance(key, str) and keys is not None and len(keys) < _MOST_KEYS:
            keys = {**keys, key: value}
        if owner_node.type != "identifier":
            return
        if keys is not owner.keys or grown != owner.marks:
            held = Value(owner.path, marks=grown, items=owner.items, keys=keys)
            self.keep(self.name(owner_node), held)

    def keep(self, variable: str, value: Value) -> None:
        """Let a variable of this scope hold a value from now on."""
        scope = self.outside.get(variable, self.scopes[-1])
        scope[variable] = _of_bounded_size(value)

    def _outside(self, node: Node) -> None:
        """Let what is assigned to these names be found outside of the function."""
        is_global = node.type == "global_statement"
        for child in node.named_children:
            name = self.name(child)
            scopes = self.scopes[:1] if is_global else self.scopes[1:-1]
            holder = next((each for each in reversed(scopes) if name in each), None)
            self.outside = {
                **self.outside,
                name: self.scopes[0] if holder is None else holder,
            }

    def _put(self, name: str, value: Value) -> None:
        if not name:  # of a statement that is not whole
            return
        if value.items is not None or value.keys is not None:
            value = _of_bounded_size(value)
        scope = self.scopes[0] if name[0] in "@&" else self.scopes[-1]
        if self.outside:
            scope = self.outside.get(name, scope)
        before = scope.get(name)
        if before is not None and self._branches:
            value = joined(value, before)
        scope[name] = value
        if value.path and value.path[0] not in "@&" and value.path != name:
            self._observer.alias(name.rpartition(".")[2], value.path)

    # Definitions.

    def _decorated(self, node: Node) -> None:
        definition = node.child_by_field_name("definition")
        decorators = [
            child for child in node.named_children if child.type == "decorator"
        ]
        for decorator in decorators:
            inner = decorator.named_children[-1] if decorator.named_children else None
            if inner is not None and inner.type not in {"identifier", "attribute"}:
                self._inner(decorator)
        if definition is None:
            return
        if definition.type == "function_definition":
            self._function(definition, is_web=any(map(self.is_route, decorators)))
        else:
            self._class(definition)
        self._decorate(decorators, definition)

    def _decorate(self, decorators: list[Node], definition: Node) -> None:
        """Call decorators that are mere names: `@exec` runs what is given to it."""
        name = definition.child_by_field_name("name")
        if name is None:
            return
        value = Value(f"&{self.name(name)}")
        for decorator in reversed(decorators):
            inner = decorator.named_children[0] if decorator.named_children else None
            if inner is not None and inner.type in {"identifier", "attribute"}:
                callee, receiver = self._callee(inner)
                value = self._applied(inner, callee, receiver, (value,), {})

    def _function(self, node: Node, is_web: bool = False) -> None:
        name_node = node.child_by_field_name("name")
        listed = node.child_by_field_name("parameters")
        if name_node is None or listed is None:
            return
        name = self.name(name_node)
        self.tell("define", name, node)
        path = f"&{self.owner}.{name}" if self.owner else f"&{name}"
        is_wanted = is_web or self.wants(node)
        parameters = self.parameters(listed, is_web=is_web) if is_wanted else None
        function = Function(node, parameters, list(self.scopes), self.owner, self.code)
        self.functions[path] = function
        self.pending.append(function)
        if name in _REDUCERS:
            self._reduce(function)
        if not (self.owner and len(self.scopes) > 1 and "" in self.scopes[-1]):
            self.scopes[-1][name] = Value(path)

    def _class(self, node: Node) -> None:
        name_node, body = (
            node.child_by_field_name("name"),
            node.child_by_field_name("body"),
        )
        bases = node.child_by_field_name("superclasses")
        if name_node is None or body is None:
            return
        name = self.name(name_node)
        self.tell("define", name, node)
        given = () if bases is None else self._arguments(bases)[0]
        self.bases[name] = tuple(
            base.path[1:] for base in given if base.path[:1] == "&"
        )
        outer, self.owner = self.owner, name
        self.scopes.append({"": NOTHING})
        self.block(body)
        self.scopes.pop()
        self.owner = outer
        self.scopes[-1][name] = Value(f"&{name}")

    def _reduce(self, function: Function) -> None:
        """Tell what unpickling an object of this class would call."""
        outer, self.context = self.context, _inside(self.context)
        made = self.run(function)
        self.context = outer
        called = made.items[0].path if made.items else ""
        if called in _RUNNERS or ("." in called and called[0] not in "@&."):
            self.tell("node", "reduce-runs", function.node, made.items or ())

    def _case(self, node: Node) -> None:
        """Evaluate a case; its names hold parts of what is matched."""
        if self._depth >= DEEPEST:
            self.put_aside(self._case, node)
            return
        for child in node.named_children:
            if child.type == "case_pattern":
                self._bind_pattern(child)
            elif child.type == "block":
                self._branch(child)
            else:
                self.evaluate(child)

    def _bind_pattern(self, pattern: Node) -> None:
        waiting = [pattern]
        while waiting:
            node = waiting.pop()
            children = node.named_children
            if node.type == "dotted_name" and len(children) == 1:
                self.bind(children[0], self._matched)
            elif node.type == "identifier":
                self.bind(node, self._matched)
            elif node.type == "class_pattern" or node.type == "keyword_pattern":
                waiting += children[1:]
            else:
                waiting += children

    def _match(self, node: Node) -> None:
        outer, matched = self._matched, NOTHING
        for child in node.named_children:
            if child.type == "block":
                self._matched = Value(marks=matched.marks)
                for case in child.named_children:
                    self._case(case)
            else:
                matched = joined(matched, self.evaluate(child))
        self._matched = outer

    def _exec(self, node: Node) -> None:
        """Evaluate the `exec` statement of Python 2 as the call that it is."""
        values = [self.evaluate(child) for child in node.named_children]
        self._applied(node, Value("exec"), NOTHING, tuple(values), {})


def _inside(context: str) -> str:
    """Return when a function runs: whatever a file of an installation does is installation."""
    return "function" if context == "import" else context


def _real(path: str) -> str:
    return path.split(".", 1)[1] if path.startswith("builtins.") else path


def _target_path(target: Node, evaluator: Evaluator) -> str:
    """Return the name under which an assigned attribute is found again."""
    owner = target.child_by_field_name("object")
    name = target.child_by_field_name("attribute")
    if owner is None or name is None or owner.type != "identifier":
        return ""
    held = evaluator.find(evaluator.text(owner))
    path = evaluator.text(owner) if held is None else held.path
    return f"{path}.{evaluator.text(name)}" if path[:1] in ("@", "&") else ""


def _of_bounded_size(value: Value) -> Value:
    """Return a value without its elements where there are too many, counted in depth."""
    waiting, count = [value], 0
    while waiting:
        inner = waiting.pop()
        for parts in (inner.items, inner.keys and tuple(inner.keys.values())):
            if parts:
                count += len(parts)
                if count > _MOST_PARTS:
                    return Value(value.path, marks=marks_of((value,)))
                waiting += [part for part in parts if part.items or part.keys]
    return value


def _turns(source: Value) -> tuple[Value, ...]:
    """Return what a loop's name holds: each of a few texts in turn, else what all may be."""
    items = source.items or ()
    if 1 < len(items) <= _FEW and all(item.text is not None for item in items):
        return items
    return (element_of(source),)
