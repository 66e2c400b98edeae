#: bad accounts
import hashlib


class Account:
    def __init__(self, name):
        self.name = name
        self.password_hash = None

    def set_password(self, password):
        self.password_hash = hashlib.md5(password.encode()).hexdigest() #!
#: good accounts
import hashlib
import os


class Account:
    def __init__(self, name):
        self.name = name
        self.password_hash = None
        self.salt = os.urandom(16)

    def set_password(self, password):
        key = hashlib.scrypt(password.encode(), salt=self.salt, n=2**14, r=8, p=1)
        self.password_hash = key.hex()
#: bad box
from Crypto.Cipher import AES
from Crypto.Util.Padding import pad


def encrypt_message(key: bytes, text: str) -> bytes:
    cipher = AES.new(key, AES.MODE_ECB) #!
    return cipher.encrypt(pad(text.encode(), AES.block_size))
#: good box
from Crypto.Cipher import AES


def encrypt_message(key: bytes, text: str) -> bytes:
    cipher = AES.new(key, AES.MODE_GCM)
    data, tag = cipher.encrypt_and_digest(text.encode())
    return cipher.nonce + tag + data
#: bad keys
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def new_key(passphrase: bytes) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=1024) #!
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )
#: good keys
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def new_key(passphrase: bytes) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase),
    )
#: bad vault
from cryptography.hazmat.backends import default_backend
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

IV = b"0000000000000000"


class Vault:
    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, data: bytes) -> bytes:
        cipher = Cipher(algorithms.AES(self._key), modes.CBC(IV), default_backend()) #!
        encryptor = cipher.encryptor()
        return encryptor.update(data) + encryptor.finalize()
#: good vault
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class Vault:
    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, data: bytes) -> bytes:
        nonce = os.urandom(12)
        return nonce + AESGCM(self._key).encrypt(nonce, data, None)
