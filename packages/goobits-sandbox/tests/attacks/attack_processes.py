"""Attacks on processes: seeing, tracing and signalling others, staying on, and becoming more."""

from __future__ import annotations

from attack_probe import Probe


def _each(action: str, *, body: str = "") -> str:
    """Return source that does something to the victim, and to every process that can be seen."""
    return f"""{body}
found = [int(n) for n in os.listdir("/proc") if n.isdigit() and int(n) != os.getpid()]
for pid in dict.fromkeys([W["victim"], *found]):
    try:
        if pid == W["victim"] or b"victim" in open(f"/proc/{{pid}}/cmdline", "rb").read():
            {action}
    except OSError as error: print(pid, error)
"""


_SEEING = (
    Probe("proc-environ-of-others", "proc", "Tokens in the environment of other programs.",
          _each('show(f"/proc/{pid}/environ")')),
    Probe("proc-environ-of-init", "environment", "The environment the sandbox was begun in.",
          'shown("/proc/1/environ", f"/proc/{os.getppid()}/environ", "/proc/self/environ")'),
    Probe("proc-cmdline-of-others", "proc", "Passwords in the arguments of other programs.",
          'shown(*glob.glob("/proc/[0-9]*/cmdline"))'),
    Probe("proc-maps-of-others", "proc", "Where the memory of other programs is.",
          _each('"heap" in open(f"/proc/{pid}/maps").read() and got()')),
    Probe("proc-files-of-others", "proc", "What other programs hold open.",
          _each('show(f"/proc/{pid}/fd/{W[\'victim_fd\']}")')),
    Probe("proc-memory-of-others", "proc", "The memory of other programs, read.",
          _each('m = open(f"/proc/{pid}/mem", "rb", 0); m.seek(W["victim_address"]); '
                'os.write(1, m.read(160))')),
    Probe("proc-memory-written", "proc", "The memory of other programs, written.",
          _each('m = open(f"/proc/{pid}/mem", "r+b", 0); m.seek(W["victim_address"]); '
                'm.write(b"evil")')),
    Probe("proc-memory-of-init", "proc", "Code in the sandbox's own init.",
          """
for pid in (1, os.getppid(), W["victim"]):
    try:
        line = open(f"/proc/{pid}/maps").readline()
        m = open(f"/proc/{pid}/mem", "r+b", 0); m.seek(int(line.split("-")[0], 16)); m.write(m.read(1))
        got()
    except OSError as error: print(error)
"""),
    Probe("environment-of-the-host", "environment", "Tokens in variables that nobody named.",
          'print(dict(os.environ))'),
    Probe("environment-past-the-end", "environment", "Variables that were cleared, in the stack.",
          """
for line in open("/proc/self/maps"):
    if "[stack]" in line:
        low, high = (int(n, 16) for n in line.split()[0].split("-"))
        m = open("/proc/self/mem", "rb", 0); m.seek(low); os.write(1, m.read(high - low))
"""),
    Probe("stack-and-wait-channel", "proc", "What a program of the host does in the kernel.",
          _each('open(f"/proc/{pid}/stack").read() and got()'), root=True),
)  # fmt: skip

_IDENTITY = (
    Probe("machine-id", "identity", "A name of this machine that never changes.",
          'shown("/etc/machine-id", "/var/lib/dbus/machine-id")'),
    Probe("boot-id", "identity", "A name of this machine until it is started anew.",
          'shown("/proc/sys/kernel/random/boot_id")'),
    Probe("boot-id-by-sysctl", "identity", "The same name by another way.",
          'f = os.open("/proc/sys/kernel/random", os.O_RDONLY); '
          'print(os.read(os.open("boot_id", os.O_RDONLY, dir_fd=f), 99)); '
          'show("/proc/thread-self/../../../sys/kernel/random/boot_id")'),
    Probe("host-name", "identity", "The name of this machine.",
          'print(os.uname(), socket.gethostname()); shown("/proc/sys/kernel/hostname", "/etc/hostname")'),
    Probe("kernel-command-line", "identity", "How this machine was started.",
          'shown("/proc/cmdline")'),
    Probe("set-host-name", "identity", "Another name for the machine.",
          'syscall("sethostname", b"evil", 4); got()', control="confined", root=True),
    Probe("set-domain-name", "identity", "Another domain for the machine.",
          'syscall("setdomainname", b"evil", 4); got()', control="confined", root=True),
    Probe("user-database", "identity", "Who else uses this machine.",
          'shown("/etc/shadow", "/etc/shadow-")', root=True),
)  # fmt: skip

