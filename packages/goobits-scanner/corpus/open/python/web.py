#: bad entry
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8000, debug=True) #!
#: good entry
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000, debug=False)
#: bad crossorigin
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware( #!
    CORSMiddleware,
    allow_origins=["*"],
    allow_credentials=True,
    allow_methods=["*"],
)
#: good crossorigin
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://app.corp.invalid"],
    allow_credentials=True,
    allow_methods=["GET", "POST"],
)
#: bad signin
from aiohttp import web


async def signin(request):
    form = await request.post()
    session = await request.app["sessions"].create(form["user"])
    response = web.HTTPFound("/home")
    response.set_cookie("session", session.key, secure=False, httponly=False) #!
    return response
#: good signin
from aiohttp import web


async def signin(request):
    form = await request.post()
    session = await request.app["sessions"].create(form["user"])
    response = web.HTTPFound("/home")
    response.set_cookie(
        "session", session.key, secure=True, httponly=True, samesite="Lax"
    )
    return response
