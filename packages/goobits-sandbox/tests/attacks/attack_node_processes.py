"""The attacks on other processes and what they know, in JavaScript."""

from __future__ import annotations

from attack_node_files import ROOM
from attack_probe import Probe

# All processes that there are, and some that there may be.
_EVERYONE = """
const seen = fs.readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name))
const everyone = new Set([...seen, "self", "1", process.ppid, W.victim, W.host_pid].map(String))
"""

PROBES = (
    Probe(
        "environment-of-everyone",
        "environment",
        "Tokens for services are handed to programs in their environment.",
        _EVERYONE
        + """
console.log(process.env)
for (const pid of everyone) shown(`/proc/${pid}/environ`, `/proc/${pid}/task/${pid}/environ`)
""",
        limits=ROOM,
    ),
    Probe(
        "arguments-of-everyone",
        "proc",
        "Passwords are given on command lines, which all users may read.",
        _EVERYONE + "for (const pid of everyone) shown(`/proc/${pid}/cmdline`)\n",
        limits=ROOM,
    ),
    Probe(
        "environment-in-a-report",
        "environment",
        "A diagnostic report of Node holds the environment, the host's name and its addresses.",
        "console.log(JSON.stringify(process.report.getReport()))\n",
        limits=ROOM,
    ),
    Probe(
        "environment-of-a-shell",
        "environment",
        "A login shell reads whatever files the user has set variables in.",
        """
fs.appendFileSync(`${process.env.HOME}/.profile`, "echo planted\\n")
run("bash", "-lic", "set")
run("env")
""",
        limits=ROOM,
    ),
    Probe(
        "reads-memory-through-proc",
        "ptrace",
        "The memory of another process holds whatever it has decrypted.",
        """
const held = Buffer.alloc(200)
const memory = fs.openSync(`/proc/${W.victim}/mem`)
fs.readSync(memory, held, 0, 200, W.victim_address)
say(held)
""",
        limits=ROOM,
    ),
    Probe(
        "writes-memory-through-proc",
        "ptrace",
        "Whoever writes another process's memory has all its rights.",
        """
const memory = fs.openSync(`/proc/${W.victim}/mem`, "r+")
fs.writeSync(memory, "hurt", W.victim_address)
""",
        limits=ROOM,
    ),
    Probe(
        "reads-descriptors-through-proc",
        "proc",
        "Files that others have open can be opened through them.",
        """
shown(`/proc/${W.victim}/fd/${W.victim_fd}`, `/proc/${W.victim}/cwd/.netrc`)
for (const pid of [1, process.ppid, W.host_pid]) for (let number = 0; number < 32; number++)
  shown(`/proc/${pid}/fd/${number}`, `/proc/${pid}/fd/${number}/.netrc`)
""",
        limits=ROOM,
    ),
    Probe(
        "offers-another-to-the-killer",
        "signals",
        "Whom the kernel ends first when memory runs out can be chosen for others.",
        "fs.writeFileSync(`/proc/${W.victim}/oom_score_adj`, '1000')\n",
        limits=ROOM,
    ),
    Probe(
        "traces-with-a-debugger",
        "ptrace",
        "Ptrace gives all of another process: gdb does it without any code.",
        """
run("gdb", "-nx", "-batch", "-p", `${W.victim}`,
  "-ex", `set var *(char *)${W.victim_address} = 'X'`)
""",
        limits=(*ROOM, ("wall", 8.0)),
    ),
    Probe(
        "signals-a-host-process",
        "signals",
        "A guest that runs as the user can end all that the user runs.",
        """
for (const signal of ["SIGUSR1", "SIGHUP", "SIGTERM"])
  attempt(() => process.kill(W.victim, signal))
""",
        limits=ROOM,
    ),
    Probe(
        "stops-a-host-process",
        "sigstop",
        "A process that is stopped looks alive and does nothing.",
        "process.kill(W.victim, 'SIGSTOP')\n",
        limits=ROOM,
    ),
    Probe(
        "ends-a-host-process",
        "signals",
        "What guards the guest can be ended by it.",
        "process.kill(W.victim, 'SIGKILL')\n",
        limits=ROOM,
    ),
    Probe(
        "signals-everyone",
        "signals",
        "One call reaches every process that may be signalled at all.",
        "process.kill(-1, 'SIGKILL')\n",
        control="confined",
        limits=(*ROOM, ("wall", 1.0)),
    ),
    Probe(
        "stops-everyone",
        "sigstop",
        "One call stops every process that may be signalled at all.",
        "process.kill(-1, 'SIGSTOP')\nprocess.kill(process.pid, 'SIGSTOP')\n",
        control="confined",
        limits=(*ROOM, ("wall", 1.0)),
    ),
    Probe(
        "renices-a-host-process",
        "signals",
        "A guest that runs as the user slows what the user runs.",
        "os.setPriority(W.victim, 19)\n",
        limits=ROOM,
    ),
    Probe(
        "puts-itself-first",
        "capabilities",
        "A guest of high priority starves the host.",
        "os.setPriority(0, -20)\nif (os.getPriority(0) === -20) got()\n",
        root=True,
        limits=ROOM,
    ),
    Probe(
        "becomes-root",
        "setuid",
        "Root may do anything that namespaces alone do not prevent.",
        """
for (const become of ["setuid", "seteuid"]) attempt(() => process[become](0))
if (process.geteuid() === 0) got()
""",
        root=True,
        limits=ROOM,
    ),
    Probe(
        "joins-groups",
        "setuid",
        "Groups such as docker and disk are as good as root.",
        """
process.setgroups([0, 6, 999])
if (process.getgroups().includes(6)) got()
""",
        root=True,
        limits=ROOM,
    ),
    Probe(
        "orphan-that-is-detached",
        "orphans",
        "What outlives the run is under nobody's watch.",
        """
child_process.spawn("sleep", ["30"], { detached: true, stdio: "ignore" }).unref()
""",
        limits=ROOM,
    ),
    Probe(
        "orphan-of-an-orphan",
        "orphans",
        "A process in a session of its own, whose parent is gone, is found by no group.",
        """
run("sh", "-c", "(setsid nohup sleep 30 </dev/null >/dev/null 2>&1 &) &")
process.kill(process.pid, "SIGKILL")
""",
        limits=ROOM,
    ),
    Probe(
        "orphan-that-ignores-signals",
        "orphans",
        "A process that catches every polite signal has to be ended rudely.",
        """
const source = "for (const n of ['SIGTERM','SIGINT','SIGHUP']) process.on(n, () => 0);"
  + "setInterval(() => 0, 1000)"
child_process.spawn(process.execPath, ["-e", source], { detached: true, stdio: "inherit" }).unref()
""",
        limits=(*ROOM, ("wall", 1.5)),
    ),
    Probe(
        "identity-of-the-machine",
        "identity",
        "What names the machine lets the user be followed everywhere.",
        """
attempt(() => console.log(os.hostname(), os.userInfo()))
console.log(os.hostname(), os.version())
shown("/etc/machine-id", "/var/lib/dbus/machine-id", "/proc/sys/kernel/random/boot_id",
  "/proc/sys/kernel/hostname", "/etc/hostname", "/proc/cmdline", "/proc/1/cmdline")
""",
        limits=ROOM,
    ),
    Probe(
        "addresses-of-the-machine",
        "identity",
        "The addresses of its network cards name a machine, and show what is near.",
        """
if (Object.values(os.networkInterfaces()).flat().some((one) => one.address.startsWith("169.254")))
  got()
""",
        limits=ROOM,
    ),
)
