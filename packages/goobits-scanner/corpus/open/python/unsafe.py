#: bad ctypes-write
import ctypes
import mmap


def run_buffer(data: bytes) -> int:
    area = mmap.mmap(-1, len(data), prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)  #!
    area.write(data)
    address = ctypes.addressof(ctypes.c_char.from_buffer(area))
    return ctypes.CFUNCTYPE(ctypes.c_int)(address)()

#: good ctypes-write
import ctypes
import mmap


def read_buffer(path: str) -> bytes:
    with open(path, "rb") as stream:
        area = mmap.mmap(stream.fileno(), 0, prot=mmap.PROT_READ)
    size = ctypes.sizeof(ctypes.c_int)
    return area[:size]
