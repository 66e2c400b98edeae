"""What lock files pin, and from where it is fetched; large ones are read line by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from goobits_scanner._dependencies import Dependency
from goobits_scanner._finding import Capability, Finding
from goobits_scanner._manifests._rule import MEDIUM, found, line_of

_Read = tuple[list[Finding], list[Dependency], list[Capability]]
_USUAL = (
    "registry.npmjs.org", "registry.yarnpkg.com", "npm.pkg.github.com", "npm.jsr.io",
    "registry.npmmirror.com", "registry.npm.taobao.org", "registry.nlark.com",
    "codeload.github.com", "github.com", "gitlab.com", "bitbucket.org", "pypi.org",
    "files.pythonhosted.org", "test.pypi.org", "download.pytorch.org", "static.crates.io",
    "index.crates.io", "crates.io", "localhost", "127.0.0.1",
)  # fmt: skip
_ADDRESS = re.compile(
    r"(?:git\+|registry\+|sparse\+)?([a-z]+)://(?:[^/@\s]*@)?(\[[^\]]*\]|[^/:\s?#]+)"
)
_TARBALL = re.compile(r"/((?:@[^/%]+(?:/|%2[fF]))?[^/]+)/-/[^/]+$")

_TOML_VALUE = re.compile(
    r"(name|version|url|source)\s*=\s*(?:\{[^\"\n]*)?\"([^\"\n]*)\""
)


class Locked(NamedTuple):
    """One package of a lock file; `resolved` is the address it is fetched from."""

    name: str
    version: str
    line: int
    resolved: str = ""
    has_integrity: bool = True


def _read(ecosystem: str, packages: list[Locked], file: str) -> _Read:
    dependencies = [
        Dependency(
            ecosystem,
            package.name,
            f"=={package.version}" if ecosystem == "pypi" else package.version,
            package.version,
            file,
            package.line,
            f"{package.name} {package.version}",
        )
        for package in packages
        if package.version and package.name
    ]
    findings = [
        *_hosts(packages, file),
        *_plain(packages, file),
        *_names(packages, file),
        *_digests(packages, file),
    ]
    return findings, dependencies, []


def _hosts(packages: list[Locked], file: str) -> Iterator[Finding]:
    """Yield one finding per unusual host: worse where it serves but few of the packages."""
    served: dict[str, list[Locked]] = {}
    known = 0
    for package in packages:
        match = _ADDRESS.match(package.resolved)
        if match is None:
            continue
        known += 1
        if match[2].lower() not in _USUAL:
            served.setdefault(match[2].lower(), []).append(package)
    for those in served.values():
        is_odd_one = len(those) * 2 < known
        first = those[0]
        yield found(
            "lock-host",
            file,
            first.line,
            f"{first.name}: {first.resolved}",
            severity=MEDIUM if is_odd_one else None,
        )


def _plain(packages: list[Locked], file: str) -> Iterator[Finding]:
    plain = [
        package
        for package in packages
        if (match := _ADDRESS.match(package.resolved))
        and match[1] == "http"
        and match[2] not in ("localhost", "127.0.0.1")
    ]
    for package in sorted(plain, key=lambda package: package.has_integrity)[:1]:
        severity = None if package.has_integrity else MEDIUM
        evidence = f"{package.name}: {package.resolved}"
        yield found("lock-http", file, package.line, evidence, severity=severity)


def _names(packages: list[Locked], file: str) -> Iterator[Finding]:
    for package in packages:
        match = _TARBALL.search(package.resolved)
        if match and match[1].replace("%2f", "/").replace("%2F", "/") != package.name:
            evidence = f"{package.name}: {package.resolved}"
            yield found("lock-name-mismatch", file, package.line, evidence)


def _digests(packages: list[Locked], file: str) -> Iterator[Finding]:
    bare = [
        package
        for package in packages
        if not package.has_integrity
        and package.resolved.startswith(("http:", "https:"))
    ]
    if bare:
        evidence = (
            f"{bare[0].name}, and {len(bare) - 1} more" if bare[1:] else bare[0].name
        )
        yield found("lock-no-integrity", file, bare[0].line, evidence)


def read_package_lock(file: str, text: str) -> _Read:
    from goobits_scanner._manifests._json import parsed

    data = parsed(text)
    if not isinstance(data, dict):
        return [found("manifest-broken", file, 1, text[:80])], [], []
    packages = list(_entries(text, data))
    return _read("npm", packages, file)


def _entries(text: str, data: dict[str, object]) -> Iterator[Locked]:
    lines = _Lines(text)
    modern = data.get("packages")
    if isinstance(modern, dict):
        for path, entry in modern.items():
            _, inside, folder = path.rpartition("node_modules/")
            if inside and isinstance(entry, dict) and entry.get("link") is not True:
                yield _entry(entry.get("name") or folder, entry, lines.of(path))
        return
    old = [data.get("dependencies")]
    while old:
        level = old.pop()
        for name, entry in level.items() if isinstance(level, dict) else ():
            if isinstance(entry, dict):
                yield _entry(name, entry, lines.of(name))
                old.append(entry.get("dependencies"))


def _entry(name: object, entry: dict[str, object], line: int) -> Locked:
    version = str(entry.get("version", ""))
    resolved = entry.get("resolved")
    if version.startswith("npm:"):
        name, _, version = version[4:].rpartition("@")
    elif "://" in version:
        version, resolved = "", resolved or version
    return Locked(
        str(name),
        version,
        line,
        resolved if isinstance(resolved, str) else "",
        isinstance(entry.get("integrity"), str) or entry.get("inBundle") is True,
    )


class _Lines:
    """The lines of keys, each looked for after the one before."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1

    def of(self, key: str) -> int:
        at = self._text.find(f'"{key}"', self._at)
        if at < 0:
            return line_of(self._text, f'"{key}"')
        self._line += self._text.count("\n", self._at, at)
        self._at = at
        return self._line


