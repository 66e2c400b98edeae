"""What JavaScript adds to values: objects that change, functions, regular expressions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from goobits_scanner._facts import NO_MARKS, NOTHING, UNKNOWN, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from goobits_scanner._languages._javascript_walk import Scope

PARAM = frozenset({"param"})
# The key of what an object holds under keys that are not known.
ANY_KEY = "[]"
# No value nests deeper, holds more, or has a longer path or text: files could be made
# to double them with each line.
_HIGHEST = 12
_HEAVIEST = 20_000
_COPIED = 200
_LONGEST_PATH = 160
BIGGEST_TEXT = 1 << 16

_ROOTS = frozenset(
    {"globalThis", "window", "self", "global", "top", "frames", "Function()()"}
)
_CANONICAL = {
    "buffer.Buffer": "Buffer",
    "fs.default": "fs",
    "module.Module": "module",
    "module.constructor": "module",
    "process.mainModule": "module",
    "require.main": "module",
    "timers.setTimeout": "setTimeout",
    "timers.setInterval": "setInterval",
    "process.process": "process",
    "Function.prototype.constructor": "Function",
    "Reflect.constructor": "Function",
}
_ONLY_EXTRA = frozenset(
    "copy copySync remove removeSync move moveSync outputFile outputFileSync outputJson "
    "readJson readJsonSync writeJson ensureDir ensureFile emptyDir pathExists".split()
)
_METHODS = frozenset(
    "at bind call apply concat filter find flat fill map slice sort sub some split replace "
    "reduce push pop forEach link bold big includes indexOf join toString valueOf "
    "constructor".split()
)


class Compound(Value):
    """A list or an object, which may change: `height`, `weight` and `level` bound it."""

    __slots__ = ("height", "level", "weight")
    height: int
    level: int
    weight: int


class Regex(Value):
    """A regular expression's literal."""

    __slots__ = ("flags", "pattern")

    def __init__(self, pattern: str, flags: str) -> None:
        super().__init__("RegExp()")
        self.pattern = pattern
        self.flags = flags


class Function:
    """A function of the file: where it stands, what it closes over, what it returns.

    `source` is the text that its nodes index, a character for each byte, and the line that
    stands for all of them
    where they are code in a string, else 0. `vain` counts how often it was evaluated again
    without a constant to show for it.
    """

    __slots__ = (
        "body",
        "closure",
        "is_arrow",
        "is_done",
        "is_running",
        "name",
        "parameters",
        "result",
        "source",
        "this",
        "vain",
    )

    def __init__(
        self,
        name: str,
        parameters: Node | None,
        body: Node | None,
        closure: Scope,
        source: tuple[str, int],
        this: Value,
    ) -> None:
        self.name = name
        self.parameters = parameters
        self.body = body
        self.closure = closure
        self.source = source
        self.this = this
        self.result: Value | None = None
        self.is_arrow = False
        self.is_done = False
        self.is_running = False
        self.vain = 0


class FunctionValue(Value):
    """A function or class of the file as a value.

    `fields` are what its instances have (`prototype`, methods, `this.x`), `statics` its own.
    """

    __slots__ = ("fields", "function", "statics")

    def __init__(self, path: str, function: Function | None) -> None:
        super().__init__(path)
        self.function = function
        self.fields: Compound | None = None
        self.statics: dict[str, Value] = {}

    def instances(self) -> Compound:
        """Return what all instances share."""
        if self.fields is None:
            self.fields = compound("this", keys={ANY_KEY: NOTHING})
        return self.fields


def union(values: Iterable[Value]) -> frozenset[str]:
    marks = NO_MARKS
    for value in values:
        if value.marks:
            marks = marks | value.marks if marks else value.marks
    return marks


def compound(
    path: str = "",
    *,
    marks: frozenset[str] = NO_MARKS,
    items: tuple[Value, ...] | None = None,
    keys: dict[str, Value] | None = None,
) -> Compound:
    """Return a list or object that carries its elements' marks."""
    height, weight = 0, 1
    for value in items or (keys.values() if keys else ()):
        if value.marks:
            marks = marks | value.marks
        if isinstance(value, Compound):
            height = max(height, value.height)
            weight += value.weight
        else:
            weight += 1
    if height >= _HIGHEST or weight > _HEAVIEST:
        items, keys, height, weight = None, None, 0, 1
    made = Compound(path, marks=marks, items=items, keys=keys)
    made.height, made.weight, made.level = height + 1, weight, 0
    return made


def snapshot(value: Value, level: int) -> Value:
    """Copy what is put into an object, so that no object ever holds itself."""
    if not isinstance(value, Compound):
        return value
    if level >= _HIGHEST or value.weight > _COPIED:
        return Value(value.path, marks=value.marks)
    items = keys = None
    if value.items is not None:
        items = tuple(snapshot(item, level + 1) for item in value.items)
    if value.keys is not None:
        keys = {key: snapshot(item, level + 1) for key, item in value.keys.items()}
    made = compound(value.path, marks=value.marks, items=items, keys=keys)
    made.level = level
    return made


