#: bad saml
import base64
import xml.sax
from xml.sax.handler import feature_external_ges


def read_assertion(request, handler):
    raw = base64.b64decode(request.POST["SAMLResponse"])
    parser = xml.sax.make_parser()
    parser.setFeature(feature_external_ges, True) #!
    parser.setContentHandler(handler)
    parser.feed(raw)
    return handler.subject
#: good saml
import base64
import xml.sax
from xml.sax.handler import feature_external_ges


def read_assertion(request, handler):
    raw = base64.b64decode(request.POST["SAMLResponse"])
    parser = xml.sax.make_parser()
    parser.setFeature(feature_external_ges, False)
    parser.setContentHandler(handler)
    parser.feed(raw)
    return handler.subject
