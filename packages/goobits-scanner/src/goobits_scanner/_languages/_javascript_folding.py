"""What JavaScript's own functions make of constants, without running the scanned code.

Nothing here takes more than some milliseconds or makes more than `BIGGEST_TEXT` characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from goobits_scanner._facts import HOLE, UNKNOWN, Constant, Value
from goobits_scanner._languages._javascript_values import (
    BIGGEST_TEXT,
    Regex,
    compound,
    union,
)

Constants = list[object]
_MASK = 0xFFFFFFFF
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|([0-7]{1,3})"
    r"|(\r\n|[\s\S]))"
)
_SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
# Patterns that take no time to match: literals and one class, perhaps repeated at the end.
_PLAIN_PATTERN = re.compile(
    r"(?:\\[\W_dws]|[^\\\[\](){}*+?|^$.])+\+?|\[(?:\\.|[^\]\\])+\]\+?|\."
)


def unescaped(raw: str) -> str:
    """Return the text that a literal's source stands for."""
    return _ESCAPE.sub(_unescape, raw) if "\\" in raw else raw


def _unescape(found: re.Match[str]) -> str:
    digits = found[1] or found[2] or found[3]
    if digits:
        code = int(digits, 16)
        return chr(code) if code < 0x110000 else ""
    if found[4]:
        return chr(int(found[4], 8))
    return "" if found[5] in "\r\n\u2028" else _SIMPLE_ESCAPES.get(found[5], found[5])


def number(raw: str) -> Constant:
    """Return the number that a literal stands for."""
    raw = raw.replace("_", "").removesuffix("n")
    try:
        if raw[:2].lower() in {"0x", "0o", "0b"}:
            return int(raw, 0)
        if raw.isdigit():
            return int(raw) if len(raw) < 400 else UNKNOWN
        return float(raw)
    except ValueError:
        return UNKNOWN


def text_of(constant: object) -> str | None:
    """Return what a constant is as a string; None where that takes more to say."""
    if isinstance(constant, str):
        return constant
    if isinstance(constant, bool):
        return "true" if constant else "false"
    if isinstance(constant, float) and constant.is_integer() and abs(constant) < 1e15:
        return str(int(constant))
    if isinstance(constant, int | float):
        return str(constant)
    return "null" if constant is None else None


def constant_of(value: Value) -> object:
    """Return a value's constant, of a list its elements' as a list, else UNKNOWN."""
    if value.constant is not UNKNOWN or value.items is None:
        return value.constant
    found = [item.constant for item in value.items]
    return UNKNOWN if any(one is UNKNOWN for one in found) else found


def value_of(constant: object, marks: frozenset[str]) -> Value | None:
    """Return what was folded as a value; None where it was not."""
    if isinstance(constant, list):
        return compound(
            marks=marks,
            items=tuple(Value(constant=item, marks=marks) for item in constant),
        )
    if isinstance(constant, str | bytes):
        if len(constant) > BIGGEST_TEXT:
            return None
        return Value(constant=constant, marks=marks, is_hidden=True)
    if constant is None or isinstance(constant, int | float):
        return Value(constant=constant, marks=marks)
    return None


def added(parts: list[Value]) -> Value:
    """Add up the operands of `+`, left to right."""
    marks = union(parts)
    if all(isinstance(part.constant, int | float) for part in parts):
        total = sum(part.constant for part in parts)  # type: ignore[misc]
        return Value(constant=total, marks=marks)
    if all(part.text is None and part.items is None for part in parts):
        return Value(marks=marks)
    texts = []
    for part in parts:
        said = part.text if part.text is not None else text_of(part.constant)
        if said is None and part.items is not None:
            found = _joined_list(constant_of(part), [","])
            said = found if isinstance(found, str) else None
        texts.append(HOLE if said is None else said)
    text = "".join(texts)[:BIGGEST_TEXT]
    if HOLE in text:
        return Value(text=text, marks=marks)
    return Value(constant=text, marks=marks, is_hidden=len(parts) > 1)


def operated(operator: str, left: object, right: object) -> object:
    """Fold a binary operator on numbers, or texts that are taken for them."""
    left = number(left.strip()) if isinstance(left, str) else left
    right = number(right.strip()) if isinstance(right, str) else right
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return UNKNOWN
    function = _OPERATORS.get(operator)
    try:
        return function(left, right) if function else UNKNOWN
    except (ArithmeticError, ValueError):
        return UNKNOWN


def _signed(value: int) -> int:
    value &= _MASK
    return value - (1 << 32) if value >> 31 else value


def _power(left: float, right: float) -> float:
    return float(left) ** min(float(right), 1024.0) if left >= 0 else 0.0


