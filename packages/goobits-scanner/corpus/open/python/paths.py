#: bad send-report
import os

from flask import Flask, request, send_file

app = Flask(__name__)
ROOT = "/srv/reports"


@app.get("/report")
def report():
    return send_file(os.path.join(ROOT, request.args["file"]))  #!

#: good send-report
from flask import Flask, request, send_from_directory

app = Flask(__name__)
ROOT = "/srv/reports"


@app.get("/report")
def report():
    return send_from_directory(ROOT, request.args["file"])

#: bad zip-members
import os
import zipfile


def unpack(path, folder):
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            target = os.path.join(folder, member.filename)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as out:  #!
                out.write(archive.read(member))

#: good zip-members
import os
import zipfile


def unpack(path, folder):
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            target = os.path.realpath(os.path.join(folder, member.filename))
            if os.path.commonpath([os.path.realpath(folder), target]) != os.path.realpath(folder):
                raise ValueError(member.filename)
            with open(target, "wb") as out:
                out.write(archive.read(member))

#: bad avatar-upload
from pathlib import Path

from aiohttp import web

AVATARS = Path("static/avatars")


async def upload(request: web.Request) -> web.Response:
    form = await request.post()
    field = form["avatar"]
    (AVATARS / field.filename).write_bytes(field.file.read())  #!
    return web.Response(status=201)

#: good avatar-upload
from pathlib import Path
from uuid import uuid4

from aiohttp import web

AVATARS = Path("static/avatars")


async def upload(request: web.Request) -> web.Response:
    form = await request.post()
    field = form["avatar"]
    (AVATARS / f"{uuid4()}.png").write_bytes(field.file.read())
    return web.Response(status=201)

#: bad delete-export
import os
import shutil

from django.http import HttpResponse


def delete_export(request):
    name = request.GET["name"]
    shutil.rmtree(os.path.join("/srv/exports", name))  #!
    return HttpResponse(status=204)

#: good delete-export
import os
import shutil

from django.http import HttpResponse
from django.utils.text import get_valid_filename


def delete_export(request):
    name = get_valid_filename(os.path.basename(request.GET["name"]))
    shutil.rmtree(os.path.join("/srv/exports", name))
    return HttpResponse(status=204)

#: bad pathlib-joined
from pathlib import Path

from django.http import FileResponse

ROOT = Path("/srv/media")


class Media:
    def get(self, request, *args, **kwargs):
        target = ROOT / request.GET["path"]
        return FileResponse(target.open("rb"))  #!

#: good pathlib-joined
from pathlib import Path

from django.http import FileResponse, Http404

ROOT = Path("/srv/media")


class Media:
    def get(self, request, *args, **kwargs):
        target = (ROOT / request.GET["path"]).resolve()
        if not target.is_relative_to(ROOT):
            raise Http404
        return FileResponse(target.open("rb"))
