"""What Python's own functions make of constants, without running the scanned code.

Nothing here takes more than some milliseconds or makes more than `BIGGEST` characters.
"""

from __future__ import annotations

from collections.abc import Callable

from goobits_scanner._facts import HOLE, NOTHING, UNKNOWN, Constant, Value

BIGGEST = 1 << 20
MOST_ITEMS = 1 << 13
Folded = Constant | tuple[object, ...]


def constant_of(value: Value) -> object:
    """Return a value's constant, of a list its elements' as a tuple, else UNKNOWN."""
    if value.constant is not UNKNOWN:
        return value.constant
    if value.items is not None and len(value.items) <= BIGGEST:
        elements = tuple(constant_of(item) for item in value.items)
        return UNKNOWN if UNKNOWN in elements else elements
    return UNKNOWN


def value_of(constant: object, marks: frozenset[str]) -> Value:
    """Return a constant as a value."""
    if isinstance(constant, tuple | list):
        if len(constant) > MOST_ITEMS:
            return Value(marks=marks)
        items = tuple(value_of(item, marks) for item in constant)
        return Value(items=items, marks=marks)
    if constant is None or isinstance(constant, str | bytes | int | float | bool):
        return Value(constant=constant, marks=marks)
    return NOTHING


def called(path: str, arguments: list[object]) -> object:
    """Fold a call of a function by its path; UNKNOWN where it is none of ours."""
    function = FUNCTIONS.get(path)
    return _attempt(function, arguments) if function else UNKNOWN


def method(name: str, receiver: object, arguments: list[object]) -> object:
    """Fold a method of a constant text or bytes."""
    if not isinstance(receiver, str | bytes) or name not in _METHODS:
        return UNKNOWN
    if not _is_bounded(name, receiver, arguments):
        return UNKNOWN
    if name == "join":
        first = arguments[0] if arguments else UNKNOWN
        arguments = [list(first)] if isinstance(first, tuple | str) else arguments
    return _attempt(getattr(receiver, name, None), arguments)


def _is_bounded(name: str, receiver: str | bytes, arguments: list[object]) -> bool:
    """Return whether what a method makes cannot be far longer than what it is given."""
    if name in {"ljust", "rjust", "zfill"}:
        return _is_small(arguments[:1])
    if name == "format":
        return _is_narrow(receiver)
    sizes = [len(given) for given in arguments if isinstance(given, str | bytes)]
    if name == "replace" and len(sizes) == 2:
        count = len(receiver) // max(sizes[0], 1) + 1
        return count * sizes[1] <= BIGGEST
    if name == "join" and arguments and isinstance(arguments[0], tuple | str):
        return len(receiver) * len(arguments[0]) <= BIGGEST
    return True


def _is_narrow(template: object) -> bool:
    """Return whether a template asks for no fields that are wider than a screen."""
    import re

    text = template.decode("latin-1") if isinstance(template, bytes) else template
    return isinstance(text, str) and not re.search(r"\d{4}|\*", text)


def added(left: Value, right: Value, marks: frozenset[str]) -> Value:
    """Concatenate or add two values."""
    one, two = left.constant, right.constant
    if one is not UNKNOWN and two is not UNKNOWN:
        return value_of(_attempt(lambda a, b: a + b, [one, two]), marks)
    if left.items is not None and right.items is not None:
        if len(left.items) + len(right.items) > MOST_ITEMS:
            return Value(marks=marks)
        return Value(items=left.items + right.items, marks=marks)
    if left.text is None and right.text is None:
        return Value(marks=marks)
    text = (left.text or HOLE) + (right.text or HOLE)
    return Value(text=text[:BIGGEST], marks=marks)


def operated(operator: str, left: object, right: object) -> object:
    """Fold a binary operator on constants."""
    if operator in {"*", "**", "<<"} and not _is_small([left, right]):
        return UNKNOWN
    if operator == "%" and isinstance(left, str | bytes) and not _is_narrow(left):
        return UNKNOWN
    function = _OPERATORS.get(operator)
    return _attempt(function, [left, right]) if function else UNKNOWN


def sliced(value: object, bounds: list[object]) -> object:
    if not isinstance(value, str | bytes | tuple):
        return UNKNOWN
    numbers = [bound for bound in bounds if bound is None or isinstance(bound, int)]
    if len(numbers) != 3 or numbers[2] == 0:
        return UNKNOWN
    return value[slice(*numbers)]


