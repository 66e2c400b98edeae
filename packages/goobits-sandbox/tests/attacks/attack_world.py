"""The world that attacks are run in: a throw-away host with secrets, servers and victims.

It is made by root inside a mount, pid, ipc, uts and network namespace of its own, so that neither
an attack that succeeds nor a control can reach the real host: the real file system is read-only
there, and /home, /root, /tmp, /run, /dev, /etc and /var are its own. After each run it says what
happened (`Evidence`), and puts itself back.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attack_servers
import attack_snapshot
from attack_victim import Victim

HOME, PROJECT = "/home/dev", "/home/dev/project"
STORE = f"{HOME}/.local/share/goobits/plugins/store/acme/lint/1.0.0-00"
# Each of these holds a token of its own; what is below /root and /var/lib/private, root's alone.
SECRET_FILES = (
    f"{HOME}/.ssh/id_ed25519",
    f"{HOME}/.aws/credentials",
    f"{HOME}/.netrc",
    f"{HOME}/.bash_history",
    f"{HOME}/.docker/config.json",
    f"{HOME}/.kube/config",
    f"{HOME}/.git-credentials",
    f"{HOME}/.config/gh/hosts.yml",
    f"{HOME}/.mozilla/cookies.sqlite",
    f"{HOME}/sibling/notes.txt",
    f"{STORE}/plugin.py",
    f"{PROJECT}/.env",
    f"{PROJECT}/.env.production",
    f"{PROJECT}/server.key",
    f"{PROJECT}/id_rsa",
    f"{PROJECT}/.npmrc",
    f"{PROJECT}/sub/.env",
    f"{PROJECT}/sub/.aws/credentials",
    "/tmp/shared.txt",
    "/dev/shm/shared",
    "/run/secrets/token",
    "/run/user/{uid}/token",
    "/var/lib/app/data.txt",
    "/var/tmp/cache.txt",
    "/opt/app/config.ini",
    "/etc/app.conf",
    "/etc/shadow",
    "/root/secret.txt",
    "/var/lib/private/root.key",
)
_ROOTS_OWN = ("/root", "/var/lib/private", "/etc/shadow")
_PLAIN_FILES = {
    ".bashrc": "# bashrc\n",
    ".profile": "# profile\n",
    ".gitconfig": "[user]\n\tname = dev\n\temail = dev@example.org\n",
    ".local/share/goobits/plugins/commands.tsv": "* lint acme/lint\n",
    ".config/autostart/app.desktop": "[Desktop Entry]\n",
    "project/README.md": "# project\n",
    "project/src/main.py": "print('main')\n",
    "project/package.json": '{"scripts": {"test": "true"}}\n',
    "project/Makefile": "all:\n\ttrue\n",
    "project/.envrc": "# envrc\n",
    "project/.vscode/tasks.json": "{}\n",
    "project/out/old.txt": "old\n",
}
_DEVICES = {
    "null": (1, 3), "zero": (1, 5), "full": (1, 7), "random": (1, 8), "urandom": (1, 9),
    "tty": (5, 0), "kmsg": (1, 11), "fuse": (10, 229), "net/tun": (10, 200),
}  # fmt: skip
_libc = ctypes.CDLL(None, use_errno=True)


class World:
    """The throw-away host; `uid` is the user whose guest is attacked."""

    def __init__(self, uid: int) -> None:
        self.uid = uid
        self.tokens: dict[str, str] = {}
        self.environ: dict[str, str] = {}

    def build(self) -> None:
        """Make everything but the mounts."""
        self._files()
        self._identity()
        _network()
        self._processes()
        self.write_facts()

    def remember(self) -> None:
        """Take the world as it is now for how it is to be."""
        for layer in attack_snapshot.LAYERS:
            at = f"/srv/layers{layer}"
            shutil.rmtree(f"{at}/kept", ignore_errors=True)
            subprocess.run(["cp", "-a", f"{at}/upper", f"{at}/kept"], check=True)
        self.before = attack_snapshot.take()
        self.pids = pids()
        self.ipc, self.keys = _ipc(), _keys()

    def token(self, name: str) -> str:
        """Return a new random word that is a secret from now on."""
        self.tokens[name] = secrets.token_hex(16)
        return self.tokens[name]

    def own(self, path: str) -> None:
        """Give a path to the user."""
        os.lchown(path, self.uid, self.uid)

    def _files(self) -> None:
        for name in SECRET_FILES:
            path = name.format(uid=self.uid)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            kind = "-----BEGIN PRIVATE KEY-----\n" if path.endswith(".key") else ""
            Path(path).write_text(kind + self.token(path) + "\n")
            os.chmod(path, 0o600 if path.startswith(_ROOTS_OWN) else 0o644)
        for name, text in _PLAIN_FILES.items():
            path = f"{HOME}/{name}"
            os.makedirs(os.path.dirname(path), exist_ok=True)
            Path(path).write_text(text)
        os.symlink(f"{PROJECT}/.env", f"{PROJECT}/link-to-env")
        os.symlink(f"{HOME}/.ssh", f"{PROJECT}/link-to-ssh")
        Path(f"{PROJECT}/config.yaml").write_text("colour: blue\n")
        for name in ("victim-file", "victim-memory", "banner", "inherited"):
            Path(f"/srv/world/{name}").write_text(self.token(name))
        self._repository()
        for folder, names, files in os.walk(HOME):
            for name in (".", *names, *files):
                self.own(os.path.normpath(f"{folder}/{name}"))
        for path in ("/tmp/shared.txt", "/dev/shm/shared", f"/run/user/{self.uid}"):
            self.own(path)
        for path in ("/root", "/var/lib/private", f"/run/user/{self.uid}"):
            os.chmod(path, 0o700)

    def _repository(self) -> None:
        quiet = {"cwd": PROJECT, "check": True, "stdout": subprocess.DEVNULL}
        subprocess.run(["git", "init", "-q", "-b", "main", "."], **quiet)
        subprocess.run(["git", "add", "README.md", "src"], **quiet)
        identity = ("-c", "user.name=dev", "-c", "user.email=dev@example.org")
        subprocess.run(["git", *identity, "commit", "-q", "-m", "first"], **quiet)
        for path in Path(f"{PROJECT}/.git/hooks").glob("*.sample"):
            path.unlink()
        address = f"https://dev:{self.token('git remote')}@git.example/project.git"
        subprocess.run(["git", "remote", "add", "origin", address], **quiet)

    def _identity(self) -> None:
        Path("/etc/machine-id").write_text(self.token("machine-id") + "\n")
        socket.sethostname("host-" + self.token("hostname")[:20])
        self.tokens["hostname"] = self.tokens["hostname"][:20]
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        self.tokens["boot id"] = boot
        self.tokens["kernel command line"] = Path("/proc/cmdline").read_text().strip()
        Path("/etc/hosts").write_text(
            "127.0.0.1 localhost\n93.184.216.34 api.example\n"
            "93.184.216.36 other.example\n169.254.169.254 inner.example\n"
        )
        Path("/etc/resolv.conf").write_text("nameserver 127.0.0.1\n")

    def _processes(self) -> None:
        self.environ = {
            "HOME": HOME,
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "AWS_SECRET_ACCESS_KEY": self.token("host environ"),
            "SSH_AUTH_SOCK": f"/run/user/{self.uid}/ssh-agent.sock",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path=/run/user/{self.uid}/bus",
            "XDG_RUNTIME_DIR": f"/run/user/{self.uid}",
            "DISPLAY": ":0",
        }
        victims = {**self.environ, "VICTIM": self.token("victim environ")}
        argv = ["--password", self.token("victim argv"), "victim"]
        self.victim = Victim(argv, victims, self.become)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._servers = subprocess.Popen(
            [
                sys.executable,
                "-B",
                attack_servers.__file__,
                str(theirs.fileno()),
                str(self.uid),
            ],
            pass_fds=(theirs.fileno(),),
        )
        theirs.close()
        if self._control.recv(16) != b"ready":
            raise RuntimeError("the world's servers did not start")

    def become(self) -> None:
        """Make this process, a forked one, the user's."""
        if self.uid:
            os.setgroups([])
            os.setresgid(self.uid, self.uid, self.uid)
            os.setresuid(self.uid, self.uid, self.uid)
            _libc.prctl(4, 1, 0, 0, 0)

    def write_facts(self) -> None:
        """Tell the probes what they may know of the world: no secret, all places."""
        facts = {
            "uid": self.uid, "home": HOME, "project": PROJECT, "store": STORE,
            "secrets": [name.format(uid=self.uid) for name in SECRET_FILES],
            "sockets": [name.format(uid=self.uid) for name in attack_servers.STREAMS],
            "datagrams": attack_servers.DATAGRAMS, "packets": attack_servers.PACKETS,
            "fifos": attack_servers.FIFOS, "tcp": attack_servers.TCP_PORTS,
            "udp": attack_servers.UDP_PORTS, "victim": self.victim.pid,
            "victim_address": self.victim.address, "victim_fd": self.victim.secret_fd,
            "host_pid": os.getpid(), "limits": {},
        }  # fmt: skip
        self.write(f"{PROJECT}/world.json", json.dumps(facts))

    def write(self, path: str, text: str) -> None:
        """Write one file of the user's that belongs to the world."""
        Path(path).write_text(text)
        self.own(path)
        if hasattr(self, "before"):
            self.before[path] = attack_snapshot.entry_of(path)

    def evidence(self, output: bytes, net: tuple[str, ...]) -> Iterator[str]:
        """Yield what a run that has ended has done to the world, and put it back."""
        for name, token in self.tokens.items():
            if token.encode() in output:
                yield f"secret: {name}"
        yield from (f"left: {name}" for name in sorted(_ipc() - self.ipc))
        yield from (f"left: key {name}" for name in sorted(_keys() - self.keys))
        yield from self._contacts(net)
        harm = list(self.victim.harm())
        yield from harm
        if harm:
            self.pids = pids()
            self.write_facts()
        after = attack_snapshot.take()
        for path, how in attack_snapshot.marks(self.before, after):
            yield f"mark: {path} {how}"
        if after != self.before:
            attack_snapshot.restore(
                self.before, after, rebind=self._rebind, remount=_layers
            )
            self.before = {**self.before, **_refreshed(self.before, after)}
        _remove_ipc()

    def _contacts(self, net: tuple[str, ...]) -> Iterator[str]:
        self._control.send(b"\n")
        granted = {_granted(host) for host in net}
        for name in json.loads(self._control.recv(1 << 20)):
            if name not in granted:
                yield f"contact: {name}"

    def _rebind(self, paths: list[str]) -> None:
        own = f"/run/user/{self.uid}/"
        named = [path.replace(own, "/run/user/{uid}/") for path in paths]
        self._control.send("\n".join(named).encode())
        self._control.recv(1 << 20)


