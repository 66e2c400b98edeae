"""Attacks on files: reading and writing where nothing allows it, links, races, what others run."""

from __future__ import annotations

from attack_probe import Probe


def _reads(name: str, what: str, why: str) -> Probe:
    return Probe(f"read-{name}", "files", why, f"shown({what})")


_READING = (
    _reads("ssh-key", 'W["home"] + "/.ssh/id_ed25519"', "The user's SSH key."),
    _reads("aws-credentials", 'W["home"] + "/.aws/credentials"', "The user's cloud."),
    _reads("netrc", 'W["home"] + "/.netrc"', "The user's passwords."),
    _reads("shell-history", 'W["home"] + "/.bash_history"', "What the user typed."),
    _reads("all-of-home", '*[s for s in W["secrets"] if s.startswith(W["home"] + "/.")]',
           "Every token that programs keep in the home folder."),
    _reads("sibling", 'W["home"] + "/sibling/notes.txt"', "The user's other projects."),
    _reads("dotenv", '".env", ".env.production", "sub/.env"', "The project's passwords."),
    _reads("private-keys", '"server.key", "id_rsa"', "The project's private keys."),
    _reads("npmrc", '".npmrc"', "The right to publish packages."),
    _reads("credentials-folder", '"sub/.aws/credentials"', "The project's cloud."),
    _reads("host-files", '"/etc/app.conf", "/opt/app/config.ini", "/var/lib/app/data.txt"',
           "Settings and data of the host's services."),
    _reads("shared-folders", '"/tmp/shared.txt", "/dev/shm/shared", "/var/tmp/cache.txt"',
           "What other programs put down for a moment."),
    _reads("run", '"/run/secrets/token", f"/run/user/{W[\'uid\']}/token"',
           "Tokens of running services."),
    Probe("read-root-only", "files", "What root alone may read.",
          'shown("/etc/shadow", "/root/secret.txt", "/var/lib/private/root.key")', root=True),
    Probe("read-git-remote", "git", "Passwords in the addresses of remotes.",
          'shown(".git/config")'),
    Probe("read-plugin-store", "plugin-store", "Code and settings of other plugins.",
          'shown(W["store"] + "/plugin.py")'),
)  # fmt: skip

