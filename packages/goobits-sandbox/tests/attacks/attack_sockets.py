"""Attacks by way of sockets and pipes that services of the host listen on."""

from __future__ import annotations

from attack_probe import Probe

_CONNECT = r'''
def connect(*names, kind=socket.SOCK_STREAM, said=b"GET /version HTTP/1.0\r\n\r\n"):
    """Connect to each name, say something, and print what is answered."""
    for name in names:
        try:
            s = socket.socket(socket.AF_UNIX, kind); s.settimeout(0.5)
            s.connect(name.replace("@", "\0", 1) if name[0] == "@" else name); s.send(said)
            print(s.recv(999))
        except OSError as error: print(name, error)
'''


def _connects(name: str, kind: str, why: str, *paths: str, said: bytes = b"x") -> Probe:
    words = [path.replace("{uid}", "%d") for path in paths]
    source = f"""{_CONNECT}
for name in {words!r}:
    connect(name.replace("%d", str(W["uid"])), said={said!r})
"""
    return Probe(name, kind, why, source)


_SERVICES = (
    _connects("docker-socket", "docker", "Root, by a container.", "/run/docker.sock",
              "/var/run/docker.sock", said=b"GET /containers/json HTTP/1.0\r\n\r\n"),
    _connects("containerd-socket", "docker", "Root, by a container.",
              "/run/containerd/containerd.sock"),
    _connects("podman-socket", "docker", "The user, by a container.", "/run/podman/podman.sock"),
    _connects("docker-through-proc", "docker", "Root, by another name.",
              "/proc/1/root/run/docker.sock", "/proc/self/root/run/docker.sock"),
    _connects("dbus-system", "dbus", "Services that run as root.",
              "/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket",
              said=b"\0AUTH EXTERNAL 30\r\n"),
    _connects("dbus-session", "dbus", "systemd-run in the user's name.", "/run/user/{uid}/bus",
              said=b"\0AUTH EXTERNAL\r\n"),
    _connects("dbus-session-abstract", "dbus", "The same, without a file.", "@/tmp/dbus-session"),
    _connects("systemd-private", "dbus", "systemd itself.", "/run/systemd/private"),
    _connects("systemd-notify", "unix-sockets", "systemd's picture of its services.",
              "/run/systemd/notify"),
    _connects("x11-path", "x11", "Keys and screen of the user.", "/tmp/.X11-unix/X0",
              said=b"l\0\x0b\0\0\0\0\0\0\0\0\0"),
    _connects("x11-abstract", "x11", "The same, without a file.", "@/tmp/.X11-unix/X0",
              said=b"l\0\x0b\0\0\0\0\0\0\0\0\0"),
    _connects("wayland", "x11", "The user's screen.", "/run/user/{uid}/wayland-0"),
    _connects("pulse-audio", "unix-sockets", "The user's microphone.",
              "/run/user/{uid}/pulse/native"),
    _connects("ssh-agent", "unix-sockets", "The user's keys.", "/run/user/{uid}/ssh-agent.sock",
              said=b"\0\0\0\1\x0b"),
    _connects("gpg-agent", "unix-sockets", "The user's signatures.",
              "/run/user/{uid}/gnupg/S.gpg-agent"),
    _connects("own-daemon", "unix-sockets", "Goobits' own services.",
              "/run/user/{uid}/goobits.sock"),
    _connects("socket-in-tmp", "unix-sockets", "Services in the shared folder.",
              "/tmp/shared.sock"),
    _connects("socket-in-home", "unix-sockets", "Services in the home folder.",
              "/home/dev/.local/share/agent.sock"),
    _connects("socket-in-project", "unix-sockets",
              "A service in the project: that it is read-only does not help.",
              "app.sock", "/home/dev/project/app.sock", "/proc/self/cwd/app.sock"),
    _connects("abstract-socket", "unix-sockets", "Names without files.", "@goobits-agent"),
)  # fmt: skip

