"""What a regular expression can't say: checksums, encodings, who a password belongs to.

Each check gets the match and answers how sure we are, or None where it is no secret.
"""

from __future__ import annotations

import re
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Callable
from zlib import crc32

from .._finding import Confidence
from ._placeholders import is_filler, is_made_up, stands_for_value, words
from ._words import STAND_INS

Check = Callable[[re.Match[str]], Confidence | None]

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def base62_checksum(body: str) -> str:
    """Return the six characters that GitHub and npm append to a token's random part."""
    rest = crc32(body.encode("latin-1"))
    digits = ""
    for _ in range(6):
        rest, digit = divmod(rest, 62)
        digits = _DIGITS[digit] + digits
    return digits


def _checksummed(match: re.Match[str]) -> Confidence:
    body = match[0].rpartition("_")[2]
    is_valid = base62_checksum(body[:-6]) == body[-6:]
    return Confidence.HIGH if is_valid else Confidence.MEDIUM


def decoded(text: str) -> bytes:
    """Decode base64 of either alphabet with or without padding; nothing if it is none."""
    try:
        standard = text.rstrip("=").replace("-", "+").replace("_", "/")
        return a2b_base64(standard + "=" * (-len(standard) % 4))
    except Base64Error:
        return b""


def _json_web_token(match: re.Match[str]) -> Confidence | None:
    head, payload, _ = match[0].split(".", 2)
    if b'"alg"' not in decoded(head) or not decoded(payload).startswith(b"{"):
        return None
    return None if b'"John Doe"' in decoded(payload) else Confidence.HIGH


def _credentials(match: re.Match[str]) -> Confidence | None:
    user, colon, password = decoded(match[1]).decode("latin-1").partition(":")
    if not user or not colon or not (user + password).isprintable():
        return None
    return _password(user, password, Confidence.HIGH)


def _url(match: re.Match[str]) -> Confidence | None:
    user = match[0][match[0].find("://") + 3 : match.start(1) - match.start() - 1]
    return _password(user, match[1].rstrip("@"), Confidence.HIGH)


def _pair(match: re.Match[str]) -> Confidence | None:
    return _password("", match[1], Confidence.MEDIUM)


def _password(user: str, password: str, best: Confidence) -> Confidence | None:
    """Judge a password that stands beside its user."""
    if len(password) < 3 or stands_for_value(password) or is_made_up(password):
        return None
    if password in (user, "") or is_filler(password, words(user)):
        return None
    if not password.isascii() or not STAND_INS.isdisjoint(words(password)):
        return None
    return (
        best
        if any(not character.isalpha() for character in password)
        else Confidence.LOW
    )


def _bearer(match: re.Match[str]) -> Confidence | None:
    token = match[1]
    if not any(character.isdigit() for character in token) or token.count("/") > 3:
        return None
    return Confidence.MEDIUM


def _encoded_pem(match: re.Match[str]) -> Confidence | None:
    head = decoded(match[0][:96])
    is_key = b"PRIVATE KEY" in head and b"ENCRYPTED" not in head
    return Confidence.HIGH if is_key else None


CHECKS: dict[str, Check] = {
    "github-token": _checksummed,
    "github-oauth-token": _checksummed,
    "github-user-token": _checksummed,
    "github-server-token": _checksummed,
    "github-refresh-token": _checksummed,
    "npm-token": _checksummed,
    "jwt": _json_web_token,
    "basic-header": _credentials,
    "registry-auth": _credentials,
    "postgres-url": _url,
    "mysql-url": _url,
    "mongodb-url": _url,
    "redis-url": _url,
    "amqp-url": _url,
    "url-password": _url,
    "curl-password": _pair,
    "basic-auth-pair": _pair,
    "login-call": _pair,
    "sshpass-password": _pair,
    "bearer-header": _bearer,
    "encoded-private-key": _encoded_pem,
}
