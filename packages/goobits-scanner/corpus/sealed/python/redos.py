#: bad filter
import re

from flask import Flask, request

app = Flask(__name__)
LINES = open("words.txt").read().splitlines()


@app.get("/filter")
def matching():
    pattern = request.args["pattern"]
    return {"lines": [line for line in LINES if re.search(pattern, line)]} #!
#: good filter
import re

from flask import Flask, request

app = Flask(__name__)
LINES = open("words.txt").read().splitlines()


@app.get("/filter")
def matching():
    pattern = re.escape(request.args["pattern"])
    return {"lines": [line for line in LINES if re.search(pattern, line)]}