def _refreshed(
    before: attack_snapshot.Snapshot, after: attack_snapshot.Snapshot
) -> attack_snapshot.Snapshot:
    """Return the entries that putting back could not make exactly as they were."""
    now = attack_snapshot.take()
    lost = {p for p in before if before[p] != now.get(p) or p not in after}
    return {path: now[path] for path in lost if path in now}


def _granted(host: str) -> str:
    name, _, port = host.partition(":")
    address = socket.gethostbyname(name)
    return f"tcp {address} {port or 443}"


def pids() -> set[int]:
    """Return the processes of the world that are not dead."""
    return {
        pid
        for name in os.listdir("/proc")
        if name.isdigit() and _lives(pid := int(name))
    }


def _lives(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rsplit(b")", 1)[1].split()[0] not in (b"Z", b"X")
    except (OSError, IndexError):
        return False


def _ipc() -> set[str]:
    found = set()
    for kind in ("shm", "sem", "msg"):
        for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]:
            found.add(f"{kind} {line.split()[1]}")
    return found


def _remove_ipc() -> None:
    number = {"shm": _libc.shmctl, "msg": _libc.msgctl}
    for name in _ipc():
        kind, identity = name.split()
        if kind == "sem":
            _libc.semctl(int(identity), 0, 0)
        else:
            number[kind](int(identity), 0, None)