def _attempt(function: Callable[..., object] | None, arguments: list[object]) -> object:
    if function is None or UNKNOWN in arguments:
        return UNKNOWN
    try:
        made = function(*arguments)
    except Exception:  # noqa: BLE001 - whatever the scanned constants make of it
        return UNKNOWN
    if isinstance(made, str | bytes) and len(made) > BIGGEST:
        return UNKNOWN
    return made


def _is_small(values: list[object]) -> bool:
    sizes = [
        len(value) if isinstance(value, str | bytes | tuple) else value
        for value in values
    ]
    numbers = [size for size in sizes if isinstance(size, int)]
    product = 1
    for number in numbers:
        product *= max(abs(number), 1)
    return len(numbers) == len(values) and product <= 1 << 16


def _base64(data: object, *_: object) -> object:
    import binascii

    if isinstance(data, str):
        data = data.encode()
    if not isinstance(data, bytes) or len(data) > BIGGEST:
        return UNKNOWN
    data = data.translate(bytes.maketrans(b"-_", b"+/"))
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))


def _inflate(data: object, *_: object) -> object:
    import zlib

    if not isinstance(data, bytes):
        return UNKNOWN
    inflater = zlib.decompressobj(47)  # zlib or gzip, told by its head
    made = inflater.decompress(data, BIGGEST)
    return UNKNOWN if inflater.unconsumed_tail else made


def _base(decode: str) -> Callable[..., object]:
    def decoded(data: object, *_: object) -> object:
        import base64

        function: Callable[[object], object] = getattr(base64, decode)
        return function(data)

    return decoded


def _codec(data: object, encoding: object = "utf-8", *_: object) -> object:
    import codecs

    safe = {"rot13", "rot_13", "hex", "hex_codec", "base64", "base64_codec"}
    if not isinstance(data, str | bytes) or not isinstance(encoding, str):
        return UNKNOWN
    if encoding in safe:
        if isinstance(data, str) and "rot" not in encoding:
            data = data.encode()
        made: object = codecs.getdecoder(encoding)(data)[0]  # type: ignore[arg-type]
        return made
    return data.decode(encoding) if isinstance(data, bytes) else UNKNOWN


def _hex(data: object, *_: object) -> object:
    if isinstance(data, bytes):
        data = data.decode("ascii")
    return bytes.fromhex(data) if isinstance(data, str) else UNKNOWN


def _text(data: object, *more: object) -> object:
    if isinstance(data, bytes):
        return data.decode(*more) if more else UNKNOWN  # type: ignore[arg-type]
    return str(data) if isinstance(data, str | int | float) else UNKNOWN


def _bytes(data: object, *_: object) -> object:
    if isinstance(data, str):
        return data.encode()
    if isinstance(data, tuple | bytes):
        return bytes(data)
    return UNKNOWN


def _reversed(data: object) -> object:
    return tuple(reversed(data)) if isinstance(data, str | tuple) else UNKNOWN


def _of_texts(function: Callable[[str], object]) -> Callable[..., object]:
    return lambda data: function(data) if isinstance(data, str) else UNKNOWN


FUNCTIONS: dict[str, Callable[..., object]] = {
    "chr": chr,
    "ord": ord,
    "str": _text,
    "bytes": _bytes,
    "bytearray": _bytes,
    "bytes.fromhex": _hex,
    "bytearray.fromhex": _hex,
    "reversed": _reversed,
    "int": lambda *given: int(*given) if given else 0,
    "list": lambda data: tuple(data),
    "tuple": lambda data: tuple(data),
    "hex": hex,
    "base64.b64decode": _base64,
    "base64.urlsafe_b64decode": _base64,
    "base64.standard_b64decode": _base64,
    "base64.decodebytes": _base64,
    "base64.b32decode": _base("b32decode"),
    "base64.b16decode": _base("b16decode"),
    "base64.b85decode": _base("b85decode"),
    "base64.a85decode": _base("a85decode"),
    "binascii.a2b_base64": _base64,
    "binascii.unhexlify": _hex,
    "binascii.a2b_hex": _hex,
    "codecs.decode": _codec,
    "codecs.encode": _codec,
    "zlib.decompress": _inflate,
    "gzip.decompress": _inflate,
}
_METHODS = frozenset(
    "decode encode join replace lower upper strip lstrip rstrip swapcase title capitalize split "
    "rsplit format removeprefix removesuffix zfill ljust rjust translate hex casefold".split()
)
_OPERATORS: dict[str, Callable[..., object]] = {
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "^": lambda a, b: a ^ b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "<<": lambda a, b: a << b,
    ">>": lambda a, b: a >> b,
}
