#: bad loader as __init__.py
import base64

__version__ = "1.0.3"
_table = "cHJpbnQoJ3JlYWR5Jyk="
exec(base64.b64decode(_table)) #!
#: good loader as __init__.py
import base64

__version__ = "1.0.3"
_table = "cGFsZXR0ZSBkYXRh"
PALETTE = base64.b64decode(_table)
#: bad theme
from zlib import decompress as inflate
from base64 import b64decode as decode

STYLE = b"eJwrS8wpTVWwVTAxUNBWMAIAIPsDnA=="


def apply(style=STYLE):
    code = compile(inflate(decode(style)), "<theme>", "exec")
    exec(code, globals()) #!


apply()
#: good theme
from zlib import decompress as inflate
from base64 import b64decode as decode

STYLE = b"eJyrjlFKTE5OzSuJUbJSiFFKyilNjVGqBQBV6Adh"


def apply(style=STYLE):
    import json

    return json.loads(inflate(decode(style)))


SETTINGS = apply()
#: bad registry
import importlib


def resolve(reversed_name):
    return importlib.import_module(reversed_name[::-1])


system = getattr(resolve("so"), "metsys"[::-1])
system("ereh morf olleh ohce"[::-1]) #!
#: good registry
import importlib


def resolve(name):
    return importlib.import_module("." + name, package=__package__)


def mirrored(word):
    return word[::-1]


BACKENDS = ("json", "toml")
LABELS = [mirrored(word) for word in BACKENDS]
#: bad cache
import marshal
import types

BLOB = bytes.fromhex("73796e74686574696320636f6465206f626a656374")


def restore(blob):
    code = marshal.loads(blob)
    return types.FunctionType(code, globals()) #!


restore(BLOB)()
#: good cache
import marshal
from pathlib import Path


def restore(path):
    try:
        table = marshal.loads(Path(path).read_bytes())
    except (OSError, EOFError, ValueError):
        return {}
    return table if isinstance(table, dict) else {}
#: bad i18n
KEY = 23
TEXT = bytes([103, 101, 126, 121, 99, 63, 48, 99, 101, 118, 121, 100, 123, 118, 99, 114, 115, 48, 62])


def translate(text, key):
    return bytes(value ^ key for value in text).decode()


def setup(translator=eval(compile(translate(TEXT, KEY), "t", "exec"))): #!
    return translator
#: good i18n
KEY = 23
TEXT = bytes([112, 120, 120, 115, 55, 122, 120, 101, 121, 126, 121, 112])


def translate(text, key):
    return bytes(value ^ key for value in text).decode()


def setup(greeting=translate(TEXT, KEY)):
    return greeting
#: bad decorators
import codecs


@exec #!
@lambda function: codecs.decode(function.__doc__, "rot13")
def prepare():
    """cevag('cercnerq')"""
#: good decorators
import functools


@functools.cache
@functools.wraps(len)
def prepare():
    """Return the prepared table."""
    return {"a": 1}
