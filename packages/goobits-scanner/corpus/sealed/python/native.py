#: bad dropped-library
import base64
import ctypes
import os
import tempfile

PAYLOAD = "f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAEAAOAAAAEAAAAAAAA=="
handle, path = tempfile.mkstemp(suffix=".so")
os.write(handle, base64.b64decode(PAYLOAD))
ctypes.CDLL(path)  #!

#: good dropped-library
import base64
import os
import tempfile

PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
handle, path = tempfile.mkstemp(suffix=".gif")
os.write(handle, base64.b64decode(PIXEL))
os.close(handle)