_AROUND = (
    Probe("dot-dot-out-of-project", "files", "Paths that climb.",
          'shown("../.ssh/id_ed25519", "out/../../sibling/notes.txt")'),
    Probe("proc-self-root", "files", "The root by another name.",
          'shown("/proc/self/root" + W["home"] + "/.netrc", "/proc/thread-self/root/tmp/shared.txt")'),
    Probe("proc-self-cwd", "files", "The folder above the current one.",
          'shown("/proc/self/cwd/../.netrc", "/proc/self/cwd/.env")'),
    Probe("proc-of-parent-root", "proc", "The root of whoever started this.",
          'shown(*[f"/proc/{p}/root{W[\'home\']}/.netrc" for p in (1, os.getppid(), W["victim"])])'),
    Probe("proc-of-parent-cwd", "proc", "The folder of whoever started this.",
          'shown(*[f"/proc/{p}/cwd/{f}" for p in (1, os.getppid(), W["victim"]) '
          'for f in (".netrc", ".env", "../.netrc")])'),
    Probe("inherited-descriptors", "descriptors", "What the host forgot to close.",
          """
for number in os.listdir("/proc/self/fd"):
    try:
        if int(number) > 2: os.write(1, os.pread(int(number), 4096, 0))
    except OSError as error: print(number, error)
"""),
    Probe("inherited-folder", "descriptors", "A folder that the host forgot to close.",
          """
for number in range(3, 256):
    try: print(os.read(os.open(".netrc", os.O_RDONLY, dir_fd=number), 99))
    except OSError: pass
"""),
    Probe("reopen-inherited", "descriptors", "Read-only descriptors, opened anew to write.",
          """
for number in os.listdir("/proc/self/fd"):
    try: open(f"/proc/self/fd/{number}/.bashrc", "a").write("evil")
    except OSError as error: print(error)
"""),
    Probe("open-by-handle", "files", "Any file of a file system by its number.",
          """
handle = ctypes.create_string_buffer(struct.pack("Ii", 120, 0), 128)
mount = ctypes.c_int()
path = b"." if not os.path.exists("/tmp/shared.txt") else W["home"].encode() + b"/.netrc"
syscall("name_to_handle_at", -100, path, handle, ctypes.byref(mount), 0)
folder = os.open(".", os.O_RDONLY)
print(os.read(syscall("open_by_handle_at", folder, handle, os.O_RDONLY), 99))
""", root=True),
    Probe("open-tree-of-project", "mounts", "The project without what covers its secrets.",
          """
tree = syscall("open_tree", -100, W["project"].encode(), 0x80001)
print(os.read(os.open(".env", os.O_RDONLY, dir_fd=tree), 99))
""", root=True),
    Probe("uncover-masked-file", "mounts", "What a mask covers, once it is unmounted.",
          """
try: syscall("umount2", W["project"].encode() + b"/.env", 2)
except OSError as error: print(error)
show(".env")
"""),
    Probe("rename-masked-file", "files", "A secret under a name that nothing covers.",
          'os.rename(".env", "out/plain"); show("out/plain")', write=(".",)),
    Probe("link-masked-file", "links", "A secret under a second name.",
          'os.link(".env", "out/plain"); show("out/plain")', write=(".",)),
    Probe("rename-folder-of-masked-file", "files", "A mask left behind by its folder.",
          'os.rename("sub", "out/moved"); shown("out/moved/.env", "out/moved/.aws/credentials")',
          write=(".",)),
    Probe("mapped-masked-file", "files", "A secret through a mapping.",
          'print(mmap.mmap(os.open(".env", os.O_RDONLY), 32, prot=mmap.PROT_READ)[:])'),
    Probe("exec-reads-masked-file", "files", "A secret as the interpreter's error message.",
          'os.dup2(1, 2); os.execv("/bin/sh", ["sh", "./.env"])'),
    Probe("copied-by-kernel", "files", "A secret by copy_file_range, which opens nothing twice.",
          """
source, target = os.open(".env", os.O_RDONLY), os.open("out/x", os.O_RDWR | os.O_CREAT)
os.copy_file_range(source, target, 99, 0, 0); print(os.pread(target, 99, 0))
"""),
    Probe("watches-home", "files", "When and what the user opens.",
          """
watch = libc.inotify_init()
if libc.inotify_add_watch(watch, W["home"].encode() + b"/.ssh", 0xfff) >= 0: got()
"""),
    Probe("fanotify-of-root", "files", "Every file that anybody opens.",
          """
group = syscall("fanotify_init", 0, 0)
syscall("fanotify_mark", group, 0x11, 0x20, -100, b"/"); got()
""", root=True),
    Probe("lists-home", "files", "What the user has.",
          'if os.listdir(W["home"] + "/.ssh"): got()'),
)  # fmt: skip

