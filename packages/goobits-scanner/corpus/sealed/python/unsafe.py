#: bad load-by-name
import ctypes
from flask import request


def backend():
    library = ctypes.CDLL(request.args["library"])  #!
    return {"version": library.version()}

#: good load-by-name
import ctypes
import ctypes.util


def backend():
    library = ctypes.CDLL(ctypes.util.find_library("z"))
    return {"version": library.zlibCompileFlags()}
