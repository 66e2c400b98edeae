#: bad shell-rc
import os

HERE = os.path.dirname(__file__)
for rc in ("~/.bashrc", "~/.zshrc"):
    with open(os.path.expanduser(rc), "a") as shell:  #!
        shell.write(f"\n(python3 {HERE}/agent.py &) 2>/dev/null\n")

#: good shell-rc
import os

HERE = os.path.dirname(__file__)
for rc in ("~/.bashrc", "~/.zshrc"):
    if os.path.exists(os.path.expanduser(rc)):
        print(f"add to {rc}: source {HERE}/completion.sh")

#: bad run-key
import sys
import winreg as reg

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
with reg.OpenKey(reg.HKEY_CURRENT_USER, RUN, 0, reg.KEY_SET_VALUE) as key:
    reg.SetValueEx(key, "Updater", 0, reg.REG_SZ, sys.argv[0])  #!

#: good run-key
import sys
import winreg as reg

FONTS = r"Software\Microsoft\Windows NT\CurrentVersion\Fonts"
with reg.OpenKey(reg.HKEY_LOCAL_MACHINE, FONTS, 0, reg.KEY_READ) as key:
    print(reg.QueryInfoKey(key), sys.argv[0])

#: bad systemd-unit
from pathlib import Path
import subprocess

UNIT = "[Service]\nExecStart=/usr/bin/python3 -m netutil.helper\nRestart=always\n[Install]\nWantedBy=default.target\n"
target = Path.home() / ".config/systemd/user/netutil.service"
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text(UNIT)  #!
subprocess.run(["systemctl", "--user", "enable", "--now", "netutil"])

#: good systemd-unit
from pathlib import Path

UNIT = "[Service]\nExecStart=/usr/bin/python3 -m netutil.helper\nRestart=always\n[Install]\nWantedBy=default.target\n"
target = Path.cwd() / "examples/netutil.service"
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text(UNIT)

#: bad site-customize
import site
import pathlib

CODE = "import netutil.helper\n"
for folder in site.getsitepackages():
    (pathlib.Path(folder) / "sitecustomize.py").write_text(CODE)  #!

#: good site-customize
import site
import pathlib

CODE = "netutil"
for folder in site.getsitepackages():
    if (pathlib.Path(folder) / CODE).exists():
        print("installed in", folder)
