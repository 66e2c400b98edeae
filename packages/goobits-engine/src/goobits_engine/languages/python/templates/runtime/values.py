def digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def is_integer(text: str) -> bool:
    return digits(text[1:] if text[:1] in ("+", "-") else text)


def is_number(text: str) -> bool:
    mantissa, mark, exponent = text.replace("E", "e").partition("e")
    if mark and not is_integer(exponent):
        return False
    whole, point, part = mantissa.partition(".")
    if whole in ("", "+", "-"):
        return bool(point) and digits(part)
    return is_integer(whole) and (not part or digits(part))


def is_option(word: str) -> bool:
    return len(word) > 1 and word[0] == "-" and not is_number(word)


def to_int(text: str) -> int:
    """Read an integer that every language can hold exactly.

    Raises:
        ValueError: with the reason.
    """
    if not is_integer(text):
        raise ValueError(message("not-int"))
    figures = text.lstrip("+-").lstrip("0") or "0"
    value = int(figures) if len(figures) < 17 else MAX_INT + 1
    if value > MAX_INT:
        raise ValueError(message("out-of-range"))
    return -value if text[0] == "-" else value


def to_float(text: str) -> float:
    """Read a finite binary64.

    Raises:
        ValueError: with the reason.
    """
    if not is_number(text):
        raise ValueError(message("not-float"))
    value = float(text)
    if value in (INFINITY, -INFINITY):
        raise ValueError(message("out-of-range"))
    return value


def to_bool(text: str) -> bool:
    """Read a truth value.

    Raises:
        ValueError: with the reason.
    """
    word = text.lower() if text.isascii() else text
    if word in ("true", "yes", "1"):
        return True
    if word in ("false", "no", "0"):
        return False
    raise ValueError(message("not-bool"))


def convert(text: str, type: str) -> "Scalar":
    """Read a value of a type; see `to_int`, `to_float` and `to_bool`."""
    if type == "int":
        return to_int(text)
    if type == "float":
        return to_float(text)
    return to_bool(text) if type == "bool" else text


def checked(text: str, target: "Option | Argument") -> "Scalar":
    """Read a value that was given for an option or an argument.

    Raises:
        ValueError: with the reason.
    """
    value = convert(text, target["type"])
    choices = target.get("choices", ())
    if choices and all(value != convert(c, target["type"]) for c in choices):
        known = "{" + ", ".join(choices) + "}"
        raise ValueError(message("not-choice", choices=known))
    if target.get("path_exists") and not os.path.exists(text.encode()):
        raise ValueError(message("not-path"))
    return value


def invalid(text: str, place: str, error: ValueError) -> Stop:
    return Stop(message("U6", q=quoted(text), place=place, reason=error))


def well_formed(text: str) -> "str | None":
    """Return a text of the system as Unicode, or None when it is not valid UTF-8."""
    try:
        if sys.getfilesystemencoding() == "utf-8":
            text.encode()
        else:
            text = os.fsencode(text).decode()
    except UnicodeError:
        return None
    return None if "\ufffd" in text else text
