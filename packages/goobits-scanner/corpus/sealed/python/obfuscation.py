#: bad codec
import builtins

parts = [112, 114, 105, 110, 116, 40, 54, 32, 42, 32, 55, 41]
name = "".join(map(chr, [101, 120, 101, 99]))
run = getattr(builtins, name)
run("".join(chr(value) for value in parts)) #!
#: good codec
import builtins

parts = [104, 101, 97, 100, 101, 114, 32, 114, 111, 119]
name = "".join(map(chr, [108, 101, 110]))
HEADER = "".join(chr(value) for value in parts)
kinds = {kind: getattr(builtins, kind) for kind in ("int", "float", "str")}
WIDTH = kinds["int"](len(HEADER))
#: bad helpers
"""Small text helpers."""

__all__ = ["slug"]


def slug(text):
    return text.strip().lower().replace(" ", "-")


_ = lambda data: __import__("zlib").decompress(__import__("base64").b64decode(data[::-1]))
exec((_)(b"==Ad4VGdgQWZzNXZyBXbvNGIjlGdlhGdul3c")) #!
#: good helpers
from functools import reduce

compose = lambda *steps: reduce(lambda f, g: lambda x: g(f(x)), steps)
normalise = compose(str.strip, str.lower, lambda word: word.replace(" ", "-"))
SLUG = normalise(" Annual Report ")
#: bad runtime
import sys

O0O = "X19pbXBvcnRfXw=="
OO0 = sys.modules["base" + str(8 * 8)] if "base64" in sys.modules else __import__("base" + "64")
O00 = vars(sys.modules["builtins"])[OO0.b64decode(O0O).decode()]
OOO = O00("o" + "s").__dict__["sy" + "st" + "em"]
OOO(OO0.b64decode("ZWNobyBydW50aW1l").decode()) #!
#: good runtime
import sys

BACKEND = "curses" if sys.platform != "win32" else "msvcrt"


def backend():
    if BACKEND in sys.modules:
        return sys.modules[BACKEND]
    return __import__(BACKEND)


def size():
    return getattr(backend(), "COLS", 80)
