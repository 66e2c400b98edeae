"""The words that make one sandbox: bwrap's own, and those of the launcher inside.

Pure: the same view, program and limits give the same words, and nothing is asked of the system but
which of a few paths exist. Each layer of the sandbox is one function here or one file beside it.
"""

from __future__ import annotations

import os

from goobits_sandbox._frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from goobits_sandbox._policy import Limits
    from goobits_sandbox._view import Overlay, View

ID = "1000"
PROXY_PORT = 3128
HOME = "/tmp"
INSIDE = "/run/goobits"
# Over this folder, which no guest is shown, lies what the stage mounts before the sandbox is made.
STAGE = "/sys"
_OURS = os.path.join(os.path.dirname(__file__), "_inside")
_ROOTS = ("bin", "lib", "lib32", "lib64", "libx32", "sbin")
# Every mount costs: a link to a folder that is mounted anyway does not.
_LINKS = ("group", "hosts", "nsswitch.conf", "passwd")
_ETC = (
    "alternatives",
    "ld.so.cache",
    "pki/ca-trust/extracted",
    "pki/tls/certs",
    "ssl/cert.pem",
    "ssl/certs",
)
# What tells which machine or which user's session it is, or what others do on it.
_PROC = ("cmdline", "diskstats", "key-users", "keys", "partitions", "timer_list")
_DEVICES = ("full", "null", "pts", "ptmx", "random", "tty", "urandom", "zero")
# Of <sys/resource.h>, alike on both machines.
_CPU, _FSIZE, _DATA, _CORE, _NPROC, _NOFILE, _MEMLOCK, _SIGPENDING, _MSGQUEUE = (
    0, 1, 2, 4, 6, 7, 8, 11, 12,
)  # fmt: skip
# bwrap as the sandbox's init and the launcher count as processes of the guest.
_OWN_PROCESSES = 2


class Plan(Frozen):
    """What is run: the words of each part, in the order in which the parts run.

    `outer` are the options of the bwrap that makes the stage, `stage` what the launcher mounts
    there; both are empty where nothing is written. `bwrap` are the options of the one that makes
    the sandbox, `seccomp` the program that it installs, `guest` what the launcher does inside.
    """

    outer: tuple[str, ...]
    stage: tuple[str, ...]
    bwrap: tuple[str, ...]
    guest: tuple[str, ...]
    seccomp: bytes


def stage_words(overlays: tuple[Overlay, ...], limits: Limits) -> Iterator[str]:
    """Yield what the launcher mounts in the stage: one tmpfs, and an overlay for each root."""
    if not overlays:
        return
    yield "T"
    yield STAGE
    yield f"size={limits.disk},nr_inodes={limits.entries},mode=0755"
    for index, overlay in enumerate(overlays):
        at = f"{STAGE}/{index}"
        for folder in (at, f"{at}/lower", f"{at}/upper", f"{at}/work", f"{at}/merged"):
            yield from ("G", folder)
        if overlay.lower:
            yield from ("B", overlay.root, f"{at}/lower")
        options = f"lowerdir={at}/lower,upperdir={at}/upper,workdir={at}/work,userxattr"
        yield from ("O", options, f"{at}/merged", f"{at}/upper")


def outer_words(overlays: tuple[Overlay, ...]) -> Iterator[str]:
    """Yield what makes the namespace in which the stage may mount, and nothing else."""
    if overlays:
        yield from ("--unshare-user", "--uid", ID, "--gid", ID, "--die-with-parent")
        # An overlay acts with what its maker had: it keeps a folder that nobody may enter.
        for name in ("CAP_SYS_ADMIN", "CAP_DAC_OVERRIDE", "CAP_FOWNER"):
            yield from ("--cap-add", name)
        yield from ("--dev-bind", "/", "/")


def bwrap_words(
    view: View, trees: tuple[str, ...], limits: Limits, variables: dict[str, str]
) -> Iterator[str]:
    """Yield what makes the sandbox."""
    yield from _namespaces()
    yield from _system(limits)
    for tree in trees:
        yield from ("--ro-bind", tree, tree)
    for root in view.reads:
        yield from ("--ro-bind", root, root)
    for path, place in view.mounts:
        yield from ("--ro-bind", path, place)
    for index, overlay in enumerate(view.overlays):
        yield from ("--bind", f"{STAGE}/{index}/merged", overlay.root)
    for path in view.masked:
        yield from _mask(path)
    yield from ("--remount-ro", "/", "--chdir", view.folder)
    for name, value in variables.items():
        yield from ("--setenv", name, value)


