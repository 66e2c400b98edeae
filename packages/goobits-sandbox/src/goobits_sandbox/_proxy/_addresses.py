"""Which addresses a proxy dials: those of the public Internet, and no others.

A name that somebody else's server resolves may resolve to anything: to this machine, to its
networks, to a cloud's metadata. Of IPv4 what IANA's registry of special purposes holds is refused;
of IPv6 everything but 2000::/3 without that registry's blocks, so that no form which embeds an
IPv4 address is left (mapped, compatible, 6to4, Teredo). The one exception is 64:ff9b::/96, by
which a host without IPv4 reaches all of it: there the embedded address is what counts. A network's
own prefix of NAT64 looks like any other address and cannot be told.

The table is ours because that of `ipaddress` changes with the version of Python.
"""

from __future__ import annotations

import ipaddress

TYPE_CHECKING = False
if TYPE_CHECKING:
    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_UNICAST = ipaddress.ip_network("2000::/3")
_REFUSED = tuple(
    (ipaddress.ip_network(block), why)
    for why, blocks in (
        ("this machine", "127.0.0.0/8 ::1/128"),
        ("no address of a host", "0.0.0.0/8 ::/128"),
        (
            "on the local link, where clouds keep their metadata",
            "169.254.0.0/16 fe80::/10",
        ),
        (
            "in a private network",
            "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10",
        ),
        ("in a provider's own network", "100.64.0.0/10"),
        ("a service of the cloud that this machine is in", "168.63.129.16/32"),
        ("a group, not a host", "224.0.0.0/4 ff00::/8"),
        ("for documentation", "192.0.2.0/24 198.51.100.0/24 203.0.113.0/24"),
        ("for documentation", "2001:db8::/32 3fff::/20"),
        ("for measurements within a network", "198.18.0.0/15"),
        ("one that stands for another address", "2002::/16 192.88.99.0/24 ::/96"),
        ("one that stands for another address", "2001::/32 ::ffff:0:0/96"),
        ("reserved", "192.0.0.0/24 240.0.0.0/4 2001::/23"),
    )
    for block in blocks.split()
)


def refusal(text: str) -> str:
    """Return why an address is not dialled, "" where it is public."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return f"{text[:80]!r} is no address"
    if "%" in text:
        return f"{text[:80]!r} names an interface of this machine"
    why = _why(address)
    return f"{text} is {why}" if why else ""


def _why(address: Address) -> str:
    if address in _TRANSLATED:
        return _why(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    for block, why in _REFUSED:
        if address in block:
            return why
    if address.version == 6 and address not in _UNICAST:
        return "reserved"
    return ""