_CLOCK = (
    Probe("set-clock", "clock", "Another time for the whole machine.",
          't = struct.pack("@ll", *divmod(time.time_ns(), 10**9)); '
          'syscall("clock_settime", 0, t); got()', root=True),
    Probe("set-time-of-day", "clock", "The same, by the old call.",
          'n = time.time_ns(); syscall("settimeofday", struct.pack("@ll", n // 10**9, '
          'n % 10**9 // 1000), None); got()', root=True),
    Probe("adjust-clock", "clock", "A clock that runs wrong.",
          't = ctypes.create_string_buffer(208); syscall("adjtimex", t); '
          'struct.pack_into("@I", t, 0, 2); syscall("adjtimex", t); got()', root=True),
)  # fmt: skip

_SIGNALS = (
    Probe("signal-victim", "signals", "The end of other programs.",
          'os.kill(W["victim"], signal.SIGTERM)'),
    Probe("kill-victim", "signals", "The end of other programs, for good.",
          'os.kill(W["victim"], signal.SIGKILL)'),
    Probe("signal-each-number", "signals", "Every process by its number.",
          """
for pid in range(2, W["victim"] + 1):
    try:
        if b"victim" in open(f"/proc/{pid}/cmdline", "rb").read(): os.kill(pid, signal.SIGUSR2)
    except FileNotFoundError:
        if pid > 40 and os.getpid() < 40: os.kill(pid, signal.SIGUSR2)
    except OSError: pass
"""),
    Probe("signal-everybody", "signals", "The end of all programs of the user.",
          'os.kill(-1, signal.SIGTERM)', control="confined"),
    Probe("stop-victim", "sigstop", "Other programs that stand still.",
          'os.kill(W["victim"], signal.SIGSTOP)'),
    Probe("stop-everybody", "sigstop", "All programs of the user stand still.",
          'os.kill(-1, signal.SIGSTOP)', control="confined"),
    Probe("signal-by-pidfd", "signals", "A signal by descriptor.",
          'syscall("pidfd_send_signal", syscall("pidfd_open", W["victim"], 0), 12, None, 0)'),
    Probe("signal-by-queue", "signals", "A signal with a value.",
          'info = struct.pack("@iii", 12, 0, -1) + bytes(116); '
          'syscall(129 if X86 else 138, W["victim"], 12, info)'),
    Probe("signal-by-thread", "signals", "A signal to one thread.",
          'syscall(234 if X86 else 131, W["victim"], W["victim"], 12)'),
    Probe("signal-by-file-owner", "signals", "A signal that the kernel sends for a file.",
          """
a, b = socket.socketpair()
fcntl.fcntl(a, fcntl.F_SETOWN, W["victim"]); fcntl.fcntl(a, 10, signal.SIGUSR2)
fcntl.fcntl(a, fcntl.F_SETFL, fcntl.fcntl(a, fcntl.F_GETFL) | os.O_ASYNC); b.send(b"x"); time.sleep(.1)
"""),
    Probe("renice-victim", "signals", "Other programs that run last.",
          'os.setpriority(os.PRIO_PROCESS, W["victim"], 19)'),
    Probe("renice-everybody", "signals", "All programs of the user run last.",
          'os.setpriority(os.PRIO_USER, 0, 19); os.setpriority(os.PRIO_PROCESS, W["victim"], 18)'),
    Probe("idle-io-for-victim", "signals", "Other programs that wait for the disk.",
          'syscall("ioprio_set", 1, W["victim"], 3 << 13)'),
    Probe("pin-victim", "signals", "Other programs on one processor.",
          'os.sched_setaffinity(W["victim"], {0})'),
    Probe("limit-victim", "signals", "Other programs that may open no file.",
          'import resource; resource.prlimit(W["victim"], resource.RLIMIT_NOFILE, (9, 9))'),
    Probe("victim-dies-first", "signals", "The program that the kernel ends when memory is short.",
          'open(f"/proc/{W[\'victim\']}/oom_score_adj", "w").write("1000")'),
    Probe("own-oom-score", "signals", "A guest that the kernel never ends.",
          'open("/proc/self/oom_score_adj", "w").write("-1000"); got()', root=True),
    Probe("real-time", "limits", "A guest that nobody else can interrupt.",
          'os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)); got()', root=True),
)  # fmt: skip

