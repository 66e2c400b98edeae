"""Why a sandbox could not be made, in words that its user can act on."""

from __future__ import annotations

import os

from goobits_sandbox._errors import CommandNotFoundError, UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from goobits_sandbox._running import Running

_SETUP = (
    "run `sudo goobits-sandbox sandbox-setup`, which gives bwrap the profile it needs."
)
_CONTAINER = (
    "give the container user namespaces and an unmasked /proc "
    "(docker run --security-opt seccomp=unconfined --security-opt systempaths=unconfined), "
    "or run it on the host itself."
)
_KERNEL = "use Linux 5.19 or newer with `landlock` in its `lsm=` list."
# What a step of the launcher was for, by its letter: see launch.c.
_STEPS = {
    "c": ("capabilities could not be given up", "run it as an ordinary user."),
    "f": ("no system call filter was installed", "use a kernel with seccomp filters."),
    "l": ("this kernel has no Landlock, or it is switched off.", _KERNEL),
    "L": ("this kernel's Landlock is older than what the sandbox needs.", _KERNEL),
    "t": ("a temporary file system could not be mounted.", _CONTAINER),
    "o": (
        "this kernel lets no ordinary user mount an overlay.",
        "use Linux 5.11 or newer.",
    ),
    "n": (
        "the port of the proxy could not be bound.",
        "report this, with the words above.",
    ),
    "u": ("the guest would have been root.", "report this, with the words above."),
    "v": ("privileges could still be gained.", "report this, with the words above."),
}
_OTHER = ("the launcher could not finish.", "report this, with the words above.")


def check(running: Running) -> None:
    """Raise what kept a sandbox from beginning, if something did.

    Raises:
        UnavailableError: the system could not hold it.
        CommandNotFoundError: it held, and what was to be run is no program.
    """
    if running.refusal is None:
        if not running.ready:
            _raise_unmade(running.words.decode(errors="replace"))
        return
    step, number = running.refusal
    why = os.strerror(number)
    if step.startswith("E"):
        raise CommandNotFoundError(
            f"the program could not be started: {why}",
            "",
            hint="is its file format right, and its interpreter there?",
        )
    cause, fix = _STEPS.get(step[1:], _OTHER)
    said = f"ABI {number}" if step == "FL" else f"launcher, step {step[1:]}: {why}"
    raise UnavailableError(said, cause, hint=fix)


def _raise_unmade(words: str) -> NoReturn:
    """Raise what bwrap's own words mean."""
    said = " ".join(words.split()) or "bwrap ended without a word"
    cause, fix = _meaning(said)
    raise UnavailableError(said, cause, hint=fix)


def _meaning(said: str) -> tuple[str, str]:
    lowered = said.lower()
    if "namespace" in lowered or "uid map" in lowered or "loopback" in lowered:
        return _no_namespaces()
    if "seccomp" in lowered:
        return (
            "this kernel refused the system call filter.",
            "use a kernel with seccomp filters.",
        )
    if "proc" in lowered and "mount" in lowered:
        return "this container hides parts of /proc.", _CONTAINER
    if "unknown option" in lowered:
        return "this bwrap is too old.", "install bubblewrap 0.8 or newer."
    return "bwrap could not make the sandbox.", "run `goobits-sandbox doctor`."


def _no_namespaces() -> tuple[str, str]:
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return "AppArmor keeps bwrap from making user namespaces.", _SETUP
    if _setting("user/max_user_namespaces") == "0":
        cause = "user namespaces are switched off (user.max_user_namespaces is 0)."
        return cause, "run `sudo sysctl -w user.max_user_namespaces=15000`."
    if _setting("kernel/unprivileged_userns_clone") == "0":
        cause = "user namespaces are for root alone (kernel.unprivileged_userns_clone is 0)."
        return cause, "run `sudo sysctl -w kernel.unprivileged_userns_clone=1`."
    return "this system, perhaps a container, allows no user namespaces.", _CONTAINER


def _setting(name: str) -> str:
    try:
        with open(f"/proc/sys/{name}") as file:
            return file.read().strip()
    except OSError:
        return ""
