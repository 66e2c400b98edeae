"""What single values must look like, each check an answer or an expectation."""

from __future__ import annotations

from goobits_engine._config import _names as names
from goobits_engine._config._nodes import MappingNode, Node, ScalarNode, SequenceNode
from goobits_engine._config._values import is_integer, is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goobits_engine._config._diagnostics import Report
    from goobits_engine._config._keys import Key

    Reader = Callable[[Key, ScalarNode, str, Report], str | int | float | bool | None]

PATTERNS: Mapping[str, tuple[Callable[[str], bool], str, str]] = {
    "name": (
        names.is_name,
        "G015",
        "a letter, then letters, digits, '-' and '_' (ASCII only)",
    ),
    "short": (names.is_short, "G015", "one ASCII letter; digits are never options"),
    "variable": (
        names.is_variable,
        "G015",
        "a letter or '_', then letters, digits and '_' (ASCII only)",
    ),
    "package": (
        names.is_package,
        "G015",
        (
            "a letter, then letters, digits, '-', '_' and '.' (ASCII only), "
            "and a letter or digit at the end"
        ),
    ),
    "python": (names.is_python_version, "G015", "two or three numbers, such as '3.11'"),
    "plugin": (
        names.is_plugin,
        "G015",
        "'publisher/name' or 'publisher/*', in lower case letters, digits and '-'",
    ),
    "path": (
        names.is_path,
        "G016",
        'relative, to a file below the output folder, without \\ : * ? " < > | [ ] !',
    ),
}
"""For each pattern: its predicate, the code of its error, and what it wants."""


def found(node: Node) -> str:
    """Say what `node` is, for messages."""
    if isinstance(node, SequenceNode):
        return "a list"
    if isinstance(node, MappingNode):
        return "a mapping"
    if not isinstance(node, ScalarNode) or node.kind == "null":
        return "nothing"
    if node.kind == "bool":
        return node.text
    word = {"int": "the number", "float": "the number"}.get(node.kind, "the text")
    return f"{word} {names.quote(node.text)}"


def clean(text: str) -> str:
    """Return a text as pages hold it: tabs as spaces, no empty lines around it."""
    lines = text.replace("\t", "    ").split("\n")
    while lines and not lines[-1].strip(" "):
        lines.pop()
    while lines and not lines[0].strip(" "):
        lines.pop(0)
    return "\n".join(lines)


def is_inert(node: Node) -> bool:
    """Tell whether a value says only that something is switched off or empty."""
    if isinstance(node, ScalarNode):
        return node.text == "" or node.kind == "null" or _is_false(node)
    if isinstance(node, MappingNode):
        switch = (v for k, v in node.pairs if k.text == "enabled")
        return any(map(_is_false, switch)) or all(is_inert(v) for _, v in node.pairs)
    return isinstance(node, SequenceNode) and not node.items


