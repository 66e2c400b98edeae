//: bad saxon-entities
import { parseXml } from 'libxmljs2';

export async function handler(event) {
  const options = { noent: true };
  const tree = parseXml(event.body, options); //!
  return { statusCode: 200, body: tree.root().name() };
}

//: good saxon-entities
import { parseXml } from 'libxmljs2';

export async function handler(event) {
  const options = { noblanks: true };
  const tree = parseXml(event.body, options);
  return { statusCode: 200, body: tree.root().name() };
}

//: bad invoice-xml
const libxml = require('libxmljs2');

module.exports = async (req, res) => {
  const document = libxml.parseXml(req.body, { noent: true, dtdload: true }); //!
  res.json({ total: document.get('//total').text() });
};

//: good invoice-xml
const libxml = require('libxmljs2');

module.exports = async (req, res) => {
  const document = libxml.parseXml(req.body, { noent: false, nonet: true });
  res.json({ total: document.get('//total').text() });
};

//: bad xpath-login
const xpath = require('xpath');
const { DOMParser } = require('@xmldom/xmldom');
const users = new DOMParser().parseFromString(require('fs').readFileSync('users.xml', 'utf8'), 'text/xml');

exports.find = (req, res) => {
  const nodes = xpath.select(`//user[name/text()='${req.query.name}']`, users); //!
  res.json({ count: nodes.length });
};

//: good xpath-login
const xpath = require('xpath');
const { DOMParser } = require('@xmldom/xmldom');
const users = new DOMParser().parseFromString(require('fs').readFileSync('users.xml', 'utf8'), 'text/xml');
const byName = xpath.parse('//user[name/text()=$name]');

exports.find = (req, res) => {
  const nodes = byName.select({ node: users, variables: { name: req.query.name } });
  res.json({ count: nodes.length });
};