def _keys() -> set[str]:
    lines = Path("/proc/keys").read_text().splitlines()
    return {line.split(None, 7)[-1] for line in lines if "goobits" in line}


def _mount(source: str, target: str, kind: str, flags: int = 0, data: str = "") -> None:
    words = (source.encode(), target.encode(), kind.encode(), flags, data.encode())
    if _libc.mount(*words) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), target)


_READ_ONLY, _REMOUNT, _BIND, _RECURSIVE, _PRIVATE = 1, 32, 4096, 16384, 1 << 18


def make_mounts(brought: dict[str, str]) -> None:
    """Lay a file system of the world's own over the real one, which is read-only from now on.

    `brought` are files and folders of the real one and the places below /srv that they have here.
    """
    _mount("none", "/", "none", _RECURSIVE | _PRIVATE)
    _mount("tmpfs", "/srv", "tmpfs", 0, "mode=755")
    os.makedirs("/srv/world")
    for source, target in brought.items():
        subprocess.run(["cp", "-a", source, target], check=True)
    subprocess.run(["chmod", "-R", "a+rX", "/srv"], check=True)
    _mount("none", "/", "none", _REMOUNT | _BIND | _READ_ONLY)
    _layers()
    for path in ("/home", "/root", "/run", "/work", "/mnt"):
        if os.path.isdir(path):
            _mount("tmpfs", path, "tmpfs", 0, "mode=755")
    _mount("tmpfs", "/tmp", "tmpfs", 0, "mode=1777")
    with contextlib.suppress(OSError):
        _mount("none", "/sys", "none", _REMOUNT | _BIND | _READ_ONLY)
    _devices()
    os.makedirs("/run/user", exist_ok=True)
    os.makedirs(HOME)