_OPERATORS: dict[str, Callable[[float, float], object]] = {
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b if abs(a) < 1e300 and abs(b) < 1e300 else UNKNOWN,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b if a >= 0 and b > 0 else UNKNOWN,
    "**": _power,
    "^": lambda a, b: _signed(int(a) ^ int(b)),
    "&": lambda a, b: _signed(int(a) & int(b)),
    "|": lambda a, b: _signed(int(a) | int(b)),
    "<<": lambda a, b: _signed(int(a) << (int(b) & 31)),
    ">>": lambda a, b: _signed(int(a)) >> (int(b) & 31),
    ">>>": lambda a, b: (int(a) & _MASK) >> (int(b) & 31),
}


def called(path: str, arguments: list[Value]) -> object:
    """Fold a call of one of JavaScript's own functions; UNKNOWN where it is none."""
    function = _FUNCTIONS.get(path)
    if function is None:
        return UNKNOWN
    return _attempt(function, [constant_of(argument) for argument in arguments])


def method(name: str, receiver: Value, arguments: list[Value]) -> object:
    """Fold a method of a constant text, number, buffer, or list."""
    function = _METHODS.get(name)
    if function is None:
        return UNKNOWN
    if name in {"replace", "replaceAll", "split"} and arguments:
        first: object = arguments[0]
        if isinstance(first, Regex):
            rest = [constant_of(argument) for argument in arguments[1:]]
            return _attempt(function, [constant_of(receiver), first, *rest])
    constants = [constant_of(argument) for argument in arguments]
    return _attempt(function, [constant_of(receiver), *constants])


def joined_path(parts: list[Value]) -> str:
    """Return the text of a path of these parts, with holes."""
    texts = [HOLE if part.text is None else part.text.strip("/") for part in parts]
    root = "/" if parts and (parts[0].text or "").startswith("/") else ""
    return (root + "/".join(texts))[:BIGGEST_TEXT]


def _attempt(function: Callable[..., object], arguments: Constants) -> object:
    if any(argument is UNKNOWN for argument in arguments):
        return UNKNOWN
    try:
        return function(*arguments)
    except (TypeError, ValueError, IndexError, ArithmeticError, AttributeError):
        return UNKNOWN


def _from_char_codes(*codes: object) -> str:
    return "".join(chr(int(code) & 0xFFFF) for code in codes)  # type: ignore[call-overload]


def decoded_base64(text: object) -> bytes:
    import binascii

    if not isinstance(text, str):
        raise TypeError
    data = text.translate({45: 43, 95: 47}).encode("ascii", "ignore")
    return binascii.a2b_base64(data.rstrip(b"=") + b"=" * (-len(data.rstrip(b"=")) % 4))


def _unquoted(text: str) -> str:
    """Decode `%41`, `%u0041` and UTF-8 in percent signs."""
    text = re.sub(r"%u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return re.sub(
        r"(?:%[0-9a-fA-F]{2})+",
        lambda found: bytes.fromhex(found[0].replace("%", "")).decode(
            "utf-8", "replace"
        ),
        text,
    )


def _buffer(data: object, encoding: object = "utf8") -> object:
    if isinstance(data, list):
        return bytes(int(item) & 255 for item in data)
    if not isinstance(data, str):
        return UNKNOWN
    if encoding in {"base64", "base64url"}:
        return decoded_base64(data)
    if encoding == "hex":
        return bytes.fromhex(data)
    if encoding in {"latin1", "binary", "ascii"}:
        return data.encode("latin-1", "replace")
    return data.encode("utf-8", "replace")


def _parsed_int(text: object, base: object = 10) -> object:
    said = (text_of(text) or "").strip().lower()
    if not isinstance(base, int | float):
        return UNKNOWN
    radix = int(base) or 10
    if said.startswith("0x"):
        radix, said = 16, said[2:]
    end = 0
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"[:radix]
    while end < min(len(said), 300) and (
        said[end] in digits or (not end and said[0] == "-")
    ):
        end += 1
    return int(said[:end], radix)


def _to_number(text: object) -> object:
    return number(text.strip()) if isinstance(text, str) else text


def _joined_list(items: object, arguments: Constants) -> object:
    if not isinstance(items, list):
        return UNKNOWN
    separator = text_of(arguments[0]) if arguments else ","
    texts = ["" if item is None else text_of(item) for item in items]
    if separator is None or any(text is None for text in texts):
        return UNKNOWN
    if len(separator) * len(texts) > BIGGEST_TEXT:
        return UNKNOWN
    return separator.join(text for text in texts if text is not None)


def _text(value: object, base: object = None) -> object:
    if isinstance(value, bytes):
        if base == "base64":
            import binascii

            return binascii.b2a_base64(value, newline=False).decode()
        if base == "hex":
            return value.hex()
        latin = base in {"latin1", "binary", "ascii"}
        return value.decode("latin-1" if latin else "utf-8", "replace")
    if isinstance(value, int) and isinstance(base, int) and 2 <= base <= 36:
        return _in_base(value, base)
    if isinstance(value, list):
        return _joined_list(value, [])
    said = text_of(value)
    return UNKNOWN if said is None else said


