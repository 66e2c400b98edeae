#: bad mktemp
import os
import tempfile


def render(document: bytes) -> str:
    path = tempfile.mktemp(suffix=".pdf")  #!
    with open(path, "wb") as out:
        out.write(document)
    return path

#: good mktemp
import os
import tempfile


def render(document: bytes) -> str:
    handle, path = tempfile.mkstemp(suffix=".pdf")
    with os.fdopen(handle, "wb") as out:
        out.write(document)
    return path

#: bad chmod-socket
import os
import socket


def listen(path):
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    os.chmod(path, 0o777)  #!
    server.listen()
    return server

#: good chmod-socket
import os
import socket


def listen(path):
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    os.chmod(path, 0o600)
    server.listen()
    return server

#: bad fixed-tmp
from pathlib import Path


class Lock:
    path = Path("/tmp/indexer.state")

    def write(self, state: str) -> None:
        with open("/tmp/indexer.state", "w") as out:  #!
            out.write(state)

#: good fixed-tmp
from tempfile import TemporaryDirectory
from pathlib import Path


class Lock:
    def __init__(self):
        self._folder = TemporaryDirectory(prefix="indexer")

    def write(self, state: str) -> None:
        Path(self._folder.name, "indexer.state").write_text(state)
