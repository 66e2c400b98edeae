"""The attacks by using too much, and by the host's own programs, in JavaScript."""

from __future__ import annotations

from attack_node_files import ROOM
from attack_probe import MIB, Probe

SOON = (*ROOM, ("wall", 1.0))
TIGHT = (("memory", 128 * MIB), ("processes", 64))
FEW = (("memory", 512 * MIB), ("processes", 24))

PROBES = (
    Probe(
        "spawns-without-end",
        "fork",
        "Processes are a number that the whole host shares.",
        """
for (let n = 0; n < 120; n++) attempt(() =>
  child_process.spawn("sleep", ["20"], { detached: true, stdio: "ignore" }).on("error", () => 0))
setTimeout(() => process.exit(), 1500)
""",
        control="confined",
        limits=FEW,
    ),
    Probe(
        "forks-in-a-chain",
        "fork",
        "Each process starts two more and ends: nobody who counts sees the same ones twice.",
        """
run("sh", "-c", "f() { sleep 3 & [ $1 -gt 0 ] && { f $(($1-1)) & f $(($1-1)) & }; }; f 6; sleep 2")
""",
        control="confined",
        limits=FEW,
    ),
    Probe(
        "allocates-buffers",
        "memory",
        "Memory that one takes is memory that all lack.",
        """
const kept = []
for (let n = 0; n < 8; n++) attempt(() => kept.push(Buffer.alloc(64 << 20, 1)))
setTimeout(() => process.exit(), 400)
""",
        limits=TIGHT,
    ),
    Probe(
        "allocates-in-threads",
        "memory",
        "Each thread has a heap of its own, which no limit on one heap sees.",
        """
const source = "const kept = Buffer.alloc(64 << 20, 1); setTimeout(() => kept.fill(2), 900)"
for (let n = 0; n < 8; n++) attempt(() =>
  new worker_threads.Worker(source, { eval: true }).on("error", () => 0))
setTimeout(() => process.exit(), 1500)
""",
        limits=TIGHT,
    ),
    Probe(
        "allocates-in-children",
        "memory",
        "Many processes, each below the limit, are together far above it.",
        """
const source = "(head -c 90000000 /dev/zero; sleep 2) | tail -n1 >/dev/null"
for (let n = 0; n < 6; n++) child_process.spawn("sh", ["-c", source])
setTimeout(() => process.exit(), 1500)
""",
        limits=TIGHT,
    ),
    Probe(
        "allocates-shared-memory",
        "memory",
        "Files in memory belong to no process, and stay when it has ended.",
        """
for (const folder of ["/dev/shm", "/tmp", "/run", "/var/tmp", "out"]) attempt(() => {
  const file = fs.openSync(`${folder}/filled`, "w")
  for (let n = 0; n < 40; n++) fs.writeSync(file, Buffer.alloc(4 << 20, 1))
})
setTimeout(() => process.exit(), 300)
""",
        limits=ROOM,
    ),
    Probe(
        "fills-the-disk",
        "disk",
        "A full disk stops databases, logs and logins.",
        """
const file = fs.openSync("out/filled", "w")
for (let n = 0; n < 64; n++) fs.writeSync(file, Buffer.alloc(1 << 20, 1))
""",
        limits=ROOM,
    ),
    Probe(
        "fills-the-disk-by-many-files",
        "disk",
        "Files that are small one by one are large together.",
        """
const piece = Buffer.alloc(1 << 20, 1)
for (let n = 0; n < 64; n++) attempt(() => fs.writeFileSync(`out/filled-${n}`, piece))
""",
        limits=ROOM,
    ),
    Probe(
        "uses-up-inodes",
        "inodes",
        "A file system without inodes left is full, however much room there is.",
        "for (let n = 0; n < 4000; n++) fs.writeFileSync(`out/empty-${n}`, '')\n",
        limits=ROOM,
    ),
    Probe(
        "nests-folders",
        "inodes",
        "Folders that are very deep break those who walk, copy and delete them.",
        """
process.chdir("out")
for (let n = 0; n < 700; n++) {
  fs.mkdirSync("d")
  process.chdir("d")
}
""",
        limits=(*ROOM, ("entries", 300)),
    ),
    Probe(
        "opens-files-without-end",
        "descriptors",
        "Open files are a number that the whole host shares.",
        """
for (let n = 0; n < 600; n++) fs.openSync("/dev/null")
got()
""",
        limits=ROOM,
    ),
    Probe(
        "floods-its-output",
        "output",
        "Whoever keeps what a guest says runs out of memory or disk.",
        "for (let n = 0; n < 64; n++) say('x'.repeat(1 << 17))\n",
        limits=ROOM,
    ),
    Probe(
        "floods-both-outputs",
        "output",
        "A limit for one stream is twice as much for two.",
        """
for (let n = 0; n < 40; n++) for (const stream of [1, 2]) say("x".repeat(1 << 17), stream)
""",
        limits=ROOM,
    ),
    Probe(
        "waits-for-ever",
        "hang",
        "A guest that never ends makes its caller wait.",
        "setInterval(() => 0, 1000)\n",
        limits=SOON,
    ),
    Probe(
        "waits-deaf-and-mute",
        "hang",
        "A guest that has closed its outputs and ignores signals seems to have ended.",
        """
for (const name of ["SIGTERM", "SIGINT", "SIGHUP", "SIGXCPU", "SIGALRM"])
  process.on(name, () => 0)
for (const number of [0, 1, 2]) attempt(() => fs.closeSync(number))
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
""",
        limits=SOON,
    ),
    Probe(
        "computes-for-ever",
        "hang",
        "A loop that never waits hears no signal that a program is to handle.",
        "process.on('SIGTERM', () => 0)\nfor (;;);\n",
        limits=SOON,
    ),
    Probe(
        "computes-in-threads",
        "hang",
        "Threads use more processors, so seconds of computing pass faster.",
        """
for (let n = 0; n < 4; n++) new worker_threads.Worker("for (;;);", { eval: true })
for (;;);
""",
        limits=SOON,
    ),
    Probe(
        "stops-itself",
        "sigstop",
        "A process that is stopped uses nothing, and never ends.",
        "process.kill(process.pid, 'SIGSTOP')\n",
        limits=SOON,
    ),
    Probe(
        "mounts-with-a-tool",
        "mounts",
        "Setuid programs of the host mount for whoever asks well.",
        "if (run('mount', '-t', 'tmpfs', 'none', '/tmp').status === 0) got()\n",
        root=True,
        control="confined",
        limits=ROOM,
    ),
    Probe(
        "makes-namespaces-with-a-tool",
        "namespaces",
        "In a namespace of its own a guest is root, and reaches code that only root should.",
        """
for (const words of [["-Ur"], ["-Urmn"], ["-Urp", "--fork"]])
  if (run("unshare", ...words, "true").status === 0) got()
""",
        limits=ROOM,
    ),
    Probe(
        "enters-the-host-with-a-tool",
        "namespaces",
        "Who joins the namespaces of a host process is on the host.",
        """
for (const pid of [1, process.ppid, W.host_pid, W.victim])
  run("nsenter", "-t", `${pid}`, "-m", "-p", "cat", ...W.secrets)
""",
        root=True,
        limits=ROOM,
    ),
    Probe(
        "becomes-root-with-a-tool",
        "setuid",
        "Setuid programs hand out root: to those who know a password, or one of their bugs.",
        """
for (const words of [["su", "-c", "id -u"], ["setpriv", "--reuid=0", "id", "-u"],
  ["su", "root", "-c", "id -u"]]) if (/^0$/m.test(run(...words).said)) got()
""",
        root=True,
        limits=ROOM,
    ),
    Probe(
        "changes-its-root-with-a-tool",
        "chroot",
        "From a root of one's own, setuid programs read one's own files.",
        "if (run('/usr/sbin/chroot', '/', 'true').status === 0) got()\n",
        root=True,
        limits=ROOM,
    ),
    Probe(
        "changes-addresses-with-a-tool",
        "capabilities",
        "Who rules the network can listen to what is said on it.",
        """
run("ip", "link", "set", "lo", "up")
if (run("ip", "addr", "add", "10.9.8.7/32", "dev", "lo").status === 0) got()
run("ip", "addr", "del", "10.9.8.7/32", "dev", "lo")
""",
        root=True,
        limits=ROOM,
    ),
    Probe(
        "group-of-its-own-for-resources",
        "cgroup",
        "A control group of the guest's making has none of the limits of the host's.",
        """
for (const tree of ["/sys/fs/cgroup", "/tmp/groups"]) {
  attempt(() => fs.mkdirSync("/tmp/groups", { recursive: true }))
  run("mount", "-t", "cgroup2", "none", "/tmp/groups")
  attempt(() => {
    fs.mkdirSync(`${tree}/goobits-guest`)
    if (fs.existsSync(`${tree}/goobits-guest/cgroup.procs`)) got()
    fs.rmdirSync(`${tree}/goobits-guest`)
  })
}
""",
        root=True,
        control="confined",
        limits=ROOM,
    ),
)
