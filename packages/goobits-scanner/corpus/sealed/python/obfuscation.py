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

#: bad decorator-run
import binascii


@exec
@(lambda _: binascii.unhexlify("7072696e7428276f6b2729").decode())  #!
class Settings:
    """Settings of the widget."""

#: good decorator-run
import binascii


@repr
@(lambda _: binascii.unhexlify("7072696e7428276f6b2729").decode())
class Settings:
    """Settings of the widget."""

#: bad attrgetter-chain
import importlib
from operator import attrgetter, methodcaller

target = importlib.import_module(bytes([111, 115]).decode())
methodcaller(bytes([112, 111, 112, 101, 110]).decode(), "id")(target).read()  #!

#: good attrgetter-chain
import importlib
from operator import attrgetter, methodcaller

target = importlib.import_module("json")
print(methodcaller("dumps", {"a": 1})(target), attrgetter("decoder.JSONDecoder")(target))

#: bad metaclass-start
class _Meta(type):
    def __new__(mcs, name, bases, body):
        source = body.pop("doc", "")
        eval(compile(source[::-1], name, "exec"))  #!
        return super().__new__(mcs, name, bases, body)


class Widget(metaclass=_Meta):
    doc = ")'olleh'(tnirp"

#: good metaclass-start
class _Meta(type):
    registry = {}

    def __new__(mcs, name, bases, body):
        kind = super().__new__(mcs, name, bases, body)
        mcs.registry[name[::-1]] = kind
        return kind


class Widget(metaclass=_Meta):
    doc = "A widget."
