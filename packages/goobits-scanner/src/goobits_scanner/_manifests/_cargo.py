"""What Cargo.toml and .cargo/config.toml say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goobits_scanner._dependencies import Dependency
from goobits_scanner._dependencies._addresses import address_findings
from goobits_scanner._dependencies._squats import own_name_findings
from goobits_scanner._finding import Capability, Finding
from goobits_scanner._manifests._rule import found
from goobits_scanner._manifests._toml import key_line, parsed, table

_Read = tuple[list[Finding], list[Dependency], list[Capability]]
_SECTIONS = ("dependencies", "dev-dependencies", "build-dependencies")
_PROGRAMS = (
    "rustc",
    "rustc-wrapper",
    "rustc-workspace-wrapper",
    "rustdoc",
    "runner",
    "linker",
)


def read_cargo(name: str, text: str) -> _Read:
    data = parsed(text)
    if data is None:
        return [found("manifest-broken", name, 1, text[:80])], [], []
    findings: list[Finding] = []
    capabilities: list[Capability] = []
    package = table(data, "package")
    build = package.get("build")
    if isinstance(build, str) and build:
        line = key_line(text, "build")
        findings.append(found("cargo-build-script", name, line, f'build = "{build}"'))
        capabilities.append(Capability("run", name, line, f'build = "{build}"'))
    library = table(data, "lib")
    if library.get("proc-macro") is True or library.get("proc_macro") is True:
        line = key_line(text, "proc-macro")
        findings.append(found("cargo-proc-macro", name, line, "proc-macro = true"))
    if isinstance(package.get("links"), str):
        line, evidence = key_line(text, "links"), f'links = "{package["links"]}"'
        findings.append(found("cargo-links", name, line, evidence))
        capabilities.append(Capability("native", name, line, evidence))
    findings += [
        found("cargo-replaces", name, key_line(text, key), f"[{key}]")
        for key in ("patch", "replace")
        if data.get(key)
    ]
    dependencies = list(_dependencies(name, text, data))
    for dependency in dependencies:
        findings += address_findings(dependency)
    if isinstance(package.get("name"), str):
        own = str(package["name"])
        findings += own_name_findings("crates", own, name, key_line(text, "name"))
    return findings, dependencies, capabilities


def _dependencies(
    name: str, text: str, data: dict[str, object]
) -> Iterator[Dependency]:
    holders = [data, table(data, "workspace")]
    holders += [table(data, "target", target) for target in table(data, "target")]
    for holder in holders:
        for section in _SECTIONS:
            start = max(text.find(section), 0)
            for key, value in table(holder, section).items():
                yield _dependency(name, key, value, key_line(text, key, start))


def _dependency(file: str, key: str, value: object, line: int) -> Dependency:
    given = value if isinstance(value, dict) else {"version": value}
    package = given.get("package")
    version = given.get("version")
    source = given.get("git") or given.get("registry-index")
    specifier = str(source or (version if isinstance(version, str) else ""))
    pinned = re.fullmatch(r"=\s*(\d+\.\d+\.\d+\S*)", specifier)
    return Dependency(
        "crates",
        package if isinstance(package, str) else key,
        f"git+{specifier}" if given.get("git") else specifier,
        pinned[1] if pinned else None,
        file,
        line,
        f"{key} = {specifier}",
    )


def read_settings(name: str, text: str) -> _Read:
    """Read Cargo's settings, which apply to every build in the folder."""
    data = parsed(text)
    if data is None:
        return [found("manifest-broken", name, 1, text[:80])], [], []
    findings: list[Finding] = []
    tables = [table(data, "build"), *map(table, table(data, "target").values())]
    for settings in tables:
        for key in _PROGRAMS:
            program = settings.get(key)
            first = program[0] if isinstance(program, list) and program else program
            if isinstance(first, str) and _is_of_folder(first):
                evidence = f"{key} = {program}"
                findings.append(
                    found("cargo-runs-program", name, key_line(text, key), evidence)
                )
    for source, given in table(data, "source").items():
        target = table(data, "source", str(table(given).get("replace-with", "")))
        address = next(
            (str(target[key]) for key in ("registry", "git") if key in target), ""
        )
        if address:
            line = key_line(text, "replace-with")
            evidence = f"{source}: {address}"
            findings.append(found("cargo-source-replaced", name, line, evidence))
    return findings, [], []


def _is_of_folder(program: str) -> bool:
    """Return whether a program is a file of the folder or a command line, not found on PATH."""
    words = program.split()
    if not words or words[0].startswith("/"):
        return False
    return "/" in words[0] or "\\" in words[0] or words[0] in ("sh", "bash", "python")


READERS = {"cargo": read_cargo, "cargo-config": read_settings}
