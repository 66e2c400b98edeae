"""What patterns cannot say of texts: each returns what is wrong, or nothing."""

from __future__ import annotations

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from goobits_plugin._manifest._report import quote

_HEEDED = ("LD_", "DYLD_", "PYTHON", "NODE_", "RUST", "GOOBITS_")


def version_fault(text: str) -> str:
    try:
        found = str(Version(text))
    except InvalidVersion:
        return "is no version by PEP 440"
    return "" if found == text else f"has another spelling: write '{found}'"


def specifier_fault(text: str) -> str:
    try:
        SpecifierSet(text)
    except InvalidSpecifier:
        return "holds a version or comparison that PEP 440 does not know"
    return ""


def license_fault(text: str) -> str:
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            break
    return "has a parenthesis without its other half" if depth else ""


def host_fault(text: str) -> str:
    labels = text.rpartition(":")[0].split(".")
    if labels[-1] == "localhost":
        return "is this machine, which no plugin reaches"
    for label in labels:
        if not label.startswith("xn--"):
            continue
        try:
            meant = label[4:].encode().decode("punycode")
        except (UnicodeError, ValueError, OverflowError):
            return f"holds {quote(label)}, which is no name of IDNA"
        if meant.isascii() or not meant.isprintable():
            return f"holds {quote(label)}, which is no name of IDNA"
    return ""


def variable_fault(text: str) -> str:
    name = text.upper()
    if name.startswith(_HEEDED) or name in ("PATH", "HOME") or name.endswith("_PROXY"):
        return "is a variable that the host or a runtime heeds"
    return ""
