"""The rules of the system call filter: what is in this table, and nothing else.

A call in ALLOWED is made, one in REFUSED fails with EPERM, one in CHECKED does what its arguments
say. Every other call, of this kernel or of a later one, fails with ENOSYS: a program then takes
the way that it knows for older kernels. A call of another architecture (32 bits) kills.

Only the lower half of an argument is compared: each of those below is an int or an unsigned int to
the kernel, which does not look at the upper half either.

Left out although common, so that a guest finds them missing:

- clone3 and openat2 take a structure, which a filter cannot see; C libraries fall back.
- memfd_create, memfd_secret, System V shared memory and POSIX queues hold memory that neither a
  process's size nor the size of a file system counts.
- io_uring does what other calls do without being asked; Linux AIO's contexts are few and shared
  with the host.
- sync and syncfs wait for the host's disks.
- get_mempolicy and its kin: libraries for NUMA ask whether it is there, and do without.
"""

from __future__ import annotations

import errno
from typing import NamedTuple

KILL = 0x80000000
ALLOW = 0x7FFF0000


def fail(number: int) -> int:
    """Return the result that makes a call fail with errno `number`."""
    return 0x00050000 | number


MISSING, DENIED = fail(errno.ENOSYS), fail(errno.EPERM)


class Switch(NamedTuple):
    """Go on with what `cases` says of the word at `offset`, of its bits in `mask` alone."""

    offset: int
    cases: dict[int, Rule]
    otherwise: Rule
    mask: int = 0xFFFFFFFF


Rule = int | Switch


def argument(
    index: int, cases: dict[int, Rule], otherwise: Rule, mask: int = 0xFFFFFFFF
) -> Switch:
    """Switch on the lower half of the argument at `index`, the first being 0."""
    return Switch(16 + 8 * index, cases, otherwise, mask)


def without(index: int, bits: int, otherwise: Rule) -> Switch:
    """Allow a call with none of `bits` in the argument at `index`."""
    return argument(index, {0: ALLOW}, otherwise, bits)


def only(index: int, values: tuple[int, ...], refusal: int) -> Switch:
    """Allow a call with one of `values` in the argument at `index`."""
    return argument(index, dict.fromkeys(values, ALLOW), refusal)


ALLOWED = frozenset(
    # files
    """
    access chdir chown close close_range copy_file_range dup dup2 dup3 faccessat faccessat2
    fadvise64 fallocate fchdir fchown fchownat fcntl fdatasync fgetxattr flistxattr flock fstat
    fstatfs fsync ftruncate futimesat getcwd getdents getdents64 getxattr getxattrat
    inotify_rm_watch lchown lgetxattr link linkat
    listxattr listxattrat llistxattr lseek lstat mkdir mkdirat newfstatat pipe pipe2 pread64
    preadv preadv2 pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv rename
    renameat rmdir sendfile splice stat statfs statx symlink symlinkat sync_file_range tee
    truncate umask unlink unlinkat utime utimensat utimes write writev
    """
    # memory
    """
    brk madvise map_shadow_stack membarrier mincore mlock mlock2 mlockall mmap mprotect mremap
    mseal msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect
    """
    # processes, threads and their limits
    """
    arch_prctl capget capset execve execveat exit exit_group fork futex futex_requeue futex_wait
    futex_waitv futex_wake get_robust_list getcpu getegid geteuid getgid getgroups getpgid
    getpgrp getpid getppid getpriority getresgid getresuid getrlimit getrusage getsid gettid
    getuid ioprio_get ioprio_set landlock_add_rule landlock_create_ruleset
    landlock_restrict_self pidfd_open prlimit64 restart_syscall rseq sched_get_priority_max
    sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler
    sched_rr_get_interval sched_setaffinity sched_setattr sched_setparam sched_setscheduler
    sched_yield seccomp set_robust_list set_tid_address setfsgid setfsuid setgid setpgid
    setpriority setregid setresgid setresuid setreuid setrlimit setsid setuid sysinfo times
    uname uretprobe vfork wait4 waitid
    """
    # signals, clocks and waiting
    """
    alarm clock_getres clock_gettime clock_nanosleep epoll_create epoll_create1 epoll_ctl
    epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 getitimer getrandom gettimeofday kill
    nanosleep pause pidfd_send_signal poll ppoll pselect6 rt_sigaction rt_sigpending
    rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo
    select setitimer sigaltstack signalfd signalfd4 tgkill time timer_create timer_delete
    timer_getoverrun timer_gettime timer_settime timerfd_create timerfd_gettime timerfd_settime
    tkill
    """
    # sockets, once there is one
    """
    accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg
    recvmsg shutdown
    """.split()
)

