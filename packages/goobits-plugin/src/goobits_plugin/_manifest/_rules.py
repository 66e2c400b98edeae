"""What a manifest's keys may hold. The reader and the JSON Schema both read this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goobits_plugin._manifest._checks import (
    host_fault,
    license_fault,
    specifier_fault,
    variable_fault,
    version_fault,
)

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Text:
    """A text: one of `words` if there are any, else all of it of `pattern`.

    `pattern` is a regular expression that Python and ECMAScript read alike; `wants` says the same
    in words. `fault` returns what it cannot say, or nothing.
    """

    about: str
    wants: str = ""
    pattern: str = ""
    words: tuple[str, ...] = ()
    longest: int = 200
    code: str = "P008"
    fault: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of at most `most` texts, none twice."""

    about: str
    item: Text
    most: int = 64


@dataclass(frozen=True, slots=True)
class Limit:
    """A number above zero up to the ceiling: whole, of seconds, or of bytes ("256 MiB")."""

    about: str
    kind: str


PART = r"[a-z0-9]+(-[a-z0-9]+)*"
NAME = rf"(?=[^/]{{1,39}}/[^/]{{1,39}}$){PART}/{PART}"
_SPECIFIER = r"(~=|==|!=|<=|>=|<|>) *[0-9][0-9A-Za-z.!+*-]*"
SPECIFIERS = rf"{_SPECIFIER}( *, *{_SPECIFIER})*"
_DEPENDENCY = (
    rf"(?=[^/]{{1,39}}/[a-z0-9-]{{1,39}}([^a-z0-9-]|$)){PART}/{PART} *({SPECIFIERS})?"
)
_NUMBER = "(0|[1-9][0-9]*)"
_VERSION = (
    rf"([1-9][0-9]*!)?{_NUMBER}(\.{_NUMBER})*((a|b|rc){_NUMBER})?(\.post{_NUMBER})?"
    rf"(\.dev{_NUMBER})?(\+[a-z0-9]+(\.[a-z0-9]+)*)?"
)
_LICENSE_ID = r"\(*[A-Za-z0-9][A-Za-z0-9.+-]*\)*"
_LICENSE = rf"{_LICENSE_ID}( (AND|OR|WITH) {_LICENSE_ID})*"
_URL = (
    r"https://[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+"
    r"(:[0-9]{1,5})?([/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?"
)
# No name is "." or "..", none begins with "-" or "~" or ends with ".".
_PORTABLE = r"(?!-)(?!\.\.?(/|$))(?![^/]*\.(/|$))[A-Za-z0-9._+@-]+"
_PATH = rf"({_PORTABLE}/)*{_PORTABLE}"
ENTRIES: dict[str, tuple[str, str]] = {
    "python": (rf"{_PATH}\.py", "end with .py"),
    "nodejs": (rf"{_PATH}\.(js|mjs|cjs)", "end with .js, .mjs or .cjs"),
    "typescript": (
        rf"{_PATH}\.(js|mjs|cjs|ts|mts)",
        "end with .js, .mjs, .cjs, .ts or .mts",
    ),
    "rust": (
        rf"({_PORTABLE}/)*\{{target\}}/{_PATH}",
        "hold {target} once, as in bin/{target}/hello",
    ),
}
"""For each language what an entry looks like, and how to say so."""
_ENTRY = rf"({_PORTABLE}/)*(\{{target\}}/)?{_PATH}"

_BELOW = r"(?!\.\.?(/|$))[^/*?\\\n\t]+"
_READ = rf"\.|(?!~)({_BELOW}/)*{_BELOW}"
_MATCHED = r"(?!\.\.?(/|$))(\*\*|(?![^/]*\*\*)[^/\\\n\t]+)"
_WRITE = rf"\.|(?!~)({_MATCHED}/)*{_MATCHED}"
_LABEL = r"(?!..--|xn--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?|xn--[a-z0-9-]{0,58}[a-z0-9]"
_PORT = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
# A last label that begins with a letter is part of no address, in whatever spelling.
_HOST = rf"(?=[^:]{{1,253}}:)(({_LABEL})\.)*(?=[a-z])({_LABEL}):{_PORT}"
_UNSET = "(LD_|DYLD_|PYTHON|NODE_|RUST|GOOBITS_)"
_VARIABLE = rf"(?!{_UNSET}|(PATH|HOME)$|.*_(PROXY|proxy)$)[A-Za-z_][A-Za-z0-9_]*"

_PLACE = "a path below the project, without '..', or '.' for all of it"

