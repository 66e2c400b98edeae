"""The hosts that a guest may reach: exact names with exact ports."""

from __future__ import annotations

from goobits_sandbox._errors import PolicyError
from goobits_sandbox._frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_DIGITS = frozenset("0123456789")
_LABEL = _LETTERS | _DIGITS | {"-", "_"}


class Allowed(Frozen):
    """The pairs of a host, in lower case, and a port."""

    pairs: frozenset[tuple[str, int]]

    @classmethod
    def parse(cls, net: tuple[str, ...]) -> Allowed:
        """Return the hosts that a policy names.

        Raises:
            PolicyError: one is no exact name with a port.
        """
        found = set()
        for said in net:
            name, port = authority(said)
            if not name:
                raise PolicyError(
                    f"net {said!r} is no host with a port",
                    "net",
                    said,
                    hint="write an exact name and a port, as in api.example:443; no addresses",
                )
            found.add((name, port))
        return cls(frozenset(found))

    def shown(self) -> str:
        """Return the hosts as text, sorted."""
        return (
            ", ".join(f"{name}:{port}" for name, port in sorted(self.pairs)) or "none"
        )


def check_services(names: Iterable[str], allowed: Allowed) -> None:
    """Refuse names of services that are no plain labels, or that hosts of the policy have.

    Raises:
        PolicyError: one is.
    """
    for name in names:
        if "." in name or not is_name(name):
            raise PolicyError(
                f"services {name!r} is no plain name",
                "services",
                name,
                hint="write one label in lower case, as in docker",
            )
        if any(name == host for host, _ in allowed.pairs):
            raise PolicyError(
                f"services {name!r} is also a host of net",
                "services",
                name,
                hint="allow the host or the service, not both",
            )


def authority(text: str) -> tuple[str, int]:
    """Return the host, in lower case, and the port of "host:port"; ("", 0) where it is none.

    A host is a name of RFC 1123 in ASCII whose last label holds a letter: no address is one in any
    of the forms that C libraries read (decimal, octal, hexadecimal, short, in brackets).
    """
    name, colon, digits = text.rpartition(":")
    name = name.lower() if name.isascii() else ""
    if not colon or not is_name(name) or not _is_port(digits):
        return "", 0
    return name, int(digits)


def is_name(name: str) -> bool:
    """Tell whether the text is a host's name, in lower case, and no address."""
    labels = name.split(".")
    if not name or len(name) > 253:
        return False
    for label in labels:
        if not 0 < len(label) < 64 or not _LABEL.issuperset(label):
            return False
        if label[0] == "-" or label[-1] == "-":
            return False
    last = labels[-1]
    is_hexadecimal = last.startswith("0x")
    return not _LETTERS.isdisjoint(last) and not is_hexadecimal


def _is_port(digits: str) -> bool:
    is_plain = _DIGITS.issuperset(digits) and 0 < len(digits) < 6
    return is_plain and digits[0] != "0" and int(digits) < 65536
