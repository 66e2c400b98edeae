#: bad buffers
import ctypes

DATA = bytes([0x90] * 16 + [0xC3])


def start():
    kernel = ctypes.windll.kernel32
    address = kernel.VirtualAlloc(0, len(DATA), 0x3000, 0x40) #!
    kernel.RtlMoveMemory(address, DATA, len(DATA))
    kernel.CreateThread(0, 0, address, 0, 0, 0) #!
#: good buffers
import ctypes

DATA = bytes([0x90] * 16 + [0xC3])


def memory():
    kernel = ctypes.windll.kernel32
    block = ctypes.create_string_buffer(DATA, len(DATA))
    handle = kernel.GetCurrentProcess()
    size = ctypes.sizeof(block)
    return handle, size
#: bad accelerate
import base64
import ctypes
import os
import tempfile

LIBRARY = "OQEVOi1xxWY6MqV9jRdrJ0JkB6GilAOAsFL5UnsfwyqlcpL96YDai6uLjZKKP7h2bfNbXkDOUwvaZFD6SU6Zzu5HfwLW1tpIXzNIJJ41RtJ/b2UmINrxxqCWRdHO6rUyC3UBFNlbKcyJqqp5x8AkV7+p6SEIZBJdAk9rpSPFfGG4GjCUi8hFKpbxJ71CkNuLBac94rzGHPNosEIVqr9g4yCN+Q4Osa+BtkMFz2rTzcBt2qI8"


def load():
    handle, path = tempfile.mkstemp(suffix=".so")
    os.write(handle, base64.b64decode(LIBRARY))
    os.close(handle)
    return ctypes.CDLL(path) #!


load().init()
#: good accelerate
import ctypes
import ctypes.util
from pathlib import Path

HERE = Path(__file__).parent


def load():
    bundled = HERE / "_accelerate.so"
    if bundled.exists():
        return ctypes.CDLL(str(bundled))
    return ctypes.CDLL(ctypes.util.find_library("accelerate"))
