"""`Probe`: one attack, what it wins, and how its positive control is run.

A probe's source is Python for the guest, run after `PRELUDE`. What counts as an escape is never
what the probe says but what the world saw: see attack_world.py. The only word of its own that a
probe may say is `got()`, and only after the kernel has really given it what it asked for.
"""

from __future__ import annotations

from goobits_sandbox._frozen import Frozen

MIB = 1 << 20
# What a guest may use where its probe does not say otherwise.
LIMITS: dict[str, float] = {
    "memory": 256 * MIB,
    "wall": 5.0,
    "cpu": 4.0,
    "processes": 40,
    "output": 1 * MIB,
    "disk": 16 * MIB,
    "files": 256,
    "entries": 2000,
}


class Probe(Frozen):
    """One attack.

    `name` is kebab-case and unique, `kind` the issue's word for it, `why` what an attacker wins,
    `source` the guest's program, and `read`, `write` and `net` what the policy grants. `control` is
    "plain" (as it is), or "confined" (in throw-away pid, mount, ipc and uts namespaces, with a
    victim of its own), `root` whether the control succeeds as root alone. `limits` are pairs that
    replace those of `LIMITS`.
    """

    name: str
    kind: str
    why: str
    source: str
    read: tuple[str, ...] = (".",)
    write: tuple[str, ...] = ("out",)
    net: tuple[str, ...] = ()
    control: str = "plain"
    root: bool = False
    limits: tuple[tuple[str, float], ...] = ()

    def limit(self, name: str) -> float:
        """Return what this probe's guest may use of `name`."""
        return {**LIMITS, **dict(self.limits)}[name]


# Every probe finds here: `W` (what attack_world.py wrote to world.json), `NAME`, `syscall`, `got`,
# `show` (print a file), and these modules.
PRELUDE = r'''
import ctypes, errno, fcntl, glob, json, mmap, os, signal, socket, stat, struct, sys, time
NAME = sys.argv[1]
W = json.load(open("world.json"))
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
X86 = os.uname().machine == "x86_64"
_NUMBERS = """
ioctl 16 29|mremap 25 216|socket 41 198|clone 56 220|ptrace 101 117|syslog 103 116
setuid 105 146|setgid 106 144|setresuid 117 147|personality 135 92|sched_setaffinity 203 122
sched_setscheduler 144 119|prctl 157 167|adjtimex 159 171|chroot 161 51|sync 162 81|acct 163 89
settimeofday 164 170|mount 165 40|umount2 166 39|swapon 167 224|swapoff 168 225|reboot 169 142
sethostname 170 161|setdomainname 171 162|init_module 175 105|delete_module 176 106
quotactl 179 60|setxattr 188 5|io_setup 206 0|timer_create 222 107|clock_settime 227 112
clock_gettime 228 113|mbind 237 235|set_mempolicy 238 237|migrate_pages 256 238
move_pages 279 239|mq_open 240 180|mq_unlink 241 181|kexec_load 246 104|add_key 248 217
request_key 249 218|keyctl 250 219|ioprio_set 251 30|openat 257 56|mknodat 259 33
linkat 265 37|unshare 272 97|splice 275 76|vmsplice 278 75|signalfd4 289 74
eventfd2 290 19|inotify_init1 294 26|perf_event_open 298 241|recvmmsg 299 243
fanotify_init 300 262|fanotify_mark 301 263|prlimit64 302 261|name_to_handle_at 303 264
open_by_handle_at 304 265|clock_adjtime 305 266|setns 308 268|process_vm_readv 310 270
process_vm_writev 311 271|kcmp 312 272|finit_module 313 273|sched_setattr 314 274
renameat2 316 276|seccomp 317 277|memfd_create 319 279|kexec_file_load 320 294|bpf 321 280
execveat 322 281|userfaultfd 323 282|membarrier 324 283|copy_file_range 326 285
pkey_alloc 330 289|shmget 29 194|shmat 30 196|shmctl 31 195|semget 64 190|semop 65 193
semctl 66 191|msgget 68 186|msgsnd 69 189|msgctl 71 187|pivot_root 155 41
setpriority 141 140|iopl 172 -1|ioperm 173 -1|modify_ldt 154 -1|capset 126 91|capget 125 90
pidfd_send_signal 424 424|io_uring_setup 425 425|io_uring_enter 426 426
io_uring_register 427 427|open_tree 428 428|move_mount 429 429|fsopen 430 430
fsconfig 431 431|fsmount 432 432|fspick 433 433|pidfd_open 434 434|clone3 435 435
close_range 436 436|openat2 437 437|pidfd_getfd 438 438|process_madvise 440 440
mount_setattr 442 442|quotactl_fd 443 443|landlock_create_ruleset 444 444
landlock_add_rule 445 445|landlock_restrict_self 446 446|memfd_secret 447 447
process_mrelease 448 448|futex_waitv 449 449|cachestat 451 451|statmount 457 457
listmount 458 458|lsm_set_self_attr 460 460|getxattrat 464 464|open_tree_attr 467 467
"""
NUMBERS = {w: int((a, b)[not X86]) for w, a, b in
           (line.split() for line in _NUMBERS.strip().replace("\n", "|").split("|"))}


def syscall(which, *arguments):
    """Make a system call by name or number; raise OSError where the kernel refuses."""
    number = NUMBERS[which] if isinstance(which, str) else which
    kept = [ctypes.create_string_buffer(a, len(a) + 1) if isinstance(a, bytes) else a
            for a in arguments]
    result = libc.syscall(ctypes.c_long(number), *[
        ctypes.c_long(a) if isinstance(a, int) else a if a is not None else ctypes.c_long(0)
        for a in kept])
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(which))
    return result


def got():
    """Say that the kernel has given what was asked for."""
    print("GOT", NAME, flush=True)


def show(path):
    """Print what a file holds."""
    with open(path, "rb") as file:
        os.write(1, file.read(1 << 20) + b"\n")


def shown(*paths):
    """Print what each of the files holds, as far as they can be read."""
    for path in paths:
        try:
            show(path)
        except OSError as error:
            print(path, error)
'''
