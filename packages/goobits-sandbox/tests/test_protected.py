"""What no guest writes, and what none reads."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from goobits_sandbox import PolicyError
from goobits_sandbox._protected import protects, refusal, secrets

PEM = "-----BEGIN RSA PRIVATE KEY-----\n"


NAMES = (
    ".envrc .env .env.local .ENVRC .direnv .vscode .idea .devcontainer .husky .npmrc .netrc"
    " .yarnrc.yml .pypirc .ssh .gnupg .bashrc .zshenv .profile .vimrc .exrc .gdbinit .gitconfig"
    " mise.toml .tool-versions .pre-commit-config.yaml autorun.inf AutoRun.inf desktop.ini"
    " Desktop.ini evil.desktop .directory .git .GIT .Git git~1 GIT~2 .git. .g\u200cit"
    " .git::$INDEX_ALLOCATION .envrc. .\u017fsh"
)


@pytest.mark.parametrize("name", [*NAMES.split(" "), ".git "])
def test_name_that_others_run_is_protected(name: str) -> None:
    """Programs run or trust these because of where they lie: that is how a guest would get out."""
    assert protects(name)
    assert refusal(("a", name, "b"))


@pytest.mark.parametrize(
    "name", "main.py environment env git .gitignore .github a".split()
)
def test_ordinary_name_is_not_protected(name: str) -> None:
    """A guard that refuses everything would be turned off."""
    assert not protects(name)


@pytest.mark.parametrize(
    ("path", "is_refused"),
    [
        (".git/HEAD", False),
        (".git/index", False),
        (".git/refs/heads/main", False),
        (".git/objects/ab/cd", False),
        (".git/logs/HEAD", False),
        (".git/MERGE_HEAD", False),
        (".git", True),
        (".git/config", True),
        (".git/config.worktree", True),
        (".git/hooks/pre-commit", True),
        (".git/info/attributes", True),
        (".git/objects/info/alternates", True),
        (".git/modules/a/config", True),
        (".git/rebase-merge/git-rebase-todo", True),
        (".git/commondir", True),
        (".GIT/HEAD", True),
        ("a/HEAD", True),
        ("a\nb", True),
        ("a\udcff", True),
    ],
)
def test_git_folder_is_written_by_a_list(path: str, is_refused: bool) -> None:
    """What git runs lies beside what a commit has to change."""
    assert bool(refusal(tuple(path.split("/")))) is is_refused


def test_repository_under_another_name_is_a_git_folder() -> None:
    """Git reads the config of any folder that holds HEAD, objects and refs."""
    assert refusal(("bare", "config"), frozenset((1,)))
    assert not refusal(("bare", "config"))
    assert not refusal(("bare", "refs", "x"), frozenset((1,)))


def test_secrets_are_found_by_name_and_by_content(tmp_path: Path) -> None:
    """A guest that may read the project must not read what lies in it by chance."""
    files = {
        ".env": "", ".env.local": "", ".env.example": "", ".npmrc": "", "a/id_rsa": "",
        "a/id_rsa.pub": "", "key.pem": PEM, "cert.pem": "CERTIFICATE", "x.key": "no",
        "store.p12": "", "sa.json": '{"private_key": 1}', "package.json": "{}",
        ".ssh/config": "", "node_modules/p/.env": "", "venv/pyvenv.cfg": "",
        "venv/.env": "", "target/.env": "",
    }  # fmt: skip
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.pem")
    assert sorted(secrets(str(tmp_path))) == sorted(
        ".env .env.local .npmrc .ssh a/id_rsa key.pem sa.json store.p12 target/.env".split()
    )


def test_too_large_a_folder_is_refused(tmp_path: Path) -> None:
    """A search that gives up quietly would show the secrets that it did not reach."""
    for index in range(20):
        (tmp_path / str(index)).touch()
    assert list(secrets(str(tmp_path), entries=20)) == []
    with pytest.raises(PolicyError, match="more than 19"):
        list(secrets(str(tmp_path), entries=19))


def test_ten_thousand_files_are_searched_quickly(tmp_path: Path) -> None:
    """Every run pays for the search."""
    for folder in range(100):
        (tmp_path / str(folder)).mkdir()
        for index in range(100):
            (tmp_path / str(folder) / f"{index}.py").touch()
    started = time.perf_counter()
    assert not list(secrets(str(tmp_path)))
    assert time.perf_counter() - started < 1.0
