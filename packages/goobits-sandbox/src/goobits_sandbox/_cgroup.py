"""A control group for one guest, where this user may make one: the kernel then counts for us.

Root has one nearly everywhere; an ordinary user where a service manager has handed a part of the
hierarchy on (systemd does for its user services). Where there is none, limits of each process and
a look every 10 to 100 ms are what holds.
"""

from __future__ import annotations

import _thread
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from goobits_sandbox._policy import Limits

ROOT = "/sys/fs/cgroup"
_PREFIX = "goobits-"
# The name of a limit, in version 2 and in version 1 of control groups.
_PIDS = ("pids.max", "pids.max")  # the same in both
_MEMORY = ("memory.max", "memory.limit_in_bytes")
_SWAP = ("memory.swap.max", "memory.memsw.limit_in_bytes")
# bwrap, the sandbox's init and the launcher; while the stage is made, another bwrap.
_OWN = 4
_OWN_MEMORY = 8 << 20


class Cgroup:
    """The folders of one guest's control group, one for each hierarchy."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        self._folders = folders
        self._moved = _thread.allocate_lock()

    def begin(self, pid: int) -> None:
        """Put the first process into the group, while it does other things.

        The kernel takes some milliseconds to move one; who follows at once is moved at once.
        """
        self._moved.acquire()
        _thread.start_new_thread(self._begin, (pid,))

    def add(self, pids: list[int]) -> None:
        """Put processes into the group before they have children."""
        with self._moved:
            for pid in pids:
                self._add(pid)

    def _begin(self, pid: int) -> None:
        try:
            self._add(pid)
        finally:
            self._moved.release()

    def _add(self, pid: int) -> None:
        for folder in self._folders:
            _write(f"{folder}/cgroup.procs", str(pid))

    def close(self) -> None:
        """Remove the group, whose processes are gone."""
        self._moved.acquire()
        for folder in self._folders:
            _remove(folder)

    def peak(self) -> int:
        """Return the most bytes that the group has had at once, 0 where that is not told."""
        for folder in self._folders:
            for name in ("memory.peak", "memory.max_usage_in_bytes"):
                text = _read(f"{folder}/{name}").strip()
                if text.isdigit():
                    return int(text)
        return 0


def make(limits: Limits, root: str = ROOT) -> Cgroup | None:
    """Make a group with the limits' number of processes and memory, None where it cannot be."""
    parents = _parents(root)
    if not parents:
        return None
    name = f"{_PREFIX}{os.getpid()}-{os.urandom(6).hex()}"
    folders = tuple(f"{parent}/{name}" for parent in dict.fromkeys(parents))
    for parent in dict.fromkeys(parents):
        _sweep(parent)
    cgroup = Cgroup(folders)
    try:
        for folder in folders:
            os.mkdir(folder)
    except OSError:
        cgroup.close()
        return None
    memory = limits.memory + limits.disk + _OWN_MEMORY
    is_limited = all(
        [
            _limit(folders, _PIDS, limits.processes + _OWN),
            _limit(folders, _MEMORY, memory),
        ]
    )
    _limit(folders, _SWAP, 0 if _is_second(root) else memory)
    if not is_limited:
        cgroup.close()
        return None
    return cgroup


def _parents(root: str) -> list[str]:
    """Return where groups for processes and for memory can be made, none if not both."""
    own = dict(_own_groups())
    if _is_second(root):
        parent = (
            root if os.geteuid() == 0 else f"{root}{os.path.dirname(own.get('', '/'))}"
        )
        controllers = _read(f"{parent}/cgroup.subtree_control").split()
        is_ours = {"memory", "pids"} <= set(controllers) and os.access(parent, os.W_OK)
        return [parent.rstrip("/")] if is_ours else []
    parents = [
        f"{root}/{name}{own.get(name, '/')}".rstrip("/") for name in ("pids", "memory")
    ]
    return parents if all(os.access(parent, os.W_OK) for parent in parents) else []


def _own_groups() -> Iterator[tuple[str, str]]:
    """Yield the controllers of this process and its group of each, "" for version 2."""
    for line in _read("/proc/self/cgroup").splitlines():
        _, names, path = line.split(":", 2)
        for name in names.split(","):
            yield name, path


def _is_second(root: str) -> bool:
    return os.path.exists(f"{root}/cgroup.controllers")


def _limit(folders: tuple[str, ...], names: tuple[str, str], value: int) -> bool:
    """Set a limit in the one folder that has it."""
    for folder in folders:
        for name in names:
            if os.path.exists(f"{folder}/{name}"):
                return _write(f"{folder}/{name}", str(value))
    return False


def _sweep(parent: str) -> None:
    """Remove the groups of hosts that were killed."""
    try:
        names = os.listdir(parent)
    except OSError:
        return
    for name in names:
        owner = name.removeprefix(_PREFIX).partition("-")[0]
        if name.startswith(_PREFIX) and not os.path.exists(f"/proc/{owner}"):
            _remove(f"{parent}/{name}")


def _remove(folder: str) -> None:
    try:
        os.rmdir(folder)
    except OSError:
        return


def _read(path: str) -> str:
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def _write(path: str, text: str) -> bool:
    try:
        with open(path, "w") as file:
            file.write(text)
    except OSError:
        return False
    return True
