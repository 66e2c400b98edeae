"""The self test: before the first guest since the system started, the sandbox is attacked.

The launcher stands in the guest's place and tries what no guest may do. Where one attempt succeeds,
no guest is run. That a sandbox held is written down for this boot, this bwrap and this launcher,
in a folder that only its user can write and no guest is shown.
"""

from __future__ import annotations

import os

from goobits_sandbox import _bwrap, _plan, _seccomp
from goobits_sandbox._errors import UnavailableError
from goobits_sandbox._patterns import Patterns
from goobits_sandbox._policy import Limits
from goobits_sandbox._view import Overlay, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._bwrap import Bwrap
    from goobits_sandbox._plan import Plan

ATTEMPTS = (
    "read a file of the host",
    "read the environment of the sandbox's init",
    "made a file in /dev",
    "made a file in /usr",
    "made a socket to a hypervisor",
    "made a Unix socket",
    "reached a port of the host",
    "made a user namespace",
    "mounted a file system",
    "reached a process of the host",
    "asked to be traced",
    "made an io_uring",
    "pushed a character into a terminal",
    "could dump core",
)
_LIMITS = Limits(wall=20.0)


def ensure(bwrap: Bwrap, *, staged: bool, environ: dict[str, str]) -> None:
    """Attack the sandbox, unless it is known to have held since the system started.

    Costs 0.1 ms where it is known, and otherwise as much as two guests.

    Raises:
        UnavailableError: it did not hold, or could not be made. Nothing was executed.
    """
    record = _record_path(environ, "overlay" if staged else "plain")
    state = _state(bwrap)
    if state and _read(record) == state:
        return
    _bwrap.check_version(bwrap)
    attack(bwrap, staged=staged)
    if state:
        _write(record, state)


def attack(bwrap: Bwrap, *, staged: bool) -> None:
    """Run the attempts in the guest's place.

    Raises:
        UnavailableError: one of them succeeded, or the sandbox could not be made.
    """
    import socket
    import tempfile

    with (
        tempfile.TemporaryDirectory(prefix="goobits-") as folder,
        tempfile.NamedTemporaryFile(prefix="goobits-") as canary,
        socket.create_server(("127.0.0.1", 0)) as listener,
    ):
        words = (canary.name, str(listener.getsockname()[1]), str(os.getpid()))
        answer = _answer(bwrap, test_plan(words, folder if staged else ""))
    if answer:
        done = [text for bit, text in enumerate(ATTEMPTS) if answer >> bit & 1]
        raise UnavailableError(
            f"the self test {', '.join(done)}",
            "a layer of the sandbox does not hold on this system.",
            hint="run `goobits-sandbox doctor`, and report what it says.",
        )


def test_plan(words: tuple[str, str, str], folder: str) -> Plan:
    """Return the plan of a self test: a canary, a port, a process; a folder to write over."""
    overlays = (Overlay(folder, Patterns.parse((".",)), True),) if folder else ()
    seen = View((), overlays, (), (), "/tmp")
    return _plan.Plan(
        tuple(_plan.outer_words(overlays)),
        tuple(_plan.stage_words(overlays, _LIMITS)),
        tuple(_plan.bwrap_words(seen, (), _LIMITS, {})),
        (*_plan.guest_words(seen, (), _LIMITS, net=False, keep=()), "Y", *words),
        _seccomp.program(os.uname().machine),
    )


def _answer(bwrap: Bwrap, plan: Plan) -> int:
    """Return the attempts that succeeded, a bit each.

    Raises:
        UnavailableError: the sandbox could not be made, or gave no answer.
    """
    from goobits_sandbox._refusals import check
    from goobits_sandbox._running import Running
    from goobits_sandbox._spawning import spawn

    def ignore(_: object) -> None:
        return None

    running = Running(
        spawn(bwrap.path, plan, {}),
        _LIMITS,
        outputs=(ignore, ignore),
        feed=b"",
        on_listener=ignore,
    )
    running.wait()
    for upper in running.upper:
        os.close(upper)
    if running.answer is None:
        check(running)
        raise UnavailableError(
            "the self test gave no answer",
            "the launcher ended before it had tried.",
            hint="run `goobits-sandbox doctor`.",
        )
    return running.answer


def _state(bwrap: Bwrap) -> str:
    """Return what a result holds for: this boot, user, bwrap and launcher. "" if not known."""
    try:
        with open("/proc/sys/kernel/random/boot_id") as file:
            boot = file.read().strip()
    except OSError:
        return ""
    own = os.stat(_plan.launcher())
    ours = (own.st_dev, own.st_ino, own.st_size, own.st_mtime_ns)
    spaces = [os.readlink(f"/proc/self/ns/{name}") for name in ("user", "mnt")]
    return f"1 {boot} {os.getuid()} {spaces} {bwrap.path} {bwrap.identity} {ours}\n"


def _record_path(environ: dict[str, str], name: str) -> str:
    cache = environ.get("XDG_CACHE_HOME", "")
    if not cache.startswith("/"):
        cache = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(cache, "goobits", "sandbox", name)


def _read(path: str) -> str:
    """Return a record, or "" where there is none that only we can have written."""
    try:
        folder = os.lstat(os.path.dirname(path))
        if folder.st_uid != os.getuid() or folder.st_mode & 0o077:
            return ""
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW)) as file:
            return file.read(4096)
    except (OSError, UnicodeDecodeError):
        return ""


def _write(path: str, state: str) -> None:
    """Keep a record where that can be done; where not, the next guest waits for a self test."""
    folder = os.path.dirname(path)
    try:
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        if not os.path.isdir(folder):
            os.mkdir(folder, 0o700)
        new = f"{path}.{os.getpid()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        with open(os.open(new, flags, 0o600), "w") as file:
            file.write(state)
        os.replace(new, path)
    except OSError:
        return
