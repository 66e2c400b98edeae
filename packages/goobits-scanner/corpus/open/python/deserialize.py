#: bad yaml-upload
import yaml
from django.http import HttpResponse


def upload(request):
    document = yaml.load(request.FILES["config"].read(), Loader=yaml.Loader)  #!
    for name, value in document.items():
        request.session[name] = value
    return HttpResponse(status=204)

#: good yaml-upload
import yaml
from django.http import HttpResponse


def upload(request):
    document = yaml.load(request.FILES["config"].read(), Loader=yaml.SafeLoader)
    for name, value in document.items():
        request.session[name] = value
    return HttpResponse(status=204)

#: bad config-unsafe
from pathlib import Path

from yaml import unsafe_load


def read_settings(path: str) -> dict:
    """Merge the defaults with the user's file."""
    defaults = {"theme": "light", "columns": 3}
    with Path(path).open() as stream:
        return defaults | unsafe_load(stream)  #!

#: good config-unsafe
from pathlib import Path

from yaml import safe_load


def read_settings(path: str) -> dict:
    """Merge the defaults with the user's file."""
    defaults = {"theme": "light", "columns": 3}
    with Path(path).open() as stream:
        return defaults | safe_load(stream)

#: bad socket-worker
import pickle
import socketserver


class TaskHandler(socketserver.StreamRequestHandler):
    def handle(self):
        size = int(self.rfile.readline())
        task = pickle.loads(self.rfile.read(size))  #!
        self.wfile.write(repr(task()).encode())


if __name__ == "__main__":
    socketserver.TCPServer(("0.0.0.0", 9400), TaskHandler).serve_forever()

#: good socket-worker
import json
import socketserver

TASKS = {"ping": lambda: "pong"}


class TaskHandler(socketserver.StreamRequestHandler):
    def handle(self):
        size = int(self.rfile.readline())
        task = json.loads(self.rfile.read(size))
        self.wfile.write(repr(TASKS[task["name"]]()).encode())


if __name__ == "__main__":
    socketserver.TCPServer(("127.0.0.1", 9400), TaskHandler).serve_forever()

#: bad redis-jobs
import redis
import dill


def work(queue="jobs"):
    connection = redis.Redis(host="localhost")
    while True:
        _, payload = connection.blpop(queue)
        function, args = dill.loads(payload)  #!
        function(*args)

#: good redis-jobs
import redis
import msgpack

JOBS = {}


def work(queue="jobs"):
    connection = redis.Redis(host="localhost")
    while True:
        _, payload = connection.blpop(queue)
        name, args = msgpack.unpackb(payload)
        JOBS[name](*args)

#: bad model-fetch
import io

import requests
import torch


def load_weights(url: str):
    """Load the weights that the catalogue names."""
    response = requests.get(url, timeout=30)
    response.raise_for_status()
    return torch.load(io.BytesIO(response.content))  #!

#: good model-fetch
import io

import requests
import torch


def load_weights(url: str):
    """Load the weights that the catalogue names."""
    response = requests.get(url, timeout=30)
    response.raise_for_status()
    return torch.load(io.BytesIO(response.content), weights_only=True)

#: bad unpickler-class
import io
import pickle

from starlette.endpoints import WebSocketEndpoint


class Channel(WebSocketEndpoint):
    encoding = "bytes"

    async def on_receive(self, websocket, data):
        state = pickle.Unpickler(io.BytesIO(data)).load()  #!
        await websocket.send_json({"size": len(state)})

#: good unpickler-class
import io
import pickle

from starlette.endpoints import WebSocketEndpoint


class Plain(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError(name)


class Channel(WebSocketEndpoint):
    encoding = "json"

    async def on_receive(self, websocket, data):
        await websocket.send_json({"size": len(data)})
