#: bad members
import sqlite3

from flask import Flask, g, request

app = Flask(__name__)


@app.get("/members")
def members():
    name = request.args.get("name", "")
    db = sqlite3.connect("members.db")
    rows = db.execute(f"SELECT id, name FROM members WHERE name = '{name}'") #!
    return {"rows": rows.fetchall()}
#: good members
import sqlite3

from flask import Flask, g, request

app = Flask(__name__)


@app.get("/members")
def members():
    name = request.args.get("name", "")
    db = sqlite3.connect("members.db")
    rows = db.execute("SELECT id, name FROM members WHERE name = ?", (name,))
    return {"rows": rows.fetchall()}
#: bad catalogue
from django.http import JsonResponse

from .models import Product


def catalogue(request):
    order = request.GET.get("order", "name")
    sql = "SELECT * FROM shop_product ORDER BY {}".format(order)
    products = Product.objects.raw(sql) #!
    return JsonResponse({"items": [product.name for product in products]})
#: good catalogue
from django.http import JsonResponse

from .models import Product

COLUMNS = {"name": "name", "price": "price"}


def catalogue(request):
    order = COLUMNS.get(request.GET.get("order"), "name")
    products = Product.objects.order_by(order)
    return JsonResponse({"items": [product.name for product in products]})
