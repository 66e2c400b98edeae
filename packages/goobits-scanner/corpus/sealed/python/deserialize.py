#: bad session-cookie
import base64
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.before_request
def restore():
    raw = request.cookies.get("state")
    if raw:
        request.state = pickle.loads(base64.b64decode(raw))  #!

#: good session-cookie
import base64
import json

from flask import Flask, request

app = Flask(__name__)


@app.before_request
def restore():
    raw = request.cookies.get("state")
    if raw:
        request.state = json.loads(base64.b64decode(raw))

#: bad json-pickle
import jsonpickle
from fastapi import APIRouter, Request

router = APIRouter(prefix="/layouts")


@router.put("/{name}")
async def save(name: str, request: Request):
    layout = jsonpickle.decode(await request.body())  #!
    return {"name": name, "panels": len(layout.panels)}

#: good json-pickle
from fastapi import APIRouter
from pydantic import BaseModel

router = APIRouter(prefix="/layouts")


class Layout(BaseModel):
    panels: list[str]


@router.put("/{name}")
async def save(name: str, layout: Layout):
    return {"name": name, "panels": len(layout.panels)}

#: bad joblib-upload
import tempfile

import joblib
from flask import request


def predict():
    with tempfile.NamedTemporaryFile(suffix=".joblib") as target:
        request.files["model"].save(target)
        target.seek(0)
        model = joblib.load(target)  #!
    return {"result": model.predict([request.json["row"]]).tolist()}

#: good joblib-upload
from importlib import resources

import joblib
from flask import request

MODEL = joblib.load(resources.files("shop") / "model.joblib")


def predict():
    return {"result": MODEL.predict([request.json["row"]]).tolist()}