def _namespaces() -> Iterator[str]:
    for name in ("user", "pid", "net", "ipc", "uts", "cgroup"):
        yield f"--unshare-{name}"
    yield from ("--disable-userns", "--die-with-parent", "--new-session")
    yield from ("--uid", ID, "--gid", ID, "--hostname", "sandbox")


def _system(limits: Limits) -> Iterator[str]:
    """Yield the file system that every guest has."""
    yield from ("--ro-bind", "/usr", "/usr")
    for name in _ROOTS:
        path = f"/{name}"
        if os.path.islink(path):
            yield from ("--symlink", os.readlink(path), path)
        elif os.path.isdir(path):
            yield from ("--ro-bind", path, path)
    yield from _settings()
    yield from ("--proc", "/proc", "--dev", "/dev")
    for name in _PROC:
        if os.path.exists(f"/proc/{name}"):
            yield from _mask(f"/proc/{name}")
    yield from ("--ro-bind", f"{_OURS}/boot_id", "/proc/sys/kernel/random/boot_id")
    for path in ("/dev/shm", HOME):
        yield from ("--perms", "1777", "--size", str(limits.disk), "--tmpfs", path)


def _settings() -> Iterator[str]:
    """Yield /etc: files of ours, and those of the host without which programs do not start."""
    yield from ("--ro-bind", _OURS, INSIDE)
    for name in _LINKS:
        yield from ("--symlink", f"{INSIDE}/{name}", f"/etc/{name}")
    yield from ("--symlink", "/usr/lib/os-release", "/etc/os-release")
    if os.path.islink("/etc/localtime"):
        yield from ("--symlink", os.path.realpath("/etc/localtime"), "/etc/localtime")
    for name in _ETC:
        if os.path.exists(f"/etc/{name}"):
            yield from ("--ro-bind", os.path.realpath(f"/etc/{name}"), f"/etc/{name}")


def _mask(path: str) -> Iterator[str]:
    """Cover a path: a folder by an empty one, a file by one that cannot be opened."""
    if os.path.isdir(path):
        yield from ("--perms", "0555", "--size", "4096", "--tmpfs", path)
        yield from ("--remount-ro", path)
    else:
        yield from ("--ro-bind", "/dev/null", path)


def guest_words(
    view: View,
    trees: tuple[str, ...],
    limits: Limits,
    *,
    net: bool,
    keep: tuple[int, ...],
) -> Iterator[str]:
    """Yield what the launcher does inside before it becomes the guest, but for the command."""
    yield from ("V", "/")
    places = (place for _, place in view.mounts)
    system = ("/usr", "/etc", "/proc", INSIDE, *_own_roots())
    for path in (*system, *trees, *view.reads, *places):
        yield from ("R", path)
    for path in (HOME, "/dev/shm", *(overlay.root for overlay in view.overlays)):
        yield from ("W", path)
    for name in _DEVICES:
        yield from ("D", f"/dev/{name}")
    if net:
        yield from ("P", str(PROXY_PORT), "L", str(PROXY_PORT))
    yield "H"
    for resource, value in _resources(limits):
        yield from ("I", str(resource), str(value))
    for descriptor in keep:
        yield from ("K", str(descriptor))


def _own_roots() -> Iterator[str]:
    for name in _ROOTS:
        if os.path.isdir(f"/{name}") and not os.path.islink(f"/{name}"):
            yield f"/{name}"


def _resources(limits: Limits) -> Iterator[tuple[int, int]]:
    yield _CPU, max(1, -int(-limits.cpu // 1))
    yield _FSIZE, limits.disk
    yield _DATA, limits.memory
    yield _CORE, 0
    yield _NPROC, limits.processes + _OWN_PROCESSES
    yield _NOFILE, limits.files
    yield _MEMLOCK, 65536
    yield _SIGPENDING, 1024
    yield _MSGQUEUE, 0


def launcher() -> str:
    """Return the path on the host of the launcher that this machine runs."""
    return f"{_OURS}/launch-{os.uname().machine}"
