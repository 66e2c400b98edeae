#: bad nativecall
import ctypes
from flask import Flask, request

app = Flask(__name__)


@app.post("/codec")
def codec():
    library = ctypes.CDLL(request.form["library"]) #!
    return {"version": library.codec_version()}
#: good nativecall
import ctypes
from flask import Flask, request

app = Flask(__name__)
LIBRARY = ctypes.CDLL("libcodec.so.2")


@app.post("/codec")
def codec():
    LIBRARY.codec_version.restype = ctypes.c_int
    return {"version": LIBRARY.codec_version()}
