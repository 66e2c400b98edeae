#: good weather-plugin
"""Show the weather in the status bar."""
import os

import httpx

from editor.plugins import Plugin, command

API = "https://weather.example.invalid/v3"


class Weather(Plugin):
    def __init__(self):
        self.key = os.environ.get("WEATHER_KEY", "")
        self.client = httpx.Client(timeout=5)

    @command("weather")
    def show(self, city: str) -> str:
        answer = self.client.get(API, params={"q": city, "key": self.key})
        answer.raise_for_status()
        return f"{answer.json()['temperature']} °C in {city}"

#: good emoji-table
SEQUENCES = {
    "family": "👨<|200D|>👩<|200D|>👧<|200D|>👦",
    "rainbow flag": "🏳<|FE0F|><|200D|>🌈",
    "technologist": "🧑🏽<|200D|>💻",
}
PERSIAN = "نمی<|200C|>دانم"
HEBREW = "\u202bשלום\u202c"

#: good cache-on-disk
import hashlib
import pickle
from pathlib import Path


class DiskCache:
    def __init__(self, folder):
        self.folder = Path(folder)

    def _path(self, key):
        return self.folder / hashlib.md5(repr(key).encode()).hexdigest()

    def get(self, key):
        with self._path(key).open("rb") as stream:
            return pickle.load(stream)

    def put(self, key, value):
        with self._path(key).open("wb") as stream:
            pickle.dump(value, stream)

#: good jupyter-magic
from IPython.core.magic import register_line_magic
import subprocess


@register_line_magic
def branch(line):
    """Show the branch of the notebook's repository."""
    done = subprocess.run(["git", "branch", "--show-current"], capture_output=True, text=True)
    return done.stdout.strip()
