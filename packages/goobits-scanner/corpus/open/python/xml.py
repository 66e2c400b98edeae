#: bad sax-entities
import xml.sax
from xml.sax.handler import feature_external_ges


def parse(stream, handler):
    parser = xml.sax.make_parser()
    parser.setFeature(feature_external_ges, True)  #!
    parser.setContentHandler(handler)
    parser.parse(stream)

#: good sax-entities
import xml.sax
from xml.sax.handler import feature_external_ges


def parse(stream, handler):
    parser = xml.sax.make_parser()
    parser.setFeature(feature_external_ges, False)
    parser.setContentHandler(handler)
    parser.parse(stream)

#: bad soap-endpoint
import xml.dom.minidom as dom

from django.http import HttpResponse


def endpoint(request):
    document = dom.parseString(request.body)  #!
    action = document.getElementsByTagName("action")[0].firstChild.data
    return HttpResponse(action)

#: good soap-endpoint
import defusedxml.minidom as dom

from django.http import HttpResponse


def endpoint(request):
    document = dom.parseString(request.body)
    action = document.getElementsByTagName("action")[0].firstChild.data
    return HttpResponse(action)

#: bad etree-upload
from xml.etree import ElementTree as ET

from fastapi import FastAPI, UploadFile

app = FastAPI()


@app.post("/gpx")
async def gpx(file: UploadFile):
    tree = ET.fromstring(await file.read())  #!
    return {"points": len(tree.findall(".//trkpt"))}

#: good etree-upload
from xml.etree import ElementTree as ET

from fastapi import FastAPI

app = FastAPI()


@app.get("/gpx")
async def gpx(points: int):
    tree = ET.Element("gpx")
    for _ in range(points):
        ET.SubElement(tree, "trkpt")
    return {"document": ET.tostring(tree, "unicode")}