FIELDS: dict[str, Text | Texts] = {
    "name": Text(
        "Who publishes the plugin, and its name.",
        "publisher/name: lower-case letters, digits and single '-', at most 39 each",
        NAME,
    ),
    "version": Text(
        "The version, as PEP 440 spells it.",
        "a version such as 1.2.0",
        _VERSION,
        longest=64,
        fault=version_fault,
    ),
    "summary": Text(
        "What the plugin is for.",
        "one line that is not blank",
        r"[^\n\t]*[^\n\t ][^\n\t]*",
        longest=120,
    ),
    "license": Text(
        "The licence, as an SPDX expression.",
        "an SPDX expression such as MIT or 'Apache-2.0 OR MIT'",
        _LICENSE,
        fault=license_fault,
    ),
    "language": Text(
        "The language that it is written in.",
        words=("python", "nodejs", "typescript", "rust"),
    ),
    "entry": Text(
        "The file that is run; for Rust with {target} in place of the target triple.",
        "a relative path of letters, digits and ._+@-, without '..'",
        _ENTRY,
        code="P011",
    ),
    "goobits": Text(
        "The versions of the host that it works with.",
        "versions such as '>=0.1,<1'",
        SPECIFIERS,
        fault=specifier_fault,
    ),
    "dependencies": Texts(
        "Other plugins that it needs.",
        Text(
            "A plugin, and the versions that will do.",
            "a plugin with versions, such as 'acme/base>=1,<2'",
            _DEPENDENCY,
            fault=lambda text: specifier_fault(split_dependency(text)[1]),
        ),
    ),
    "tags": Texts(
        "Words to find it by.",
        Text("A word.", "lower-case letters, digits and single '-'", PART, longest=32),
        most=10,
    ),
    "homepage": Text(
        "The page of the plugin.",
        "an address that begins with https://",
        _URL,
        longest=500,
    ),
    "repository": Text(
        "The address of its source.",
        "an address that begins with https://",
        _URL,
        longest=500,
    ),
    "runtime": Text(
        "The versions of the language's interpreter that run it.",
        "versions such as '>=3.11'",
        SPECIFIERS,
        fault=specifier_fault,
    ),
    "protocol": Text(
        "How the host speaks with it: by messages, or by words and an exit code only.",
        words=("rpc", "plain"),
    ),
    "exclude": Texts(
        "Files that are not packed, as patterns.",
        Text(
            "A pattern: * and ? within a name, ** for folders.",
            "a path or pattern below the plugin's folder, without '..'",
            _WRITE,
            code="P011",
        ),
    ),
}
REQUIRED = (
    "schema",
    "name",
    "version",
    "summary",
    "license",
    "language",
    "entry",
    "commands",
)

PERMISSIONS: dict[str, Texts] = {
    "read": Texts(
        "Paths of the project that it reads.",
        Text("A path.", _PLACE, _READ, code="P011"),
    ),
    "write": Texts(
        "Paths of the project that it writes.",
        Text("A path or pattern.", _PLACE, _WRITE, code="P011"),
    ),
    "run": Texts(
        "Programs of the host that it runs.",
        Text(
            "A name.",
            "the bare name of a program: letters, digits and ._+-",
            r"[A-Za-z0-9_][A-Za-z0-9._+-]*",
            longest=64,
            code="P014",
        ),
    ),
    "network": Texts(
        "Hosts that it reaches.",
        Text(
            "A host and its port.",
            "an exact host and port, such as api.example.com:443: lower case, no address",
            _HOST,
            longest=260,
            code="P014",
            fault=host_fault,
        ),
    ),
    "services": Texts(
        "Services of the host that it uses.", Text("A service.", words=("docker",))
    ),
    "system": Texts(
        "What it asks the host about the system.",
        Text("A subject.", words=("processes", "metrics")),
    ),
    "env": Texts(
        "Variables of the environment that it sees.",
        Text(
            "A name.",
            "a name of letters, digits and '_' that no runtime heeds",
            _VARIABLE,
            longest=128,
            code="P014",
            fault=variable_fault,
        ),
    ),
}

SIZE = "[1-9][0-9]{0,11} ?(KiB|MiB|GiB)"
LIMITS: dict[str, Limit] = {
    "memory": Limit("The most memory.", "bytes"),
    "wall": Limit("The longest time, in seconds.", "seconds"),
    "cpu": Limit("The most time of processors, in seconds.", "seconds"),
    "processes": Limit("The most processes and threads.", "number"),
    "output": Limit("The most output.", "bytes"),
    "disk": Limit("The most that it writes.", "bytes"),
}


def split_dependency(text: str) -> tuple[str, str]:
    """Return the name and the versions of a dependency."""
    for index, character in enumerate(text):
        if character in " ~=!<>":
            return text[:index], text[index:].strip()
    return text, ""