# What needs capabilities that no guest has, or reaches into another process.
REFUSED = frozenset(
    # namespaces and mounts
    """
    chroot fsconfig fsmount fsopen fspick mount mount_setattr move_mount open_tree
    open_tree_attr pivot_root setns umount2 unshare
    """
    # other processes
    """
    kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace
    """
    # the kernel
    """
    bpf delete_module fanotify_init fanotify_mark finit_module init_module ioperm iopl
    kexec_file_load kexec_load lookup_dcookie modify_ldt perf_event_open reboot syslog
    userfaultfd vhangup
    """
    # the host: its clock, name, disks and keys
    """
    acct add_key adjtimex clock_adjtime clock_settime keyctl name_to_handle_at open_by_handle_at
    quotactl quotactl_fd request_key setdomainname sethostname settimeofday swapoff swapon
    """.split()
)

_NAMESPACES = 0x7E020000  # CLONE_NEW*: ns, cgroup, uts, ipc, user, pid, net
_SETUID = 0o4000
_CREATES = 0o20000100  # O_CREAT, O_TMPFILE: only then does open look at its mode
_KIND = 0o170000 | _SETUID
_FILE, _FIFO = 0o100000, 0o010000
_MSG_OOB, _MSG_FASTOPEN = 0x1, 0x20000000
_RENAME_WHITEOUT_AND_UNKNOWN = 0xFFFFFFFC
_AF_UNIX, _AF_INET, _AF_INET6 = 1, 2, 10
_STREAM, _SEQPACKET = 1, 5
_NO_FLAGS = ~0o2004000 & 0xFFFFFFFF  # without SOCK_CLOEXEC, SOCK_NONBLOCK
_TCP = only(2, (0, 6), fail(errno.EPROTONOSUPPORT))
_INET = argument(1, {_STREAM: _TCP}, fail(errno.EACCES), _NO_FLAGS)

# Terminals, files and the sandbox's own loopback. A guest may control a terminal that it made.
_IOCTLS = {
    "TCGETS": 0x5401,
    "TCSETS": 0x5402,
    "TCSETSW": 0x5403,
    "TCSETSF": 0x5404,
    "TCSBRK": 0x5409,
    "TCXONC": 0x540A,
    "TCFLSH": 0x540B,
    "TIOCSCTTY": 0x540E,
    "TIOCGPGRP": 0x540F,
    "TIOCSPGRP": 0x5410,
    "TIOCOUTQ": 0x5411,
    "TIOCGWINSZ": 0x5413,
    "TIOCSWINSZ": 0x5414,
    "FIONREAD": 0x541B,
    "TIOCPKT": 0x5420,
    "FIONBIO": 0x5421,
    "TIOCNOTTY": 0x5422,
    "TIOCGSID": 0x5429,
    "TCGETS2": 0x802C542A,
    "TCSETS2": 0x402C542B,
    "TCSETSW2": 0x402C542C,
    "TCSETSF2": 0x402C542D,
    "TIOCGPTN": 0x80045430,
    "TIOCSPTLCK": 0x40045431,
    "TIOCGPTPEER": 0x5441,
    "FIONCLEX": 0x5450,
    "FIOCLEX": 0x5451,
    "FIOASYNC": 0x5452,
    "FIOQSIZE": 0x5460,
    "FICLONE": 0x40049409,
    "FICLONERANGE": 0x4020940D,
    "FS_IOC_GETFLAGS": 0x80086601,
    "FS_IOC_FIEMAP": 0xC020660B,
    "SIOCGIFNAME": 0x8910,
    "SIOCGIFCONF": 0x8912,
    "SIOCGIFFLAGS": 0x8913,
    "SIOCGIFADDR": 0x8915,
    "SIOCGIFBRDADDR": 0x8919,
    "SIOCGIFNETMASK": 0x891B,
    "SIOCGIFMTU": 0x8921,
    "SIOCGIFHWADDR": 0x8927,
    "SIOCGIFINDEX": 0x8933,
}
# TIOCSTI and TIOCLINUX type, TIOCCONS takes the console's output, TIOCSETD loads a line discipline.
_TERMINAL_ATTACKS = {0x5412: DENIED, 0x541C: DENIED, 0x541D: DENIED, 0x5423: DENIED}

# Those of one's own process; PR_SET_MM, PR_SET_PTRACER and other rare ones do not exist here.
_PRCTLS = (
    *(*range(1, 5), 7, 8),  # PDEATHSIG, DUMPABLE, KEEPCAPS
    *(15, 16, *range(21, 25)),  # NAME, SECCOMP, CAPBSET
    *(
        *range(27, 31),
        *range(36, 43),
    ),  # SECUREBITS to TIMERSLACK, CHILD_SUBREAPER to THP_DISABLE
    *(47, *range(50, 57), *range(63, 67)),  # CAP_AMBIENT, SVE to TAGGED_ADDR, SME, MDWE
    0x53564D41,  # VMA: names for memory
)

