"""What a guest may do, and how much of what it may use."""

from __future__ import annotations

from goobits_sandbox._frozen import Frozen

MIB = 1 << 20


class Limits(Frozen):
    """The most that a guest may use, all its processes together where not said otherwise.

    `memory` bytes (also what a single process may reserve: Node 24 alone reserves 560 MiB), `wall`
    seconds, `cpu` seconds (also for a single process), `processes` and threads, `output` bytes of
    stdout and stderr, `disk` bytes of all it writes, `files` open in one process, `entries` made in
    the file system.
    """

    memory: int = 768 * MIB
    wall: float = 60.0
    cpu: float = 30.0
    processes: int = 64
    output: int = 8 * MIB
    disk: int = 64 * MIB
    files: int = 1024
    entries: int = 65536


class Policy(Frozen):
    """What one guest may do; what is not said here is refused.

    `read` and `write` are paths below `project` or absolute ones; `write` takes patterns too
    (`*`, `**`, `?`). What the guest wrote comes back when it has ended, and only what `write`
    allows. `run` are host programs outside of /usr to bring in; `net` are "host:port", reached over
    TLS or HTTP through a proxy; `env` are names of variables that are handed on, and `variables`
    (name, value) pairs that are set. `mounts` are (path, place) pairs: what the caller vouches for,
    a file or folder of the host, is shown read-only at an absolute place outside of the system's
    folders. `project` is the folder that the guest starts in: an absolute path, "" for the current
    folder.
    """

    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    net: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    env: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    mounts: tuple[tuple[str, str], ...] = ()
    project: str = ""
    limits: Limits = Limits()
