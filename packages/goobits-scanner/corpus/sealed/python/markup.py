#: bad greeting
from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.get("/hello")
def hello():
    name = request.args.get("name", "guest")
    return render_template_string("<h1>Hello " + name + "</h1>") #!
#: good greeting
from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.get("/hello")
def hello():
    name = request.args.get("name", "guest")
    return render_template_string("<h1>Hello {{ name }}</h1>", name=name)
#: bad search
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/search", response_class=HTMLResponse)
async def search(q: str = ""):
    content = "<p>No results for <b>%s</b></p>" % q
    return HTMLResponse(content) #!
#: good search
from html import escape

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/search", response_class=HTMLResponse)
async def search(q: str = ""):
    content = "<p>No results for <b>%s</b></p>" % escape(q)
    return HTMLResponse(content)
