"""What Rust's own functions make of constants, without running the scanned code."""

from __future__ import annotations

import re

from goobits_scanner._facts import HOLE, NO_MARKS, UNKNOWN, Value
from goobits_scanner._languages import _python_folding as folding

# What hands on its receiver as it is, or as good as that.
TRANSPARENT = frozenset(
    "unwrap expect unwrap_or unwrap_or_default unwrap_or_else clone cloned copied to_string "
    "to_owned as_str as_ref as_mut as_bytes as_slice into into_string to_vec borrow into_owned "
    "to_string_lossy ok context with_context map_err ok_or ok_or_else trim as_os_str as_path "
    "iter iter_mut into_iter chars bytes collect into_bytes to_str as_deref into_boxed_str "
    "unwrap_unchecked expect_err to_bytes by_ref try_into peekable lines".split()
)
# What hands on its first argument, under its whole path.
SAME = frozenset(
    {"String.from", "Some", "Ok", "Box.new", "Arc.new", "Rc.new", "std.path.Path.new",
     "std.path.PathBuf.from", "PathBuf.from", "Path.new", "OsString.from", "Cow.from",
     "std.sync.Arc.new", "std.rc.Rc.new", "std.ffi.OsStr.new", "std.str.from_utf8",
     "String.from_utf8", "std.string.String.from_utf8", "String.from_utf8_lossy",
     "String.from_utf8_unchecked", "std.str.from_utf8_unchecked", "std.boxed.Box.new",
     "core.str.from_utf8", "Vec.from", "std.ffi.OsString.from", "str.from_utf8",
     "std.ffi.CString.new", "Cow.Borrowed", "std.borrow.Cow.Borrowed", "str.to_owned"}
)  # fmt: skip
LONGEST_TEXT = 1 << 16
MOST_ELEMENTS = 1 << 12
# What was put together so that it cannot be read in the source.
_DECODED = frozenset({"decoded"})
_INTEGER = re.compile(r"([iu])(8|16|32|64|128|size)$")
_RENAMED = {
    "to_lowercase": "lower",
    "to_uppercase": "upper",
    "to_ascii_lowercase": "lower",
    "to_ascii_uppercase": "upper",
}
_WRAPPING = {
    "wrapping_add": "+",
    "wrapping_sub": "-",
    "wrapping_mul": "*",
    "bitxor": "^",
}


def listed(items: tuple[Value, ...], marks: frozenset[str], path: str = "") -> Value:
    """Return a list, without its elements where lists in lists would multiply."""
    size = len(items)
    for item in items:
        parts = _parts(item)
        size += len(parts)
        if size > 4 * MOST_ELEMENTS or any(_parts(part) for part in parts):
            return Value(path, marks=marks)
    return Value(path, items=items, marks=marks)


def _parts(value: Value) -> tuple[Value, ...]:
    return value.items or tuple((value.keys or {}).values())


def field(value: Value) -> Value:
    """Return a value as the field of a struct: what lies deep in it is not kept."""
    if any(_parts(part) for part in _parts(value)):
        return Value(value.path, marks=value.marks)
    return value


def of_text(text: str, marks: frozenset[str]) -> Value:
    """Return a text, cut where it grows beyond reason."""
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT] + HOLE
    if HOLE in text:
        return Value(text=text, marks=marks)
    return Value(constant=text, marks=marks)


def added(left: Value, right: Value, marks: frozenset[str]) -> Value:
    """Concatenate or add two values."""
    if left.text is None and right.text is None:
        return operated("+", left, right, marks)
    text = HOLE if left.text is None else left.text
    return of_text(text + (HOLE if right.text is None else right.text), marks)


def operated(operator: str, left: Value, right: Value, marks: frozenset[str]) -> Value:
    """Fold a binary operator; a character counts as its number."""
    one, two = _number(left.constant), _number(right.constant)
    if operator == "+" and isinstance(one, int) and isinstance(two, int):
        return Value(constant=one + two, marks=marks)
    made = folding.operated(operator, one, two)
    return Value(marks=marks) if made is UNKNOWN else folding.value_of(made, marks)


def _number(constant: object) -> object:
    if isinstance(constant, str) and len(constant) == 1:
        return ord(constant)
    return constant


def cast(value: Value, kind: str) -> Value:
    """Return a constant as another type."""
    number = _number(value.constant)
    if not isinstance(number, int) or isinstance(number, bool):
        return value
    if kind == "char":
        known = 0 <= number < 0x110000
        return (
            Value(constant=chr(number), marks=value.marks | _DECODED)
            if known
            else value
        )
    found = _INTEGER.match(kind)
    if found is None:
        return value
    if found[1] == "u" and found[2] != "size":
        number &= (1 << int(found[2])) - 1
    return Value(constant=number, marks=value.marks)


def elements(value: Value) -> tuple[Value, ...] | None:
    """Return what iterating over a constant yields; None where that is not known."""
    if value.items is not None:
        return value.items if len(value.items) <= MOST_ELEMENTS else None
    constant = value.constant
    if not isinstance(constant, str | bytes) or len(constant) > MOST_ELEMENTS:
        return None
    return tuple(Value(constant=each, marks=value.marks) for each in constant)