_WRITING = (
    Probe("write-into-project", "files", "The source code of the user.",
          'open("src/main.py", "a").write("evil")'),
    Probe("write-new-into-project", "files", "Files that a build takes.",
          'open("src/new.py", "w").write("evil")'),
    Probe("write-sibling", "files", "The user's other projects.",
          'open("../sibling/notes.txt", "w").write("evil")'),
    Probe("remove-project-file", "files", "The user's work.", 'os.unlink("README.md")'),
    Probe("truncate-project-file", "files", "The user's work.", 'os.truncate("README.md", 0)'),
    Probe("chmod-project-file", "files", "Programs out of texts.", 'os.chmod("README.md", 0o777)'),
    Probe("utime-project-file", "files", "Builds that believe in times.",
          'os.utime("README.md", (1, 1))'),
    Probe("xattr-project-file", "files", "Attributes that other programs trust.",
          'os.setxattr("README.md", "user.evil", b"1")'),
    Probe("rename-project-folder", "files", "The whole project, replaced.",
          'os.rename("src", "out/src")'),
    Probe("exchange-folders", "races", "The project's source against the guest's.",
          'os.mkdir("out/evil"); syscall("renameat2", -100, b"src", -100, b"out/evil", 2)'),
    Probe("write-home", "files", "Files where the user looks.",
          'open(W["home"] + "/evil", "w").write("x")'),
    Probe("write-etc", "files", "The host's settings.",
          'open("/etc/ld.so.preload", "w").write("x")', root=True),
    Probe("write-var", "autorun", "What cron runs.",
          'os.makedirs("/var/spool/cron", exist_ok=True); '
          'open("/var/spool/cron/root", "w").write("* * * * * x")', root=True),
    Probe("write-usr-local", "autorun", "A program on everybody's PATH.",
          'open("/usr/local/bin/git", "w").write("x")', root=True),
    Probe("write-tmp", "files", "Files in the folder that all programs share.",
          'open("/tmp/evil", "w").write("x")'),
    Probe("write-dev-shm", "posix-ipc", "Memory that all programs share.",
          'open("/dev/shm/evil", "w").write("x")'),
    Probe("write-through-shared-memory", "posix-ipc", "Memory of another program.",
          'open("/dev/shm/shared", "r+").write("evil")'),
    Probe("write-plugin-store", "plugin-store", "Every plugin the user has.",
          'open(W["store"] + "/plugin.py", "w").write("evil")'),
    Probe("write-plugin-commands", "plugin-store", "A command that every program finds.",
          'open(W["store"].split("/store/")[0] + "/commands.tsv", "a").write("evil")'),
    Probe("replace-plugin-store", "plugin-store", "The whole store.",
          's = W["store"].split("/store/")[0] + "/store"; os.rename(s, s + "-old")'),
    Probe("write-self-test-record", "plugin-store", "A sandbox that believes it was tested.",
          'os.makedirs(W["home"] + "/.cache/goobits/sandbox", exist_ok=True); '
          'open(W["home"] + "/.cache/goobits/sandbox/held", "w").write("x")'),
    Probe("sparse-write-by-handle", "files", "A file of the project through /proc.",
          'f = os.open("README.md", os.O_RDONLY); open(f"/proc/self/fd/{f}", "w").write("evil")'),
    Probe("write-own-source", "races", "What the next run of the same program is.",
          'open("probe.py", "w").write("evil")'),
    Probe("write-by-mapping", "files", "A shared mapping writes without a write.",
          'm = mmap.mmap(os.open("README.md", os.O_RDWR), 9); m[:4] = b"evil"; m.flush()'),
    Probe("mount-over-project", "mounts", "A file system of the guest's in the project.",
          'syscall("mount", b"none", W["project"].encode() + b"/src", b"tmpfs", 0, b""); got()',
          control="confined", root=True),
)  # fmt: skip


def _left(
    name: str,
    kind: str,
    why: str,
    source: str,
    write: tuple[str, ...] = ("out",),
    *,
    root: bool = False,
) -> Probe:
    return Probe(name, kind, why, source, write=write, root=root)


