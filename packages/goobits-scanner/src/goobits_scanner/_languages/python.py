"""The evaluator of Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from goobits_scanner._facts import NO_MARKS, NOTHING, Value
from goobits_scanner._languages import _python_folding as folding
from goobits_scanner._languages._outcome import Outcome
from goobits_scanner._languages._parsing import grammar, parse, problem_of
from goobits_scanner._languages._python_expressions import element_of, joined
from goobits_scanner._languages._python_functions import Calls, Function

if TYPE_CHECKING:
    from tree_sitter import Language, Node

    from goobits_scanner._facts import Observer

_DEEPEST_CODE = 2
_BRANCHES = frozenset(
    {
        "elif_clause",
        "else_clause",
        "finally_clause",
        "except_clause",
        "except_group_clause",
    }
)


@cache
def language() -> Language:
    return grammar("tree_sitter_python")


def evaluate(
    data: bytes,
    observer: Observer,
    *,
    context: str = "import",
    deadline: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Tell an observer of all that a file does; `context` is that of its module level."""
    tree = parse(data, language(), deadline)
    lines = data.count(b"\n") + 1
    if tree is None:
        return Outcome(lines, "parsing it took too long")
    evaluator = Evaluator(data, observer, context, deadline)
    evaluator.module(tree.root_node)
    if evaluator.is_late:
        return Outcome(lines, "evaluating it took too long")
    return Outcome(lines, problem_of(tree.root_node))


