"""The AppArmor profile that lets bwrap make user namespaces where AppArmor keeps others from it.

Ubuntu 24.04 lets only programs with a profile make them. The profile confines nothing: like the
system's own profiles of browsers it names the program and gives it that one right, and so every
program that may start bwrap may make user namespaces through it, as it could on other systems.
"""

from __future__ import annotations

import os

from goobits_sandbox._errors import GoobitsSandboxError

PROFILE = """\
abi <abi/4.0>,
profile bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
}
"""
_RESTRICTION = "proc/sys/kernel/apparmor_restrict_unprivileged_userns"
_FILE = "etc/apparmor.d/bwrap"


class SetupError(GoobitsSandboxError):
    """The profile cannot be installed; nothing was changed."""


def install(root: str = "/", parser: str = "/usr/sbin/apparmor_parser") -> str:
    """Write and load the profile where it is needed, and say what was done.

    Raises:
        SetupError: it is needed, and cannot be written or loaded; nothing was changed.
    """
    if _read(os.path.join(root, _RESTRICTION)).strip() != "1":
        return "AppArmor restricts no user namespaces here: nothing to do."
    target = os.path.join(root, _FILE)
    known = _read(target)
    if known == PROFILE:
        return f"{target} is there already: nothing to do."
    if known:
        raise SetupError(
            f"{target} is another profile of bwrap",
            hint="add `userns,` to it, and load it with `apparmor_parser -r`",
        )
    try:
        _install(target, parser)
    except OSError as error:
        raise SetupError(
            f"{target} cannot be installed: {error}",
            hint="run `sudo goobits-sandbox sandbox-setup`",
        ) from error
    return f"Wrote and loaded {target}."


def _install(target: str, parser: str) -> None:
    import subprocess

    new = f"{target}.goobits-new"
    try:
        with open(
            os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "w"
        ) as file:
            file.write(PROFILE)
        loaded = subprocess.run([parser, "-r", new], capture_output=True, text=True)
        if loaded.returncode:
            raise OSError(loaded.stderr.strip() or "apparmor_parser failed")
        os.replace(new, target)
    finally:
        if os.path.exists(new):
            os.unlink(new)


def _read(path: str) -> str:
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""