def put(target: Value, key: str, value: Value) -> None:
    """Assign to a key of an object; `ANY_KEY` where it is not known."""
    if isinstance(target, FunctionValue):
        target.statics[key] = value
        return
    if not isinstance(target, Compound):
        return
    target.marks = target.marks | value.marks
    if target.keys is None or target.weight > _HEAVIEST or target.level >= _HIGHEST:
        target.items = None
        return
    stored = snapshot(value, target.level + 1)
    if key == ANY_KEY and key in target.keys:
        stored = joined(target.keys[key], Value(marks=stored.marks))
    target.keys[key] = stored
    target.weight += stored.weight if isinstance(stored, Compound) else 1


def append(target: Value, values: Sequence[Value]) -> None:
    """Append to a list."""
    if not isinstance(target, Compound) or target.items is None:
        return
    target.marks = target.marks | union(values)
    copies = tuple(snapshot(value, target.level + 1) for value in values)
    target.weight += sum(
        copy.weight if isinstance(copy, Compound) else 1 for copy in copies
    )
    if target.weight > _HEAVIEST >> 3:
        target.items = None
    else:
        target.items += copies


def joined(one: Value, two: Value) -> Value:
    """Return what is true of a value that is one or the other."""
    if one is two or two is NOTHING:
        return one
    if one is NOTHING:
        return two
    marks = one.marks | two.marks
    if one.constant is not UNKNOWN and two.is_constant:
        return one if marks == one.marks else with_marks(one, marks)
    if isinstance(one, FunctionValue):
        return one
    if isinstance(two, FunctionValue):
        return two
    text = one.text if one.is_built else two.text if two.is_built else None
    found = Value(
        one.path or two.path,
        text=text,
        marks=marks,
        is_hidden=one.is_hidden or two.is_hidden,
    )
    if one.items is not None and two.items is not None:
        return compound(found.path, marks=marks, items=one.items + two.items)
    return _with_keys(found, one, two)


def _with_keys(found: Value, one: Value, two: Value) -> Value:
    if one.keys is None and two.keys is None:
        return found
    keys = {ANY_KEY: NOTHING, **(one.keys or {}), **(two.keys or {})}
    return compound(found.path, marks=found.marks, keys=keys)


def with_marks(value: Value, marks: frozenset[str]) -> Value:
    """Return the same value with these marks."""
    if marks == value.marks or isinstance(value, FunctionValue):
        return value
    if isinstance(value, Compound):
        made = compound(value.path, items=value.items, keys=value.keys)
        made.marks = marks
        return made
    return Value(
        value.path,
        constant=value.constant,
        text=value.text,
        marks=marks,
        is_hidden=value.is_hidden,
    )


def element_of(value: Value) -> Value:
    """Return what is true of each element of a list; of constants the first one."""
    if value.items:
        found = value.items[0]
        for item in value.items[1:50]:
            found = joined(found, item)
        return found
    if value.keys:
        return Value(marks=value.marks)
    return Value(f"{value.path}[]" if value.path else "", marks=value.marks)


def member_path(path: str, name: str) -> str:
    """Return the path of an attribute of what has this path."""
    if path in _ROOTS:
        return name
    if name == "default" and path:
        return path
    if len(path) > _LONGEST_PATH:
        return "." + name
    if path == "fs-extra" and name not in _ONLY_EXTRA:
        return f"fs.{name}"
    if name == "constructor" and _is_of_function(path):
        return "Function"
    path = f"{path}.{name}"
    return _CANONICAL.get(path, path)


def _is_of_function(path: str) -> bool:
    """Return whether a path's constructor is sure to be `Function`."""
    last = path[path.rfind(".") + 1 :]
    return path in {"Function", "Object", "Array", "String", "Number", "eval"} or (
        path.startswith(".") and path.count(".") == 1 and last in _METHODS
    )


def member(base: Value, name: str) -> Value:
    """Return an attribute of a value."""
    if base.keys is not None:
        found = base.keys.get(name)
        if found is not None:
            return found
    if isinstance(base, FunctionValue):
        return _function_member(base, name)
    if name == "length":
        return _length(base)
    if base.items is not None and name.isdigit() and int(name) < len(base.items):
        return base.items[int(name)]
    if base.text is not None and base.constant is not UNKNOWN and name.isdigit():
        place = int(name)
        return Value(constant=base.text[place : place + 1], marks=base.marks)
    return Value(
        member_path(base.path, name), marks=base.marks, is_hidden=base.is_hidden
    )


def _length(base: Value) -> Value:
    if base.items is not None:
        return Value(constant=len(base.items))
    if isinstance(base.constant, str | bytes):
        return Value(constant=len(base.constant))
    return Value(member_path(base.path, "length"))


def _function_member(base: FunctionValue, name: str) -> Value:
    if name == "prototype":
        return base.instances()
    if name == "constructor":
        return Value("Function", is_hidden=True)
    return base.statics.get(name) or Value(member_path(base.path, name))
