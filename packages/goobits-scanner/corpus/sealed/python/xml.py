#: bad lxml-parse
from flask import request
from lxml import etree


def feed():
    parser = etree.XMLParser(resolve_entities=True, no_network=False)  #!
    root = etree.fromstring(request.data, parser)
    return {"titles": root.xpath("//title/text()")}

#: good lxml-parse
from flask import request
from lxml import etree


def feed():
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(request.data, parser)
    return {"titles": root.xpath("//title/text()")}
