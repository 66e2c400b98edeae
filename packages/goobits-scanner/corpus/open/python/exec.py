#: bad thumbnail
import os
from flask import Flask, request

app = Flask(__name__)


@app.route("/thumb")
def thumb():
    name = request.args["name"]
    os.system("convert uploads/" + name + " -resize 128 thumbs/" + name) #!
    return {"ok": True}
#: good thumbnail
import os
import subprocess
from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)


@app.route("/thumb")
def thumb():
    name = secure_filename(request.args["name"])
    source = os.path.join("uploads", name)
    subprocess.run(["convert", source, "-resize", "128", "thumbs/" + name], check=True)
    return {"ok": True}
#: bad calculator
from fastapi import FastAPI, Query

app = FastAPI()


@app.get("/calc")
async def calc(expression: str = Query(..., max_length=200)):
    value = eval(expression, {"__builtins__": {}}) #!
    return {"value": value}
#: good calculator
from ast import literal_eval

from fastapi import FastAPI, Query

app = FastAPI()


@app.get("/calc")
async def calc(expression: str = Query(..., max_length=200)):
    value = literal_eval(expression)
    return {"value": value}
#: bad fleet
import paramiko
from flask import Blueprint, request

bp = Blueprint("fleet", __name__)


def connect(host):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.connect(host, username="deploy")
    return client


@bp.post("/restart")
def restart():
    unit = request.form["unit"]
    client = connect("app1.internal.invalid")
    _, out, _ = client.exec_command("systemctl restart %s" % unit) #!
    return out.read()
#: good fleet
import shlex

import paramiko
from flask import Blueprint, abort, request

bp = Blueprint("fleet", __name__)
UNITS = {"web": "web.service", "worker": "worker.service"}


def connect(host):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.connect(host, username="deploy")
    return client


@bp.post("/restart")
def restart():
    unit = UNITS.get(request.form["unit"])
    if unit is None:
        abort(400)
    client = connect("app1.internal.invalid")
    _, out, _ = client.exec_command("systemctl restart " + shlex.quote(unit))
    return out.read()
#: bad gitlog
import argparse
from subprocess import check_output


def history(branch):
    template = "git log --oneline " + branch + " | head -n 20"
    return check_output(template, shell=True).decode() #!


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("branch")
    args = parser.parse_args()
    print(history(args.branch))


if __name__ == "__main__":
    main()
#: good gitlog
import argparse
from subprocess import check_output


def history(branch):
    command = ["git", "log", "--oneline", "-n", "20", "--end-of-options", branch]
    return check_output(command).decode()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("branch")
    args = parser.parse_args()
    print(history(args.branch))


if __name__ == "__main__":
    main()
