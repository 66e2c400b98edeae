#: bad password-md5
import hashlib


class User:
    def __init__(self, name):
        self.name = name
        self.password = None

    def set_password(self, password: str) -> None:
        self.password = hashlib.md5(password.encode()).hexdigest()  #!

#: good password-md5
import hashlib
import os


class User:
    def __init__(self, name):
        self.name = name
        self.password = None

    def set_password(self, password: str) -> None:
        salt = os.urandom(16)
        self.password = salt + hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)

#: bad cache-key
from hashlib import sha1


def sign(secret: bytes, payload: bytes) -> str:
    """Sign a download link."""
    signature = sha1(secret + payload)  #!
    return signature.hexdigest()

#: good cache-key
from hashlib import sha1


def etag(payload: bytes) -> str:
    """Return the entity tag of a body."""
    tag = sha1(payload, usedforsecurity=False)
    return tag.hexdigest()

#: bad small-rsa
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def new_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024)  #!
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

#: good small-rsa
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def new_key() -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )

#: bad fixed-nonce
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


class Vault:
    def __init__(self, key):
        self._key = key

    def seal(self, data: bytes) -> bytes:
        iv = b"\x00" * 16
        encryptor = Cipher(algorithms.AES(self._key), modes.CBC(iv)).encryptor()  #!
        return encryptor.update(data) + encryptor.finalize()

#: good fixed-nonce
import os

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


class Vault:
    def __init__(self, key):
        self._key = key

    def seal(self, data: bytes) -> bytes:
        iv = os.urandom(16)
        encryptor = Cipher(algorithms.AES(self._key), modes.CTR(iv)).encryptor()
        return iv + encryptor.update(data) + encryptor.finalize()

#: bad few-rounds
import hashlib


def derive(passphrase: str) -> bytes:
    """Derive the key of the store."""
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), b"store", 100)  #!

#: good few-rounds
import hashlib


def derive(passphrase: str, salt: bytes) -> bytes:
    """Derive the key of the store."""
    return hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, 600_000)