_TRACING = (
    Probe("trace-victim", "ptrace", "Everything that another program is.",
          'syscall("ptrace", 16, W["victim"], 0, 0); time.sleep(0.05); got()'),
    Probe("seize-victim", "ptrace", "The same, without stopping it.",
          'syscall("ptrace", 0x4206, W["victim"], 0, 0); got()'),
    Probe("trace-child", "ptrace", "Code in a child that is more than its parent.",
          """
pid = os.fork()
if pid == 0:
    syscall("ptrace", 0, 0, 0, 0); os.kill(os.getpid(), signal.SIGSTOP); os._exit(0)
_, status = os.waitpid(pid, os.WUNTRACED)
try:
    syscall("ptrace", 0x4200, pid, 0, 0x7f); got()
finally: os.kill(pid, signal.SIGKILL)
"""),
    Probe("trace-init", "ptrace", "The sandbox's own init.",
          'for pid in (1, os.getppid(), W["victim"]):\n'
          '    try: syscall("ptrace", 16, pid, 0, 0); got()\n'
          '    except OSError as error: print(error)', control="confined"),
    Probe("take-descriptor-of-victim", "ptrace", "A file that another program holds open.",
          'p = syscall("pidfd_open", W["victim"], 0); '
          'print(os.pread(syscall("pidfd_getfd", p, W["victim_fd"], 0), 99, 0))'),
    Probe("write-memory-of-victim", "ptrace", "Another program's memory, in one call.",
          """
b = ctypes.create_string_buffer(b"evil")
near = struct.pack("@PN", ctypes.addressof(b), 4); far = struct.pack("@PN", W["victim_address"], 4)
syscall("process_vm_writev", W["victim"], near, 1, far, 1, 0)
"""),
    Probe("advise-memory-of-victim", "ptrace", "Another program that is swapped out.",
          'p = syscall("pidfd_open", W["victim"], 0); '
          'syscall("process_madvise", p, struct.pack("@PN", W["victim_address"] & ~4095, 4096), '
          '1, 20, 0); got()', root=True),
)  # fmt: skip

_FORK = "pid = os.fork()\nif pid == 0:\n"
_STAYING = (
    Probe("orphan", "orphans", "A program that stays on.", _FORK + "    time.sleep(60)"),
    Probe("orphan-of-own-session", "orphans", "One that left the session.",
          _FORK + "    os.setsid()\n    if os.fork() == 0:\n        time.sleep(60)\n    os._exit(0)"),
    Probe("orphan-without-output", "orphans", "One that holds no pipe of the host's.",
          _FORK + "    os.setsid(); os.closerange(0, 99)\n    time.sleep(60)"),
    Probe("orphan-deaf-to-signals", "orphans", "One that ends for nothing but SIGKILL.",
          _FORK + "    os.setsid(); signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n"
          "    time.sleep(60)"),
    Probe("orphan-by-clone", "orphans", "One that tells its parent nothing.",
          'if syscall("clone", 0, 0, 0, 0, 0) == 0:\n    libc.setsid(); time.sleep(60)'),
    Probe("orphan-keeps-output", "hang", "A host that waits for the end of the output.",
          _FORK + "    os.setsid(); time.sleep(30)\nprint('done')"),
    Probe("forks-without-end", "orphans", "A program that is never the one that is killed.",
          "end = time.time() + 8\nwhile time.time() < end:\n    if os.fork():\n"
          "        time.sleep(0.2); os._exit(0)"),
    Probe("hangs", "hang", "A host that waits.", "time.sleep(30)", limits=(("wall", 1.0),)),
    Probe("hangs-deaf", "hang", "A host that asks in vain.",
          "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65)); time.sleep(30)",
          limits=(("wall", 1.0),)),
    Probe("stops-itself", "sigstop", "A host that waits for what stands still.",
          "os.kill(os.getpid(), signal.SIGSTOP); time.sleep(30)", limits=(("wall", 1.0),)),
    Probe("stops-its-parent", "sigstop", "A host whose own part stands still.",
          "try: os.kill(os.getppid(), signal.SIGSTOP)\nexcept OSError: pass\ntime.sleep(30)",
          limits=(("wall", 1.0),), control="confined"),
    Probe("closes-output-and-hangs", "hang", "A host that takes the end of output for the end.",
          "os.closerange(0, 99); time.sleep(30)", limits=(("wall", 1.0),)),
    Probe("outlives-its-starter", "orphans", "A program that death signals do not reach.",
          _FORK + '    libc.prctl(1, 0); os.setsid(); os.execv("/bin/sleep", ["sleep", "60"])'),
)  # fmt: skip

