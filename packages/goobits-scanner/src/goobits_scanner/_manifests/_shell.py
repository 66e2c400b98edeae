"""What shell and PowerShell commands do, wherever they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from goobits_scanner._finding import Finding, Severity
from goobits_scanner._manifests._inline import inline_rule
from goobits_scanner._manifests._patterns import PATTERNS, RUN, TRUSTED
from goobits_scanner._manifests._rule import HIGH, INFO, found

Context = Literal["install", "autorun", "script", "build", "ci"]
"""When the commands run: unasked (on installation, on opening a folder) or when called."""

_UNASKED = ("install", "autorun")
_LINE = 20_000
_OVERLAP = 1_000
_DOWNLOADS = 2_000
_LONGEST = 1 << 19
_EXPANSION = 1 << 18
_VALUE = 4_000
_NAMES = 200

_ASSIGNED = r"(?:^|[;&|\s])(\w{1,60})=(\"[^\"\n]{0,4000}\"|'[^'\n]{0,4000}'|[^\s;&|()`]{1,4000})"
_USED = r"\$(?:\{(\w{1,60})\}|(\w{1,60}))"
_GLUE = r"(?<=\w)(?:''|\"\"|\\(?=[a-z]))(?=\w)|\$\{IFS\}|\$IFS\b|\$\{?@\}?(?=\w)"
_QUOTED_WORD = r"(?<![\w$])[\"']([a-z0-9]{1,12})[\"'](?!\w)"
_BRACED = r"\{([\w./+=-]{1,4000}(?:,[\w./+=-]{1,4000})+)\}"
_SAVED = (
    r"\b(?:curl|wget|aria2c|invoke-webrequest|iwr)\b[^\n]{0,500}?"
    r"(?:\s-\w*o\s*|\s--output[ =]|\s-outfile\s+|\s--output-document[ =]|>\s*)"
    r"[\"']?([^\s\"';|&<>-][^\s\"';|&<>]{0,200})"
)
_SAVED_AS_NAMED = (
    r"\b(?:curl|wget)\b[^\n;|&]{0,300}?https?://[^\s\"';|&]{1,300}/([\w.-]{1,80})"
)


def shell_findings(
    text: str, name: str, first_line: int, context: Context
) -> list[Finding]:
    """Return what commands do that honest ones need not; pure.

    `first_line` is where the text begins in the file `name`. Commands are matched as written
    and, too, with variables put in and quotes within words taken out.
    """
    lines = list(_commands(text[:_LONGEST]))
    lower = "\n".join(line for _, line in lines).lower()
    patterns = [
        pattern
        for pattern in PATTERNS
        if (context == "install" or not pattern.rule.startswith("install-"))
        and any(word in lower for word in pattern.words)
    ]
    hits: dict[tuple[str, int], Finding] = {}

    def hit(rule: str, offset: int, line: str, is_worse_unasked: bool = False) -> None:
        finding = _finding(
            rule, name, first_line + offset, line, context, is_worse_unasked
        )
        hits.setdefault((finding.rule, finding.line), finding)

    for offset, line in lines:
        for pattern in patterns:
            if _compiled(pattern.form).search(line):
                hit(pattern.rule, offset, line, pattern.is_worse_unasked)
        if rule := inline_rule(line, is_install=context in _UNASKED):
            hit(rule, offset, line)
    for offset, line in _saved_and_run(lines):
        hit("shell-download-run", offset, line)
    if len(text) > _LONGEST:
        hit("script-too-long", 0, lines[0][1] if lines else "")
    return list(hits.values())


def _finding(
    rule: str,
    name: str,
    line: int,
    evidence: str,
    context: Context,
    is_worse_unasked: bool,
) -> Finding:
    is_unasked = context in _UNASKED
    severity: Severity | None = HIGH if is_unasked and is_worse_unasked else None
    if rule == "shell-download-run":
        if is_unasked:
            rule = "install-download-run"
        elif _is_in_the_open(evidence):
            rule = "shell-download-run-http"
        elif context == "ci" or _is_trusted(evidence):
            severity = INFO
    elif (rule == "powershell-download-run" and _is_trusted(evidence)) or (
        context in ("build", "ci") and rule in _USUAL_IN_BUILDS
    ):
        severity = INFO
    return found(rule, name, line, evidence.partition("\n")[0], severity=severity)


def _is_trusted(command: str) -> bool:
    """Return whether all that a command fetches comes from installers that many trust."""
    addresses = _compiled(r"[a-z]+://([^\s\"'|;)]+)").findall(command.lower())
    return bool(addresses) and all(
        address in TRUSTED or address.startswith(tuple(f"{host}/" for host in TRUSTED))
        for address in addresses
    )


_USUAL_IN_BUILDS = (
    "shell-crontab",
    "shell-startup-file",
    "shell-service",
    "shell-world-writable",
    "shell-authorized-keys",
)


def _is_in_the_open(line: str) -> bool:
    form = r"http://(?!localhost|127\.|\[::1\]|0\.0\.0\.0)|https://\d{1,3}(?:\.\d{1,3}){3}[/:]"
    return _compiled(form).search(line) is not None


@cache
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(form, re.IGNORECASE)


def _commands(text: str) -> Iterator[tuple[int, str]]:
    """Yield the commands and, after a newline, what each becomes without its disguise."""
    names = _Names()
    offset, parts = 0, ""
    for number, line in enumerate(text.splitlines()):
        stripped = line.strip()
        if not parts:
            offset = number
            if not stripped or stripped.startswith(("#", "REM ", "rem ", "::")):
                continue
        if len(parts) < _LINE and stripped.endswith(("\\", "|", "&&", "`", "^")):
            parts += stripped.rstrip("\\`^") + " "
            continue
        yield from _told(offset, parts + stripped, names)
        parts = ""
    if parts:
        yield from _told(offset, parts, names)


def _told(offset: int, line: str, names: _Names) -> Iterator[tuple[int, str]]:
    """Yield a line with its undisguised forms; a long one in pieces that overlap."""
    for start in range(0, len(line), _LINE - _OVERLAP):
        command = line[start : start + _LINE]
        forms = dict.fromkeys((command, *_undisguised(command, names)))
        yield offset, "\n".join(forms)


def _undisguised(command: str, names: _Names) -> tuple[str, str]:
    """Return a command with variables put in, and that without quotes within words."""
    plain = _put_in(command, names) if "$" in command else command
    if "=" in command and len(names.values) < _NAMES:
        for match in _compiled(_ASSIGNED).finditer(plain):
            names.values[match[1]] = match[2].strip("\"'")[:_VALUE]
        plain = _put_in(plain, names) if "$" in plain else plain
    bare = plain
    if any(mark in plain for mark in "\\$'\"{"):
        bare = _compiled(_GLUE).sub(
            lambda match: " " if match[0].startswith("$") and "IFS" in match[0] else "",
            plain,
        )
        bare = _compiled(_QUOTED_WORD).sub(r"\1", bare)
        bare = _compiled(_BRACED).sub(lambda match: match[1].replace(",", " "), bare)
    return plain, bare


class _Names:
    """The variables of a script; `room` bounds how much all their uses may add."""

    __slots__ = ("room", "values")

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.room = _EXPANSION


def _put_in(command: str, names: _Names) -> str:
    if not names.values or names.room <= 0:
        return command
    whole = _compiled(_USED).sub(
        lambda match: names.values.get(match[1] or match[2], match[0]), command
    )[:_LINE]
    names.room -= max(len(whole) - len(command), 0)
    return whole


def _saved_and_run(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the downloads whose file a command then runs."""
    for index, (offset, line) in enumerate(lines[:_DOWNLOADS]):
        lower = line.lower()
        if not any(
            word in lower for word in ("curl", "wget", "aria2c", "iwr", "invoke-web")
        ):
            continue
        match = _compiled(_SAVED).search(line) or _compiled(_SAVED_AS_NAMED).search(
            line
        )
        if match is None:
            continue
        saved = match[1].removeprefix("./").rsplit("/", 1)[-1]
        if saved and any(
            _runs(saved, later if at else later[match.end() :], is_same=not at)
            for at, (_, later) in enumerate(lines[index : index + 12])
        ):
            yield offset, line


def _runs(saved: str, command: str, *, is_same: bool) -> bool:
    """Return whether a command starts the saved file itself or gives it to an interpreter."""
    if saved not in command:
        return False
    name = re.escape(saved)
    before = r"[;&|\n]" if is_same else r"(?:^|[;&|\n])"
    form = (
        rf"{before}\s*(?:(?:sudo|nohup|exec|env|&|start)\s+){{0,2}}"
        rf"(?:(?:{RUN}|node|python[\d.]*|source|\.|powershell\S*|pwsh)\s+(?:-\S+\s+){{0,3}})?"
        rf"[\"']?(?:[\w.$~{{}}%:/\\-]{{0,60}}[/\\])?{name}[\"']?(?=\s|$|[;&|)])"
    )
    return re.search(form, command, re.IGNORECASE) is not None
