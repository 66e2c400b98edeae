#: bad reset-token
import random
import string


def reset_token(length: int = 32) -> str:
    """Make the token for the mail that resets a password."""
    alphabet = string.ascii_letters + string.digits
    return "".join(random.choice(alphabet) for _ in range(length))  #!

#: good reset-token
import secrets
import string


def reset_token(length: int = 32) -> str:
    """Make the token for the mail that resets a password."""
    alphabet = string.ascii_letters + string.digits
    return "".join(secrets.choice(alphabet) for _ in range(length))

#: bad aes-ecb
from Crypto.Cipher import AES
from Crypto.Util.Padding import pad


def encrypt(key: bytes, text: str) -> bytes:
    cipher = AES.new(key, AES.MODE_ECB)  #!
    return cipher.encrypt(pad(text.encode(), AES.block_size))

#: good aes-ecb
from Crypto.Cipher import AES


def encrypt(key: bytes, text: str) -> bytes:
    cipher = AES.new(key, AES.MODE_GCM)
    body, tag = cipher.encrypt_and_digest(text.encode())
    return cipher.nonce + tag + body

#: bad des-legacy
from Crypto.Cipher import DES3 as Block
from Crypto.Random import get_random_bytes


def protect(key, message):
    iv = get_random_bytes(8)
    return iv + Block.new(key, Block.MODE_CBC, iv).encrypt(message)  #!

#: good des-legacy
from Crypto.Cipher import ChaCha20_Poly1305 as Stream
from Crypto.Random import get_random_bytes


def protect(key, message):
    nonce = get_random_bytes(12)
    body, tag = Stream.new(key=key, nonce=nonce).encrypt_and_digest(message)
    return nonce + tag + body
