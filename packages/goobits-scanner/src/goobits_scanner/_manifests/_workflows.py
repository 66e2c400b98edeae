"""What workflows of GitHub Actions do, read line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from goobits_scanner._dependencies import Dependency
from goobits_scanner._finding import Capability, Finding
from goobits_scanner._manifests._rule import LOW, found
from goobits_scanner._manifests._shell import shell_findings

_KEY = re.compile(r"(\s*)(?:-\s+)?[\"']?(run|script|uses|ref)[\"']?\s*:\s*(.*)")
_OPEN_TO_ALL = re.compile(
    r"\b(?:pull_request_target|issues|issue_comment|discussion|discussion_comment|workflow_run"
    r"|pull_request_review|pull_request_review_comment|fork|watch)\b"
)
_ANYONES_TEXT = re.compile(
    r"\$\{\{[^}]*\bgithub\.(?:head_ref\b|event\.(?:"
    r"(?:issue|pull_request|discussion|comment|review|review_comment)\.(?:title|body)\b"
    r"|pull_request\.head\.(?:ref|label|repo\.default_branch)\b"
    r"|workflow_run\.(?:head_branch|display_title|head_commit\.message|pull_requests)\b"
    r"|(?:head_commit|commits\[?[^\]\s]*\]?|commits\.\*)\.(?:message|author\.(?:name|email))\b"
    r"|pages\S*\.page_name\b))",
    re.IGNORECASE,
)
_FOREIGN_REF = re.compile(
    r"github\.head_ref|github\.event\.(?:pull_request\.(?:head\.|merge_commit_sha|number)"
    r"|workflow_run\.head_|number|issue\.number)|refs/pull/"
)
_ALL_SECRETS = re.compile(r"\$\{\{[^}]*\btojson\s*\(\s*secrets\s*\)", re.IGNORECASE)
_SECRET = r"\$\{\{\s*secrets\.\w+\s*\}\}"
_OWN_HOSTS = re.compile(
    r"https?://(?:[\w.-]*\.)?(?:github\.com|githubusercontent\.com|npmjs\.org|pypi\.org"
    r"|readthedocs\.org|codecov\.io|crates\.io)(?=[/:\"'\s]|$)"
)


class Step(NamedTuple):
    """What one key of a workflow holds; `line` is where the value begins."""

    key: str
    value: str
    line: int


def read_workflow(
    name: str, text: str
) -> tuple[list[Finding], list[Dependency], list[Capability]]:
    findings: list[Finding] = []
    triggers = _triggers(text)
    is_open = _OPEN_TO_ALL.search(triggers) is not None
    has_rights = is_open and re.search(
        r"pull_request_target|workflow_run|issue", triggers
    )
    seen: set[str] = set()
    for step in _steps(text):
        if step.key == "uses":
            findings += _action(step, name, seen)
        elif step.key == "ref":
            if has_rights and _FOREIGN_REF.search(step.value):
                findings.append(
                    found("workflow-foreign-code", name, step.line, step.value)
                )
        else:
            if step.key == "run":
                findings += shell_findings(step.value, name, step.line, "ci")
            findings += _commands(step, name, is_open=is_open)
    for match in _ALL_SECRETS.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        line = text[start:].partition("\n")[0]
        if not line.lstrip().startswith("#"):
            number = text.count("\n", 0, start) + 1
            findings.append(found("workflow-all-secrets", name, number, line))
    return findings, [], []


def _triggers(text: str) -> str:
    """Return what follows `on:`, up to the next key at the left edge."""
    match = re.search(r"(?m)^[\"']?on[\"']?\s*:(.*(?:\n(?:[ \t-].*|#.*)?)*)", text)
    return re.sub(r"#.*", "", match[1]) if match else ""


def _steps(text: str) -> Iterator[Step]:
    lines = text.splitlines()
    index = 0
    while index < len(lines):
        match = _KEY.fullmatch(lines[index])
        index += 1
        if match is None:
            continue
        key, value = match[2], match[3]
        if re.fullmatch(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?", value) or not value:
            first, indent = index, lines[index - 1].find(key)
            while index < len(lines) and (
                not lines[index].strip() or _indent(lines[index]) > _base(match, indent)
            ):
                index += 1
            glue = " " if value.startswith(">") else "\n"
            yield Step(key, glue.join(lines[first:index]), first + 1)
        else:
            yield Step(key, value.strip(" \"'"), index)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _base(match: re.Match[str], column: int) -> int:
    """Return the column that the lines of a block are right of."""
    return column if "-" in match[0][:column] else len(match[1])


def _action(step: Step, name: str, seen: set[str]) -> Iterator[Finding]:
    action, at, version = step.value.partition(" ")[0].partition("@")
    owner = action.partition("/")[0]
    if action.startswith((".", "docker:")) or owner in ("actions", "github") or not at:
        return
    if not re.fullmatch(r"[0-9a-f]{40}", version.strip("\"'")) and action not in seen:
        seen.add(action)
        yield found("workflow-action-not-pinned", name, step.line, step.value)


def _commands(step: Step, name: str, *, is_open: bool) -> Iterator[Finding]:
    if match := _ANYONES_TEXT.search(step.value):
        line = step.line + step.value.count("\n", 0, match.start())
        severity = None if is_open else LOW
        yield found("workflow-injection", name, line, match[0], severity=severity)
    if "secrets." not in step.value:
        return
    for offset, command in enumerate(step.value.splitlines()):
        number = step.line + offset
        if not re.search(_SECRET, command):
            continue
        if re.search(r"\b(?:curl|wget|nc)\b", command):
            if not _OWN_HOSTS.search(command):
                yield found("workflow-secret-sent", name, number, command)
        elif re.search(
            rf"\b(?:echo|printf|cat)\b[^\n]*{_SECRET}", command
        ) and not re.search(
            r"::add-mask::|>|\|(?!\s*(?:base64|rev|xxd|hexdump|od|tee|sed)\b)",
            command,
        ):
            yield found("workflow-secret-shown", name, number, command)
