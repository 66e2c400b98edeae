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
