"""Find literals that are assigned to names which say that they are secrets."""

from __future__ import annotations

import re
from typing import NamedTuple

from .._finding import Confidence
from ._expressions import expression
from ._files import FileKind
from ._placeholders import (
    entropy,
    is_filler,
    is_made_up,
    is_wordy,
    share_of_word_pairs,
    stands_for_value,
    words,
)
from ._table import ASSIGNED
from ._words import ABOUT, HARMLESS, PASS_WORDS, RUNS_ON, STAND_INS

_QUOTED = r"(?:\"([^\"\n]{3,300})\"|'([^'\n]{3,300})'|`([^`\n]{3,300})`)"
_BARE = r"([^\s\"'`<>]{4,200})"
_WINDOW = 420
_CODE = r"([\w-]{0,40})(" + ASSIGNED + r")\\?" + _QUOTED + "()"
_TEXT = r"([\w-]{0,40})(" + ASSIGNED + r")\\?(?:" + _QUOTED + "|" + _BARE + ")"
_SETTER = r"([\w-]{0,40})(\([ \t]{0,4}[bru]?)\\?" + _QUOTED + "()"
# NAME=value of an environment, ?name=value of a URL, --name value of a command, Name=value; of
# a connection string, "name z" of .netrc, <name>value</name>: bare in any file.
_SHELL = r"([A-Z0-9_]{0,40})(=)()()()" + _BARE + r"(?=\s|$|\\|[\"'])"
_QUERY = r"([\w-]{0,20})(=)()()()([^\s\"'`&<>;#(){}]{6,200})"
_FLAG = (
    r"([\w-]{0,20})(=|[ \t]|[\"'],[ \t]?[\"'])[\"']?"
    r"()()()([^\s\"'`<>();|$-][^\s\"'`<>();|]{3,99})"
)
_FIELD = r"()([ \t]?=[ \t]?)()()()([^\s\"'`;<>{}]{4,128})(?=[;\"'\s])"
_NETRC = r"()([ \t]{1,8})()()()(\S{3,200})"
_ELEMENT = r"([\w-]{0,20})(>)()()()([^\s<>\"']{4,200})</"
_DOCKER = r"([A-Z0-9_]{0,40})([ \t]{1,4})()()()(\S{4,200})"
_LINE_BEFORE = r"[ \t]*(?:export |set |ENV |ARG |- |\$ )?[\"']?[A-Z0-9_]*\Z"
_NEXT_FIELD = r"[;&,](?=[A-Za-z_ ]{2,20}=)"
_CONNECTION = (
    r"(?i:server|host|data source|user ?id|uid|username|user|database|endpoint"
    r"|driver)[ ]?="
)


class Assignment(NamedTuple):
    """A literal that is assigned to a name: where it lies, and how sure we are."""

    start: int
    end: int
    pattern: str
    confidence: Confidence


class _Name(NamedTuple):
    """A name around a keyword: its words, and where the keyword lies in the text."""

    words: list[str]
    after: list[str]
    start: int
    is_password: bool


def find_assignment(
    pattern: str, text: str, start: int, end: int, kind: FileKind
) -> Assignment | None:
    """Return the secret that is assigned to the name with the keyword at [start, end)."""
    match, is_quoted = _match(text, start, end, kind)
    if match is None:
        return None
    name = _name(text, start, end, match[1], pattern == "password-assignment")
    if name is None:
        return None
    group = next((index for index in (3, 4, 5, 6) if match[index]), 0)
    if not group:
        return None
    left, right = _trimmed(text, *match.span(group), group == 6)
    value = text[left:right]
    if _cannot_assign(match[2], text, name, is_quoted):
        return None
    judge = _judge_password if name.is_password else _judge_token
    confidence = judge(value, name.words, match[2], kind)
    if confidence is None:
        return None
    return Assignment(left, right, pattern, confidence)


def _trimmed(text: str, left: int, right: int, is_bare: bool) -> tuple[int, int]:
    """Leave out what follows a value: the escape of a quote, the next field or argument."""
    if not is_bare:
        return left, right - (text[right - 1] == "\\")
    following = expression(_NEXT_FIELD).search(text, left, right)
    if following:
        right = following.start()
    while right > left and text[right - 1] in ",;)":
        right -= 1
    return left, right


