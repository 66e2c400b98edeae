"""Programs written into a command: `node -e "..."`, `python -c "..."` and their like."""

from __future__ import annotations

import re
from functools import cache

_NAMES = ("node", "python", "perl", "ruby", "php", "deno", "bun")
_DECODES = (
    "base64",
    "b64decode",
    "fromhex",
    "unhexlify",
    "atob(",
    "'hex'",
    "fromcharcode",
)
_RUNS = (
    "exec(", "eval(", "function(", "child_process", "os.system", "subprocess", "popen",
    "spawn", "execsync", "system(",
)  # fmt: skip
_EVALUATES = ("exec(", "eval(", "new function(", "execsync(", "os.system(", "system(")
_CONNECTS = (
    "http",
    "socket",
    "net.connect",
    "urlopen",
    "requests.",
    "fetch(",
    "'dns'",
    "urllib",
)
_ALL_ENV = (
    "json.stringify(process.env)", "process.env)", "dict(os.environ)", "os.environ)",
    "str(os.environ", "object.entries(process.env", "object.keys(process.env", "env.to_h",
)  # fmt: skip


def inline_rule(command: str, *, is_install: bool) -> str:
    """Return the rule that an inline program of a command breaks, or ""."""
    if " -" not in command or not any(name in command for name in _NAMES):
        return ""
    match = _interpreter().search(command)
    if match is None:
        return ""
    code = command[match.end() :].lower()

    def has(words: tuple[str, ...]) -> bool:
        return any(word in code for word in words)

    if has(_DECODES) and has(_EVALUATES):
        return "shell-decode-run"
    if has(_CONNECTS) and has(_ALL_ENV):
        return "shell-env-sent"
    if has(_CONNECTS) and has(_EVALUATES):
        return "shell-download-run"
    return (
        "install-inline-code" if is_install and (has(_RUNS) or has(_CONNECTS)) else ""
    )


@cache
def _interpreter() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:node|python[\d.]{0,4}|perl|ruby|php|deno\s+eval|bun)(?:\.exe)?\s+"
        r"(?:-[-\w=.]+\s+){0,4}?(?:-\w*[cepr]\b|--eval|--print)[\s=]",
        re.IGNORECASE,
    )
