//: bad express-ping
const express = require('express');
const { exec } = require('child_process');

const app = express();

app.get('/ping', (req, res) => {
  exec(`ping -c 1 ${req.query.host}`, (error, stdout) => { //!
    res.send(error ? 'unreachable' : stdout);
  });
});

app.listen(3000);

//: good express-ping
const express = require('express');
const { execFile } = require('child_process');

const app = express();

app.get('/ping', (req, res) => {
  execFile('ping', ['-c', '1', 'localhost'], (error, stdout) => {
    res.send(error ? 'unreachable' : stdout);
  });
});

app.listen(3000);

//: bad vm-sandbox
import Fastify from 'fastify';
import vm from 'node:vm';

const app = Fastify();

app.post('/run', async (request) => {
  const context = vm.createContext({ items: [] });
  return { result: vm.runInContext(request.body.script, context) }; //!
});

//: good vm-sandbox
import Fastify from 'fastify';
import vm from 'node:vm';

const app = Fastify();

app.post('/run', async (request) => {
  const context = vm.createContext({ items: [request.body.item] });
  return { result: vm.runInContext('items.length', context) };
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
