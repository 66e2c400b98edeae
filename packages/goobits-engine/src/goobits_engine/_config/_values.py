"""The grammar of values at build time: the one that generated programs use at run time.

Only ASCII counts: no digits of other scripts, no `_` between digits, no `inf` or `nan`.
"""

from __future__ import annotations

MAX_INT = 2**53 - 1
"""The largest integer that every language holds exactly."""

_TRUE = frozenset({"true", "yes", "1"})
_FALSE = frozenset({"false", "no", "0"})


def is_digits(text: str) -> bool:
    """Tell whether `text` is one or more ASCII digits."""
    return text.isascii() and text.isdigit()


def is_integer(text: str) -> bool:
    """Tell whether `text` is `[+-]?[0-9]+`."""
    return is_digits(text[1:] if text.startswith(("+", "-")) else text)


def is_number(text: str) -> bool:
    """Tell whether `text` is a NUMBER of the contract."""
    body = text[1:] if text.startswith(("+", "-")) else text
    mantissa, mark, exponent = body.replace("E", "e").partition("e")
    if mark and not is_integer(exponent):
        return False
    whole, _, fraction = mantissa.partition(".")
    if not whole:
        return is_digits(fraction)
    return is_digits(whole) and (not fraction or is_digits(fraction))


def parse_int(text: str) -> int:
    """Return the integer that `text` says.

    Raises:
        ValueError: with the contract's reason as its message.
    """
    if not is_integer(text):
        raise ValueError("not an integer")
    digits = text.lstrip("+-").lstrip("0") or "0"
    if len(digits) > 16 or int(digits) > MAX_INT:
        raise ValueError("out of range")
    return -int(digits) if text.startswith("-") else int(digits)


def parse_float(text: str) -> float:
    """Return the nearest binary64 to the number that `text` says.

    Raises:
        ValueError: with the contract's reason as its message.
    """
    if not is_number(text):
        raise ValueError("not a number")
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise ValueError("out of range")
    return value


def parse_bool(text: str) -> bool:
    """Return the truth that `text` says.

    Raises:
        ValueError: with the contract's reason as its message.
    """
    word = text.lower() if text.isascii() else text
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError("use true or false")


def parse_value(type_name: str, text: str) -> str | int | float | bool:
    """Return what `text` says as a value of a type of the intermediate representation.

    Raises:
        ValueError: with the contract's reason as its message.
    """
    if type_name == "int":
        return parse_int(text)
    if type_name == "float":
        return parse_float(text)
    if type_name == "bool":
        return parse_bool(text)
    return text
