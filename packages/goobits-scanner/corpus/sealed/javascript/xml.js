//: bad libxml-noent
const libxmljs = require('libxmljs');

exports.importFeed = (req, res) => {
  const doc = libxmljs.parseXml(req.body, { noent: true, dtdload: true }); //!
  res.json(doc.find('//title').map((node) => node.text()));
};

//: good libxml-noent
const libxmljs = require('libxmljs');

exports.importFeed = (req, res) => {
  const doc = libxmljs.parseXml(req.body, { noent: false, nonet: true });
  res.json(doc.find('//title').map((node) => node.text()));
};
