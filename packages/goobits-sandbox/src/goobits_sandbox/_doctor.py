"""What this system gives a sandbox, one finding for each layer, and how to mend what it lacks."""

from __future__ import annotations

from goobits_sandbox import _bwrap
from goobits_sandbox._cgroup import make as make_cgroup
from goobits_sandbox._errors import UnavailableError
from goobits_sandbox._frozen import Frozen
from goobits_sandbox._policy import Limits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._bwrap import Bwrap

# What Landlock adds with each version, from that one on.
_LANDLOCK = (
    (4, "TCP ports"),
    (5, "ioctl on devices"),
    (6, "signals, abstract sockets"),
)


class Finding(Frozen):
    """One thing that a sandbox needs: whether it is there, in whose words, and how to mend it."""

    name: str
    holds: bool
    said: str
    fix: str = ""

    def text(self) -> str:
        """Return the finding as one or two lines."""
        mark = "ok" if self.holds else "MISSING"
        fix = f"          fix: {self.fix}\n" if self.fix else ""
        return f"{mark:8}  {self.name}: {self.said}\n{fix}"


def doctor(*, bwrap: str = "") -> tuple[Finding, ...]:
    """Look at every layer and attack the sandbox, without and with something to write over.

    Asks the system each time, whatever is known of it. Costs about 50 ms.
    """
    try:
        found = _bwrap.find(bwrap)
        version = _bwrap.check_version(found)
    except UnavailableError as error:
        return (_missing("bwrap", error), _landlock())
    shown = ".".join(map(str, version))
    return (
        Finding("bwrap", True, f"{found.path}, version {shown}"),
        _landlock(),
        _attacked("namespaces, files, system calls", found, staged=False),
        _attacked("overlays to write over", found, staged=True),
        _limits(),
    )


def _attacked(name: str, bwrap: Bwrap, *, staged: bool) -> Finding:
    from goobits_sandbox._selftest import ATTEMPTS, attack

    try:
        attack(bwrap, staged=staged)
    except UnavailableError as error:
        return _missing(name, error)
    return Finding(name, True, f"{len(ATTEMPTS)} attacks, none succeeded")


def _limits() -> Finding:
    group = make_cgroup(Limits())
    if group is None:
        said = "of each process, and a look at all of them every 10 to 100 ms"
        return Finding("limits", True, f"{said}; this user has no control group")
    group.close()
    return Finding(
        "limits", True, "of each process, and a control group for all of them"
    )


def _landlock() -> Finding:
    abi = landlock_abi()
    if abi < 2:
        said = f"version {abi}" if abi > 0 else "not in this kernel, or switched off"
        fix = "use Linux 5.19 or newer with `landlock` in its `lsm=` list"
        return Finding("Landlock", False, said, fix)
    without = [text for version, text in _LANDLOCK if abi < version]
    rest = f"; {', '.join(without)} rest on namespaces alone" if without else ""
    return Finding("Landlock", True, f"version {abi}{rest}")


def landlock_abi() -> int:
    """Return the version of Landlock that this kernel has, below 1 where it has none."""
    import ctypes

    create_ruleset = 444
    libc = ctypes.CDLL(None, use_errno=True)
    return int(libc.syscall(create_ruleset, None, 0, 1))


def _missing(name: str, error: UnavailableError) -> Finding:
    return Finding(name, False, f"{error.said} ({error.cause})", error.hint)