def _in_base(value: int, base: int) -> str:
    digits, rest = "", min(abs(value), 1 << 64)
    while rest or not digits:
        rest, digit = divmod(rest, base)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return "-" + digits if value < 0 else digits


def _replaced(
    text: object, old: object, new: object, *, everywhere: bool = False
) -> object:
    if not isinstance(text, str) or not isinstance(new, str):
        return UNKNOWN
    if isinstance(old, Regex):
        if not _PLAIN_PATTERN.fullmatch(old.pattern) or "$" in new:
            return UNKNOWN
        flags = re.IGNORECASE if "i" in old.flags else 0
        count = 0 if "g" in old.flags else 1
        return _bounded_sub(old.pattern, new, text, count, flags)
    if not isinstance(old, str) or len(new) * (text.count(old) + 1) > BIGGEST_TEXT:
        return UNKNOWN
    return text.replace(old, new, -1 if everywhere else 1)


def _bounded_sub(pattern: str, new: str, text: str, count: int, flags: int) -> object:
    if len(new) * len(text) > BIGGEST_TEXT << 2:
        return UNKNOWN
    try:
        return re.sub(pattern, lambda _: new, text, count=count, flags=flags)
    except re.error:
        return UNKNOWN


def _split(text: object, separator: object = None, *_: object) -> object:
    if not isinstance(text, str) or len(text) > BIGGEST_TEXT >> 2:
        return UNKNOWN
    if isinstance(separator, Regex):
        if not _PLAIN_PATTERN.fullmatch(separator.pattern):
            return UNKNOWN
        return re.split(separator.pattern, text)
    if separator == "":
        return list(text)
    return text.split(separator) if isinstance(separator, str) else [text]


def _sliced(data: object, start: object = 0, end: object = None) -> object:
    if not isinstance(data, str | bytes | list) or not isinstance(start, int):
        return UNKNOWN
    return data[start : end if isinstance(end, int) else None]


def _substring(data: object, start: object = 0, end: object = None) -> object:
    if not isinstance(data, str) or not isinstance(start, int):
        return UNKNOWN
    last = max(end, 0) if isinstance(end, int) else len(data)
    first = max(start, 0)
    return data[min(first, last) : max(first, last)]


def _substr(data: object, start: object = 0, count: object = None) -> object:
    if not isinstance(data, str) or not isinstance(start, int):
        return UNKNOWN
    first = max(len(data) + start, 0) if start < 0 else start
    return data[first : first + count] if isinstance(count, int) else data[first:]


def _char(data: object, place: object = 0) -> object:
    if not isinstance(data, str) or not isinstance(place, int) or place < 0:
        return UNKNOWN
    return data[place : place + 1]


def _code(data: object, place: object = 0) -> object:
    return ord(_char(data, place))  # type: ignore[arg-type]


def _repeated(data: object, count: object) -> object:
    if not isinstance(data, str) or not isinstance(count, int):
        return UNKNOWN
    return data * count if len(data) * count <= BIGGEST_TEXT else UNKNOWN


def _concatenated(first: object, *more: object) -> object:
    if isinstance(first, list):
        lists = [item if isinstance(item, list) else [item] for item in more]
        return sum(lists, list(first)) if len(lists) < 100 else UNKNOWN
    texts = [text_of(part) for part in (first, *more)]
    known = [text for text in texts if text is not None]
    return "".join(known) if len(known) == len(texts) else UNKNOWN


def _of_text(function: Callable[[str], object]) -> Callable[..., object]:
    return lambda data: function(data) if isinstance(data, str) else UNKNOWN


_FUNCTIONS: dict[str, Callable[..., object]] = {
    "String.fromCharCode": _from_char_codes,
    "String.fromCodePoint": _from_char_codes,
    "String": _text,
    "atob": lambda text: decoded_base64(text).decode("latin-1"),
    "Buffer.from": _buffer,
    "Buffer": _buffer,
    "decodeURIComponent": _of_text(_unquoted),
    "decodeURI": _of_text(_unquoted),
    "unescape": _of_text(_unquoted),
    "parseInt": _parsed_int,
    "Number.parseInt": _parsed_int,
    "Number": _to_number,
    "Array.from": lambda data: list(data),
}
_METHODS: dict[str, Callable[..., object]] = {
    "toString": _text,
    "join": lambda items, *more: _joined_list(items, list(more)),
    "concat": _concatenated,
    "split": _split,
    "reverse": lambda items: items[::-1] if isinstance(items, list) else UNKNOWN,
    "slice": _sliced,
    "subarray": _sliced,
    "substring": _substring,
    "substr": _substr,
    "charAt": _char,
    "at": _char,
    "charCodeAt": _code,
    "codePointAt": _code,
    "repeat": _repeated,
    "replace": _replaced,
    "replaceAll": lambda text, old, new: _replaced(text, old, new, everywhere=True),
    "toLowerCase": _of_text(str.lower),
    "toUpperCase": _of_text(str.upper),
    "trim": _of_text(str.strip),
}