def spelled(value: Value) -> Value:
    """Return bytes, or a list of characters, as the text that they spell."""
    constant = value.constant
    if constant is UNKNOWN and value.items:
        parts = [item.constant for item in value.items]
        if all(isinstance(part, str) for part in parts):
            return of_text("".join(map(str, parts)), value.marks)
        made = folding.called("bytes", [tuple(parts)])
        if isinstance(made, bytes):
            return of_text(made.decode("utf-8", "replace"), value.marks | _DECODED)
    if isinstance(constant, bytes):
        return of_text(constant.decode("utf-8", "replace"), value.marks)
    return value


def collected(value: Value) -> Value:
    """Return what `collect` makes: of characters a text."""
    items = value.items
    if items and all(
        isinstance(item.constant, str) and len(item.constant) == 1 for item in items
    ):
        return spelled(value)
    return value


def adapted(name: str, value: Value, arguments: tuple[Value, ...]) -> Value | None:
    """Return what an iterator's or list's method makes of constants."""
    if name in {"concat", "join"} and value.items is not None:
        glue = arguments[0].text if arguments else ""
        texts = [HOLE if item.text is None else item.text for item in value.items]
        return of_text((HOLE if glue is None else glue).join(texts), value.marks)
    if name not in {"rev", "enumerate", "cycle", "zip", "skip", "take", "step_by"}:
        return None
    parts = elements(value)
    if parts is None:
        return None
    if name == "rev" and isinstance(value.constant, str):
        return Value(constant=value.constant[::-1], marks=value.marks | _DECODED)
    if name == "cycle":
        return Value("cycle()", items=parts, marks=value.marks)
    return _sequence(name, parts, value.marks, arguments)


def _sequence(
    name: str,
    parts: tuple[Value, ...],
    marks: frozenset[str],
    arguments: tuple[Value, ...],
) -> Value | None:
    if name == "rev":
        return listed(parts[::-1], marks)
    if name == "enumerate":
        pairs = [(Value(constant=place), part) for place, part in enumerate(parts)]
        return _pairs(pairs, marks)
    if not arguments:
        return None
    if name == "zip":
        others = elements(arguments[0])
        if not others:
            return None
        if arguments[0].path == "cycle()":
            others *= len(parts) // len(others) + 1
        return _pairs(
            list(zip(parts, others, strict=False)), marks | arguments[0].marks
        )
    count = arguments[0].constant
    if not isinstance(count, int) or count < 0:
        return None
    chosen = {"skip": parts[count:], "take": parts[:count]}
    return listed(chosen.get(name, parts[:: count or 1]), marks)


def _pairs(pairs: list[tuple[Value, Value]], marks: frozenset[str]) -> Value:
    return listed(tuple(Value(items=pair) for pair in pairs), marks)


def decoded(path: str, receiver: Value, arguments: tuple[Value, ...]) -> object:
    """Fold a call whose receiver and arguments are constants; UNKNOWN where it is none."""
    name = path.rpartition(".")[2]
    first = folding.constant_of(arguments[0]) if arguments else UNKNOWN
    if name in {"decode", "decode_config"}:
        return _of_base(path, first)
    own = receiver.constant
    if name in _WRAPPING:
        made = operated(
            _WRAPPING[name], receiver, Value(constant=_plain(first)), NO_MARKS
        )
        return made.constant & 0xFF if isinstance(made.constant, int) else UNKNOWN
    if path in {"char.from", "char.from_u32", "std.char.from_u32"}:
        is_letter = isinstance(first, int) and 0 <= first < 0x110000
        return chr(first) if is_letter else UNKNOWN  # type: ignore[arg-type]
    if name == "len" and isinstance(own, str | bytes):
        return len(own.encode("utf-8", "replace") if isinstance(own, str) else own)
    if name == "len" and receiver.items is not None:
        return len(receiver.items)
    if name == "repeat" and isinstance(first, int) and isinstance(own, str):
        return folding.operated("*", own, first)
    if name == "replace" or name in _RENAMED:
        constants = [folding.constant_of(argument) for argument in arguments]
        return folding.method(_RENAMED.get(name, name), own, constants)
    return UNKNOWN


def _of_base(path: str, first: object) -> object:
    """Fold the decoders of hex and base64, by the names of the crates that have them."""
    if path.startswith(("hex.", "base16ct.")) or "HEX" in path:
        return folding.called("binascii.unhexlify", [first])
    is_base64 = (
        path.startswith(("base64.", "data_encoding.BASE64")) or ".engine." in path
    )
    if is_base64 or re.search(
        r"(?:^|\.)(?:STANDARD|URL_SAFE|BASE64)\w*\.decode$", path
    ):
        return folding.called("base64.b64decode", [first])
    return UNKNOWN


def _plain(constant: object) -> int | str:
    return constant if isinstance(constant, int | str) else ""
