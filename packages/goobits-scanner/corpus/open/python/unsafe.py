#: bad peek
import ctypes
import sys


def read_memory(request):
    address = int(request.args["address"], 16)
    size = int(request.args["size"])
    return ctypes.string_at(address, size) #!
#: good peek
import ctypes
import sys


def read_memory(text):
    block = ctypes.create_string_buffer(text.encode())
    size = ctypes.sizeof(block)
    return ctypes.string_at(ctypes.addressof(block), size)
#: bad registers
import mmap
import os
import struct

from flask import Flask, request

app = Flask(__name__)


@app.post("/poke")
def poke():
    offset = int(request.form["offset"], 0)
    handle = os.open("/dev/mem", os.O_RDWR | os.O_SYNC) #!
    with mmap.mmap(handle, 4096, offset=offset) as page:
        struct.pack_into("<I", page, 0, int(request.form["value"], 0))
    return {"ok": True}
#: good registers
import mmap
import os
import struct

from flask import Flask, request

app = Flask(__name__)


@app.post("/poke")
def poke():
    slot = int(request.form["slot"]) % 1024
    handle = os.open("/var/lib/panel/state.bin", os.O_RDWR)
    with mmap.mmap(handle, 4096) as page:
        struct.pack_into("<I", page, slot * 4, int(request.form["value"]))
    return {"ok": True}