class Evaluator(Calls):
    """Evaluates the statements of one file, in order; functions when called, or at the end."""

    def __init__(
        self,
        data: bytes,
        observer: Observer,
        context: str,
        deadline: Callable[[], bool],
    ) -> None:
        super().__init__(data, observer, context)
        self._deadline = deadline
        self.is_late = False
        self._branches = 0
        self._returned: list[Value] = []
        self.pending: list[Function] = []
        self._statements: dict[str, Callable[[Node], None]] = {
            "import_statement": self._import,
            "import_from_statement": self._import_from,
            "future_import_statement": lambda _: None,
            "expression_statement": self._expression,
            "function_definition": self._function,
            "class_definition": self._class,
            "decorated_definition": self._decorated,
            "return_statement": self._return,
            "if_statement": self._if,
            "for_statement": self._for,
            "while_statement": self._nested,
            "try_statement": self._try,
            "with_statement": self._with,
            "assert_statement": self._assert,
            "block": self._block,
            "comment": lambda _: None,
        }

    def module(self, root: Node) -> None:
        """Evaluate the module, then every function that nothing called."""
        self._block(root)
        while self.pending and not self.is_late:
            function = self.pending.pop(0)
            if function.returned is None:
                outer, self.context = self.context, _inside(self.context)
                self.run(function)
                self.context = outer

    def _block(self, block: Node) -> None:
        for statement in block.named_children:
            if self._deadline():
                self.is_late = True
            if self.is_late:
                return
            self._statement(statement)

    def _statement(self, node: Node) -> None:
        handle = self._statements.get(node.type)
        if handle is None:
            self._nested(node)
        elif self._depth < 100:
            self._depth += 1
            try:
                handle(node)
            finally:
                self._depth -= 1

    def _nested(self, node: Node) -> None:
        """Evaluate a statement's expressions and blocks in order, as if all of it ran."""
        for child in node.named_children:
            if child.type == "block" or child.type in _BRANCHES:
                self._branch(child)
            elif child.type in self._statements or child.type.endswith("_statement"):
                self._statement(child)
            else:
                self.evaluate(child)

    def _branch(self, node: Node) -> None:
        if self._depth >= 100:
            return
        self._depth += 1
        self._branches += 1
        if node.type == "block":
            self._block(node)
        else:
            self._nested(node)
        self._branches -= 1
        self._depth -= 1

    def _if(self, node: Node) -> None:
        condition = node.child_by_field_name("condition")
        outer = self.context
        if condition is not None and b"__name__" in (condition.text or b"")[:80]:
            self.context = _inside(outer)
        self._nested(node)
        self.context = outer

    def _for(self, node: Node) -> None:
        left, right = (
            node.child_by_field_name("left"),
            node.child_by_field_name("right"),
        )
        if left is not None and right is not None:
            self.bind(left, element_of(self.evaluate(right)))
        for child in node.named_children:
            if child.type == "block" or child.type in _BRANCHES:
                self._branch(child)

    def _with(self, node: Node) -> None:
        for clause in node.named_children:
            if clause.type == "block":
                self._block(clause)
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
                    self._imported(self.text(alias), self.text(name), node)
            else:
                module = self.text(child)
                root = module.split(".")[0]
                self._imported(root, root, node, module)

    def _imported(self, name: str, path: str, node: Node, module: str = "") -> None:
        marks = self.tell("import", module or path, node) or NO_MARKS
        self.scopes[-1][name] = Value(_real(path), marks=marks)
        if name != path:
            self._observer.alias(name, path)

    def _import_from(self, node: Node) -> None:
        module_node = node.child_by_field_name("module_name")
        module = "" if module_node is None else self.text(module_node)
        marks = self.tell("import", module, node) or NO_MARKS
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
            path = f"{module}.{self.text(named)}"
            self.tell("import", path, node)
            self.scopes[-1][self.text(alias)] = Value(_real(path), marks=marks)
            if alias is not named:
                self._observer.alias(self.text(alias), path)

    def _expression(self, node: Node) -> None:
        for child in node.named_children:
            if child.type == "assignment":
                self._assignment(child)
            elif child.type == "augmented_assignment":
                self._augmented(child)
            elif child.type == "string":
                continue
            else:
                self.evaluate(child)

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
                name = self.text(left)
                self.bind(left, self._declared(name, declared, NOTHING))
            return NOTHING
        value = (
            self._assignment(right)
            if right.type == "assignment"
            else self.evaluate(right)
        )
        self.bind(left, value)
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
            name = self.text(target)
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
        if isinstance(index.constant, str) and owner.keys is not None:
            owner.keys[index.constant] = value
        if owner_node.type == "identifier" and value.marks - owner.marks:
            grown = Value(
                owner.path,
                marks=owner.marks | value.marks,
                items=owner.items,
                keys=owner.keys,
            )
            self.scopes[-1][self.text(owner_node)] = grown

    def _put(self, name: str, value: Value) -> None:
        scope = self.scopes[0] if name[0] in "@&" else self.scopes[-1]
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
            self._inner(decorator)
        if definition is None:
            return
        if definition.type == "function_definition":
            self._function(definition, is_web=any(map(self.is_route, decorators)))
        else:
            self._class(definition)

    def _function(self, node: Node, is_web: bool = False) -> None:
        name_node = node.child_by_field_name("name")
        listed = node.child_by_field_name("parameters")
        if name_node is None or listed is None:
            return
        name = self.text(name_node)
        self.tell("define", name, node)
        path = f"&{self.owner}.{name}" if self.owner else f"&{name}"
        parameters = self.parameters(listed, is_web=is_web)
        function = Function(node, parameters, list(self.scopes), self.owner, self.code)
        self.functions[path] = function
        self.pending.append(function)
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
        name = self.text(name_node)
        self.tell("define", name, node)
        if bases is not None:
            self._arguments(bases)
        outer, self.owner = self.owner, name
        self.scopes.append({"": NOTHING})
        self._block(body)
        self.scopes.pop()
        self.owner = outer
        self.scopes[-1][name] = Value(f"&{name}")

    def run(self, function: Function, given: dict[str, Value] | None = None) -> Value:
        """Evaluate a function's body with what it is given; return what it returns."""
        body = function.node.child_by_field_name("body")
        if body is None or function.is_running or self._depth > 80:
            return NOTHING
        if not self._observer.wants(body.start_byte, body.end_byte):
            function.returned = Value(marks=frozenset({"param"}))
            return function.returned
        kept = self.scopes, self.owner, self._returned, self._branches
        scope = dict(function.parameters)
        scope.update(given or {})
        self.scopes = [*function.scopes, scope]
        code, self.code = self.code, function.code
        self.owner, self._returned, self._branches = function.owner, [], 0
        function.is_running = True
        self._depth += 1
        try:
            returned = self._body(function.node, body)
        finally:
            self._depth -= 1
            function.is_running = False
            self.code = code
            self.scopes, self.owner, self._returned, self._branches = kept
        if given is None or function.returned is None:
            function.returned = returned
        return returned

    def _body(self, node: Node, body: Node) -> Value:
        if node.type == "lambda":
            return self.evaluate(body)
        self._block(body)
        found = NOTHING
        for value in self._returned:
            found = joined(found, value)
        return found

    def evaluate_code(self, text: str, node: Node) -> None:
        """Evaluate a constant text as code, at the line that runs it."""
        if self._code_depth >= _DEEPEST_CODE or len(text) > folding.BIGGEST:
            return
        data = text.encode("utf-8", "replace")
        tree = parse(data, language(), self._deadline)
        if tree is None:
            return
        outer, self.code = self.code, (data, self.line(node))
        self._code_depth += 1
        pending, self.pending = self.pending, []
        try:
            self._block(tree.root_node)
            while self.pending:
                self.run(self.pending.pop(0))
        finally:
            self.pending = pending
            self._code_depth -= 1
            self.code = outer


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
