#: bad orders
from fastapi import APIRouter, Depends
from sqlalchemy import text
from sqlalchemy.orm import Session

from .db import get_session

router = APIRouter()


@router.get("/orders/{customer}")
def orders(customer: str, session: Session = Depends(get_session)):
    query = "SELECT * FROM orders WHERE customer = '" + customer + "'"
    return session.execute(text(query)).mappings().all() #!
#: good orders
from fastapi import APIRouter, Depends
from sqlalchemy import text
from sqlalchemy.orm import Session

from .db import get_session

router = APIRouter()


@router.get("/orders/{customer}")
def orders(customer: str, session: Session = Depends(get_session)):
    query = "SELECT * FROM orders WHERE customer = :customer"
    return session.execute(text(query), {"customer": customer}).mappings().all()
#: bad audit
import psycopg2


class AuditLog:
    def __init__(self, dsn):
        self.connection = psycopg2.connect(dsn)

    def search(self, request):
        term = request.POST["term"]
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT * FROM audit WHERE line LIKE '%%%s%%'" % term) #!
            return cursor.fetchall()
#: good audit
import psycopg2


class AuditLog:
    def __init__(self, dsn):
        self.connection = psycopg2.connect(dsn)

    def search(self, request):
        term = request.POST["term"]
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT * FROM audit WHERE line LIKE %s", (f"%{term}%",))
            return cursor.fetchall()
#: bad login
from flask import Blueprint, request
from pymongo import MongoClient

bp = Blueprint("login", __name__)
users = MongoClient("mongodb://localhost:27017").site.users


@bp.post("/login")
def login():
    name = request.json["name"]
    found = users.find_one({"$where": "this.name == '" + name + "'"}) #!
    return {"found": found is not None}
#: good login
from flask import Blueprint, request
from pymongo import MongoClient

bp = Blueprint("login", __name__)
users = MongoClient("mongodb://localhost:27017").site.users


@bp.post("/login")
def login():
    name = str(request.json["name"])
    found = users.find_one({"name": {"$eq": name}})
    return {"found": found is not None}
#: bad inventory
import aiosqlite
from aiohttp import web


def by_shelf(shelf):
    return " ".join(["SELECT sku, amount FROM stock WHERE shelf =", repr(shelf)])


async def stock(request):
    shelf = request.match_info["shelf"]
    async with aiosqlite.connect("stock.db") as db:
        cursor = await db.execute(by_shelf(shelf)) #!
        return web.json_response(await cursor.fetchall())
#: good inventory
import aiosqlite
from aiohttp import web

BY_SHELF = " ".join(["SELECT sku, amount FROM stock", "WHERE shelf = ?"])


async def stock(request):
    shelf = request.match_info["shelf"]
    async with aiosqlite.connect("stock.db") as db:
        cursor = await db.execute(BY_SHELF, (shelf,))
        return web.json_response(await cursor.fetchall())
