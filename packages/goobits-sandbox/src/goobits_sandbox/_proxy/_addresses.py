"""Which addresses a proxy dials: those of the public Internet, and no others.

A name that somebody else's server resolves may resolve to anything: to this machine, to its
networks, to a cloud's metadata. One such address, and the whole name is refused.
"""

from __future__ import annotations

import ipaddress

TYPE_CHECKING = False
if TYPE_CHECKING:
    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Translations of IPv4 into IPv6 (RFC 6052, RFC 8215): what is dialled is the address inside.
_TRANSLATED = (
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
)
_COMPATIBLE = ipaddress.ip_network("::/96")
_SHARED = ipaddress.ip_network("100.64.0.0/10")
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")


def refusal(text: str) -> str:
    """Return why an address is not dialled, "" where it is public."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return f"{text!r} is no address"
    inner = _inner(address)
    for found in (address, *inner):
        why = _why(found)
        if why:
            return f"{text} is {why}"
    return ""


def _why(address: Address) -> str:
    kinds = (
        (address.is_loopback, "this machine"),
        (address.is_unspecified, "no address of a host"),
        (address.is_link_local, "on the local link, where clouds keep their metadata"),
        (address.is_multicast, "a group, not a host"),
        (address.is_private or address in _SHARED, "in a private network"),
        (getattr(address, "is_site_local", False), "in a private network"),
        (address in _PROTOCOLS or address.is_reserved, "reserved"),
        (not address.is_global, "not public"),
    )
    return next((why for applies, why in kinds if applies), "")


def _inner(address: Address) -> list[Address]:
    """Return the IPv4 addresses that an IPv6 address stands for."""
    if not isinstance(address, ipaddress.IPv6Address):
        return []
    found: list[Address] = []
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _COMPATIBLE or any(address in network for network in _TRANSLATED):
        found.append(low)
    if address.ipv4_mapped is not None:
        found.append(address.ipv4_mapped)
    if address.sixtofour is not None:
        found.append(address.sixtofour)
    if address.teredo is not None:
        found += address.teredo
    return found
