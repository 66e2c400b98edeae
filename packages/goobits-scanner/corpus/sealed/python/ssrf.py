#: bad preview
import requests
from flask import Flask, request

app = Flask(__name__)


@app.get("/preview")
def preview():
    url = request.args.get("url")
    page = requests.get(url, timeout=5) #!
    return {"title": page.text[:200]}
#: good preview
from urllib.parse import urlsplit

import requests
from flask import Flask, abort, request

app = Flask(__name__)
HOSTS = {"news.invalid", "blog.invalid"}


@app.get("/preview")
def preview():
    url = request.args.get("url")
    if urlsplit(url).hostname not in HOSTS:
        abort(400)
    page = requests.get(url, timeout=5, allow_redirects=False)
    return {"title": page.text[:200]}
