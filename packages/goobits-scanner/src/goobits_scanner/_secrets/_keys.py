"""Find private keys, which run over many lines or lie escaped in one."""

from __future__ import annotations

from ._checks import decoded
from ._expressions import expression
from ._placeholders import entropy

_LONGEST = 16 << 10
_HEADER = r"-----BEGIN ([A-Z0-9 ]{0,20}PRIVATE KEY(?: BLOCK)?)-----"
_BODY = r"[A-Za-z0-9+/]{16,}={0,2}"
_PUTTY = r"[^\n]{1,40}\r?\nEncryption: none\r?\n"


def find_pem(text: str, start: int) -> tuple[int, int] | None:
    """Return where the body of the unencrypted private key lies whose header starts here."""
    header = expression(_HEADER).match(text, start, start + 80)
    if header is None or "ENCRYPTED" in header[1]:
        return None
    left = header.end()
    right = text.find("-----", left, left + _LONGEST)
    is_ended = right >= 0
    if not is_ended:
        right = min(left + 4096, len(text))
    raw = text[left:right]
    if "ENCRYPTED" in raw or "..." in raw:
        return None
    runs = expression(_BODY).findall(raw.replace("\\n", "\n").replace("\\r", "\n"))
    body = "".join(runs)
    if len(body) < 60 or entropy(body[:2000]) < 4.0 or _is_locked(body):
        return None
    if not is_ended:
        first = raw.find(runs[0])
        if first > 12 or len(runs[0]) < 40:
            return None
        right = left + raw.rfind(runs[-1]) + len(runs[-1])
    return left, right


def _is_locked(body: str) -> bool:
    """Say whether an OpenSSH key names a cipher."""
    raw = decoded(body[:80])
    return raw.startswith(b"openssh-key-v1\0") and raw[19:23] != b"none"


def find_putty(text: str, start: int) -> tuple[int, int] | None:
    """Return where the private lines of a PuTTY key without passphrase lie."""
    if expression(_PUTTY).match(text, start, start + 120) is None:
        return None
    left = text.find("Private-Lines: ", start, start + _LONGEST)
    if left < 0:
        return None
    left = text.find("\n", left, left + 40) + 1
    right = text.find("Private-MAC", left, left + _LONGEST)
    return (left, right - 1) if 0 < left < right else None
