"""Dependencies that come from an address and not from the registry."""

from __future__ import annotations

import re
from functools import cache

from goobits_scanner._dependencies import Dependency
from goobits_scanner._finding import Finding
from goobits_scanner._manifests._rule import found

_FORGES = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "git.sr.ht")
_SUSPECTS = (
    "pastebin.com", "paste.ee", "hastebin.com", "transfer.sh", "file.io", "anonfiles.com",
    "ngrok.io", "ngrok.app", "ngrok-free.app", "trycloudflare.com", "loca.lt", "serveo.net",
    "gofile.io", "catbox.moe", "0x0.st", "temp.sh", "webhook.site", "discordapp.com",
    "dl.dropboxusercontent.com", "pkgio.com", "packages.storeartifact.com",
)  # fmt: skip


def address_findings(dependency: Dependency) -> list[Finding]:
    """Return what is to say about where a dependency comes from."""
    rule = _rule(dependency)
    if not rule:
        return []
    return [found(rule, dependency.file, dependency.line, dependency.evidence)]


def _rule(dependency: Dependency) -> str:
    text = dependency.specifier.strip()
    if "://" in text and (match := _address().search(text)):
        scheme, host = match[1].lower(), match[2].lower()
        is_local = host in ("localhost", "127.0.0.1", "[::1]")
        if host.endswith(_SUSPECTS) or (_is_bare(host) and not is_local):
            return "dependency-url-suspect"
        if scheme in ("http", "git", "git+http") and not is_local:
            return "dependency-url-http"
        if scheme.startswith(("git", "hg", "svn", "ssh")) or text.endswith(".git"):
            return "dependency-git"
        return "dependency-git" if host in _FORGES else "dependency-url"
    if dependency.ecosystem != "npm":
        return ""
    if text.startswith(("file:../", "link:../", "file:/", "file:~")):
        return "dependency-outside"
    if text.startswith("npm:"):
        return _alias_rule(dependency)
    if "/" not in text and ":" not in text:
        return ""
    is_short = re.fullmatch(
        r"(?:git(?:hub|lab)|bitbucket|gist):\S+|[\w-]+/[\w.-]+(?:#\S+)?", text
    )
    return "dependency-git" if is_short else ""


def _alias_rule(dependency: Dependency) -> str:
    from goobits_scanner._dependencies._squats import is_famous

    alias = dependency.evidence.partition(":")[0]
    target = dependency.name
    is_close = alias in target or target in alias
    return "dependency-alias" if is_famous("npm", alias) and not is_close else ""


def _is_bare(host: str) -> bool:
    return (
        re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]|0x[0-9a-f]+|\d+", host)
        is not None
    )


@cache
def _address() -> re.Pattern[str]:
    return re.compile(
        r"\b([a-z][a-z+]{1,12})://(?:[^/\s@]*@)?(\[[^\]]*\]|[^/\s:?#]+)", re.IGNORECASE
    )
