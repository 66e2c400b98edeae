"""What JavaScript's calls do: modules, evaluated code, folding, callbacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from goobits_scanner._facts import NO_MARKS, NOTHING, UNKNOWN, Value
from goobits_scanner._languages import _javascript_folding as folding
from goobits_scanner._languages._javascript_callbacks import answered, fold_callback
from goobits_scanner._languages._javascript_functions import invoked, run
from goobits_scanner._languages._javascript_values import (
    ANY_KEY,
    PARAM,
    Compound,
    FunctionValue,
    append,
    compound,
    member,
    put,
    union,
    with_marks,
)
from goobits_scanner._languages._javascript_walk import Walk

if TYPE_CHECKING:
    from tree_sitter import Node

REQUIRES = frozenset(
    "require import module.require module._load module.createRequire()".split()
)
_EVALUATORS = frozenset(
    "eval Function execScript setTimeout setInterval setImmediate vm.runInThisContext "
    "vm.runInNewContext vm.runInContext vm.Script vm.compileFunction".split()
)
_UNWRAPPERS = frozenset(
    "util.promisify promisify pify Object.freeze Object.seal Promise.resolve "
    "Object.preventExtensions structuredClone".split()
)
_PATH_JOINERS = frozenset({"path.join", "path.resolve", "path.posix.join"})
_DEEPEST_CODE = 2
_LONGEST_PATH = 200


_SAME_MODULES = {
    "graceful-fs": "fs",
    "original-fs": "fs",
    "node-fetch": "fetch",
    "cross-fetch": "fetch",
}


def module_path(name: str) -> str:
    """Return the path of a module: `node:fs/promises` is `fs.promises`."""
    name = name.removeprefix("node:")
    if name.startswith((".", "/")):
        return name
    return name.replace("/", ".").replace("bun:", "bun.")


def import_module(
    walk: Walk, node: Node, name: str, *, is_hidden: bool = False
) -> Value:
    """Tell of an import; return the module."""
    path = module_path(name)
    walk.tell("import", path, node, is_hidden=is_hidden)
    return Value(_SAME_MODULES.get(path, path), is_hidden=is_hidden)


def call(
    walk: Walk,
    node: Node,
    callee: Value,
    receiver: Value,
    arguments: list[Value],
    *,
    is_new: bool = False,
) -> Value:
    """Tell of a call; return its result."""
    path = callee.path
    special = _SPECIAL.get(path)
    if special is not None:
        found = special(walk, node, arguments)
        if found is not None:
            return found
    if path.endswith((".call", ".apply", ".bind")) and (
        receiver.path or receiver.text is None
    ):
        indirect = _indirect(walk, node, path, receiver, arguments)
        if indirect is not None:
            return indirect
    if path in REQUIRES and arguments and isinstance(arguments[0].constant, str):
        name = arguments[0]
        is_hidden = callee.is_hidden or name.is_hidden
        walk.tell("call", path, node, tuple(arguments), is_hidden=is_hidden)
        return import_module(walk, node, str(name.constant), is_hidden=is_hidden)
    return _told(walk, node, callee, receiver, arguments, is_new)


def _told(
    walk: Walk,
    node: Node,
    callee: Value,
    receiver: Value,
    arguments: list[Value],
    is_new: bool,
) -> Value:
    path = callee.path
    said = None
    if path:
        said = walk.tell(
            "call",
            path,
            node,
            tuple(arguments),
            receiver=receiver,
            is_hidden=callee.is_hidden,
        )
    marks = said
    if marks is None:
        marks = union(arguments) if arguments else NO_MARKS
        if receiver.marks:
            marks = marks | receiver.marks
    if isinstance(callee, FunctionValue):
        return _local(walk, callee, arguments, is_new)
    folded = _folded(walk, node, path, receiver, arguments, marks)
    if folded is not None:
        return folded
    if (
        path in _EVALUATORS
        and (found := _evaluated(walk, node, path, arguments)) is not None
    ):
        return found
    text = folding.joined_path(arguments) if path in _PATH_JOINERS else None
    result = Value(_result_path(path), text=text, marks=marks)
    if any(isinstance(argument, FunctionValue) for argument in arguments):
        return answered(walk, path, receiver, arguments, said or NO_MARKS, result)
    return result


def _result_path(path: str) -> str:
    if not path or len(path) > _LONGEST_PATH:
        return ""
    return path + "()"


def _local(
    walk: Walk, callee: FunctionValue, arguments: list[Value], is_new: bool
) -> Value:
    """Call a function of the file."""
    function = callee.function
    if function is None:
        result = NOTHING
    elif not callee.path and not function.is_done:
        result = function.result = run(walk, function, arguments)
    else:
        result = invoked(walk, function, arguments)
    if not is_new and function is not None and not callee.fields:
        return result
    made = Compound(f"{callee.path}()", keys=callee.instances().keys)
    made.height, made.weight, made.level = 1, 1, 0
    made.marks = union(arguments)
    return made


def _folded(
    walk: Walk,
    node: Node,
    path: str,
    receiver: Value,
    arguments: list[Value],
    marks: frozenset[str],
) -> Value | None:
    found = folding.called(path, arguments)
    name = path[path.rfind(".") + 1 :]
    if found is UNKNOWN:
        is_known = receiver.constant is not UNKNOWN or receiver.items is not None
        if not is_known:
            return None
        if name == "push" or name == "unshift":
            append(receiver, arguments)
            return NOTHING
        found = folding.method(name, receiver, arguments)
        if found is UNKNOWN:
            return fold_callback(walk, name, receiver, arguments)
    value = folding.value_of(found, marks)
    if value is not None:
        walk.tell_string(value, node)
        if isinstance(found, bytes):
            value.path = _result_path(path)
    return value


def _indirect(
    walk: Walk, node: Node, path: str, receiver: Value, arguments: list[Value]
) -> Value | None:
    """Follow `f.call(this, a)`, `f.apply(this, [a])` and `f.bind(this)`."""
    if path.endswith(".bind"):
        return (
            receiver if receiver.path or isinstance(receiver, FunctionValue) else None
        )
    if not receiver.path and not isinstance(receiver, FunctionValue):
        return None
    if path.endswith(".call"):
        return call(walk, node, receiver, _this_of(arguments), arguments[1:])
    if len(arguments) < 2 or arguments[1].items is None:
        rest = [Value(marks=union(arguments[1:]))] if len(arguments) > 1 else []
        return call(walk, node, receiver, _this_of(arguments), rest)
    return call(walk, node, receiver, _this_of(arguments), list(arguments[1].items))


def _this_of(arguments: list[Value]) -> Value:
    return arguments[0] if arguments else NOTHING


def _evaluated(
    walk: Walk, node: Node, path: str, arguments: list[Value]
) -> Value | None:
    """Evaluate code that is given as a constant string."""
    if not arguments:
        return None
    code = arguments[-1 if path == "Function" else 0]
    if not isinstance(code.constant, str) or walk.state.level >= _DEEPEST_CODE:
        return None
    from goobits_scanner._languages._javascript_code import evaluate_code

    found = evaluate_code(walk, node, code.constant)
    return found if path == "eval" and found.path else None


def _require_factory(walk: Walk, node: Node, arguments: list[Value]) -> Value | None:
    walk.tell("call", "module.createRequire", node, tuple(arguments))
    return Value("require")


def _reflect_get(_walk: Walk, _node: Node, arguments: list[Value]) -> Value | None:
    if len(arguments) < 2:
        return None
    key = arguments[1].constant
    if not isinstance(key, str):
        return Value(f"{arguments[0].path}{ANY_KEY}", marks=arguments[0].marks)
    found = member(arguments[0], key)
    if not found.path or isinstance(found, FunctionValue):
        return found
    return Value(found.path, marks=found.marks, is_hidden=True)


def _reflect_apply(walk: Walk, node: Node, arguments: list[Value]) -> Value | None:
    if len(arguments) < 3:
        return None
    items = arguments[2].items
    given = list(items) if items is not None else [arguments[2]]
    return call(walk, node, arguments[0], arguments[1], given)


def _reflect_construct(walk: Walk, node: Node, arguments: list[Value]) -> Value | None:
    if len(arguments) < 2:
        return None
    items = arguments[1].items
    given = list(items) if items is not None else [arguments[1]]
    return call(walk, node, arguments[0], NOTHING, given, is_new=True)


def _prototype_of(_walk: Walk, _node: Node, arguments: list[Value]) -> Value | None:
    is_function = arguments and isinstance(arguments[0], FunctionValue)
    return Value("Function.prototype") if is_function else None


def _assigned(walk: Walk, node: Node, arguments: list[Value]) -> Value | None:
    """Merge objects as `Object.assign` does."""
    said = walk.tell("call", "Object.assign", node, tuple(arguments))
    if not arguments:
        return NOTHING
    target = arguments[0]
    for source in arguments[1:]:
        if source.keys is None:
            put(target, ANY_KEY, Value(marks=source.marks))
            continue
        for key, value in list(source.keys.items()):
            put(target, key, value)
    marks = union(arguments) if said is None else said
    if target.keys is not None or isinstance(target, FunctionValue):
        return target
    return Value(target.path, marks=marks)


def _unwrapped(
    walk: Walk, node: Node, path: str, arguments: list[Value]
) -> Value | None:
    walk.tell("call", path, node, tuple(arguments))
    return arguments[0] if arguments else None


def _unwrapper(path: str) -> Special:
    return lambda walk, node, arguments: _unwrapped(walk, node, path, arguments)


def _settled(walk: Walk, _node: Node, arguments: list[Value]) -> Value | None:
    """Note what a promise is resolved with."""
    walk.resolved = walk.resolved | (union(arguments) - PARAM)
    return None


def _promise(walk: Walk, node: Node, arguments: list[Value]) -> Value | None:
    walk.tell("call", "Promise", node, tuple(arguments))
    if not arguments or not isinstance(arguments[0], FunctionValue):
        return None
    function = arguments[0].function
    if function is None or function.is_done:
        return None
    outer, walk.resolved = walk.resolved, NO_MARKS
    function.result = run(walk, function, (Value("@resolve"), Value("@reject")))
    marks, walk.resolved = walk.resolved, outer
    return Value("Promise()", marks=marks)


def _list_of_promises(walk: Walk, node: Node, arguments: list[Value]) -> Value | None:
    walk.tell("call", "Promise.all", node, tuple(arguments))
    return arguments[0] if arguments else None


def _array(_walk: Walk, _node: Node, arguments: list[Value]) -> Value | None:
    if len(arguments) == 1:
        return Value("Array()")
    return compound(items=tuple(arguments))


def _keys_of(walk: Walk, node: Node, arguments: list[Value]) -> Value | None:
    """Mark what lists the keys of an object."""
    said = walk.tell("call", "Object.keys", node, tuple(arguments))
    marks = union(arguments) if said is None else said
    return with_marks(Value("Object.keys()"), marks | {"key"})


Special = Callable[[Walk, "Node", list[Value]], "Value | None"]
_SPECIAL: dict[str, Special] = {
    "module.createRequire": _require_factory,
    "Reflect.get": _reflect_get,
    "Reflect.apply": _reflect_apply,
    "Reflect.construct": _reflect_construct,
    "Object.getPrototypeOf": _prototype_of,
    "Object.assign": _assigned,
    "Object.keys": _keys_of,
    "Promise": _promise,
    "Promise.all": _list_of_promises,
    "@resolve": _settled,
    "Array": _array,
    "Array.of": _array,
    **{path: _unwrapper(path) for path in _UNWRAPPERS},
}