def _match(
    text: str, start: int, end: int, kind: FileKind
) -> tuple[re.Match[str] | None, bool]:
    """Match what follows a keyword: a quoted value, else a bare one where that is no code."""
    stop = end + _WINDOW
    if kind.is_netrc:
        match = expression(_NETRC).match(text, end, stop)
        if match:
            return match, False
    left = _name_start(text, start)
    if (left and text[left - 1] in "?&<") or text.startswith("--", left):
        match = _match_bare(text, start, end, stop)
        if match:
            return match, False
    match = expression(_CODE if kind.is_code else _TEXT).match(text, end, stop)
    if match:
        return match, not match[6]
    match = expression(_SETTER).match(text, end, stop)
    if match and _is_setter(text, start):
        return match, True
    return _match_bare(text, start, end, stop), False


def _match_bare(text: str, start: int, end: int, stop: int) -> re.Match[str] | None:
    following = text[end : end + 1]
    if not (following.isalnum() or following in "=_- \t>\"'"):
        return None
    left = _name_start(text, start)
    before = text[left - 1 : left]
    if before and before in "?&":
        return expression(_QUERY).match(text, end, stop)
    if text.startswith("--", left):
        return expression(_FLAG).match(text, end, stop)
    if before == "<":
        return expression(_ELEMENT).match(text, end, stop)
    line = text.rfind("\n", max(0, left - 200), left) + 1 or max(0, left - 200)
    if text[start:end].isupper() and expression(_LINE_BEFORE).match(text[line:start]):
        docker = text.startswith(("ENV ", "ARG "), line)
        return expression(_SHELL).match(text, end, stop) or (
            expression(_DOCKER).match(text, end, stop) if docker else None
        )
    if expression(_CONNECTION).search(text, line, min(end + 200, len(text))):
        match = expression(_FIELD).match(text, end, stop)
        quotes = text.count('"', line, left) + text.count("'", line, left)
        if match and (quotes % 2 or text[match.end() : match.end() + 1] == ";"):
            return match
    return None


def _is_setter(text: str, start: int) -> bool:
    name = text[_name_start(text, start) : start].lower()
    return name.startswith(("set", "with", "basic", "bearer", "add", "use"))


def _name_start(text: str, start: int) -> int:
    left = start
    stop = max(0, start - 40)
    while left > stop and (text[left - 1].isalnum() or text[left - 1] in "_-"):
        left -= 1
    return left


def _name(
    text: str, start: int, end: int, rest: str, is_password: bool
) -> _Name | None:
    """Read the name around a keyword, or nothing where it says that no secret follows."""
    keyword = text[start:end]
    run = re.match("[A-Z]*" if keyword.isupper() else "[a-z]*", rest)
    if run and run[0].lower() not in RUNS_ON:
        return None
    left = _name_start(text, start)
    if text[left:start].startswith("--"):
        left += 2
    before = words(text[left:start])
    if len(before) > 1 and before[0] == "n" and text[left - 1 : left] == "\\":
        before = before[1:]
    after = words(rest)
    if not ABOUT.isdisjoint(after) or not HARMLESS.isdisjoint(before):
        return None
    if rest.startswith("s") and before == [] and rest in ("s", "S"):
        return None
    whole = words(text[left:start] + keyword + rest)
    if text.startswith("::", max(0, left - 2)):
        return None
    if keyword.lower().lstrip("_") in ("pass", "pwd") and PASS_WORDS.isdisjoint(whole):
        return None
    return _Name(whole, after, left, is_password)


def _cannot_assign(joint: str, text: str, name: _Name, is_quoted: bool) -> bool:
    """Say whether the operator can't assign: a comma outside a call, `>` before a quote."""
    operator = joint.strip("\\\"'`]) \t")
    if operator.startswith(",") and not text.startswith("--", max(0, name.start - 2)):
        is_argument = (
            joint[0] in "\\\"'`" and "(" in text[max(0, name.start - 3) : name.start]
        )
        return not is_argument or bool(name.after)
    return is_quoted and operator.startswith(">")


