#: bad session
import base64
import pickle

from flask import Flask, request

app = Flask(__name__)


@app.before_request
def load_session():
    raw = request.cookies.get("state")
    if raw:
        app.state = pickle.loads(base64.b64decode(raw)) #!
#: good session
import base64
import json

from flask import Flask, request

app = Flask(__name__)


@app.before_request
def load_session():
    raw = request.cookies.get("state")
    if raw:
        app.state = json.loads(base64.b64decode(raw))
#: bad pipeline
import yaml
from fastapi import FastAPI, Request

app = FastAPI()


@app.post("/pipeline")
async def submit(request: Request):
    body = await request.body()
    document = yaml.load(body, Loader=yaml.UnsafeLoader) #!
    return {"steps": len(document["steps"])}
#: good pipeline
import yaml
from fastapi import FastAPI, Request

app = FastAPI()


@app.post("/pipeline")
async def submit(request: Request):
    body = await request.body()
    document = yaml.load(body, Loader=yaml.CSafeLoader)
    return {"steps": len(document["steps"])}
#: bad weights
import requests
import torch


def fetch_weights(url, path="weights.pt"):
    response = requests.get(url, timeout=60)
    response.raise_for_status()
    with open(path, "wb") as out:
        out.write(response.content)
    return torch.load(path, weights_only=False) #!
#: good weights
import requests
import torch


def fetch_weights(url, path="weights.pt"):
    response = requests.get(url, timeout=60)
    response.raise_for_status()
    with open(path, "wb") as out:
        out.write(response.content)
    return torch.load(path, weights_only=True)
#: bad restore
import jsonpickle
from django.http import HttpResponse
from django.views import View


class RestoreView(View):
    def post(self, request):
        board = jsonpickle.decode(request.body.decode("utf-8")) #!
        board.save()
        return HttpResponse(status=204)
#: good restore
import json
from django.http import HttpResponse
from django.views import View

from .models import Board


class RestoreView(View):
    def post(self, request):
        fields = json.loads(request.body.decode("utf-8"))
        board = Board(title=str(fields["title"]))
        board.save()
        return HttpResponse(status=204)
