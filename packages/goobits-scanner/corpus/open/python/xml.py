#: bad invoices
from flask import Flask, request
from lxml import etree

app = Flask(__name__)


@app.post("/invoice")
def invoice():
    parser = etree.XMLParser(resolve_entities=True, no_network=False) #!
    root = etree.fromstring(request.data, parser)
    return {"total": root.findtext("total")}
#: good invoices
from flask import Flask, request
from lxml import etree

app = Flask(__name__)


@app.post("/invoice")
def invoice():
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(request.data, parser)
    return {"total": root.findtext("total")}
#: bad directory
from aiohttp import web
from lxml import etree

TREE = etree.parse("people.xml")


async def lookup(request):
    user = request.query["user"]
    nodes = TREE.xpath("//person[name='" + user + "']/phone/text()") #!
    return web.json_response({"phones": nodes})
#: good directory
from aiohttp import web
from lxml import etree

TREE = etree.parse("people.xml")


async def lookup(request):
    user = request.query["user"]
    nodes = TREE.xpath("//person[name=$user]/phone/text()", user=user)
    return web.json_response({"phones": nodes})
