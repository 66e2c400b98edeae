"""The probes that only native code has; `rust/main.rs` finds each attack by its name."""

from __future__ import annotations

from attack_probe import MIB, Probe

_SMALL = (
    ("memory", 64 * MIB),
    ("disk", 4 * MIB),
    ("processes", 16),
    ("output", 64 * 1024),
    ("wall", 3.0),
)


def _own(name: str, kind: str, why: str, **more: object) -> Probe:
    return Probe(name, kind, why, "", **more)


def _bomb(name: str, kind: str, why: str) -> Probe:
    return Probe(name, kind, why, "", control="confined", limits=_SMALL)


_FILES = (
    _own(
        "reads-each-secret", "files", "Keys and tokens are what most thieves come for."
    ),
    _own(
        "reads-beyond-a-path-descriptor",
        "files",
        "A descriptor that needs no right to read is opened again with one.",
    ),
    _own(
        "reads-through-roots-of-processes",
        "proc",
        "The root of another process shows what one's own does not.",
    ),
    _own(
        "reads-through-folders-of-processes",
        "proc",
        "The folder of another process leads up to the host's root.",
    ),
    _own(
        "reads-descriptors-of-processes",
        "proc",
        "What others have open is opened through them.",
    ),
    _own(
        "reopens-inherited-descriptors",
        "files",
        "A descriptor that was left open reads what no path leads to.",
    ),
    _own(
        "opens-by-the-newer-call",
        "files",
        "openat2 takes its flags from memory, where no filter looks.",
    ),
    _own(
        "handle-of-the-root",
        "files",
        "The number of the first file of a file system opens all of it.",
        root=True,
    ),
    _own(
        "links-a-secret-hard",
        "links",
        "A second name of a file is not hidden by its path.",
    ),
    _own(
        "links-a-secret-by-descriptor",
        "links",
        "A descriptor that cannot read is given a name that can be read.",
    ),
    _own(
        "leaves-a-symlink",
        "links",
        "A link that is left in out/ is followed by whoever reads the results.",
    ),
    _own(
        "swaps-names-in-a-race",
        "races",
        "Between the look at a name and its use, the name comes to mean another file.",
    ),
    _own(
        "writes-what-is-read-only",
        "files",
        "What others run or read is made to say more.",
    ),
    _own(
        "writes-through-its-own-root",
        "shell-startup",
        "/proc/PID/root leads to files past the mounts of a path.",
    ),
    _own(
        "makes-special-files",
        "files",
        "A FIFO or device in out/ holds up whoever reads it.",
    ),
    _own(
        "sets-the-user-bit",
        "setuid",
        "A program with the bit runs with its owner's rights.",
    ),
    _own(
        "changes-modes-and-owners",
        "files",
        "A key that everybody may read is no secret.",
    ),
    _own(
        "whites-out-a-file",
        "races",
        "A whiteout says to the copying back that a file was removed.",
    ),
    _own(
        "hooks-of-the-repository", "git", "git runs the hook at the user's next commit."
    ),
    _own(
        "start-up-files-of-the-home",
        "shell-startup",
        "The next shell runs what is in them.",
    ),
    _own(
        "splices-from-a-secret", "files", "Pages of a file reach a pipe without a read."
    ),
    _own(
        "identity-of-the-machine",
        "identity",
        "What names the machine follows its user.",
    ),
    _own(
        "runs-a-file-of-memory",
        "proc",
        "A program that is in no file is found by nobody, and run past rules for files.",
    ),
)