def _is_unfit(value: str) -> bool:
    """Say whether a value can be no secret: an expression, a stand-in, a text, not ASCII."""
    return (
        stands_for_value(value)
        or is_made_up(value)
        or not value.isascii()
        or not value.isprintable()
        or value[0] in "/.^#(["
        or (value[0] == "$" and "$" in value[1:])
        or "://" in value
    )


def _judge_password(
    value: str, name: list[str], joint: str, kind: FileKind
) -> Confidence | None:
    """Judge a value of a name with "password": weak ones count, words of interfaces don't."""
    if not 4 <= len(value) <= 128 or _is_unfit(value):
        return None
    if " " in value:
        return _judge_phrase(value, name)
    classes = _classes(value)
    parts = words(value)
    if classes >= 3 and len(value) >= 8 and not _is_dotted(value):
        if not STAND_INS.isdisjoint(parts):
            return None
        return None if is_filler(value, name) and classes < 4 else Confidence.MEDIUM
    if is_filler(value, name) or value[-1] in ":?*" or _is_dotted(value):
        return None
    if any(character.isdigit() for character in value):
        return None if value.isdigit() and len(value) < 6 else Confidence.LOW
    if not value.isalpha():
        return Confidence.LOW if re.search(r"[!@#$%^&*+=?~]", value) else None
    return _judge_letters(value, joint, kind)


def _judge_letters(value: str, joint: str, kind: FileKind) -> Confidence | None:
    """Judge letters alone: in data they are mostly a translation, in code a weak password."""
    if share_of_word_pairs(value) < 0.45 and len(value) >= 8:
        return Confidence.LOW
    if kind.is_data or joint.strip("\"'`]) \t") != "=" or len(value) < 6:
        return None
    return Confidence.LOW if value.islower() or len(value) >= 12 else None


def _judge_phrase(value: str, name: list[str]) -> Confidence | None:
    if "passphrase" not in name and "phrase" not in name:
        return None
    parts = value.split(" ")
    if not 4 <= len(parts) <= 24 or not all(part.isalpha() for part in parts):
        return None
    if not value.islower() or not STAND_INS.isdisjoint(parts):
        return None
    prose = {"the", "for", "is", "please", "must", "and", "to", "of", "a", "in"}
    return Confidence.LOW if prose.isdisjoint(parts) else None


def _judge_token(
    value: str, name: list[str], joint: str, kind: FileKind
) -> Confidence | None:
    """Judge a value of a name with "token", "secret" or "key": it must look made by chance."""
    if not 8 <= len(value) <= 300 or " " in value or _is_unfit(value):
        return None
    if kind.is_lock or is_filler(value, name) or not STAND_INS.isdisjoint(words(value)):
        return None
    letters = sum(character.isalpha() for character in value)
    digits = sum(character.isdigit() for character in value)
    if not letters or "\\" in value or _is_dotted(value) or value.count("/") > 3:
        return None
    is_secret = "secret" in name or "".join(name).endswith("secret")
    if is_wordy(value):
        strong = (
            is_secret and (digits >= 2 or _classes(value) >= 3) and len(value) >= 10
        )
        return Confidence.LOW if strong and not re.search(r"[-_/:]", value) else None
    return _judge_random(value, digits, is_secret)


def _judge_random(value: str, digits: int, is_secret: bool) -> Confidence | None:
    bits = entropy(value)
    if len(value) < 16:
        mixed = digits >= 2 or (digits and _classes(value) >= 3)
        return Confidence.LOW if mixed and bits >= 2.5 else None
    if bits < 3.0 or not (digits or share_of_word_pairs(value) < 0.5):
        return None
    is_long = len(value) >= 20 and digits and bits >= 3.3
    return Confidence.MEDIUM if is_long else Confidence.LOW


def _classes(value: str) -> int:
    """Count the kinds of characters: lower, upper, digits, others."""
    return (
        any(character.islower() for character in value)
        + any(character.isupper() for character in value)
        + any(character.isdigit() for character in value)
        + (not value.isalnum())
    )


def _is_dotted(value: str) -> bool:
    """Say whether a value is a dotted name, a call, a file's name or a selector."""
    return (
        re.fullmatch(r"[A-Za-z_]\w*(?:(?:\.|::|->)[A-Za-z_]\w*)+(?:\(.*)?", value)
        is not None
        and share_of_word_pairs(value) >= 0.6
    )