def _devices() -> None:
    _mount("tmpfs", "/dev", "tmpfs", 0, "mode=755")
    os.umask(0)
    for name in ("pts", "shm", "mqueue", "net"):
        os.mkdir(f"/dev/{name}", 0o755)
    for name, numbers in _DEVICES.items():
        os.mknod(f"/dev/{name}", stat.S_IFCHR | 0o666, os.makedev(*numbers))
    os.umask(0o022)
    _mount("devpts", "/dev/pts", "devpts", 0, "newinstance,ptmxmode=0666,mode=620")
    _mount("tmpfs", "/dev/shm", "tmpfs", 0, "mode=1777")
    _mount("mqueue", "/dev/mqueue", "mqueue")
    os.symlink("pts/ptmx", "/dev/ptmx")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        os.symlink(f"/proc/self/fd/{number}", f"/dev/{name}")
    os.symlink("/proc/self/fd", "/dev/fd")
    os.symlink("/run/systemd/journal/dev-log", "/dev/log")


def _layers() -> None:
    """Mount, or mount anew, a layer that takes what is written to the system's folders."""
    for layer in attack_snapshot.LAYERS:
        at = f"/srv/layers{layer}"
        if os.path.isdir(at):
            _libc.umount2(layer.encode(), 2)
            shutil.rmtree(f"{at}/upper")
            shutil.rmtree(f"{at}/work")
            subprocess.run(["cp", "-a", f"{at}/kept", f"{at}/upper"], check=True)
        else:
            os.makedirs(f"{at}/upper")
        os.makedirs(f"{at}/work")
        options = f"lowerdir={layer},upperdir={at}/upper,workdir={at}/work"
        _mount("overlay", layer, "overlay", 0, options)
    _mount("tmpfs", "/var/tmp", "tmpfs", 0, "mode=1777")


def _network() -> None:
    """Make every address local, so that whatever is sent ends in the world's servers."""
    for words in (
        "link set lo up",
        "addr add 169.254.169.254/32 dev lo",
        "-4 route add local default dev lo",
        "-6 route add local ::/0 dev lo",
    ):
        subprocess.run(["ip", *words.split()], check=True)
    Path("/proc/sys/net/ipv4/ping_group_range").write_text("0 2147483647")


def kill_new(known: set[int]) -> None:
    """End every process that the world did not have, and reap what is ours."""
    while new := pids() - known:
        for pid in new:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