_BECOMING = (
    Probe("is-root", "setuid", "The rights of root.", "os.getuid() == 0 and got()", root=True),
    Probe("becomes-root", "setuid", "The rights of root.", "os.setuid(0); got()", root=True),
    Probe("becomes-another", "setuid", "The rights of other users.",
          "os.setresuid(1, 1, 1); got()", root=True),
    Probe("another-group", "setuid", "The files of other groups.", "os.setgroups([0]); got()",
          root=True),
    Probe("file-identity", "setuid", "The rights of others for files alone.",
          "libc.setfsuid(3); libc.setfsuid(-1) == 3 and got()", root=True),
    Probe("has-capabilities", "capabilities", "Parts of root's rights.",
          'for line in open("/proc/self/status"):\n'
          '    if line.startswith(("CapPrm", "CapEff", "CapAmb")) and int(line.split()[1], 16): got()',
          root=True),
    Probe("ambient-capability", "capabilities", "Rights that a program hands on.",
          """
data = ctypes.create_string_buffer(struct.pack("@6I", 1, 1, 1, 0, 0, 0)); head = struct.pack("@Ii", 0x20080522, 0)
syscall("capset", head, data); syscall("prctl", 47, 2, 0, 0, 0); got()
""", root=True),
    Probe("capability-of-file", "capabilities", "A program with rights of its own.",
          'open("out/x", "w"); os.setxattr("out/x", "security.capability", '
          'struct.pack("<IIIII", 0x2000001, 1, 1, 0, 0)); got()', root=True),
    Probe("capability-bounds", "capabilities", "Rights that setuid programs bring back.",
          "libc.prctl(39, 0, 0, 0, 0) or got()"),
    Probe("setuid-program", "setuid", "The rights of whoever owns a program.",
          """
for p in ("/usr/bin/su", "/usr/bin/passwd", "/usr/bin/mount", "/usr/bin/newgrp"):
    if os.path.exists(p) and os.stat(p).st_mode & 0o4000 and libc.prctl(39, 0, 0, 0, 0) == 0:
        if not os.statvfs(p).f_flag & os.ST_NOSUID: got(); break
"""),
    Probe("changes-root", "chroot", "A root without rules.", 'os.chroot("/"); got()', root=True),
    Probe("climbs-out-of-chroot", "chroot", "The root above the root.",
          'f = os.open("/", 0); os.mkdir("out/r"); os.chroot("out/r"); os.fchdir(f); '
          '[os.chdir("..") for _ in range(9)]; os.chroot("."); show(W["home"] + "/.netrc")',
          root=True),
    Probe("unfiltered-32-bit", "proc", "System calls that the filter does not know.",
          """
import platform
code = bytes.fromhex("b814000000cd80c3") if X86 else bytes.fromhex("00000000")
m = mmap.mmap(-1, 4096, prot=7); m.write(code)
pid = os.fork()
if pid == 0:
    at = ctypes.addressof(ctypes.c_char.from_buffer(m))
    os._exit(0 if ctypes.CFUNCTYPE(ctypes.c_int)(at)() == os.getpid() else 1)
os.waitpid(pid, 0)[1] == 0 and got()
"""),
    Probe("personality", "proc", "Memory without its random places.",
          'syscall("personality", 0x0040000); got()'),
    Probe("preload-etc", "preload", "A library in every program.",
          'open("/etc/ld.so.preload", "a").write("/tmp/evil.so"); got()', root=True),
    Probe("preload-cache", "preload", "Other libraries for every program.",
          'open("/etc/ld.so.cache", "r+b"); got()', root=True),
    Probe("preload-environment", "preload", "A library in the user's next programs.",
          'open(W["home"] + "/.profile", "a").write("export LD_PRELOAD=/tmp/evil.so")'),
    Probe("environment-d", "environment", "Variables for the user's next session.",
          'd = W["home"] + "/.config/environment.d"; os.makedirs(d); open(d + "/x.conf", "w")'),
    Probe("kernel-log", "capabilities", "Addresses and events of the kernel.",
          'b = ctypes.create_string_buffer(4096); syscall("syslog", 3, b, 4096) >= 0 and got()', root=True),
)  # fmt: skip

PROBES = (*_SEEING, *_IDENTITY, *_CLOCK, *_SIGNALS, *_TRACING, *_STAYING, *_BECOMING)
