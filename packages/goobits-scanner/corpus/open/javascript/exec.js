//: bad koa-convert
const Koa = require('koa');
const cp = require('node:child_process');

const app = new Koa();

app.use(async (ctx) => {
  const { file, size } = ctx.query;
  const command = 'convert uploads/' + file + ' -resize ' + size + ' out.png';
  ctx.body = cp.execSync(command).toString(); //!
});

//: good koa-convert
const Koa = require('koa');
const cp = require('node:child_process');

const app = new Koa();
const SIZES = { small: '320x240', large: '800x600' };

app.use(async (ctx) => {
  const size = SIZES[ctx.query.size] || SIZES.small;
  const args = ['uploads/in.png', '-resize', size, 'out.png'];
  ctx.body = cp.execFileSync('convert', args).toString();
});

//: bad formula-field
const router = require('express').Router();

router.post('/formula', (req, res) => {
  const { formula, row } = req.body;
  const compute = new Function('row', 'return ' + formula); //!
  res.json({ value: compute(row) });
});

module.exports = router;

//: good formula-field
const router = require('express').Router();

const FORMULAS = { sum: (row) => row.a + row.b, mean: (row) => (row.a + row.b) / 2 };

router.post('/formula', (req, res) => {
  const { formula, row } = req.body;
  const compute = FORMULAS[formula];
  res.json({ value: compute(row) });
});

module.exports = router;

//: bad location-eval
document.addEventListener('DOMContentLoaded', () => {
  const params = new URLSearchParams(window.location.search);
  const callback = params.get('cb');
  if (callback) {
    setTimeout(callback, 100); //!
  }
});

//: good location-eval
document.addEventListener('DOMContentLoaded', () => {
  const params = new URLSearchParams(window.location.search);
  const delay = Number(params.get('delay'));
  if (delay) {
    setTimeout(() => document.body.classList.add('ready'), delay);
  }
});

//: bad git-tool
#!/usr/bin/env node
const { spawnSync } = require('child_process');

const [, , repository, target] = process.argv;
const result = spawnSync(`git clone ${repository} ${target}`, { shell: true, stdio: 'inherit' }); //!
process.exit(result.status);

//: good git-tool
#!/usr/bin/env node
const { spawnSync } = require('child_process');

const [, , repository, target] = process.argv;
const result = spawnSync('git', ['clone', '--', repository, target], { stdio: 'inherit' });
process.exit(result.status);

//: bad hapi-plugin
'use strict';
const Hapi = require('@hapi/hapi');

const server = Hapi.server({ port: 3000 });

server.route({
  method: 'GET',
  path: '/themes/{name}',
  handler: (request, h) => {
    const theme = require('./themes/' + request.params.name); //!
    return h.response(theme.css).type('text/css');
  },
});

//: good hapi-plugin
'use strict';
const Hapi = require('@hapi/hapi');
const themes = { light: require('./themes/light'), dark: require('./themes/dark') };

const server = Hapi.server({ port: 3000 });

server.route({
  method: 'GET',
  path: '/themes/{name}',
  handler: (request, h) => {
    const theme = themes[request.params.name];
    return h.response(theme.css).type('text/css');
  },
});

//: bad thumbnail-service
const fastify = require('fastify')();
const { exec: sh } = require('child_process');

fastify.get('/thumb/:name', (request, reply) => {
  const { name } = request.params;
  sh('ffmpegthumbnailer -i media/' + name + ' -o out.jpg', (error) => { //!
    if (error) return reply.code(500).send();
    reply.sendFile('out.jpg');
  });
});

//: good thumbnail-service
const fastify = require('fastify')();
const { execFile } = require('child_process');
const path = require('path');

fastify.get('/thumb/:name', (request, reply) => {
  const name = path.basename(request.params.name);
  execFile('ffmpegthumbnailer', ['-i', `media/${name}`, '-o', 'out.jpg'], (error) => {
    if (error) return reply.code(500).send();
    reply.sendFile('out.jpg');
  });
});

//: bad rules-vm
const vm = require('vm');
const express = require('express');
const app = express();
app.use(express.text());

app.post('/rules/try', (req, res) => {
  const context = vm.createContext({ price: 10, qty: 2 });
  const outcome = vm.runInContext(req.body, context, { timeout: 50 }); //!
  res.send(String(outcome));
});

//: good rules-vm
const { Parser } = require('expr-eval');
const express = require('express');
const app = express();
app.use(express.text());

app.post('/rules/try', (req, res) => {
  const parser = new Parser({ operators: { assignment: false } });
  const outcome = parser.parse(req.body).evaluate({ price: 10, qty: 2 });
  res.send(String(outcome));
});
