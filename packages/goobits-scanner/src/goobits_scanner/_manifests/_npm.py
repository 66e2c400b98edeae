"""What package.json, .npmrc and binding.gyp say."""

from __future__ import annotations

import re

from goobits_scanner._dependencies import Dependency
from goobits_scanner._dependencies._addresses import address_findings
from goobits_scanner._dependencies._squats import own_name_findings
from goobits_scanner._finding import Capability, Finding
from goobits_scanner._manifests._rule import INFO, found, line_of
from goobits_scanner._manifests._shell import Context, shell_findings
from goobits_scanner._manifests._system import command_finding

_HOOKS = ("preinstall", "install", "postinstall")
_GIT_HOOKS = ("prepare", "preprepare", "postprepare", "prepublish")
_BUILDERS = frozenset(
    (
        "node-gyp node-gyp-build node-gyp-build-optional-packages node-pre-gyp prebuild-install"
        " prebuildify cmake-js napi-postinstall husky simple-git-hooks lefthook patch-package tsc"
        " is-ci ngcc opencollective opencollective-postinstall lerna only-allow electron-builder"
        " nuxt exit true"
    ).split()
)
_SECTIONS = (
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "peerDependencies",
    "overrides",
    "resolutions",
)
_PINNED = r"=?\s*v?(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)"
_Read = tuple[list[Finding], list[Dependency], list[Capability]]


def read_package(name: str, text: str) -> _Read:
    from goobits_scanner._manifests._json import parsed

    data = parsed(text)
    if not isinstance(data, dict):
        return [found("manifest-broken", name, 1, text[:80])], [], []
    findings, capabilities = _scripts(name, text, data.get("scripts"))
    findings += _commands(name, text, data)
    dependencies: list[Dependency] = []
    for section in _SECTIONS:
        start = text.find(f'"{section}"')
        for package, specifier in _flat(data.get(section)):
            line = line_of(text, f'"{package}"', max(start, 0))
            dependencies.append(_dependency(name, package, specifier, line))
            findings += address_findings(dependencies[-1])
    if isinstance(data.get("name"), str):
        line = line_of(text, '"name"')
        findings += own_name_findings("npm", data["name"], name, line)
    if data.get("gypfile") is True:
        at = line_of(text, '"gypfile"')
        capabilities.append(Capability("native", name, at, '"gypfile": true'))
    return findings, dependencies, capabilities


def _scripts(
    name: str, text: str, scripts: object
) -> tuple[list[Finding], list[Capability]]:
    findings: list[Finding] = []
    capabilities: list[Capability] = []
    if not isinstance(scripts, dict):
        return findings, capabilities
    start = max(text.find('"scripts"'), 0)
    for key, command in scripts.items():
        if not isinstance(command, str):
            continue
        line = line_of(text, f'"{key}"', start)
        is_hook = key in _HOOKS
        context: Context = "install" if is_hook or key in _GIT_HOOKS else "script"
        findings += shell_findings(command, name, line, context)
        if is_hook:
            capabilities.append(
                Capability("run", name, line, f"{key}: {command}"[:160])
            )
            if not _only_builds(command):
                findings.append(found("install-hook", name, line, f"{key}: {command}"))
    return findings, capabilities


def _only_builds(command: str) -> bool:
    """Return whether an install hook does nothing but run well-known build tools."""
    parts = command.replace("||", "&&").split("&&")
    words = [part.removeprefix("npx ").split() for part in map(str.strip, parts)]
    is_plain = command.isascii() and not set(command) & set(";|$`<>(){}\"'\n\\") - {"|"}
    return is_plain and all(
        part and part[0] in _BUILDERS and "|" not in part for part in words
    )


def _commands(name: str, text: str, data: dict[str, object]) -> list[Finding]:
    package = str(data.get("name", ""))
    given = data.get("bin")
    commands = {package.rpartition("/")[2]: given} if isinstance(given, str) else given
    findings: list[Finding] = []
    if not isinstance(commands, dict):
        return findings
    start = max(text.find('"bin"'), 0)
    for command, path in commands.items():
        line = line_of(text, f'"{command}"', start)
        findings += command_finding(command, package, name, line, f"{command}: {path}")
        if ".." in str(path).replace("\\", "/").split("/") or str(path).startswith("/"):
            findings.append(
                found("command-outside-package", name, line, f"{command}: {path}")
            )
    return findings


