"""What scripts, makefiles, images, editor tasks and Python's start-up files run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goobits_scanner._dependencies import Dependency
from goobits_scanner._finding import Capability, Finding
from goobits_scanner._manifests._rule import INFO, LOW, found, line_of
from goobits_scanner._manifests._shell import shell_findings

_Read = tuple[list[Finding], list[Dependency], list[Capability]]


def read_shell(name: str, text: str) -> _Read:
    findings = shell_findings(text, name, 1, "script")
    return (
        findings,
        [],
        [Capability("run", name, 1, text.lstrip().partition("\n")[0][:80])],
    )


def read_makefile(name: str, text: str) -> _Read:
    """Read a makefile: `$$` is the shell's `$`, and `@` or `-` before a command is no part."""
    shell = re.sub(r"(?m)^(\t| {2,})[@-]+", r"\1", text.replace("$$", "$"))
    return shell_findings(shell, name, 1, "build"), [], []


def read_dockerfile(name: str, text: str) -> _Read:
    shell = re.sub(
        r"(?im)^\s*(?:ONBUILD\s+)?(?:RUN(?:\s+--\S+)*|CMD|ENTRYPOINT|ENV)\s+", "", text
    )
    findings = shell_findings(shell, name, 1, "build")
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"(?i)\s*ADD\s+(?:--\S+\s+)*[\"'\[ ]*http://", line):
            findings.append(found("docker-add-http", name, number, line))
    return findings, [], []


def read_editor(name: str, text: str) -> _Read:
    from goobits_scanner._manifests._json import parsed

    data = parsed(text, with_comments=True)
    if not isinstance(data, dict):
        return [found("manifest-broken", name, 1, text[:80])], [], []
    if name.endswith("settings.json"):
        if data.get("task.allowAutomaticTasks") not in ("on", True):
            return [], [], []
        line = line_of(text, "task.allowAutomaticTasks")
        evidence = '"task.allowAutomaticTasks": "on"'
        return [found("editor-runs-unasked", name, line, evidence)], [], []
    findings: list[Finding] = []
    tasks = data.get("tasks")
    for task in tasks if isinstance(tasks, list) else ():
        if isinstance(task, dict):
            findings += _task(name, text, task)
    return findings, [], []


def _task(name: str, text: str, task: dict[str, object]) -> Iterator[Finding]:
    options = task.get("runOptions")
    is_auto = isinstance(options, dict) and options.get("runOn") == "folderOpen"
    for part in (task, *(task.get(key) for key in ("linux", "osx", "windows"))):
        command = _command(part)
        line = line_of(text, str(part.get("command"))) if isinstance(part, dict) else 1
        yield from shell_findings(
            command, name, line, "autorun" if is_auto else "script"
        )
    if is_auto:
        yield found(
            "editor-opens-and-runs", name, line_of(text, "folderOpen"), _command(task)
        )


def _command(task: object) -> str:
    if not isinstance(task, dict):
        return ""
    given = task.get("args")
    words = [task.get("command"), *(given if isinstance(given, list) else ())]
    return " ".join(word for word in words if isinstance(word, str))


def read_devcontainer(name: str, text: str) -> _Read:
    from goobits_scanner._manifests._json import parsed

    data = parsed(text, with_comments=True)
    if not isinstance(data, dict):
        return [found("manifest-broken", name, 1, text[:80])], [], []
    findings: list[Finding] = []
    for key, value in data.items():
        if key != "initializeCommand" and not re.fullmatch(
            r"(?:on|update|post)\w*Command", key
        ):
            continue
        rule = "container-host-command" if key[0] == "i" else "container-command"
        line = line_of(text, f'"{key}"')
        for command in _lines(value):
            findings.append(found(rule, name, line, f"{key}: {command}"))
            findings += shell_findings(
                command, name, line, "autorun" if key[0] == "i" else "ci"
            )
    return findings, [], []


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield " ".join(word for word in value if isinstance(word, str))
    elif isinstance(value, dict):
        for part in value.values():
            yield from _lines(part) if not isinstance(part, dict) else ()


_PAYLOAD = re.compile(
    r"\bexec\s*\(\s*(?:open|__import__)\b|base64|subprocess|urllib|socket|os\.system|popen"
    r"|requests|zlib|marshal|codecs\.decode|bytes\.fromhex"
)
_USUAL_HOOK = re.compile(
    r"import (?:[\w.]+|sys,\s*types,\s*os;has_mfs = sys\.version_info > \(3, 5\);.*"
    r"|os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os\.environ\.get\(var, 'local'\) == 'local';"
    r" enabled and __import__\('_distutils_hack'\)(?:\.add_shim\(\))?;? ?|__editable__\w*; .*)"
)


def read_startup(name: str, text: str) -> _Read:
    """Read what Python runs with every start: path files, sitecustomize, usercustomize."""
    if not name.endswith(".pth"):
        code = [
            line
            for line in text.splitlines()
            if line.strip() and line.strip()[0] != "#"
        ]
        if not code:
            return [], [], []
        depth = name.replace("!", "/").removeprefix("src/").count("/")
        severity = None if depth <= 1 and "test" not in name else INFO
        line = line_of(text, code[0])
        return (
            [found("python-starts-with-it", name, line, code[0], severity=severity)],
            [],
            [],
        )
    return list(_path_lines(name, text)), [], []


def _path_lines(name: str, text: str) -> Iterator[Finding]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith(("import ", "import\t")):
            continue
        is_usual = _USUAL_HOOK.fullmatch(line.strip()) is not None
        is_payload = not is_usual and _PAYLOAD.search(line) is not None
        rule = "python-path-file-payload" if is_payload else "python-path-file-runs"
        severity = LOW if "exec(" in line and not is_payload else None
        yield found(rule, name, number, line, severity=severity)


READERS = {
    "shell": read_shell,
    "makefile": read_makefile,
    "dockerfile": read_dockerfile,
    "vscode": read_editor,
    "devcontainer": read_devcontainer,
    "startup": read_startup,
}
