//: bad search-pattern
const app = require('express')();
const lines = ['alpha', 'beta'];

app.get('/search', (req, res) => {
  const pattern = new RegExp(req.query.q, 'i'); //!
  res.json(lines.filter((line) => pattern.test(line)));
});

//: good search-pattern
const app = require('express')();
const lines = ['alpha', 'beta'];

app.get('/search', (req, res) => {
  const pattern = String(req.query.q).toLowerCase();
  res.json(lines.filter((line) => line.includes(pattern)));
});

//: bad trim-regex
module.exports = function trimEnd(text) {
  return text.replace(/(\w+\s?)+$/, ''); //!
};

//: good trim-regex
module.exports = function trimEnd(text) {
  return text.replace(/[ \t]$/, '');
};

//: bad filter-pattern
const app = require('express')();
const names = require('./names.json');

app.get('/filter', (req, res) => {
  const pattern = new RegExp(req.query.match, 'i'); //!
  res.json(names.filter((name) => pattern.test(name)));
});

//: good filter-pattern
const app = require('express')();
const names = require('./names.json');

app.get('/filter', (req, res) => {
  const term = String(req.query.match).toLowerCase();
  res.json(names.filter((name) => name.toLowerCase().includes(term)));
});
