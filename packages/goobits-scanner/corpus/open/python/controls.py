#: good config-cli
"""Edit the configuration in the user's editor."""
import os
import shlex
import subprocess
import sys
from pathlib import Path


def edit(path: Path) -> int:
    editor = os.environ.get("EDITOR", "vi")
    return subprocess.call([*shlex.split(editor), str(path)])


if __name__ == "__main__":
    sys.exit(edit(Path.home() / ".config" / "notes" / "config.toml"))

#: good lazy-imports
"""Load submodules when they are first used."""
import importlib

_SUBMODULES = {"linalg", "random", "fft"}


def __getattr__(name):
    if name in _SUBMODULES:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(name)


def __dir__():
    return sorted(_SUBMODULES)

#: good image-fixture
import base64

import pytest

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def image(tmp_path):
    path = tmp_path / "pixel.png"
    path.write_bytes(base64.b64decode(PIXEL))
    return path

#: good namedtuple-like
"""A small record type."""
_TEMPLATE = "class {name}(tuple):\n    __slots__ = ()\n    fields = {fields!r}\n"


def record(name, fields):
    scope = {}
    exec(_TEMPLATE.format(name=name, fields=tuple(fields)), scope)
    return scope[name]

#: good retrying-client
import os
import random
import time
from urllib.error import URLError
from urllib.request import Request, urlopen


def fetch(url, attempts=4):
    token = os.environ.get("API_TOKEN")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    for attempt in range(attempts):
        try:
            with urlopen(Request(url, headers=headers), timeout=10) as answer:
                return answer.read()
        except URLError:
            time.sleep(2**attempt + random.random())
    raise TimeoutError(url)

#: good build-extension as setup.py
import sys

from setuptools import Extension, setup

flags = ["/O2"] if sys.platform == "win32" else ["-O3", "-fvisibility=hidden"]
setup(
    name="fastsum",
    version="2.1.0",
    ext_modules=[Extension("fastsum._core", ["src/core.c"], extra_compile_args=flags)],
)

#: good orm-query-builder
class Query:
    def __init__(self, table):
        self.table = table
        self.columns = ["*"]
        self.values = []

    def sql(self):
        marks = ", ".join("?" for _ in self.values)
        return f"SELECT {', '.join(self.columns)} FROM {self.table} WHERE id IN ({marks})"

    def run(self, cursor):
        return cursor.execute(self.sql(), self.values)

#: good telemetry-optout
import json
import os
import platform
import urllib.request


def ping(version):
    """Count versions in use; `DO_NOT_TRACK` turns it off."""
    if os.environ.get("DO_NOT_TRACK"):
        return
    body = json.dumps({"version": version, "python": platform.python_version()}).encode()
    urllib.request.urlopen("https://count.example.invalid/", data=body, timeout=2)
