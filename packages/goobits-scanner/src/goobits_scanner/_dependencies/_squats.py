"""Names that are nearly those of well-known packages."""

from __future__ import annotations

from functools import cache

from goobits_scanner._dependencies import Dependency
from goobits_scanner._dependencies._names import FAMOUS, HONEST, SCOPES
from goobits_scanner._finding import Finding
from goobits_scanner._manifests._rule import found

_SHORTEST = 6
_ADDED = frozenset(
    "official latest stable secure fixed update updated original real pro pip install installer"
    " python3".split()
)
_SEPARATORS = str.maketrans("", "", "-_.")
_LOOKALIKES = str.maketrans("0135$аеорсухіј", "oiess" + "aeopcyxij")


def squat_findings(dependencies: list[Dependency]) -> list[Finding]:
    """Return a finding for each dependency whose name is made to be mistaken; pure."""
    findings: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    for dependency in dependencies:
        key = dependency.ecosystem, dependency.name
        if key in seen:
            continue
        seen.add(key)
        kind, meant = mistaken(*key)
        if kind:
            evidence = f"{dependency.evidence} (is like {meant})"
            findings.append(
                found(f"dependency-{kind}", dependency.file, dependency.line, evidence)
            )
    return findings


def own_name_findings(ecosystem: str, name: str, file: str, line: int) -> list[Finding]:
    """Return a finding where a package's own name is made to be mistaken."""
    kind, meant = mistaken(ecosystem, name)
    if kind not in ("typosquat", "lookalike"):
        return []
    return [found("package-typosquat", file, line, f"{name} (is like {meant})")]


def is_famous(ecosystem: str, name: str) -> bool:
    return normalized(ecosystem, name) in _famous(ecosystem)


def normalized(ecosystem: str, name: str) -> str:
    """Return the name as the registry compares it."""
    if ecosystem == "pypi":
        words = name.lower().replace("_", "-").replace(".", "-").split("-")
        return "-".join(word for word in words if word)
    return name.replace("_", "-") if ecosystem == "crates" else name


def mistaken(ecosystem: str, name: str) -> tuple[str, str]:
    """Return how a name deceives and which well-known name it is like, or two empty texts.

    "lookalike": other characters or another scope that look the same; "typosquat": one slip of
    the keyboard or the order of words; "combosquat": a word added to pass for official.
    """
    plain = normalized(ecosystem, name)
    famous = _famous(ecosystem)
    if not plain or plain in famous or plain in _honest(ecosystem):
        return "", ""
    if plain.startswith("@"):
        return _scoped(plain) if "/" in plain else _unscoped(plain[1:])
    if not plain.isascii():
        folded = plain.lower().translate(_LOOKALIKES)
        return ("lookalike", folded) if folded in famous else ("", "")
    if same := _same_look(plain, famous):
        return "lookalike", same
    if joined := _compact(ecosystem).get(plain.translate(_SEPARATORS)):
        return "typosquat", joined
    for near in _near(ecosystem, plain):
        if _is_slip(plain, near):
            return "typosquat", near
    return _combined(plain, famous)


def _same_look(name: str, famous: frozenset[str]) -> str:
    """Return the famous name that a name becomes when its look-alike characters change."""
    for old, new in (
        ("0", "o"),
        ("1", "l"),
        ("1", "i"),
        ("rn", "m"),
        ("vv", "w"),
        ("5", "s"),
    ):
        if old in name and (changed := name.replace(old, new)) in famous:
            return changed if len(changed) >= _SHORTEST - 1 else ""
    return ""


def _scoped(name: str) -> tuple[str, str]:
    scope, _, rest = name[1:].partition("/")
    if scope in SCOPES:
        return "", ""
    for meant in SCOPES:
        is_near = len(meant) >= _SHORTEST - 1 and _is_slip(scope, meant)
        if is_near and f"@{meant}/{rest}" in _famous("npm"):
            return "lookalike", f"@{meant}/{rest}"
    return "", ""


def _unscoped(name: str) -> tuple[str, str]:
    """Return the scoped name that `@scope-name` wants to be taken for."""
    for scope in SCOPES:
        if name.startswith(f"{scope}-") and len(name) > len(scope) + 1:
            return "lookalike", f"@{scope}/{name[len(scope) + 1 :]}"
    return "", ""


def _combined(name: str, famous: frozenset[str]) -> tuple[str, str]:
    words = name.split("-")
    if len(words) < 2:
        return "", ""
    if (meant := "-".join(reversed(words))) in famous and len(words) == 2:
        return "typosquat", meant
    for added, kept in ((words[-1], words[:-1]), (words[0], words[1:])):
        stem = "-".join(kept)
        if added in _ADDED and stem in famous and len(stem) >= _SHORTEST - 1:
            return "combosquat", stem
    return "", ""


def _is_slip(name: str, meant: str) -> bool:
    """Return whether a name is one character left out, added, doubled, changed or swapped."""
    if abs(len(name) - len(meant)) > 1 or name == meant:
        return False
    start = 0
    shortest = min(len(name), len(meant))
    while start < shortest and name[start] == meant[start]:
        start += 1
    rest, wanted = name[start:], meant[start:]
    if len(rest) == len(wanted):
        is_swap = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]
        return is_swap or (
            rest[1:] == wanted[1:] and not _differs_in_number(rest, wanted)
        )
    longer, shorter = (rest, wanted) if len(rest) > len(wanted) else (wanted, rest)
    return longer[1:] == shorter and not longer[0].isdigit()


def _differs_in_number(rest: str, wanted: str) -> bool:
    """Return whether the one difference is a digit: versions of one name are not slips."""
    return rest[0].isdigit() or wanted[0].isdigit()


@cache
def _famous(ecosystem: str) -> frozenset[str]:
    return frozenset(FAMOUS[ecosystem].split())


@cache
def _honest(ecosystem: str) -> frozenset[str]:
    return frozenset(HONEST[ecosystem].split())


@cache
def _compact(ecosystem: str) -> dict[str, str]:
    """Return the famous names of several words by what they are without separators."""
    return {
        name.translate(_SEPARATORS): name
        for name in _famous(ecosystem)
        if len(name) >= _SHORTEST and not name.startswith("@")
    }


def _near(ecosystem: str, name: str) -> list[str]:
    """Return the famous names that share the first or the last two characters."""
    index = _index(ecosystem)
    return [*index.get(name[:2] + "*", ()), *index.get("*" + name[-2:], ())]


@cache
def _index(ecosystem: str) -> dict[str, list[str]]:
    index: dict[str, list[str]] = {}
    for name in _famous(ecosystem):
        if len(name) >= _SHORTEST and not name.startswith("@"):
            index.setdefault(name[:2] + "*", []).append(name)
            index.setdefault("*" + name[-2:], []).append(name)
    return index