def _flat(section: object, depth: int = 0) -> list[tuple[str, str]]:
    """Return the packages of a section with what is asked of each, nested ones, too."""
    pairs: list[tuple[str, str]] = []
    if not isinstance(section, dict) or depth > 8:
        return pairs
    for key, value in section.items():
        package = _target(key) if depth or not isinstance(value, str) else key
        if isinstance(value, str):
            pairs.append((package, value))
        else:
            pairs += _flat(value, depth + 1)
    return pairs


def _target(key: str) -> str:
    """Return the package that a key of `overrides` or `resolutions` is about."""
    scope, at, rest = key.rpartition("@")
    return scope if at and scope and rest[:1].isdigit() else key


def _dependency(file: str, name: str, specifier: str, line: int) -> Dependency:
    target = name
    wanted = specifier
    if specifier.startswith("npm:"):
        target, at, wanted = specifier[4:].rpartition("@")
        if not at or not target:
            target, wanted = specifier[4:], ""
    pinned = (
        re.fullmatch(_PINNED, wanted.strip()) if wanted[:1] in "=v0123456789" else None
    )
    return Dependency(
        "npm",
        target,
        specifier,
        pinned[1] if pinned else None,
        file,
        line,
        f"{name}: {specifier}",
    )


def read_settings(name: str, text: str) -> _Read:
    findings: list[Finding] = []
    for number, raw in enumerate(text.splitlines(), 1):
        key, equals, value = (part.strip(" \t\"'") for part in raw.partition("="))
        if not equals or key.startswith(("#", ";")):
            continue
        rule = _setting_rule(key.lower(), value)
        if rule:
            findings.append(found(rule, name, number, raw))
    return findings, [], []


def _setting_rule(key: str, value: str) -> str:
    if key == "registry" or key.endswith(":registry"):
        host = re.match(r"(https?)://(?:[^/@]*@)?([^/:]+)", value)
        if host is None or host[2] in ("localhost", "127.0.0.1", "::1"):
            return ""
        if host[1] == "http":
            return "npm-registry-http"
        usual = ("registry.npmjs.org", "registry.yarnpkg.com", "npm.pkg.github.com")
        return "" if host[2] in usual or key != "registry" else "npm-registry-foreign"
    if key in ("git", "script-shell", "shell", "editor", "viewer", "browser"):
        return "npm-runs-program" if "/" in value and not value.startswith("/") else ""
    if key == "node-options" and re.search(
        r"(?:-r|--require|--import|--loader)\b", value
    ):
        return "npm-runs-program"
    if (key, value) in (("strict-ssl", "false"), ("unsafe-perm", "true")):
        return "npm-unsafe"
    return ""


def read_gyp(name: str, text: str) -> _Read:
    """Read a binding.gyp: its actions and `<!(...)` run while the package is installed."""
    findings: list[Finding] = []
    for match in re.finditer(r"<!@?\(([^\n]{1,2000}?)\)['\"]", text):
        line = text.count("\n", 0, match.start()) + 1
        findings += shell_findings(match[1], name, line, "install")
    for match in re.finditer(r"[\"']action[\"']\s*:\s*\[([^\]]{1,4000})\]", text):
        line = text.count("\n", 0, match.start()) + 1
        words = re.findall(r"\"([^\"]*)\"|'([^']*)'", match[1])
        command = " ".join(first or second for first, second in words)
        findings += shell_findings(command, name, line, "install")
    findings = [finding for finding in findings if finding.severity > INFO]
    return (
        findings,
        [],
        [Capability("native", name, 1, text.strip().partition("\n")[0][:80])],
    )


READERS = {"npm": read_package, "npmrc": read_settings, "gyp": read_gyp}
