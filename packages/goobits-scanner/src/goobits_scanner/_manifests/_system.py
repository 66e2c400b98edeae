"""Commands of the system that a package has no business to provide."""

from __future__ import annotations

from goobits_scanner._finding import Finding
from goobits_scanner._manifests._rule import HIGH, found

_PRIVILEGED = frozenset(
    "sudo su doas ssh passwd login gpg ssh-add ssh-agent pkexec".split()
)
_SYSTEM = frozenset(
    (
        "awk bash cat cd chmod chown cp crontab curl cut date dd df docker du echo env find gcc"
        " git grep gunzip gzip head id kill kubectl ln ls make mkdir mount mv nc node npm npx"
        " openssl perl ping pip pip3 ps pwd python python3 rm rmdir rsync scp sed sh sleep sort"
        " systemctl tail tar tee test top touch uname unzip vi vim wget which whoami xargs zsh"
    ).split()
)
_MAKERS = {
    "npm": ("npm", "npx"),
    "pip": ("pip", "pip3"),
    "yarn": ("yarn",),
    "node-which": ("which",),
}


def command_finding(
    command: str, package: str, file: str, line: int, evidence: str
) -> list[Finding]:
    """Return a finding where a package installs a command named like one of the system."""
    own = package.rpartition("/")[2].lower()
    if command not in _SYSTEM and command not in _PRIVILEGED:
        return []
    if command in _MAKERS.get(own, ()) or (command == own and command in _SYSTEM):
        return []
    severity = HIGH if command in _PRIVILEGED else None
    return [found("command-shadows-system", file, line, evidence, severity=severity)]
