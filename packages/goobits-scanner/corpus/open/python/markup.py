#: bad jinja-environment
from jinja2 import Environment, FileSystemLoader

env = Environment(loader=FileSystemLoader("templates"), autoescape=False)  #!


def page(name: str, **values: object) -> str:
    return env.get_template(f"{name}.html").render(**values)

#: good jinja-environment
from jinja2 import Environment, FileSystemLoader, select_autoescape

env = Environment(loader=FileSystemLoader("templates"), autoescape=select_autoescape())


def page(name: str, **values: object) -> str:
    return env.get_template(f"{name}.html").render(**values)

#: bad html-response
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/greet", response_class=HTMLResponse)
def greet(name: str):
    return HTMLResponse(f"<p>Good morning, {name}!</p>")  #!

#: good html-response
import html

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

app = FastAPI()


@app.get("/greet", response_class=HTMLResponse)
def greet(name: str):
    return HTMLResponse(f"<p>Good morning, {html.escape(name)}!</p>")

#: bad mako-mail
from mako.template import Template


def send(mailbox, request):
    body = Template(request.form["template"])  #!
    mailbox.send(request.form["to"], body.render(user=request.user))

#: good mako-mail
from mako.template import Template

WELCOME = Template("Hello ${user | h}, welcome.")


def send(mailbox, request):
    mailbox.send(request.form["to"], WELCOME.render(user=request.user))
