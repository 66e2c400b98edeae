"""What the files that declare, build, lock and run a package say.

Nothing is imported before a file needs it: most packages have few of these.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from goobits_scanner._dependencies import Dependency
    from goobits_scanner._finding import Capability, Finding

_NAMES = {
    "package.json": "npm",
    "package-lock.json": "package-lock",
    "npm-shrinkwrap.json": "package-lock",
    ".package-lock.json": "package-lock",
    "yarn.lock": "yarn-lock",
    "pnpm-lock.yaml": "pnpm-lock",
    ".npmrc": "npmrc",
    "binding.gyp": "gyp",
    "pyproject.toml": "pyproject",
    "setup.cfg": "setup-cfg",
    "entry_points.txt": "entry-points",
    "Pipfile": "pipfile",
    "poetry.lock": "pypi-lock",
    "uv.lock": "pypi-lock",
    "pdm.lock": "pypi-lock",
    "sitecustomize.py": "startup",
    "usercustomize.py": "startup",
    "Cargo.toml": "cargo",
    "Cargo.lock": "cargo-lock",
    "Makefile": "makefile",
    "makefile": "makefile",
    "GNUmakefile": "makefile",
    "justfile": "makefile",
    "Justfile": "makefile",
    ".justfile": "makefile",
    "Dockerfile": "dockerfile",
    "Containerfile": "dockerfile",
    "devcontainer.json": "devcontainer",
    ".devcontainer.json": "devcontainer",
    ".envrc": "shell",
    ".bashrc": "shell",
    ".profile": "shell",
}
_SUFFIXES = {
    "sh": "shell",
    "bash": "shell",
    "zsh": "shell",
    "ksh": "shell",
    "fish": "shell",
    "command": "shell",
    "ps1": "shell",
    "psm1": "shell",
    "bat": "shell",
    "cmd": "shell",
    "mk": "makefile",
    "just": "makefile",
    "gypi": "gyp",
    "dockerfile": "dockerfile",
    "pth": "startup",
}
_SHELLS = ("sh", "bash", "zsh", "dash", "ksh", "ash", "fish")


def manifest_findings(
    name: str, text: str
) -> tuple[list[Finding], list[Dependency], list[Capability]]:
    """Read a manifest, lock file or script; a file that is none of these has nothing."""
    kind = manifest_kind(name, text[:80])
    if not kind:
        return [], [], []
    from goobits_scanner._dependencies._squats import squat_findings

    findings, dependencies, capabilities = _reader(kind)(name, text)
    if not kind.endswith("-lock"):
        findings += squat_findings(dependencies)
    return findings, dependencies, capabilities


def manifest_kind(name: str, start: str = "") -> str:
    """Return what kind of manifest a file is, or "" where it is none.

    `start` is how the file begins: scripts without a suffix are told by their first line.
    """
    folder, _, base = name.replace("!", "/").rpartition("/")
    if kind := _NAMES.get(base):
        return kind
    stem, dot, suffix = base.rpartition(".")
    if dot and (kind := _SUFFIXES.get(suffix.lower())):
        return kind
    if suffix == "txt" and ("requirements" in stem or folder.endswith("requirements")):
        return "requirements"
    if suffix in ("yml", "yaml"):
        is_workflow = f"/{folder}".endswith(("/.github/workflows", "/.gitea/workflows"))
        return "workflow" if is_workflow or base.startswith("action.") else ""
    if f"/{folder}".endswith("/.vscode") and base in ("tasks.json", "settings.json"):
        return "vscode"
    if f"/{folder}".endswith("/.cargo") and base in ("config.toml", "config"):
        return "cargo-config"
    if base.startswith("Dockerfile."):
        return "dockerfile"
    return "shell" if start.startswith("#!") and _is_shell(start) else ""


def _is_shell(start: str) -> bool:
    first = start[2:].partition("\n")[0].replace("/", " ").split()
    return any(word in _SHELLS for word in first)


def _reader(
    kind: str,
) -> Callable[[str, str], tuple[list[Finding], list[Dependency], list[Capability]]]:
    if kind in ("npm", "npmrc", "gyp"):
        from goobits_scanner._manifests import _npm

        return _npm.READERS[kind]
    if kind.startswith("cargo") and kind != "cargo-lock":
        from goobits_scanner._manifests import _cargo

        return _cargo.READERS[kind]
    if kind in ("pyproject", "setup-cfg", "entry-points", "pipfile", "requirements"):
        from goobits_scanner._manifests import _python

        return _python.READERS[kind]
    if kind.endswith("-lock"):
        from goobits_scanner._dependencies import _locks

        return _locks.READERS[kind]
    if kind == "workflow":
        from goobits_scanner._manifests._workflows import read_workflow

        return read_workflow
    from goobits_scanner._manifests import _scripts

    return _scripts.READERS[kind]


__all__ = ["manifest_findings", "manifest_kind"]
