#: bad alchemy-text
from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session

from .database import session

app = FastAPI()


@app.get("/articles")
def search(q: str, db: Session = Depends(session)):
    statement = text("SELECT * FROM articles WHERE title LIKE '%{}%'".format(q))
    return db.execute(statement).mappings().all()  #!

#: good alchemy-text
from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session

from .database import session

app = FastAPI()


@app.get("/articles")
def search(q: str, db: Session = Depends(session)):
    statement = text("SELECT * FROM articles WHERE title LIKE :title")
    return db.execute(statement, {"title": f"%{q}%"}).mappings().all()

#: bad django-raw
from django.shortcuts import render

from .models import Product


def products(request):
    order = request.GET.get("order", "name")
    found = Product.objects.raw("SELECT * FROM shop_product ORDER BY %s" % order)  #!
    return render(request, "products.html", {"products": found})

#: good django-raw
from django.shortcuts import render

from .models import Product

ORDERS = {"name", "price"}


def products(request):
    order = request.GET.get("order", "name")
    found = Product.objects.order_by(order if order in ORDERS else "name")
    return render(request, "products.html", {"products": found})

#: bad mongo-where
from flask import jsonify, request
from pymongo import MongoClient

people = MongoClient().crm.people


def find():
    age = request.args.get("age")
    cursor = people.find({"$where": f"this.age > {age}"})  #!
    return jsonify([person["name"] for person in cursor])

#: good mongo-where
from flask import jsonify, request
from pymongo import MongoClient

people = MongoClient().crm.people


def find():
    age = request.args.get("age", type=int)
    cursor = people.find({"age": {"$gt": age}})
    return jsonify([person["name"] for person in cursor])

#: bad tornado-login
import tornado.web


class Login(tornado.web.RequestHandler):
    async def post(self):
        user = self.get_body_argument("user")
        row = await self.application.pool.fetchrow(  #!
            "SELECT hash FROM accounts WHERE login = '%s' LIMIT 1" % user
        )
        self.write({"known": row is not None})

#: good tornado-login
import tornado.web


class Login(tornado.web.RequestHandler):
    async def post(self):
        user = self.get_body_argument("user")
        row = await self.application.pool.fetchrow(
            "SELECT hash FROM accounts WHERE login = $1 LIMIT 1", user
        )
        self.write({"known": row is not None})

#: bad cli-import
import argparse
import csv
import sqlite3


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--table", required=True)
    options = parser.parse_args()
    with sqlite3.connect("local.db") as db, open(options.file) as stream:
        for row in csv.reader(stream):
            values = ", ".join(f"'{cell}'" for cell in row)
            db.execute(f"INSERT INTO {options.table} VALUES ({values})")  #!

#: good cli-import
import argparse
import csv
import sqlite3


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    options = parser.parse_args()
    with sqlite3.connect("local.db") as db, open(options.file) as stream:
        for row in csv.reader(stream):
            marks = ", ".join("?" for _ in row)
            db.execute(f"INSERT INTO measurements VALUES ({marks})", row)

#: bad joined-clauses
import asyncpg
from starlette.requests import Request


async def listing(request: Request):
    clauses = []
    for name, value in request.query_params.items():
        clauses.append(f"{name} = '{value}'")
    connection = await asyncpg.connect()
    return await connection.fetch("SELECT * FROM cars WHERE " + " AND ".join(clauses))  #!

#: good joined-clauses
import asyncpg
from starlette.requests import Request

COLUMNS = ("colour", "doors")


async def listing(request: Request):
    clauses = [f"{name} = ${n}" for n, name in enumerate(COLUMNS, 1)]
    values = [request.query_params[name] for name in COLUMNS]
    connection = await asyncpg.connect()
    return await connection.fetch("SELECT * FROM cars WHERE " + " AND ".join(clauses), *values)
