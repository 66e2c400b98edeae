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

#: bad whois-handler
import asyncio

from aiohttp import web


async def whois(request: web.Request) -> web.Response:
    domain = request.query["domain"]
    process = await asyncio.create_subprocess_shell(  #!
        "whois %s | head -n 40" % domain,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    return web.Response(body=out)

#: good whois-handler
import asyncio

from aiohttp import web


async def whois(request: web.Request) -> web.Response:
    zone = "example.invalid"
    process = await asyncio.create_subprocess_exec(
        "whois",
        "--",
        zone,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    return web.Response(body=out)

#: bad log-grep
import os
import tornado.web


class LogHandler(tornado.web.RequestHandler):
    def get(self):
        pattern = self.get_argument("q")
        with os.popen("grep {} /var/log/app.log".format(pattern)) as stream:  #!
            self.write(stream.read())

#: good log-grep
import subprocess
import tornado.web


class LogHandler(tornado.web.RequestHandler):
    def get(self):
        lines = int(self.get_argument("lines"))
        tail = ["tail", "-n", str(lines), "/var/log/app.log"]
        self.write(subprocess.run(tail, capture_output=True, check=True).stdout)

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

#: bad git-clone
from subprocess import check_output

import click


@click.command()
@click.argument("repository")
@click.option("--branch", default="main")
def clone(repository, branch):
    """Clone a repository next to this one."""
    output = check_output(f"git clone -b {branch} {repository}", shell=True)  #!
    click.echo(output.decode())

#: good git-clone
from subprocess import check_output

import click


@click.command()
@click.option("--branch", type=click.Choice(["main", "next"]), default="main")
def clone(branch):
    """Clone the themes next to this one."""
    repository = "https://git.example.invalid/themes.git"
    output = check_output(["git", "clone", "-b", branch, "--", repository])
    click.echo(output.decode())

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
