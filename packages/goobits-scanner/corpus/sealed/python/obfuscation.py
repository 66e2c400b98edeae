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

#: bad chr-concat
import os as operating

c = chr
operating.system(c(101) + c(99) + c(104) + c(111) + c(32) + c(104) + c(105))  #!

#: good chr-concat
import os as operating

c = chr
SEPARATOR = c(45) + c(45) + c(62)
COLUMNS = operating.get_terminal_size((80, 24)).columns
