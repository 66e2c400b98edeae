"""The attacks by what is left on disk, in JavaScript: whoever looks at it next runs it."""

from __future__ import annotations

from attack_node_files import ROOM
from attack_probe import Probe

# Write files, whatever is in the way, and make them look like programs.
_PLANT = """
function plant(path, text = "#!/bin/sh\\ntouch /tmp/ran\\n") {
  attempt(() => fs.mkdirSync(require("path").dirname(path), { recursive: true }))
  attempt(() => fs.writeFileSync(path, text, { mode: 0o755 }))
  attempt(() => { fs.writeFileSync("out/new", text); fs.renameSync("out/new", path) })
  fs.rmSync("out/new", { force: true })
  attempt(() => fs.chmodSync(path, 0o755))
}
"""
_EVERYTHING = (".",)

PROBES = (
    Probe(
        "hooks-of-git",
        "git",
        "Git runs hooks, and what its settings name, at the user's next command.",
        _PLANT
        + """
for (const name of ["pre-commit", "post-checkout", "post-index-change", "fsmonitor-watchman"])
  plant(`.git/hooks/${name}`)
plant(".git/config", "[core]\\n\\tfsmonitor = touch /tmp/ran\\n")
plant(".git/modules/sub/config", "[core]\\n\\tfsmonitor = touch /tmp/ran\\n")
plant(".git/info/attributes", "* filter=evil\\n")
plant(".GIT/hooks/pre-push")
run("git", "config", "core.sshCommand", "touch /tmp/ran")
""",
        write=_EVERYTHING,
        limits=ROOM,
    ),
    Probe(
        "folder-of-git-is-swapped",
        "git",
        "A folder that may not be written may still be moved, and another put in its place.",
        _PLANT
        + """
attempt(() => fs.renameSync(".git", ".git-old"))
plant(".git/hooks/pre-commit")
attempt(() => fs.renameSync(".git/hooks", ".git/hooks-old"))
attempt(() => fs.symlinkSync("../out", ".git/hooks"))
""",
        write=_EVERYTHING,
        limits=ROOM,
    ),
    Probe(
        "repository-inside-another",
        "git",
        "A folder that is a repository runs its hooks for whoever looks into it.",
        _PLANT
        + """
plant("src/.git/hooks/post-checkout")
plant("src/.git/config", "[core]\\n\\tfsmonitor = touch /tmp/ran\\n")
run("git", "init", "src")
run("git", "init", "out")
""",
        write=_EVERYTHING,
        limits=ROOM,
    ),
    Probe(
        "autorun-of-editors-and-shells",
        "autorun",
        "Editors, shells and build tools run what a folder tells them to.",
        _PLANT
        + """
for (const name of [".envrc", ".vscode/tasks.json", ".vscode/settings.json", ".idea/workspace.xml",
  ".npmrc", ".yarnrc.yml", ".husky/pre-commit", ".devcontainer/devcontainer.json", ".mise.toml",
  ".pre-commit-config.yaml", ".VSCODE/tasks.json"]) plant(name)
""",
        write=_EVERYTHING,
        limits=ROOM,
    ),
    Probe(
        "start-up-files-of-shells",
        "shell-startup",
        "Each new terminal of the user's runs these.",
        _PLANT
        + """
for (const name of [".bashrc", ".profile", ".zshrc", ".bash_logout", ".config/fish/config.fish",
  ".config/environment.d/node.conf", ".inputrc", ".ssh/rc", ".ssh/authorized_keys"])
  plant(`${W.home}/${name}`, "export NODE_OPTIONS=--require=/tmp/evil.js\\n")
""",
        limits=ROOM,
    ),
    Probe(
        "programs-that-start-by-themselves",
        "autorun",
        "Desktops and timers start what they find in the home.",
        _PLANT
        + """
for (const name of [".config/autostart/evil.desktop", ".config/systemd/user/evil.service",
  ".local/bin/git", "bin/git", ".local/share/applications/evil.desktop", ".gitconfig",
  ".node_modules/path/index.js", ".npmrc", ".node_repl_history"]) plant(`${W.home}/${name}`)
for (const path of ["/etc/cron.d/evil", "/etc/profile.d/evil.sh", "/var/spool/cron/crontabs/root",
  "/usr/local/bin/git"]) plant(path)
""",
        limits=ROOM,
    ),
    Probe(
        "libraries-that-are-preloaded",
        "preload",
        "A library that the loader is told of is code in every program.",
        _PLANT
        + """
plant("/etc/ld.so.preload", "/tmp/evil.so\\n")
plant("/usr/local/lib/libc.so.6", "evil")
plant("/etc/ld.so.conf.d/evil.conf", "/tmp\\n")
plant(`${W.home}/.pam_environment`, "LD_PRELOAD=/tmp/evil.so\\n")
""",
        limits=ROOM,
    ),
    Probe(
        "plugins-are-changed",
        "plugin-store",
        "A plugin that was checked once is run with more rights than the one that changes it.",
        _PLANT
        + """
plant(`${W.store}/plugin.py`, "evil\\n")
plant(`${W.store}/../../evil/1.0.0-00/plugin.py`, "evil\\n")
plant(`${W.home}/.local/share/goobits/plugins/commands.tsv`, "* evil acme/evil\\n")
attempt(() => fs.renameSync(W.store, `${W.store}-old`))
""",
        limits=ROOM,
    ),
    Probe(
        "links-are-planted",
        "links",
        "A link in what a guest leaves leads the next writer to another file.",
        """
fs.mkdirSync("out/deep/er", { recursive: true })
fs.symlinkSync("/home/dev/.bashrc", "out/absolute")
fs.symlinkSync("../../.bashrc", "out/relative")
fs.symlinkSync("../../../../.ssh", "out/deep/er/folder")
fs.symlinkSync("/proc/self/cwd", "out/magic")
fs.renameSync("out/deep", "out/moved")
""",
        limits=ROOM,
    ),
    Probe(
        "link-in-the-place-of-a-folder",
        "races",
        "What is copied back by name lands where a link of that name leads.",
        """
fs.mkdirSync("out/sub")
fs.writeFileSync("out/sub/planted.txt", "planted")
fs.rmSync("out/old.txt")
fs.symlinkSync(`${W.home}/.bashrc`, "out/old.txt")
attempt(() => fs.rmSync("out", { recursive: true }))
attempt(() => fs.renameSync("out", "out-old"))
attempt(() => fs.symlinkSync(W.home, "out"))
""",
        limits=ROOM,
    ),
    Probe(
        "special-files-are-planted",
        "files",
        "A reader of a FIFO waits for ever, and a socket connects to whoever made it.",
        """
run("mkfifo", "out/fifo")
run("mknod", "out/device", "c", "1", "3")
net.createServer().on("error", console.log)
  .listen("out/socket", () => process.kill(process.pid, "SIGKILL"))
""",
        limits=ROOM,
    ),
    Probe(
        "modes-that-give-rights",
        "setuid",
        "A program with these bits runs with the rights of whoever owns it.",
        """
for (const [name, mode] of [["setuid", 0o4755], ["setgid", 0o2755], ["open", 0o777]]) {
  fs.copyFileSync("/usr/bin/env", `out/${name}`)
  attempt(() => fs.chmodSync(`out/${name}`, mode))
}
fs.mkdirSync("out/folder")
attempt(() => fs.chmodSync("out/folder", 0o3777))
run("chmod", "u+s,a+w", "out/open")
""",
        limits=ROOM,
    ),
    Probe(
        "hard-links-are-planted",
        "links",
        "A second name of a file of the host's changes it when it is written to.",
        """
const others = [`${W.home}/.bashrc`, "README.md", "src/main.py", "/tmp/shared.txt"]
for (const path of others) attempt(() => {
  fs.linkSync(path, "out/linked")
  fs.appendFileSync("out/linked", "planted")
})
attempt(() => fs.unlinkSync("out/linked"))
""",
        limits=ROOM,
    ),
    Probe(
        "files-outside-are-touched",
        "files",
        "Nothing that may only be read is changed: content, mode, times, or name.",
        """
const others = ["README.md", "src/main.py", "config.yaml", `${W.home}/.profile`, "/tmp/shared.txt"]
for (const path of others) {
  attempt(() => fs.chmodSync(path, 0o777))
  attempt(() => fs.utimesSync(path, 1, 1))
  attempt(() => fs.truncateSync(path, 1))
  attempt(() => fs.appendFileSync(path, "planted"))
  attempt(() => fs.unlinkSync(path))
}
attempt(() => fs.rmSync("src", { recursive: true }))
""",
        limits=ROOM,
    ),
    Probe(
        "files-are-reopened-for-writing",
        "proc",
        "A descriptor that only reads is opened once more, by /proc, to write.",
        """
for (const path of ["README.md", "/tmp/shared.txt", `${W.home}/.profile`]) attempt(() => {
  const opened = fs.openSync(path)
  fs.writeFileSync(`/proc/self/fd/${opened}`, "planted")
})
for (let number = 3; number < 32; number++)
  attempt(() => fs.writeFileSync(`/proc/self/fd/${number}/planted.txt`, "planted"))
""",
        limits=ROOM,
    ),
    Probe(
        "heap-is-written-anywhere",
        "core",
        "V8 writes snapshots and reports itself: its own file calls, at any path.",
        """
attempt(() => process.report.writeReport(`${W.home}/report.json`))
attempt(() => v8.writeHeapSnapshot(`${W.project}/heap.heapsnapshot`))
attempt(() => v8.writeHeapSnapshot(`/var/tmp/heap.heapsnapshot`))
""",
        limits=ROOM,
    ),
    Probe(
        "core-is-dumped",
        "core",
        "A core file of the guest's choice of words lands where the kernel is told to put it.",
        "process.chdir(W.home)\nprocess.abort()\n",
        limits=ROOM,
    ),
    Probe(
        "settings-of-the-kernel",
        "capabilities",
        "Some files of /proc change, or run things on, the whole machine.",
        """
for (const path of ["kernel/core_pattern", "kernel/modprobe", "kernel/hostname", "vm/drop_caches",
  "fs/binfmt_misc/register", "net/ipv4/ping_group_range", "kernel/ns_last_pid"])
  attempt(() => { fs.openSync(`/proc/sys/${path}`, "r+"); got() })
attempt(() => { fs.openSync("/proc/sysrq-trigger", fs.constants.O_WRONLY); got() })
""",
        root=True,
        limits=ROOM,
    ),
)