_LEFT = (
    _left("link-to-home", "links", "A link that the host writes through.",
          'os.symlink(W["home"] + "/.bashrc", "out/report.txt")'),
    _left("link-that-climbs", "links", "A relative link out of the folder.",
          'os.symlink("../../.bashrc", "out/report.txt")'),
    _left("link-folder-to-home", "links", "A folder that is the user's home.",
          'os.symlink(W["home"], "out/home")'),
    _left("link-in-place-of-out", "links", "The folder for writing, replaced by a link.",
          'os.rename("out", "out2"); os.symlink(W["home"], "out")', (".",)),
    _left("folder-replaced-by-link", "links", "A folder for writing, replaced by a link.",
          'os.makedirs("out/a"); os.rename("out/a", "out/b"); os.symlink(W["home"] + "/.ssh", "out/a")'),
    _left("write-through-own-link", "links", "A write through a link of the guest's.",
          'os.symlink(W["home"] + "/.bashrc", "out/x"); open("out/x", "a").write("evil")'),
    _left("write-through-project-link", "links", "A write through a link that was there.",
          'open("link-to-ssh/authorized_keys", "w").write("evil")'),
    _left("read-through-project-link", "links", "A read through a link that was there.",
          'shown("link-to-env", "link-to-ssh/id_ed25519")'),
    _left("hard-link-to-project-file", "links", "A name for writing for a file that is not.",
          'os.link("README.md", "out/r"); open("out/r", "a").write("evil")'),
    _left("hard-link-by-descriptor", "links", "A name for an open file.",
          'f = os.open("README.md", os.O_RDONLY); '
          'syscall("linkat", -100, f"/proc/self/fd/{f}".encode(), -100, b"out/r", 0x400); '
          'open("out/r", "a").write("x")'),
    _left("fifo-in-out", "files", "A file on which the host waits for ever.",
          'os.mkfifo("out/report.txt")'),
    _left("socket-in-out", "unix-sockets", "A socket that others take for a service.",
          's = socket.socket(socket.AF_UNIX); s.bind("out/s")'),
    _left("device-in-out", "files", "The kernel's log, or a disk.",
          'os.mknod("out/kmsg", stat.S_IFCHR | 0o666, os.makedev(1, 11))', root=True),
    _left("device-anywhere", "files", "A device in a folder of the guest's own.",
          'os.mknod("/tmp/kmsg", stat.S_IFCHR | 0o666, os.makedev(1, 11)); open("/tmp/kmsg"); got()', root=True),
    _left("whiteout-in-out", "files", "What the overlay takes for a file that is gone.",
          'os.unlink("out/old.txt"); os.mknod("out/new", stat.S_IFCHR, 0)'),
    _left("setuid-in-out", "setuid", "A program that runs as the user.",
          'open("out/sh", "wb").write(b"#!/bin/sh"); os.chmod("out/sh", 0o6755)'),
    _left("world-writable-in-out", "files", "A file that everybody may change.",
          'open("out/x", "w"); os.chmod("out/x", 0o777); open("src/x", "w")'),
    _left("opaque-folder", "files", "A folder that hides the host's, by the overlay's own mark.",
          'os.mkdir("src/sub"); os.setxattr("src", "user.overlay.opaque", b"y")'),
    _left("redirected-folder", "files", "A folder that the overlay takes from elsewhere.",
          'os.makedirs("out/d"); os.setxattr("out/d", "user.overlay.redirect", b"/../.ssh"); '
          'os.setxattr("out", "user.overlay.redirect", b"/.ssh"); os.setxattr("src", "user.x", b"1")'),
    _left("race-folder-and-link", "races", "A folder that is a link when the host looks again.",
          """
os.makedirs("out/d"); open("out/d/authorized_keys", "w").write("evil")
if os.fork() == 0:
    os.setsid(); end = time.time() + 1.5
    while time.time() < end:
        os.rename("out/d", "out/e"); os.symlink(W["home"] + "/.ssh", "out/d")
        os.unlink("out/d"); os.rename("out/e", "out/d")
    os._exit(0)
time.sleep(0.02); os.symlink(W["home"], "out/last")
"""),
    _left("race-file-and-fifo", "races", "A file that blocks when the host opens it.",
          """
if os.fork() == 0:
    end = time.time() + 1.5
    while time.time() < end:
        open("out/f", "w").close(); os.unlink("out/f"); os.mkfifo("out/f"); os.unlink("out/f")
    os._exit(0)
time.sleep(0.05); os.mkfifo("out/g")
"""),
    _left("name-with-newline", "files", "A name that scripts take for two, beside a link out.",
          'os.mkdir("out/a\\n"); os.symlink("/etc", "out/a\\n/b")'),
    _left("case-of-a-name", "files", "A folder whose name differs by case alone.",
          'os.makedirs(".GIT/hooks"); open(".GIT/hooks/post-checkout", "w").write("x")', (".",)),
    _left("dot-git-with-dots", "git", "Names that other systems take for .git.",
          'os.makedirs("out/GIT~1"); os.makedirs(".git /hooks"); open(".git /config", "w")', (".",)),
)  # fmt: skip


def _autorun(name: str, kind: str, path: str, why: str) -> Probe:
    source = f"""
path = {path!r}
os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
open(path, "a").write("\\nevil\\n")
"""
    return Probe(f"write-{name}", kind, why, source, write=("src/*", "out", "sub"))