_NO_OPTION = fail(errno.ENOPROTOOPT)
# Programs for the kernel (SO_ATTACH_*), Fast Open, TLS and repair: by level and name.
# Larger buffers hold memory that no process's size counts: asked for, they stay as they are.
_BUFFERS: dict[int, Rule] = dict.fromkeys((7, 8, 32, 33), fail(0))
_SOCKET_OPTIONS = argument(
    2, _BUFFERS | dict.fromkeys((26, 50, 51, 52), _NO_OPTION), ALLOW
)
_TCP_OPTIONS = argument(2, dict.fromkeys((19, 23, 30, 31, 33, 34), _NO_OPTION), ALLOW)

# What a tmpfs does not count; programs know file systems without.
_XATTRS = (
    *("setxattr", "lsetxattr", "fsetxattr", "setxattrat"),
    *("removexattr", "lremovexattr", "fremovexattr", "removexattrat"),
)

CHECKED: dict[str, Rule] = {
    "chmod": without(1, _SETUID, DENIED),
    "clone": without(0, _NAMESPACES, DENIED),
    "creat": without(1, _SETUID, DENIED),
    "fchmod": without(1, _SETUID, DENIED),
    "fchmodat": without(2, _SETUID, DENIED),
    "fchmodat2": without(2, _SETUID, DENIED),
    "ioctl": argument(
        1,
        {**dict.fromkeys(_IOCTLS.values(), ALLOW), **_TERMINAL_ATTACKS},
        fail(errno.ENOTTY),
    ),
    "mknod": argument(1, dict.fromkeys((0, _FILE, _FIFO), ALLOW), DENIED, _KIND),
    "mknodat": argument(2, dict.fromkeys((0, _FILE, _FIFO), ALLOW), DENIED, _KIND),
    "open": without(1, _CREATES, without(2, _SETUID, DENIED)),
    "openat": without(2, _CREATES, without(3, _SETUID, DENIED)),
    "personality": only(0, (0, 0xFFFFFFFF), DENIED),
    "prctl": only(0, _PRCTLS, fail(errno.EINVAL)),
    "renameat2": without(4, _RENAME_WHITEOUT_AND_UNKNOWN, fail(errno.EINVAL)),
    "sendmmsg": without(3, _MSG_OOB | _MSG_FASTOPEN, fail(errno.EOPNOTSUPP)),
    "sendmsg": without(2, _MSG_OOB | _MSG_FASTOPEN, fail(errno.EOPNOTSUPP)),
    "sendto": without(3, _MSG_OOB | _MSG_FASTOPEN, fail(errno.EOPNOTSUPP)),
    "setsockopt": argument(
        1, {0: ALLOW, 1: _SOCKET_OPTIONS, 6: _TCP_OPTIONS, 41: ALLOW}, _NO_OPTION
    ),
    # Watches count against the host's user, whose editor needs them: as if there were none left.
    "inotify_add_watch": fail(errno.ENOSPC),
    "inotify_init": fail(errno.EMFILE),
    "inotify_init1": fail(errno.EMFILE),
    # Names on a file system or of another namespace are not ours to call. No UDP, raw or ICMP:
    # there is nobody to answer. MPTCP (262) would pass by Landlock's rules for TCP.
    "socket": argument(
        0,
        {_AF_INET: _INET, _AF_INET6: _INET, _AF_UNIX: fail(errno.EACCES)},
        fail(errno.EAFNOSUPPORT),
    ),
    # A pair of datagram sockets could still send to any name.
    "socketpair": argument(
        0,
        {
            _AF_UNIX: argument(
                1,
                dict.fromkeys((_STREAM, _SEQPACKET), ALLOW),
                fail(errno.EACCES),
                _NO_FLAGS,
            )
        },
        fail(errno.EAFNOSUPPORT),
    ),
    **dict.fromkeys(_XATTRS, fail(errno.EOPNOTSUPP)),
}


def table(numbers: dict[str, int], architecture: int) -> Switch:
    """Return the whole filter for the machine with these `numbers` of calls."""
    rules: dict[str, Rule] = {
        **dict.fromkeys(ALLOWED, ALLOW),
        **dict.fromkeys(REFUSED, DENIED),
        **CHECKED,
    }
    calls = {numbers[name]: rule for name, rule in rules.items() if name in numbers}
    return Switch(4, {architecture: Switch(0, calls, MISSING)}, KILL)
