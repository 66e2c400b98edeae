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
