"""What was revoked is refused, and so is everything where that cannot be told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from goobits_plugin import RefusedError, Store, StoreError
from goobits_plugin._store._advisories import revoked

SHA256 = "ab" * 32


def test_nothing_is_revoked_at_first(store: Store, root: Path) -> None:
    """The file need not be there."""
    assert revoked(str(root), "acme/hello", "1.0", SHA256) == ""
    store.revoke("acme/hello", "x")
    store.unrevoke("acme/hello")
    assert revoked(str(root), "acme/hello", "1.0", SHA256) == ""


@pytest.mark.parametrize(
    ("version", "sha256", "is_hit"),
    [
        ("*", "*", True),
        ("1.0", "*", True),
        ("v1.0.0", "*", True),
        ("1.0.1", "*", False),
        ("10", "*", False),
        ("*", SHA256, True),
        ("*", "cd" * 32, False),
        ("1.0", SHA256, True),
        ("2.0", SHA256, False),
    ],
)
def test_version_and_hash_have_to_match(
    store: Store, root: Path, version: str, sha256: str, is_hit: bool
) -> None:
    """A wildcard is for all, and another spelling of a version is no way around."""
    store.revoke("acme/hello", "steals tokens", version=version, sha256=sha256)
    found = revoked(str(root), "acme/hello", "1.0", SHA256)
    assert found == ("steals tokens" if is_hit else "")
    assert revoked(str(root), "acme/hello2", "1.0", SHA256) == ""


def test_linked_plugin_is_revoked_by_version(store: Store, root: Path) -> None:
    """It has no hash."""
    store.revoke("acme/hello", "bad", version="1.0")
    assert revoked(str(root), "acme/hello", "1.0", "") == "bad"


def test_revoking_twice_replaces_the_reason(store: Store, root: Path) -> None:
    """The file does not grow with each look at the advisories of a registry."""
    store.revoke("acme/hello", "one")
    store.revoke("acme/other", "kept")
    store.revoke("acme/hello", "two\nlines\tand tabs")
    text = (root / "advisories.tsv").read_text()
    assert text == "acme/other\t*\t*\tkept\nacme/hello\t*\t*\ttwo lines and tabs\n"
    with pytest.raises(StoreError, match="not revoked"):
        store.unrevoke("acme/hello", version="3")


@pytest.mark.parametrize(
    "content",
    [
        b"acme/hello\t*\t*\n",
        b"acme/hello\t*\t*\treason\textra\n",
        b"acme/hello\t*\t\treason\n",
        b"acme\t*\t*\treason\n",
        b"\n",
        b"acme/hello\t*\t*\treas",
        b"acme/hello\t*\t*\t\xff\n",
        b"a/b\t*\t*\tgood\r\n\n",
    ],
)
def test_damaged_file_refuses_everything(root: Path, content: bytes) -> None:
    """What cannot be read might have said no."""
    root.mkdir(parents=True, mode=0o700)
    (root / "advisories.tsv").write_bytes(content)
    with pytest.raises(RefusedError, match=r"advisories\.tsv"):
        revoked(str(root), "other/plugin", "1.0", SHA256)


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "others"])
def test_what_is_not_the_users_file_refuses_everything(
    root: Path, tmp_path: Path, kind: str
) -> None:
    """Others must not be able to take an advisory back."""
    root.mkdir(parents=True, mode=0o700)
    path = root / "advisories.tsv"
    if kind == "link":
        (tmp_path / "empty").touch(0o600)
        path.symlink_to(tmp_path / "empty")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path, 0o600)
    else:
        path.touch()
        path.chmod(0o622)
    with pytest.raises(RefusedError, match=r"advisories\.tsv"):
        revoked(str(root), "acme/hello", "1.0", SHA256)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_foreign_file_refuses_everything(store: Store, root: Path) -> None:
    """Who owns it can empty it."""
    store.revoke("acme/hello", "bad")
    assert revoked(str(root), "acme/hello", "1.0", SHA256) == "bad"
    os.chown(root / "advisories.tsv", 12345, -1)
    with pytest.raises(RefusedError, match="another user"):
        revoked(str(root), "acme/hello", "1.0", SHA256)


def test_what_every_run_imports_is_light() -> None:
    """Each of these modules costs a run more than the whole look at the advisories."""
    code = (
        "import sys; import goobits_plugin._store._advisories; "
        "print(*{'dataclasses', 'typing', 'pathlib', 're', 'json', 'threading'} "
        "& sys.modules.keys())"
    )
    words = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path[:0] = {sys.path!r}; {code}",
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
