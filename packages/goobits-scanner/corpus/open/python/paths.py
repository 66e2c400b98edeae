#: bad downloads
import os

from flask import Flask, request, send_file

app = Flask(__name__)
ROOT = "/srv/files"


@app.get("/file")
def download():
    return send_file(os.path.join(ROOT, request.args["name"])) #!
#: good downloads
from flask import Flask, request, send_from_directory

app = Flask(__name__)
ROOT = "/srv/files"


@app.get("/file")
def download():
    return send_from_directory(ROOT, request.args["name"])
#: bad unpack
import tarfile
import tempfile

import requests


def install_theme(url, target):
    response = requests.get(url, timeout=30)
    with tempfile.NamedTemporaryFile(suffix=".tgz") as handle:
        handle.write(response.content)
        handle.flush()
        with tarfile.open(handle.name) as archive:
            archive.extractall(target) #!
#: good unpack
import tarfile
import tempfile

import requests


def install_theme(url, target):
    response = requests.get(url, timeout=30)
    with tempfile.NamedTemporaryFile(suffix=".tgz") as handle:
        handle.write(response.content)
        handle.flush()
        with tarfile.open(handle.name) as archive:
            archive.extractall(target, filter="data")
#: bad avatar
import os

from django.http import HttpResponse


def save_avatar(request):
    upload = request.FILES["avatar"]
    folder = request.POST.get("folder", "default")
    with open(f"/srv/avatars/{folder}/picture.png", "wb") as out: #!
        for chunk in upload.chunks():
            out.write(chunk)
    return HttpResponse("saved")
#: good avatar
import os
import uuid

from django.http import HttpResponse


def save_avatar(request):
    upload = request.FILES["avatar"]
    folder = "default"
    with open(f"/srv/avatars/{folder}/{uuid.uuid4().hex}.png", "wb") as out:
        for chunk in upload.chunks():
            out.write(chunk)
    return HttpResponse("saved")
#: bad backup
import zipfile
from pathlib import Path

from aiohttp import web


async def restore(request):
    data = await request.post()
    with zipfile.ZipFile(data["backup"].file) as archive:
        for entry in archive.infolist():
            path = Path("/srv/site") / entry.filename
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(entry)) #!
    return web.Response(text="restored")
#: good backup
import zipfile
from pathlib import Path

from aiohttp import web


async def restore(request):
    data = await request.post()
    root = Path("/srv/site").resolve()
    with zipfile.ZipFile(data["backup"].file) as archive:
        for entry in archive.infolist():
            path = (root / entry.filename).resolve()
            if not path.is_relative_to(root):
                raise web.HTTPBadRequest
            path.write_bytes(archive.read(entry))
    return web.Response(text="restored")
