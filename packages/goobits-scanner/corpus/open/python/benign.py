#: good weatherplugin
import os
import subprocess

import requests

API = "https://api.weather.invalid/v2/forecast"


class WeatherPlugin:
    def __init__(self):
        self.key = os.environ["WEATHER_API_KEY"]

    def forecast(self, city):
        response = requests.get(API, params={"q": city, "key": self.key}, timeout=10)
        response.raise_for_status()
        return response.json()

    def notify(self, text):
        subprocess.run(["notify-send", "Weather", text], check=False)
#: good releaseplugin
import os
import subprocess
from pathlib import Path

import httpx


def changelog(tag):
    command = ["git", "log", "--oneline", f"{tag}..HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


async def publish(repository, tag):
    headers = {"Authorization": f"Bearer {os.environ['RELEASE_TOKEN']}"}
    body = {"tag_name": tag, "body": changelog(tag)}
    async with httpx.AsyncClient(headers=headers) as client:
        url = f"https://api.forge.invalid/repos/{repository}/releases"
        return (await client.post(url, json=body)).status_code
#: good crctable
T=[167, 200, 152, 158, 214, 153, 1, 132, 232, 106, 82, 117, 45, 175, 182, 249, 219, 48, 153, 146, 227, 251, 111, 71, 16, 254, 49, 22, 79, 254, 243, 250, 28, 254, 231, 81, 215, 235, 159, 203, 132, 223, 35, 40, 1, 220, 107, 90, 20, 187, 64, 6, 164, 129, 9, 229, 78, 172, 34, 254, 144, 178, 230, 43, 255, 13, 139, 125, 92, 70, 120, 59, 43, 49, 109, 19, 43, 81, 7, 130, 87, 254, 65, 192, 92, 138, 239, 118, 187, 198, 40, 80, 167, 129, 209, 138]
S=[44, 194, 128, 235, 78, 84, 222, 56, 116, 238, 246, 97, 114, 161, 187, 125, 216, 148, 64, 84, 146, 10, 104, 76, 252, 47, 182, 139, 188, 87, 153, 142, 228, 192, 22, 214, 108, 107, 32, 239, 202, 30, 179, 196, 49, 0, 123, 65, 139, 125, 207, 215, 190, 172, 58, 148, 183, 150, 220, 134, 91, 1, 62, 138, 52, 52, 242, 27, 147, 4, 180, 218, 214, 127, 70, 76, 83, 128, 121, 116, 13, 161, 139, 141, 89, 58, 241, 163, 80, 114, 232, 187, 79, 134, 114, 223]
def c(b,k=0xffff):
    for x in b:k=(k>>8)^T[(k^x)%96]^S[x%96]<<8
    return k&0xffff
def d(b):return[c(b[i:i+16])for i in range(0,len(b),16)]
#: good emojis
MESSAGES = {
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467 👨‍👩‍👧 home",
    "flag": "🏳️‍🌈 🇩🇪",
    "coder": "👩🏽‍💻 code",
    "thanks": "ありがとう",
    "welcome": "欢迎",
}


def message(key):
    return MESSAGES.get(key, key)
#: good languages
LANGUAGES = [
    ("ar", "العربية"),
    ("he", "עברית"),
    ("fa", "فارسی"),
    ("ru", "Русский"),
    ("el", "Ελληνικά"),
    ("hi", "क्‍षेत्र"),
]


def name(code):
    return dict(LANGUAGES)[code]
#: good imagefixtures as test_images.py
import base64
import io

import pytest

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


@pytest.fixture
def image():
    return io.BytesIO(base64.b64decode(PNG))


def test_has_the_png_signature(image):
    assert image.read(4) == b"\x89PNG"
#: good authfixtures as test_auth.py
import jwt
import pytest

SECRET = "test-secret"
PASSWORD = "password123"


@pytest.fixture
def token():
    return jwt.encode({"sub": "alice"}, SECRET, algorithm="HS256")


def test_login(client, token):
    response = client.post("/login", json={"user": "alice", "password": PASSWORD})
    assert response.json()["token"] == token
#: good plainsetup as setup.py
from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent
about = {}
exec((HERE / "src" / "textkit" / "_version.py").read_text(), about)

setup(
    name="textkit",
    version=about["__version__"],
    packages=find_packages("src"),
    package_dir={"": "src"},
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
)
#: good extsetup as setup.py
import os
import subprocess
import sys

from setuptools import Extension, setup


def pkg_config(option, name):
    command = ["pkg-config", option, name]
    return subprocess.check_output(command, text=True).split()


ARGS = pkg_config("--cflags", "libpng")
if sys.platform == "darwin":
    ARGS.append("-mmacosx-version-min=" + os.environ.get("MACOSX_DEPLOYMENT_TARGET", "11.0"))
setup(ext_modules=[Extension("pngkit._png", ["src/png.c"], extra_compile_args=ARGS)])
#: good etag
import hashlib
from functools import lru_cache


@lru_cache(maxsize=256)
def digest(path):
    with open(path, "rb") as handle:
        return hashlib.sha1(handle.read(), usedforsecurity=False).hexdigest()


def etag(path):
    return f'W/"{digest(path)[:16]}"'
#: good disk
import pickle
from pathlib import Path


class DiskCache:
    def __init__(self, folder):
        self.folder = Path(folder)

    def get(self, key):
        path = self.folder / f"{key}.pickle"
        return pickle.loads(path.read_bytes()) if path.exists() else None

    def put(self, key, value):
        (self.folder / f"{key}.pickle").write_bytes(pickle.dumps(value))
#: good templating
import re

TOKEN = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


def compile_template(text):
    pieces = TOKEN.split(text)
    body = " + ".join(
        repr(piece) if index % 2 == 0 else f"str(values[{piece!r}])"
        for index, piece in enumerate(pieces)
    )
    return eval(compile(f"lambda values: {body}", "<template>", "eval"))
#: good editor
import os
import shlex
import subprocess
import tempfile


def edit(text):
    editor = shlex.split(os.environ.get("EDITOR", "vi"))
    with tempfile.NamedTemporaryFile("w+", suffix=".md", delete=False) as handle:
        handle.write(text)
    try:
        subprocess.run([*editor, handle.name], check=True)
        with open(handle.name) as edited:
            return edited.read()
    finally:
        os.unlink(handle.name)
#: good dice
import random

WORDS = ["apple", "river", "stone", "cloud"]


def shuffle(deck, seed=None):
    rng = random.Random(seed)
    rng.shuffle(deck)
    return deck


def jitter(delay):
    return delay * (1 + random.random() / 10)


def placeholder():
    return random.choice(WORDS)
#: good migrations
import sqlite3

TABLES = ("users", "orders", "items")


def counts(path):
    with sqlite3.connect(path) as db:
        return {
            table: db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            for table in TABLES
        }


def find(path, name):
    with sqlite3.connect(path) as db:
        return db.execute("SELECT * FROM users WHERE name = ?", [name]).fetchall()
#: good lazyload as __init__.py
import importlib

_EXPORTS = {"Client": ".client", "Server": ".server", "Error": "._errors"}
__all__ = list(_EXPORTS)


def __getattr__(name):
    if name in _EXPORTS:
        return getattr(importlib.import_module(_EXPORTS[name], __name__), name)
    raise AttributeError(name)


def __dir__():
    return sorted(__all__)
#: good s3client
import os

import boto3


class Store:
    def __init__(self, bucket):
        self.client = boto3.client(
            "s3",
            endpoint_url=os.getenv("S3_ENDPOINT"),
            aws_access_key_id=os.getenv("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key=os.getenv("AWS_SECRET_ACCESS_KEY"),
        )
        self.bucket = bucket

    def save(self, key, path):
        self.client.upload_file(path, self.bucket, key)
#: good sshdeploy
from pathlib import Path

import paramiko


def connect(host, user, key=Path.home() / ".ssh" / "id_ed25519"):
    client = paramiko.SSHClient()
    client.load_system_host_keys()
    client.connect(host, username=user, key_filename=str(key))
    return client


def uptime(host, user):
    with connect(host, user) as client:
        _, out, _ = client.exec_command("uptime")
        return out.read().decode()
#: good lockhashes
PACKAGES = {
    "attrs": "sha256:a4c9f3fdab675482c5260eafd4837700e9b4c7f1080c6b9eae5daf4779e7ebe4",
    "click": "sha256:9a671e6e12b2db7cc735316668c69011772c1246173b344790627458b69101b3",
    "idna": "sha256:90719fd9cadb6c5f127946e113d4e4f9968c6f1625aef1a80d18bf6645a1c95b",
}
COMMIT = "e42daaf1252b0cbf9a536bc50d23db8e39efb7fa"
NAMESPACE = "eed2a961-d0e0-505d-ae93-6f8a76943e1e"


def pinned(name):
    return f"{name} --hash={PACKAGES[name]}"
#: good ports
import contextlib
import os
import socket
import urllib.request

PROXIES = {name: os.environ.get(name) for name in ("HTTP_PROXY", "HTTPS_PROXY")}


def free_port():
    with contextlib.closing(socket.socket()) as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


def healthy(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
        return answer.status == 200