def _is_false(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.kind == "bool" and not node.truth


def read_scalar(
    key: Key, node: Node, subject: str, report: Report
) -> str | int | float | bool | None:
    """Return what a scalar says by `key`, or nothing after reporting what is wrong."""
    if not isinstance(node, ScalarNode):
        wanted = _EXPECTED.get(key.kind, "text")
        report.error("G010", f"{subject} must be {wanted}, not {found(node)}", node)
        return None
    return _READERS[key.kind](key, node, subject, report)


_EXPECTED = {
    "bool": "true or false",
    "int": "a whole number",
    "number": "a number",
    "nargs": "?, *, + or a number",
    "enum": "a word",
}


def _wrong(
    node: ScalarNode, subject: str, kind: str, report: Report, help: str
) -> None:
    message = f"{subject} must be {_EXPECTED[kind]}, not {found(node)}"
    report.error("G010", message, node, help=help)


def _text(key: Key, node: ScalarNode, subject: str, report: Report) -> str | None:
    text = clean(node.text)
    if key.kind == "line" and "\n" in text:
        report.error("G010", f"{subject} must be one line", node)
        return None
    return text


def _note(_: Key, node: ScalarNode, subject: str, report: Report) -> str | None:
    if node.kind != "bool":
        return clean(node.text)
    if node.truth:
        message = f"{subject} must say what to use instead, not only 'true'"
        report.error("G010", message, node, help="write a few words")
        return None
    return ""


def _truth(_: Key, node: ScalarNode, subject: str, report: Report) -> bool | None:
    if node.kind == "bool":
        return node.truth
    word = node.text.lower()
    meant = _TRUTHS.get(word, "")
    _wrong(node, subject, "bool", report, f"write {meant}" if meant else "")
    return None


_TRUTHS = {
    **dict.fromkeys(("yes", "on", "y", "1", "true"), "true"),
    **dict.fromkeys(("no", "off", "n", "0", "false"), "false"),
}


def _integer(key: Key, node: ScalarNode, subject: str, report: Report) -> int | None:
    value = node.integer if node.kind == "int" else None
    if node.kind != "int":
        quoted = is_integer(node.text)
        hint = "take the quotes away" if quoted else ""
        _wrong(node, subject, "int", report, hint)
        return None
    if value is None or not key.low <= value <= key.high:
        message = f"{subject} must be between {key.low} and {key.high}"
        report.error("G014", message, node)
        return None
    return value


def _number(_: Key, node: ScalarNode, subject: str, report: Report) -> float | None:
    if node.kind == "int" and node.integer is not None:
        return float(node.integer)
    if node.kind == "float" and is_number(node.text):
        return float(node.text)
    _wrong(node, subject, "number", report, "")
    return None


def _enum(key: Key, node: ScalarNode, subject: str, report: Report) -> str | None:
    if node.text in key.values:
        return node.text
    present = key.spellings.get(node.text)
    if present is not None:
        message = f"{names.quote(node.text)} is an old spelling in {subject}"
        hint = f"it is read as '{present}': write that"
        report.warn("G053", message, node, help=hint)
        return present
    meant = _OTHER_NAMES.get(node.text.lower(), "")
    if meant not in key.values:
        meant = names.nearest(node.text, key.values)
    hint = f"did you mean '{meant}'? " if meant else ""
    hint += f"choose from {', '.join(key.values)}"
    message = f"{subject} cannot be {found(node).removeprefix('the text ')}"
    report.error("G013", message, node, help=hint)
    return None


_OTHER_NAMES = {
    **dict.fromkeys(("node", "javascript", "js"), "nodejs"),
    "ts": "typescript",
    "py": "python",
    "rs": "rust",
}


def _nargs(key: Key, node: ScalarNode, subject: str, report: Report) -> str | None:
    if node.text in key.values or node.text in key.spellings:
        return _enum(key, node, subject, report)
    if is_integer(node.text):
        digits = node.text.lstrip("+").lstrip("0")
        if len(digits) <= 3 and digits.isdigit() and int(digits) <= key.high:
            return digits
        message = f"{subject} must be between {key.low} and {key.high}"
        report.error("G014", message, node, help="'*' and '+' have no limit")
        return None
    _wrong(node, subject, "nargs", report, "")
    return None


def _pattern(key: Key, node: ScalarNode, subject: str, report: Report) -> str | None:
    fits, code, wanted = PATTERNS[key.pattern]
    text = node.text
    if key.strip and text.startswith("-"):
        text = text.lstrip("-")
        if fits(text):
            message = f"the dashes in {subject} are not part of it"
            report.warn("G053", message, node, help=f"write '{text}'")
    if fits(text):
        return text
    message = f"{subject} cannot be {names.quote(node.text)}"
    report.error(code, message, node, help=f"it must be {wanted}")
    return None


_READERS: Mapping[str, Reader] = {
    "text": _text,
    "line": _text,
    "note": _note,
    "bool": _truth,
    "int": _integer,
    "number": _number,
    "enum": _enum,
    "nargs": _nargs,
    "pattern": _pattern,
}
