#: bad calculator
from fastapi import FastAPI, Query

api = FastAPI(title="Calculator")


@api.get("/calc")
async def calc(expression: str = Query(max_length=200)):
    value = eval(expression)  #!
    return {"expression": expression, "value": value}

#: good calculator
from ast import literal_eval

from fastapi import FastAPI, Query

api = FastAPI(title="Calculator")


@api.get("/calc")
async def calc(expression: str = Query(max_length=200)):
    value = literal_eval(expression)
    return {"expression": expression, "value": value}

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
