"""XML whose entities reach for files and other machines."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    INFO,
    LIKELY,
    LOW,
    MEDIUM,
    UNSURE,
    VULNERABILITY,
    Rule,
)

_MODULES = ("xml.etree.ElementTree", "xml.etree.cElementTree")

RULES = (
    Rule(
        "xml-entities-resolved",
        "xml",
        VULNERABILITY,
        LOW,
        LIKELY,
        611,
        "An XML parser resolves external entities",
        "A document can read local files and call other machines while it is parsed.",
        "Leave entities unresolved and the network off.",
        {
            "python": (
                "lxml.etree.XMLParser(resolve_entities: true)",
                "lxml.etree.XMLParser(no_network: false)",
                "lxml.etree.XMLParser(load_dtd: true)",
                "lxml.etree.XMLParser(huge_tree: true)",
                "lxml.etree.XMLParser(dtd_validation: true)",
                ".setFeature(0: <xml.sax.handler.feature_external_ges>; 1: true)",
                ".setFeature(0: <xml.sax.handler.feature_external_pes>; 1: true)",
                "lxml.etree.parse(0/source: ~input; parser: absent)",
                "lxml.etree.fromstring(0/text: ~input; parser: absent)",
                "lxml.etree.XML(0/text: ~input; parser: absent)",
            ),
            "javascript": (
                "**.parseXml(1.noent: true)",
                "**.parseXmlString(1.noent: true)",
                "**.parseXmlAsync(1.noent: true)",
                "libxmljs.parseXml(1.replaceEntities: true)",
                "**.parseXml(1.dtdload: true)",
                "node-expat.Parser()",
                "xml2json.toJson(0: ~input)",
                "libxmljs.parseXmlString(1.noent: true)",
                "libxmljs2.parseXml(1.noent: true)",
                "**.parseXml(1.replaceEntities: true)",
                "libxmljs.SaxParser(0: ~input)",
                "libxmljs2.parseXml(1.dtdload: true)",
            ),
            "rust": (
                "libxml.parser.ParserOptions(no_net: false)",
                "**.set_noent(0: true)",
                "libxml.parser.ParserOptions(no_def_dtd: false)",
            ),
        },
        bad={
            "python": (
                "from lxml import etree\nparser = etree.XMLParser(resolve_entities=True)\n",
            ),
            "javascript": (
                "const libxml = require('libxmljs');\n"
                "function read(text) { return libxml.parseXml(text, { noent: true }); }\n",
            ),
            "rust": (
                "fn read() { let o = libxml::parser::ParserOptions { no_net: false, ..d() }; }\n",
            ),
        },
        good={
            "python": (
                "from lxml import etree\n"
                "parser = etree.XMLParser(resolve_entities=False, no_network=True)\n",
            ),
            "javascript": (
                "const libxml = require('libxmljs');\n"
                "function read(text) { return libxml.parseXml(text, { noent: false }); }\n",
            ),
            "rust": (
                "fn read() { let o = libxml::parser::ParserOptions { no_net: true, ..d() }; }\n",
            ),
        },
        tainted=MEDIUM,
    ),
    Rule(
        "xml-entity-expansion",
        "xml",
        VULNERABILITY,
        INFO,
        UNSURE,
        776,
        "Python's own XML parsers are given a document from elsewhere",
        "A small document can expand to gigabytes, unless the Expat below is 2.4.1 or newer.",
        "Parse what strangers send with defusedxml.",
        {
            "python": (
                *(
                    f"{module}.{name}(0: dynamic)"
                    for module in _MODULES
                    for name in (
                        "parse",
                        "fromstring",
                        "iterparse",
                        "XML",
                        "fromstringlist",
                    )
                ),
                "xml.etree.ElementTree.XMLParser",
                "xml.sax.parse(0: dynamic)",
                "xml.sax.parseString(0: dynamic)",
                "xml.sax.make_parser()",
                "xml.dom.minidom.parse(0: dynamic)",
                "xml.dom.minidom.parseString(0: dynamic)",
                "xml.dom.pulldom.parse(0: dynamic)",
                "xml.dom.pulldom.parseString(0: dynamic)",
                "xml.dom.expatbuilder.parse(0: dynamic)",
                "xml.dom.expatbuilder.parseString(0: dynamic)",
                "xmlrpc.client.ServerProxy(0: dynamic)",
                "import xmlrpc.server",
            ),
        },
        bad={
            "python": (
                "import xml.etree.ElementTree as ET\ndef read(f):\n    return ET.parse(f)\n",
                "from xml.dom.minidom import parseString\n"
                "def read(t):\n    return parseString(t)\n",
            ),
        },
        good={
            "python": (
                "import defusedxml.ElementTree as ET\ndef read(f):\n    return ET.parse(f)\n",
                "import xml.etree.ElementTree as ET\ntree = ET.parse('own.xml')\n",
            ),
        },
        tainted=LOW,
    ),
)
