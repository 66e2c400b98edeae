#: bad tar-extract
import sys
import tarfile


def install(archive: str, target: str) -> None:
    with tarfile.open(archive) as bundle:
        bundle.extractall(target, filter="fully_trusted")  #!


if __name__ == "__main__":
    install(*sys.argv[1:3])

#: good tar-extract
import sys
import tarfile


def install(archive: str, target: str) -> None:
    with tarfile.open(archive) as bundle:
        bundle.extractall(target, filter="data")


if __name__ == "__main__":
    install(*sys.argv[1:3])

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