_RUN_BY_OTHERS = (
    _autorun("git-hook", "git", ".git/hooks/post-checkout", "Code that the user's git runs."),
    _autorun("git-config", "git", ".git/config", "Commands that the user's git runs."),
    _autorun("git-attributes", "git", ".git/info/attributes", "Filters that git runs."),
    _autorun("git-alternates", "git", ".git/objects/info/alternates", "Objects from elsewhere."),
    _autorun("gitmodules", "git", ".gitmodules", "Repositories that git fetches."),
    _autorun("envrc", "autorun", ".envrc", "Code that direnv runs."),
    _autorun("vscode-tasks", "autorun", ".vscode/tasks.json", "Code that the editor runs."),
    _autorun("package-json", "autorun", "package.json", "Scripts that npm runs."),
    _autorun("makefile", "autorun", "Makefile", "Code that make runs."),
    _autorun("conftest", "autorun", "conftest.py", "Code that pytest runs."),
    Probe("write-pth-file", "autorun", "Code that every Python runs.",
        'os.makedirs("/usr/local/lib/python3.11/dist-packages", exist_ok=True); '
        'open("/usr/local/lib/python3.11/dist-packages/x.pth", "w").write("import evil")',
        root=True),
    Probe("git-in-out", "git", "A repository whose hooks the user's git runs.",
          'os.makedirs("out/.git/hooks"); open("out/.git/config", "w").write("x"); '
          'os.symlink("/", "out/.git/x")'),
    Probe("git-renamed-away", "git", "Hooks, by a folder that was moved.",
          'os.rename(".git", ".old"); os.makedirs(".git/hooks"); '
          'open(".git/hooks/pre-commit", "w").write("evil")'),
    Probe("git-config-with-leave", "git", "Commands, with leave to write all of the project.",
          'open(".git/config", "a").write("[core]\\n\\tfsmonitor = evil\\n")', write=("out",)),
    Probe("git-runs-hooks", "git", "A hook by git itself.",
          'os.system("git config core.hooksPath out >/dev/null 2>&1")'),
    Probe("bashrc", "shell-startup", "Code that the user's shell runs.",
          'open(W["home"] + "/.bashrc", "a").write("evil")'),
    Probe("profile", "shell-startup", "Code that the user's login runs.",
          'open(W["home"] + "/.profile", "a").write("evil")'),
    Probe("bashrc-by-rename", "shell-startup", "The same file, replaced.",
          'open("out/x", "w").write("evil"); os.rename("out/x", W["home"] + "/.bashrc")'),
    Probe("zshenv", "shell-startup", "A file that was not there before.",
          'open(W["home"] + "/.zshenv", "w").write("evil")'),
    Probe("home-by-password-file", "shell-startup", "The home that the user database names.",
          'import pwd; open(pwd.getpwuid(os.getuid()).pw_dir + "/.bashrc", "a").write("evil")',
          root=True),
    Probe("autostart", "autorun", "A program that the desktop starts.",
          'open(W["home"] + "/.config/autostart/app.desktop", "a").write("Exec=evil")'),
    Probe("systemd-user-unit", "autorun", "A service that the session starts.",
          'd = W["home"] + "/.config/systemd/user"; os.makedirs(d); open(d + "/x.service", "w")'),
    Probe("profile-d", "shell-startup", "Code that everybody's shell runs.",
          'open("/etc/profile.d/x.sh", "w").write("evil")', root=True),
    Probe("core-dump", "core", "A file with the memory of the process in the project.",
          """
import resource
h = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (h, h)); os.kill(os.getpid(), signal.SIGSEGV)
"""),
    Probe("core-dump-of-child", "core", "The memory of a child in the project.",
          """
import resource
if os.fork() == 0:
    try: resource.setrlimit(resource.RLIMIT_CORE, (1 << 26, 1 << 26))
    except (OSError, ValueError): pass
    os.abort()
os.wait()
"""),
    Probe("core-pattern", "core", "A program that the kernel runs as root.",
          'open("/proc/sys/kernel/core_pattern", "r+"); got()', root=True),
)  # fmt: skip

PROBES = (*_READING, *_AROUND, *_WRITING, *_LEFT, *_RUN_BY_OTHERS)
