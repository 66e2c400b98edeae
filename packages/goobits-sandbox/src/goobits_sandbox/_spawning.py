"""The processes of a sandbox, started: their descriptors and nothing of what they mean."""

from __future__ import annotations

import _socket
import os

from goobits_sandbox._plan import INSIDE, launcher
from goobits_sandbox._signals import SIGHUP, SIGINT, SIGKILL, SIGPIPE, SIGTERM, send

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._plan import Plan

_INT = 4
# The descriptors that every sandbox is given besides the standard ones, by what they are for.
_NUMBERED = ("control", "status", "seccomp", "bwrap", "guest", "outer", "stage")


class Spawned:
    """The outermost process of a sandbox, as a pidfd, and our ends of what it was given."""

    def __init__(
        self, pid: int, pipes: tuple[int, int, int, int], control: _socket.socket
    ) -> None:
        self.stdin, self.stdout, self.stderr, self.state = pipes
        self.control = control.fileno()
        self.process = os.pidfd_open(pid)
        self.code: int | None = None
        self.pid = pid
        self._socket = control

    def is_alive(self) -> bool:
        return self.code is None

    def reap(self) -> None:
        """Take the status of the process, which has ended."""
        if self.code is None:
            _, status = os.waitpid(self.pid, 0)
            self.code = os.waitstatus_to_exitcode(status)

    def kill(self) -> None:
        if self.code is None:
            send(self.process, SIGKILL)
            self.reap()

    def hear(self, size: int, rights: int) -> tuple[bytes, list[int]]:
        """Return one message of the launcher, and the descriptors that came with it."""
        space = _socket.CMSG_LEN(rights * _INT)
        data, extra, _, _ = self._socket.recvmsg(size, space, _socket.MSG_CMSG_CLOEXEC)
        found: list[int] = []
        for _level, _kind, content in extra:
            whole = len(content) - len(content) % _INT
            found += memoryview(content[:whole]).cast("i")
        return data, found

    def release(self) -> None:
        """Let the launcher go on, which holds until then."""
        self._socket.send(b"g")

    def close(self) -> None:
        for descriptor in (self.stdout, self.stderr, self.state, self.process):
            os.close(descriptor)
        self._socket.close()


def spawn(bwrap: str, plan: Plan, keep: dict[int, int]) -> Spawned:
    """Start the plan's processes; `keep` maps numbers in the guest to descriptors of ours.

    Each gets exactly what is listed here under its own number, whatever else this process has open.

    Raises:
        OSError: the process cannot be started.
    """
    mine, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_SEQPACKET, 0)
    pipes = [os.pipe2(os.O_CLOEXEC) for _ in range(4)]
    (stdin, feed), (out, stdout), (err, stderr), (state, status) = pipes
    files = [os.memfd_create("goobits") for _ in _NUMBERED[2:]]
    given = [theirs.fileno(), status, *files]
    # Above every number in use, so that none is replaced before it has been copied.
    base = max(*given, stdin, feed, out, err, *keep, *keep.values()) + 16
    numbers = {name: base + index for index, name in enumerate(_NUMBERED)}
    words = [_joined(text) for text in _words(bwrap, plan, numbers)]
    for file, content in zip(files, (plan.seccomp, *words), strict=True):
        _fill(file, content)
    copied = [*given, stdin, stdout, stderr, *keep.values()]
    actions = [
        (os.POSIX_SPAWN_DUP2, source, base + i) for i, source in enumerate(copied)
    ]
    actions += [
        (os.POSIX_SPAWN_DUP2, base + len(given) + i, number)
        for i, number in enumerate((0, 1, 2, *keep))
    ]
    try:
        pid = os.posix_spawn(
            bwrap,
            _command(bwrap, plan, numbers),
            {},
            file_actions=actions,
            # What is typed at the terminal is for the host, which lets the guest end first.
            setpgroup=0,
            setsigmask=(),
            setsigdef=(SIGPIPE, SIGINT, SIGTERM, SIGHUP),
        )
    except OSError:
        for descriptor in (feed, out, err, state):
            os.close(descriptor)
        mine.close()
        raise
    finally:
        for descriptor in (stdin, stdout, stderr, *given[1:]):
            os.close(descriptor)
        theirs.close()
    return Spawned(pid, (feed, out, err, state), mine)


def _command(bwrap: str, plan: Plan, numbers: dict[str, int]) -> list[str]:
    if not plan.stage:
        return [bwrap, *_inner(numbers)]
    return [bwrap, "--args", str(numbers["outer"]), launcher(), str(numbers["stage"])]


def _inner(numbers: dict[str, int]) -> tuple[str, ...]:
    inside = f"{INSIDE}/{os.path.basename(launcher())}"
    return ("--args", str(numbers["bwrap"]), inside, str(numbers["guest"]))


def _words(bwrap: str, plan: Plan, numbers: dict[str, int]) -> list[tuple[str, ...]]:
    """Return what is read from the last four of the numbered descriptors."""
    control = str(numbers["control"])
    seccomp = ("--seccomp", str(numbers["seccomp"])) if plan.seccomp else ()
    state = ("--json-status-fd", str(numbers["status"]))
    return [
        (*seccomp, *state, *plan.bwrap),
        ("guest", control, *plan.guest),
        plan.outer,
        ("stage", control, *plan.stage, "X", bwrap, *_inner(numbers)),
    ]


def _joined(words: tuple[str, ...]) -> bytes:
    return b"".join(os.fsencode(word) + b"\0" for word in words)


def _fill(file: int, content: bytes) -> None:
    """Write the content to a file, and go back to its beginning."""
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]
    os.lseek(file, 0, os.SEEK_SET)
