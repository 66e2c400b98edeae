#: bad resets
import random
import string


def make_reset_token(length=32):
    alphabet = string.ascii_letters + string.digits
    token = "".join(random.choice(alphabet) for _ in range(length)) #!
    return token


def reset_link(user):
    return f"/reset/{user.id}/{make_reset_token()}"
#: good resets
import secrets
import string


def make_reset_token(length=32):
    alphabet = string.ascii_letters + string.digits
    token = "".join(secrets.choice(alphabet) for _ in range(length))
    return token


def reset_link(user):
    return f"/reset/{user.id}/{make_reset_token()}"
#: bad cachekey
import functools
import hashlib
import hmac


def sign(secret: bytes, body: bytes) -> str:
    return hmac.new(secret, body, hashlib.sha256).hexdigest()


def verify(secret: bytes, body: bytes, signature: str) -> bool:
    return sign(secret, body) == signature #!
#: good cachekey
import functools
import hashlib
import hmac


@functools.lru_cache
def cache_key(name: str) -> str:
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def sign(secret: bytes, body: bytes) -> str:
    return hmac.new(secret, body, hashlib.sha256).hexdigest()


def verify(secret: bytes, body: bytes, signature: str) -> bool:
    return hmac.compare_digest(sign(secret, body), signature)
