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

//: bad wrapped-exec
const util = require('util');
const { exec: run } = require('child_process');
const router = require('express').Router();

const sh = util.promisify(run);
const archive = (name) => sh('tar czf backups.tgz ' + name); //!

router.post('/backup', async ({ body: { folder } }, res) => {
  await archive(folder);
  res.sendStatus(204);
});

module.exports = router;

//: good wrapped-exec
const util = require('util');
const { execFile: run } = require('child_process');
const router = require('express').Router();

const tar = util.promisify(run);
const archive = () => tar('tar', ['czf', 'backups.tgz', 'data']);

router.post('/backup', async ({ body: { folder } }, res) => {
  await archive();
  res.json({ folder });
});

module.exports = router;

//: bad page-evaluate
import puppeteer from 'puppeteer';

export async function handler(req, res) {
  const browser = await puppeteer.launch();
  const page = await browser.newPage();
  await page.goto('https://charts.example.invalid/');
  const value = await page.evaluate(req.query.script); //!
  await browser.close();
  res.json({ value });
}

//: good page-evaluate
import puppeteer from 'puppeteer';

export async function handler(req, res) {
  const browser = await puppeteer.launch();
  const page = await browser.newPage();
  await page.goto('https://charts.example.invalid/');
  const value = await page.evaluate((name) => document.getElementById(name)?.textContent, req.query.name);
  await browser.close();
  res.json({ value });
}