_WAYS = (
    Probe("datagram-to-log", "unix-sockets", "The host's journal.",
          _CONNECT + 'connect("/run/systemd/journal/dev-log", "/dev/log", kind=socket.SOCK_DGRAM)'),
    Probe("datagram-in-project", "unix-sockets", "A service in the project.",
          's = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.sendto(b"x", "log.sock")'),
    Probe("datagram-abstract", "unix-sockets", "A service without a file.",
          's = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.sendto(b"x", "\\0goobits-log")'),
    Probe("datagram-by-pair", "unix-sockets",
          "An allowed pair of sockets, one of which is sent elsewhere.",
          'a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); '
          'a.sendto(b"x", "log.sock")'),
    Probe("datagram-by-pair-abstract", "unix-sockets", "The same, to a name without a file.",
          'a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); '
          'a.sendto(b"x", "\\0goobits-log")'),
    Probe("reconnected-pair", "unix-sockets", "An allowed pair, connected elsewhere.",
          'a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM); '
          'a.connect("log.sock"); a.send(b"x")'),
    Probe("message-to-name", "unix-sockets", "A name in sendmsg, not in connect.",
          's = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); '
          's.sendmsg([b"x"], [], 0, "log.sock")'),
    Probe("packets-in-project", "unix-sockets", "A service that takes packets.",
          _CONNECT + 'connect("packets.sock", kind=socket.SOCK_SEQPACKET)'),
    Probe("packets-abstract", "unix-sockets", "The same, without a file.",
          _CONNECT + 'connect("@goobits-packets", kind=socket.SOCK_SEQPACKET)'),
    Probe("raw-kind-of-unix", "unix-sockets", "A kind that the kernel takes for datagrams.",
          's = socket.socket(socket.AF_UNIX, socket.SOCK_RAW); s.sendto(b"x", "log.sock")'),
    Probe("family-with-high-bits", "unix-sockets", "A family that a 64-bit filter does not know.",
          's = syscall("socket", 1 | 1 << 32, 1, 0); s = socket.socket(fileno=s); '
          's.connect("app.sock"); s.send(b"x")'),
    Probe("socket-by-link", "unix-sockets", "A service, by a link of the guest's.",
          'os.symlink("/run/docker.sock", "out/d"); ' + "s = socket.socket(socket.AF_UNIX); "
          's.connect("out/d"); s.send(b"x")'),
    Probe("socket-by-hard-link", "unix-sockets", "A service, under a second name.",
          'os.link("app.sock", "out/d"); s = socket.socket(socket.AF_UNIX); '
          's.connect("out/d"); s.send(b"x")'),
    Probe("fifo-in-project", "files", "A pipe in the project that the host reads.",
          'f = os.open("control.fifo", os.O_WRONLY | os.O_NONBLOCK); os.write(f, b"evil")'),
    Probe("fifo-both-ways", "files", "The same, opened so that it never waits.",
          'os.write(os.open("control.fifo", os.O_RDWR | os.O_NONBLOCK), b"evil")'),
    Probe("fifo-in-home", "files", "A pipe in the home folder.",
          'os.write(os.open(W["home"] + "/control.fifo", os.O_WRONLY | os.O_NONBLOCK), b"evil")'),
    Probe("fifo-with-leave-to-write", "files", "A pipe where the guest may write.",
          'os.write(os.open("control.fifo", os.O_WRONLY | os.O_NONBLOCK), b"evil")',
          write=(".",)),
    Probe("socket-with-leave-to-write", "unix-sockets", "A service where the guest may write.",
          _CONNECT + 'connect("app.sock")', write=(".",)),
    Probe("listens-for-the-host", "unix-sockets", "A service that the host's programs find.",
          's = socket.socket(socket.AF_UNIX); s.bind("\\0goobits-evil"); s.listen(); got()'),
    Probe("x11-by-tcp", "x11", "The user's screen over the network.",
          's = socket.socket(); s.settimeout(1); s.connect(("127.0.0.1", 6000))'),
    Probe("docker-by-tcp", "docker", "Root, over the network.",
          's = socket.socket(); s.settimeout(1); s.connect(("127.0.0.1", 2375)); '
          's.send(b"GET / HTTP/1.0\\r\\n\\r\\n"); print(s.recv(999))'),
)  # fmt: skip

PROBES = (*_SERVICES, *_WAYS)
