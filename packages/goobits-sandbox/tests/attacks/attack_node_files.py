"""The attacks on files, in JavaScript: see attack_node.py for what they find before them."""

from __future__ import annotations

from attack_probe import MIB, Probe

# V8 sets aside much memory of which it uses little.
ROOM = (("memory", 512 * MIB), ("processes", 64))

PROBES = (
    Probe(
        "read-secrets-of-the-home",
        "files",
        "Keys, tokens and histories of the user are what most thieves come for.",
        "shown(...W.secrets)\n",
        limits=ROOM,
    ),
    Probe(
        "read-through-the-root-of-init",
        "proc",
        "The root of another process shows the files that one's own does not.",
        """
for (const pid of [1, process.ppid, W.host_pid, W.victim])
  shown(...W.secrets.map((path) => `/proc/${pid}/root${path}`))
""",
        limits=ROOM,
    ),
    Probe(
        "read-through-a-symlink",
        "links",
        "A link made by the guest is followed by whoever trusts names in a folder.",
        """
W.secrets.forEach((path, number) => {
  const link = `/tmp/link-${process.pid}-${number}`
  fs.symlinkSync(path, link)
  shown(link)
  fs.unlinkSync(link)
})
shown("link-to-env", "link-to-ssh/id_ed25519")
""",
        limits=ROOM,
    ),
    Probe(
        "read-through-a-hard-link",
        "links",
        "A second name of a hidden file is not hidden by its path.",
        """
shown("linked-key.txt")
for (const path of W.secrets)
  attempt(() => { fs.linkSync(path, "out/linked"); show("out/linked") })
attempt(() => fs.unlinkSync("out/linked"))
""",
        limits=ROOM,
    ),
    Probe(
        "read-by-copying",
        "files",
        "A copy is made by the kernel, which may look at other names than open does.",
        """
for (const path of [...W.secrets, ".env"]) for (const mode of [0, fs.constants.COPYFILE_FICLONE])
  attempt(() => { fs.copyFileSync(path, "/tmp/copied", mode); show("/tmp/copied") })
fs.rmSync("/tmp/copied", { force: true })
""",
        limits=ROOM,
    ),
    Probe(
        "read-what-the-project-hides",
        "files",
        "Secrets lie in projects too, under names that are known for it.",
        """
shown(".env", ".env.production", "server.key", "id_rsa", ".npmrc", "sub/.env",
  "sub/.aws/credentials", "./sub/../.env", "out/../.env", `${W.project}//.env`,
  `/proc/self/cwd/.env`, `/proc/self/root${W.project}/.env`, ".git/config")
""",
        limits=ROOM,
    ),
    Probe(
        "renames-what-the-project-hides",
        "races",
        "A file that is hidden by name is shown under another one.",
        """
for (const name of [".env", "id_rsa", "sub"])
  attempt(() => { fs.renameSync(name, "out/renamed"); shown("out/renamed", "out/renamed/.env") })
""",
        write=(".",),
        limits=ROOM,
    ),
    Probe(
        "swaps-a-folder-for-a-link",
        "races",
        "Between the look at a name and its use, the name can come to mean another file.",
        """
const swap = () => {
  fs.mkdirSync("out/swap/deep", { recursive: true })
  fs.renameSync("out/swap", `out/old`)
  fs.symlinkSync(W.home, "out/swap")
  attempt(() => fs.writeFileSync("out/swap/planted.txt", "planted"))
  shown("out/swap/.netrc")
  fs.rmSync("out/old", { recursive: true })
}
swap()
""",
        limits=ROOM,
    ),
    Probe(
        "reopens-inherited-descriptors",
        "files",
        "A descriptor that was left open reads what no path leads to.",
        """
for (let number = 3; number < 64; number++) {
  attempt(() => show(number))
  shown(`/proc/self/fd/${number}`, `/proc/self/fd/${number}/.netrc`)
  for (const path of W.secrets) shown(`/proc/self/fd/${number}/../..${path}`)
}
""",
        limits=ROOM,
    ),
    Probe(
        "walks-the-whole-tree",
        "files",
        "Whatever is anywhere and can be read will be found.",
        """
const walk = (folder, depth) => {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isFile() && fs.statSync(path).size < 4096) shown(path)
    if (entry.isDirectory() && depth) attempt(() => walk(path, depth - 1))
  }
}
for (const tree of ["/home", "/root", "/tmp", "/run", "/var", "/opt", "/mnt", "/media", "/dev/shm",
  "/usr/local/etc", "/srv/world", W.project, "/oldroot", "/newroot"]) attempt(() => walk(tree, 7))
""",
        limits=(*ROOM, ("wall", 10.0)),
    ),
)
