#: bad flask-debug
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8080, debug=True)  #!

#: good flask-debug
from flask import Flask

app = Flask(__name__)


@app.get("/")
def index():
    return "ok"


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8080, debug=False)

#: bad cors-any
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(  #!
    CORSMiddleware,
    allow_origins=["*"],
    allow_credentials=True,
    allow_methods=["*"],
)

#: good cors-any
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=["https://shop.example.invalid"],
    allow_credentials=True,
    allow_methods=["GET", "POST"],
)

#: bad session-cookie-flags
from flask import make_response


def login(user, sign):
    response = make_response({"user": user.name})
    response.set_cookie("session", sign(user.id), secure=False, httponly=False)  #!
    return response

#: good session-cookie-flags
from flask import make_response


def login(user, sign):
    response = make_response({"user": user.name})
    response.set_cookie("session", sign(user.id), secure=True, httponly=True, samesite="Lax")
    return response

#: bad open-redirect
from flask import Blueprint, redirect, request, session

auth = Blueprint("auth", __name__)


@auth.post("/login")
def login():
    session["user"] = request.form["user"]
    return redirect(request.args.get("next"))  #!

#: good open-redirect
from flask import Blueprint, redirect, session, request, url_for

auth = Blueprint("auth", __name__)


@auth.post("/login")
def login():
    session["user"] = request.form["user"]
    return redirect(url_for("home.index"))

#: bad jwt-any
import os

import jwt


class Auth:
    key = os.environ["JWT_KEY"]

    def user(self, request):
        token = request.cookies["token"]
        return jwt.decode(token, self.key, algorithms=["HS256", "none"])["sub"]  #!

#: good jwt-any
import os

import jwt


class Auth:
    key = os.environ["JWT_KEY"]

    def user(self, request):
        token = request.cookies["token"]
        return jwt.decode(token, self.key, algorithms=["HS256"])["sub"]
