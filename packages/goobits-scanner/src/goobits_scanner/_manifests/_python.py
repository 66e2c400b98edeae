"""What pyproject.toml, setup.cfg, requirements, Pipfile and entry points say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goobits_scanner._dependencies import Dependency
from goobits_scanner._dependencies._addresses import address_findings
from goobits_scanner._dependencies._squats import own_name_findings
from goobits_scanner._finding import Capability, Finding
from goobits_scanner._manifests._rule import INFO, found, line_of
from goobits_scanner._manifests._system import command_finding
from goobits_scanner._manifests._toml import key_line, parsed, table, texts

_Read = tuple[list[Finding], list[Dependency], list[Capability]]
_REQUIREMENT = r"(?s)([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)"
_PINNED = r"\(?\s*={2,3}\s*v?([\w.!+-]+)\s*\)?"
_INDEXES = ("pypi.org", "pypi.python.org", "files.pythonhosted.org")
_USUAL_EXTRA = (
    "download.pytorch.org",
    "pypi.nvidia.com",
    "pypi.ngc.nvidia.com",
    "test.pypi.org",
)


def read_pyproject(name: str, text: str) -> _Read:
    data = parsed(text)
    if data is None:
        return [found("manifest-broken", name, 1, text[:80])], [], []
    findings: list[Finding] = []
    build = table(data, "build-system")
    if build.get("backend-path"):
        evidence = f"backend-path = {build['backend-path']}"
        findings.append(
            found(
                "build-backend-in-tree", name, key_line(text, "backend-path"), evidence
            )
        )
    project = table(data, "project")
    package = project.get("name") or table(data, "tool", "poetry").get("name") or ""
    if isinstance(package, str) and package:
        findings += own_name_findings("pypi", package, name, key_line(text, "name"))
    for commands in (
        table(project, "scripts"),
        table(project, "gui-scripts"),
        table(data, "tool", "poetry", "scripts"),
    ):
        for command, target in commands.items():
            line = key_line(text, command)
            findings += command_finding(
                command, str(package), name, line, f"{command} = {target}"
            )
    dependencies = [
        dependency
        for requirement in _requirements(data)
        if (dependency := _dependency(requirement, name, line_of(text, requirement)))
    ]
    dependencies += _poetry(name, text, data)
    findings += _indexes(name, text, data)
    for dependency in dependencies:
        findings += address_findings(dependency)
    return findings, dependencies, []


def _requirements(data: dict[str, object]) -> Iterator[str]:
    project = table(data, "project")
    yield from texts(table(data, "build-system").get("requires"))
    yield from texts(project.get("dependencies"))
    for groups in (
        table(project, "optional-dependencies"),
        table(data, "dependency-groups"),
    ):
        for group in groups.values():
            yield from texts(group)


def _poetry(name: str, text: str, data: dict[str, object]) -> Iterator[Dependency]:
    poetry = table(data, "tool", "poetry")
    sections = [table(poetry, "dependencies"), table(poetry, "dev-dependencies")]
    sections += [
        table(group, "dependencies") for group in table(poetry, "group").values()
    ]
    for section in sections:
        yield from _packages(section, name, text)


def _packages(section: dict[str, object], name: str, text: str) -> Iterator[Dependency]:
    """Yield the packages of a table of Poetry or of a Pipfile."""
    for package, value in section.items():
        if package == "python":
            continue
        specifier = value if isinstance(value, str) else _written(value)
        pinned = re.fullmatch(r"(?:==)?\s*(\d[\w.!+-]*)", specifier.strip())
        yield Dependency(
            "pypi",
            package,
            specifier,
            pinned[1] if pinned else None,
            name,
            key_line(text, package),
            f"{package} = {specifier}",
        )


def _written(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    for key in ("git", "url", "file", "version"):
        if isinstance(value.get(key), str):
            return f"git+{value[key]}" if key == "git" else str(value[key])
    return ""


def _indexes(name: str, text: str, data: dict[str, object]) -> Iterator[Finding]:
    """Yield what is to say about the indexes that Poetry, PDM, uv and Pipenv are told of."""
    tool = table(data, "tool")
    for value in (
        table(tool, "poetry").get("source"),
        table(tool, "pdm").get("source"),
        table(tool, "uv").get("index"),
        data.get("source"),
    ):
        for source in value if isinstance(value, list) else ():
            url = source.get("url") if isinstance(source, dict) else None
            if isinstance(url, str):
                yield from _index(url, name, line_of(text, url), url, is_extra=False)


def _dependency(requirement: str, file: str, line: int) -> Dependency | None:
    match = re.match(_REQUIREMENT, requirement.strip())
    if match is None or "://" in match[1]:
        return None
    specifier = match[2].partition(";")[0].strip()
    pinned = re.fullmatch(_PINNED, specifier.partition("--hash")[0].strip())
    version = pinned[1] if pinned and "*" not in specifier else None
    return Dependency(
        "pypi", match[1], specifier, version, file, line, requirement.strip()[:160]
    )


def read_requirements(name: str, text: str) -> _Read:
    findings: list[Finding] = []
    dependencies: list[Dependency] = []
    for number, line in _logical(text):
        if line.startswith("-") and not line.startswith(("-e", "--editable")):
            findings += _option(line, name, number)
            continue
        line = re.sub(r"^(?:-e|--editable)[\s=]+", "", line)
        dependency = _dependency(line, name, number)
        if dependency is None and "://" in line:
            egg = re.search(r"#egg=([\w.-]+)", line)
            dependency = Dependency(
                "pypi", egg[1] if egg else "", line, None, name, number, line
            )
        if dependency is not None:
            findings += address_findings(dependency)
            if dependency.name:
                dependencies.append(dependency)
    return findings, dependencies, []


def _logical(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a requirements file, joined and without comments."""
    first, parts = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        first = first if parts else number
        parts += re.sub(r"(?:^|\s+)#.*$", "", line).strip()
        if parts.endswith("\\"):
            parts = parts[:-1] + " "
            continue
        if parts:
            yield first, parts
        parts = ""