def read_yarn_lock(file: str, text: str) -> _Read:
    packages: list[Locked] = []
    name, line, found_in = "", 0, dict[str, str]()

    def close() -> None:
        if name and name != "__metadata" and "version" in found_in:
            resolved = found_in.get("resolved", "")
            has_digest = (
                bool({"integrity", "checksum"} & found_in.keys()) or "#" in resolved
            )
            own = found_in.get("resolution", name)
            packages.append(
                Locked(
                    _package_of(own),
                    found_in["version"],
                    line,
                    resolved.partition("#")[0],
                    has_digest,
                )
            )

    for number, raw in enumerate(text.splitlines(), 1):
        if raw[:1] not in (" ", "#", ""):
            close()
            name, line, found_in = (
                raw.rstrip(":").split(",")[0].strip(" \"'"),
                number,
                {},
            )
            if "@npm:" in name and name.rpartition("@npm:")[2].count("@"):
                name = name.rpartition("@npm:")[2]
        elif match := re.match(r'  "?(\w+)"?:? "?([^"\s]+)"?\s*$', raw):
            found_in[match[1]] = match[2]
    close()
    remote = [package for package in packages if package.version != "0.0.0-use.local"]
    return _read("npm", remote, file)


def _package_of(descriptor: str) -> str:
    """Return the name in `name@range`."""
    at = descriptor.find("@", 1)
    return descriptor[:at] if at > 0 else descriptor


def read_pnpm_lock(file: str, text: str) -> _Read:
    packages: list[Locked] = []
    in_packages = False
    for number, raw in enumerate(text.splitlines(), 1):
        if raw[:1] not in (" ", "", "#"):
            in_packages = raw.startswith("packages:")
        elif in_packages and (
            match := re.match(
                r"  ['\"]?/?((?:@[^/@\s]+/)?[^/@\s'\"]+)[@/](\d[^\s('\":_]*)", raw
            )
        ):
            packages.append(Locked(match[1], match[2], number))
        elif (
            in_packages
            and packages
            and (match := re.search(r"\btarball:\s*['\"]?([^\s'\",}]+)", raw))
        ):
            packages[-1] = packages[-1]._replace(resolved=match[1])
    return _read("npm", packages, file)


def _read_toml_lock(ecosystem: str) -> Callable[[str, str], _Read]:
    def read(file: str, text: str) -> _Read:
        packages = [
            Locked(
                entry["name"], entry.get("version", ""), line, entry.get("source", "")
            )
            for line, entry in _toml_packages(text)
            if "name" in entry
        ]
        return _read(ecosystem, packages, file)

    return read


def _toml_packages(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the `[[package]]` tables with their lines; the first value of a key counts."""
    entry: dict[str, str] | None = None
    line = 0
    for number, raw in enumerate(text.splitlines(), 1):
        if raw.startswith("["):
            if entry is not None and not raw.startswith("[package."):
                yield line, entry
                entry = None
            if raw.startswith("[[package]]"):
                entry, line = {}, number
        elif entry is not None and (match := _TOML_VALUE.match(raw)):
            key = "source" if match[1] == "url" else match[1]
            entry.setdefault(key, match[2])
    if entry is not None:
        yield line, entry


READERS: dict[str, Callable[[str, str], _Read]] = {
    "package-lock": read_package_lock,
    "yarn-lock": read_yarn_lock,
    "pnpm-lock": read_pnpm_lock,
    "pypi-lock": _read_toml_lock("pypi"),
    "cargo-lock": _read_toml_lock("crates"),
}