_KERNEL = (
    _own(
        "call-number-with-high-bits",
        "io_uring",
        "A filter that compares 64 bits of a call's number misses what the kernel cuts to 32.",
    ),
    _own(
        "userfaultfd-by-its-device",
        "userfaultfd",
        "The device gives what the call refuses.",
        root=True,
    ),
    _own(
        "memory-in-a-file-of-none",
        "memory",
        "A file of no file system holds memory that neither processes nor disks are charged.",
    ),
    _own(
        "aio-context",
        "io_uring",
        "The contexts of the older rings are few, and shared with the host.",
    ),
    _own("socket-of-32-bits", "vsock", "The 32-bit calls make the same sockets."),
    _own(
        "calls-from-a-32-bit-segment",
        "proc",
        "A far jump makes any program a 32-bit one, without an exec.",
    ),
    _own(
        "calls-of-the-x32-kind",
        "io_uring",
        "A second table of the same calls has numbers that a list of refusals misses.",
    ),
    _own(
        "keystrokes-with-the-sign-bit",
        "tiocsti",
        "A number that is negative to the filter is the same to the kernel.",
    ),
    _own(
        "console-of-the-machine",
        "tiocsti",
        "What is written to the console can be turned to the guest.",
        root=True,
    ),
)

_LIMITS = (
    _bomb(
        "threads-of-one-address-space",
        "fork",
        "Processes that share their memory are neither threads nor forked.",
    ),
    _bomb(
        "memory-shared-by-many",
        "memory",
        "Shared memory of each of many processes is in no sum of private ones.",
    ),
    _own(
        "memory-of-a-queue",
        "posix-ipc",
        "A queue is memory of the kernel that outlives its maker.",
    ),
    _own(
        "memory-in-messages",
        "sysv-ipc",
        "Messages that nobody takes are memory of the kernel.",
    ),
    _bomb(
        "memory-of-page-tables",
        "memory",
        "Tables of pages that hold nothing take room that no size of a process shows.",
    ),
    _own(
        "descriptors-in-flight",
        "descriptors",
        "Descriptors that are sent and never received are nobody's open files.",
    ),
)

_NAMESPACES = (
    _own(
        "copies-a-tree-with-attributes",
        "mounts",
        "The newest call copies a mount and makes it writable at once.",
        root=True,
    ),
    _own(
        "lists-mounts-by-number",
        "mounts",
        "statmount and listmount tell of the host's folders below the mounts.",
    ),
    _own(
        "drops-its-groups",
        "setuid",
        "A group can be what keeps a file away.",
        root=True,
    ),
)

_SOCKETS = (
    _own(
        "each-socket-of-the-host",
        "unix-sockets",
        "Agents and daemons act for the user.",
    ),
    _own(
        "each-datagram-of-the-host", "unix-sockets", "Journals take what anybody says."
    ),
    _own(
        "kind-with-high-bits",
        "unix-sockets",
        "A kind that a 64-bit filter does not know is cut by the kernel.",
    ),
    _own(
        "pair-connected-to-nobody-first",
        "unix-sockets",
        "A pair that was taken apart connects anew.",
    ),
    _own(
        "many-messages-to-a-name",
        "unix-sockets",
        "sendmmsg names receivers in memory, where no filter looks.",
    ),
    _own(
        "socket-by-path-descriptor",
        "unix-sockets",
        "A socket's file is named by a descriptor of it.",
    ),
    _own(
        "socket-listens-by-itself",
        "unix-sockets",
        "A service in the host's own abstract names is mistaken for the host's.",
    ),
    _own(
        "packets-of-the-old-kind",
        "raw",
        "SOCK_PACKET hears frames by another name.",
        root=True,
    ),
    _own(
        "fast-open-with-high-bits",
        "fast-open",
        "Flags that a 64-bit filter does not know are cut by the kernel.",
    ),
    _own("fast-open-of-multipath", "fast-open", "Multipath TCP has the same flag."),
)

_TASKS = (
    _own(
        "signals-by-a-kept-folder",
        "signals",
        "A folder of /proc is as good as a pidfd to the call that takes one.",
    ),
    _own("schedules-another", "signals", "An idle process never gets its turn."),
    _own(
        "moves-pages-of-another",
        "proc",
        "Where its pages lie tells what a process does.",
    ),
    _own(
        "orphan-cloned-as-a-sibling",
        "orphans",
        "A child of the guest's parent is not among the guest's own.",
    ),
)

PROBES = (*_FILES, *_KERNEL, *_LIMITS, *_NAMESPACES, *_SOCKETS, *_TASKS)
