#: bad ping-route
import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    host = request.args.get("host", "localhost")
    code = os.system("ping -c 1 " + host)  #!
    return {"reachable": code == 0}

#: good ping-route
import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    count = request.args.get("count", 1, type=int)
    code = os.spawnlp(os.P_WAIT, "ping", "ping", "-c", str(count), "localhost")
    return {"reachable": code == 0}

#: bad convert-upload
import subprocess as sp

from django.http import JsonResponse
from django.views.decorators.http import require_POST


@require_POST
def convert(request):
    name = request.POST["name"]
    size = request.POST.get("size", "800x600")
    cmd = f"convert media/{name} -resize {size} thumbs/{name}"
    result = sp.run(cmd, shell=True, capture_output=True)  #!
    return JsonResponse({"ok": result.returncode == 0})

#: good convert-upload
import subprocess as sp

from django.http import JsonResponse
from django.views.decorators.http import require_POST

SIZES = {"small": "320x240", "large": "800x600"}


@require_POST
def convert(request):
    size = SIZES[request.POST.get("size", "large")]
    cmd = ["convert", "media/in.png", "-resize", size, "thumbs/out.png"]
    result = sp.run(cmd, capture_output=True)
    return JsonResponse({"ok": result.returncode == 0})

#: bad rule-engine
import json
import sys


class Rule:
    def __init__(self, source):
        self.code = compile(source, "<rule>", "exec")
        self.scope = {}

    def run(self, record):
        exec(self.code, self.scope, {"record": record})  #!


def main():
    rules = [Rule(line) for line in sys.stdin]
    for record in json.load(open(sys.argv[1])):
        for rule in rules:
            rule.run(record)

#: good rule-engine
import json
import operator
import sys

OPERATORS = {"lt": operator.lt, "gt": operator.gt, "eq": operator.eq}


class Rule:
    def __init__(self, source):
        self.field, name, self.limit = source.split()
        self.compare = OPERATORS[name]

    def run(self, record):
        return self.compare(record[self.field], float(self.limit))


def main():
    rules = [Rule(line) for line in sys.stdin]
    for record in json.load(open(sys.argv[1])):
        print(all(rule.run(record) for rule in rules))

#: bad paramiko-runner
import paramiko
from flask import request, Blueprint

bp = Blueprint("remote", __name__)


@bp.post("/restart")
def restart():
    service = request.form["service"]
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.connect("app1.example.invalid", username="deploy")
    _, stdout, _ = client.exec_command("systemctl restart " + service)  #!
    return stdout.read()

#: good paramiko-runner
import paramiko
from flask import request, Blueprint

bp = Blueprint("remote", __name__)
COMMANDS = {"web": "systemctl restart web", "worker": "systemctl restart worker"}


@bp.post("/restart")
def restart():
    command = COMMANDS[request.form["service"]]
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.connect("app1.example.invalid", username="deploy")
    _, stdout, _ = client.exec_command(command)
    return stdout.read()

#: bad plugin-loader
import importlib

from flask import Flask, jsonify, request

app = Flask(__name__)


@app.post("/plugins")
def load():
    body = request.get_json()
    module = importlib.import_module(body["module"])  #!
    return jsonify(getattr(module, body["entry"])())

#: good plugin-loader
import importlib

from flask import Flask, jsonify, request

app = Flask(__name__)
PLUGINS = {"csv": "exports.csv", "pdf": "exports.pdf"}


@app.post("/plugins")
def load():
    body = request.get_json()
    module = importlib.import_module(PLUGINS[body["module"]])
    return jsonify(module.run())

#: bad helper-flow
import os

from flask import Flask, request

app = Flask(__name__)


def build(name, quality):
    return "lame -V%s %s out.mp3" % (quality, name)


def run(line):
    return os.system(line)  #!


@app.post("/encode")
def encode():
    return str(run(build(request.json["name"], 2)))

#: good helper-flow
import shlex
import subprocess

from flask import Flask, request

app = Flask(__name__)


def build(name, quality):
    return "lame -V%s %s out.mp3" % (quality, shlex.quote(name))


def run(line):
    return subprocess.call(shlex.split(line))


@app.post("/encode")
def encode():
    return str(run(build(request.json["name"], 2)))
