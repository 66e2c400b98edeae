#: bad flask-sqlite
import sqlite3

from flask import Flask, g, request

app = Flask(__name__)


@app.get("/users")
def users():
    name = request.args["name"]
    rows = g.db.execute("SELECT id, mail FROM users WHERE name = '" + name + "'")  #!
    return {"users": [dict(row) for row in rows]}

#: good flask-sqlite
import sqlite3

from flask import Flask, g, request

app = Flask(__name__)


@app.get("/users")
def users():
    name = request.args["name"]
    rows = g.db.execute("SELECT id, mail FROM users WHERE name = ?", (name,))
    return {"users": [dict(row) for row in rows]}

#: bad psycopg-report
import psycopg2


class Orders:
    def __init__(self, dsn):
        self.connection = psycopg2.connect(dsn)

    def by_status(self, status, since):
        with self.connection.cursor() as cursor:
            cursor.execute(  #!
                f"SELECT * FROM orders WHERE status = '{status}' AND placed > '{since}'"
            )
            return cursor.fetchall()

#: good psycopg-report
import psycopg2


class Orders:
    def __init__(self, dsn):
        self.connection = psycopg2.connect(dsn)

    def by_status(self, status, since):
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM orders WHERE status = %s AND placed > %s",
                (status, since),
            )
            return cursor.fetchall()

#: bad mysql-delete
import mysql.connector as mysql
from aiohttp import web


async def remove(request):
    data = await request.post()
    db = mysql.connect(host="localhost", database="notes")
    cursor = db.cursor()
    query = "DELETE FROM notes WHERE id = " + data["id"]
    cursor.execute(query)  #!
    db.commit()
    return web.Response(status=204)

#: good mysql-delete
import mysql.connector as mysql
from aiohttp import web


async def remove(request):
    data = await request.post()
    db = mysql.connect(host="localhost", database="notes")
    cursor = db.cursor()
    query = "DELETE FROM notes WHERE id = %s"
    cursor.execute(query, (data["id"],))
    db.commit()
    return web.Response(status=204)