def _option(line: str, name: str, number: int) -> Iterator[Finding]:
    match = re.match(r"(--?[\w-]+)[\s=]+[\"']?([^\s\"']+)", line)
    if match is None:
        return
    option, value = match[1], match[2]
    if option in ("-i", "--index-url", "--extra-index-url", "-f", "--find-links"):
        yield from _index(value, name, number, line, is_extra="extra" in option)
    elif option == "--trusted-host" and value not in ("localhost", "127.0.0.1"):
        yield found("index-trusted-host", name, number, line)


def _index(
    url: str, name: str, number: int, evidence: str, *, is_extra: bool
) -> Iterator[Finding]:
    match = re.match(r"(https?)://(?:[^/@]*@)?([^/:]+)", url)
    if match is None or match[2] in ("localhost", "127.0.0.1"):
        return
    if match[1] == "http":
        yield found("index-http", name, number, evidence)
    if is_extra and match[2] not in _INDEXES:
        severity = INFO if match[2] in _USUAL_EXTRA else None
        yield found("index-extra", name, number, evidence, severity=severity)


def read_pipfile(name: str, text: str) -> _Read:
    data = parsed(text)
    if data is None:
        return [found("manifest-broken", name, 1, text[:80])], [], []
    dependencies = [
        dependency
        for section in ("packages", "dev-packages")
        for dependency in _packages(table(data, section), name, text)
    ]
    findings = list(_indexes(name, text, data))
    for dependency in dependencies:
        findings += address_findings(dependency)
    return findings, dependencies, []


def read_setup_cfg(name: str, text: str) -> _Read:
    """Read a setup.cfg line by line: interpolation and broken sections are no matter."""
    findings: list[Finding] = []
    dependencies: list[Dependency] = []
    section = key = package = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.sub(r"(?:^|\s)[#;].*$", "", raw)
        if head := re.match(r"\[([^\]]+)\]", line):
            section, key = head[1], ""
            continue
        value = line.strip()
        if setting := re.match(r"([\w.-]+)\s*[=:]\s*(.*)", line):
            key, value = setting[1], setting[2].strip()
        if section == "metadata" and key == "name" and value:
            package = value
            findings += own_name_findings("pypi", value, name, number)
        elif section == "options.entry_points" and raw[:1].isspace():
            findings += _entry_points([(number, value)], package, name)
        elif value and (
            (
                section == "options"
                and key.endswith("_requires")
                and key != "python_requires"
            )
            or section == "options.extras_require"
        ):
            dependency = _dependency(value, name, number)
            if dependency:
                dependencies.append(dependency)
                findings += address_findings(dependency)
    return findings, dependencies, []


def _entry_points(
    lines: Iterable[tuple[int, str]], package: str, name: str
) -> Iterator[Finding]:
    for number, line in lines:
        command, equals, _ = line.partition("=")
        if equals:
            yield from command_finding(command.strip(), package, name, number, line)


def read_entry_points(name: str, text: str) -> _Read:
    folder = name.replace("!", "/").rpartition("/")[0].rpartition("/")[2]
    package = re.sub(r"(?:-[^-]+)?\.(?:dist|egg)-info$", "", folder).replace("_", "-")
    section = ""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("["):
            section = line.strip(" []")
        elif section in ("console_scripts", "gui_scripts"):
            lines.append((number, line.strip()))
    return list(_entry_points(lines, package, name)), [], []


READERS = {
    "pyproject": read_pyproject,
    "setup-cfg": read_setup_cfg,
    "entry-points": read_entry_points,
    "pipfile": read_pipfile,
    "requirements": read_requirements,
}
