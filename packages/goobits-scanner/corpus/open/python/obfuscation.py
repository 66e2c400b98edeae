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

#: bad marshal-loader
import marshal
import types

BLOB = bytes.fromhex("e300000000000000000000000000000000")
code = marshal.loads(BLOB)
types.FunctionType(code, globals())()  #!

#: good marshal-loader
import marshal
import pathlib


def cached(source: str):
    path = pathlib.Path(source).with_suffix(".cache")
    table = {"size": path.stat().st_size}
    path.write_bytes(marshal.dumps(table))
    return table

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

#: bad lambda-chain
(lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v))))(
    lambda again: lambda n: (
        __builtins__.__dict__["ev" + "al"](  #!
            (lambda s: "".join(map(chr, (o ^ 7 for o in s))))(b"wunis/6.")
        )
        if n == 0
        else again(n - 1)
    )
)(3)

#: good lambda-chain
fix = lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v)))
factorial = fix(lambda again: lambda n: 1 if n == 0 else n * again(n - 1))
shift = lambda s: bytes(o ^ 7 for o in s)

assert factorial(5) == 120

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
