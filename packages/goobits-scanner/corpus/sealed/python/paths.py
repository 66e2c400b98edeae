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

#: bad wiki-page
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI()


@app.get("/pages/{page:path}")
def page(page: str):
    with open("pages/" + page + ".md", encoding="utf-8") as stream:  #!
        return PlainTextResponse(stream.read())

#: good wiki-page
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI()
PAGES = {path.stem: path for path in Path("pages").glob("*.md")}


@app.get("/pages/{page}")
def page(page: str):
    return PlainTextResponse(PAGES[page].read_text(encoding="utf-8"))

#: bad werkzeug-upload
import os

from flask import current_app, request


def upload():
    item = request.files["file"]
    item.save(os.path.join(current_app.config["UPLOADS"], item.filename))  #!
    return "", 201

#: good werkzeug-upload
import os

from flask import current_app, request
from werkzeug.utils import secure_filename


def upload():
    item = request.files["file"]
    item.save(os.path.join(current_app.config["UPLOADS"], secure_filename(item.filename)))
    return "", 201
