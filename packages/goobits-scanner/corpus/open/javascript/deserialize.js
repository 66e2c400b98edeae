//: bad node-serialize
const express = require('express');
const cookieParser = require('cookie-parser');
const serialize = require('node-serialize');

const app = express();
app.use(cookieParser());

app.get('/', (req, res) => {
  const raw = Buffer.from(req.cookies.profile, 'base64').toString();
  const profile = serialize.unserialize(raw); //!
  res.send(`Hello ${profile.username.length}`);
});

//: good node-serialize
const express = require('express');
const cookieParser = require('cookie-parser');

const app = express();
app.use(cookieParser());

app.get('/', (req, res) => {
  const raw = Buffer.from(req.cookies.profile, 'base64').toString();
  const profile = JSON.parse(raw);
  res.send(`Hello ${profile.username.length}`);
});

//: bad js-yaml-load
const yaml = require('js-yaml');
const unsafe = require('js-yaml-js-types').all;

module.exports = function upload(req, res) {
  const schema = yaml.DEFAULT_SCHEMA.extend(unsafe);
  const settings = yaml.load(req.body.toString(), { schema }); //!
  res.json(Object.keys(settings));
};

//: good js-yaml-load
const yaml = require('js-yaml');

module.exports = function upload(req, res) {
  const schema = yaml.JSON_SCHEMA;
  const settings = yaml.load(req.body.toString(), { schema });
  res.json(Object.keys(settings));
};

//: bad cookie-profile
const serialize = require('node-serialize');
const app = require('express')();
app.use(require('cookie-parser')());

app.get('/profile', (req, res) => {
  const text = Buffer.from(req.cookies.profile, 'base64').toString();
  const profile = serialize.unserialize(text); //!
  res.send('Hello ' + profile.name);
});

//: good cookie-profile
const app = require('express')();
app.use(require('cookie-parser')());

app.get('/profile', (req, res) => {
  const text = Buffer.from(req.cookies.profile, 'base64').toString();
  const profile = JSON.parse(text);
  res.type('text').send('Hello ' + profile.name);
});
