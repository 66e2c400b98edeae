#: bad packed-module
import base64
import zlib

_DATA = b"eJwrKMrMK9FQz0jNyclXKM8vyklR11QEAFZrB0s="

exec(compile(zlib.decompress(base64.b64decode(_DATA)), "<core>", "exec"))  #!

#: good packed-module
import base64
import zlib

_DATA = b"eJwrKMrMK9FQz0jNyclXKM8vyklR11QEAFZrB0s="


def licence() -> str:
    return zlib.decompress(base64.b64decode(_DATA)).decode()

#: bad joined-name
import builtins

__version__ = "1.4.2"
_run = getattr(builtins, "".join(["e", "x", "e", "c"]))
_run("".join(chr(c) for c in [112, 114, 105, 110, 116, 40, 49, 41]))  #!

#: good joined-name
import builtins

__version__ = ".".join(["1", "4", "2"])
_abs = getattr(builtins, "abs")
ALPHABET = "".join(chr(c) for c in range(97, 123))

#: bad reversed-import
from functools import partial


class Telemetry:
    level = 3

    def start(self):
        module = __import__("so"[::-1])
        return partial(getattr(module, "metsys"[::-1]), "dlrow olleh ohce"[::-1])()  #!

#: good reversed-import
from functools import partial


class Palindromes:
    level = 3

    def start(self):
        module = __import__("math")
        return partial(getattr(module, "floor"), float("52"[::-1]))()

#: bad rot-payload
import codecs

magic = "vzcbeg bf"
love = "; cevag(bf.trgpjq())"
joy = "rot13"
trust = codecs.decode(magic, joy) + codecs.decode(love, joy)
eval(compile(trust, "<string>", "exec"))  #!

#: good rot-payload
import codecs

hint = "gur xrl vf haqre gur zng"
style = "rot13"


def reveal(show: bool) -> str:
    return codecs.decode(hint, style) if show else hint

#: bad default-argument
import base64 as _b


def configure(path=".", level=2, _=eval(_b.b64decode("cHJpbnQoJ2hlbGxvJyk="))):  #!
    """Read the configuration at `path`."""
    return {"path": path, "level": level}

#: good default-argument
import base64 as _b


def configure(path=".", level=2, _=_b.b64decode("cHJpbnQoJ2hlbGxvJyk=")):
    """Read the configuration at `path`."""
    return {"path": path, "level": level}

#: bad setattr-hook
import sys
import base64


class _Loader:
    def __setattr__(self, name, value):
        vars(sys.modules["builtins"])[name](base64.b85decode(value))  #!


loader = _Loader()
setattr(loader, "ex" + "ec", b"aCI^Lb7^C3Wn>_4")

#: good setattr-hook
import sys
import base64


class _Loader:
    def __setattr__(self, name, value):
        vars(self)[name] = base64.b85decode(value)


loader = _Loader()
setattr(loader, "ic" + "on", b"aCI^Lb7^C3Wn>_4")

#: bad globals-lookup
O0O0 = globals()["__built" + "ins__"]
O00O = getattr(O0O0, "__imp" + "ort__", None) or O0O0["__import__"]
OO00 = O00O("subpro" + "cess")
getattr(OO00, "Po" + "pen")(["".join(("l", "s"))])  #!

#: good globals-lookup
plugins = globals().setdefault("plugins", {})
loader = getattr(plugins, "get", None)
style = loader("sty" + "le")
names = getattr(plugins, "ke" + "ys")()

#: bad chr-concat
import os as operating

c = chr
operating.system(c(101) + c(99) + c(104) + c(111) + c(32) + c(104) + c(105))  #!

#: good chr-concat
import os as operating

c = chr
SEPARATOR = c(45) + c(45) + c(62)
COLUMNS = operating.get_terminal_size((80, 24)).columns

#: bad subclasses-walk
def _find(name):
    for kind in ().__class__.__base__.__subclasses__():
        if kind.__name__ == name:
            return kind


_find("Po" + "pen")(["uname"], shell=True)  #!

#: good subclasses-walk
class Plugin:
    pass


def find(name):
    for kind in Plugin.__subclasses__():
        if kind.__name__ == name:
            return kind
    raise LookupError(name)

#: bad map-exec
import zlib

PARTS = (b"x\x9c+(\xca\xcc+\xd10\xd4\x04\x00\n\xce\x02\x7e",)
list(map(vars(__import__("builtins"))["exec"], map(zlib.decompress, PARTS)))  #!

#: good map-exec
import zlib

PARTS = (b"x\x9c+(\xca\xcc+\xd10\xd4\x04\x00\n\xce\x02\x7e",)
print(list(map(len, map(zlib.decompress, PARTS))))

#: bad interpreter-runsource
import code
from codecs import decode

code.InteractiveInterpreter().runsource(decode("7072696e74283129", "hex").decode())  #!

#: good interpreter-runsource
import code


def shell(application):
    """Open a console with the application at hand."""
    code.interact(local={"app": application})
