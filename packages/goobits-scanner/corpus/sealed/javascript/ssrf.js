//: bad http-get-host
const http = require('http');
const app = require('fastify')();

app.get('/status/:host', (request, reply) => {
  http.get(`http://${request.params.host}:8080/health`, (answer) => { //!
    reply.send({ code: answer.statusCode });
  });
});

//: good http-get-host
const http = require('http');
const app = require('fastify')();

app.get('/status/:port', (request, reply) => {
  const port = Number(request.params.port) === 8081 ? 8081 : 8080;
  http.get({ host: 'localhost', port, path: '/health' }, (answer) => {
    reply.send({ code: answer.statusCode });
  });
});

//: bad link-preview
const cheerio = require('cheerio');
const router = require('express').Router();

router.post('/preview', async (req, res) => {
  const { link } = req.body;
  const page = await fetch(link); //!
  const $ = cheerio.load(await page.text());
  res.json({ title: $('title').text() });
});
module.exports = router;

//: good link-preview
const cheerio = require('cheerio');
const router = require('express').Router();
const HOSTS = new Set(['blog.example.invalid', 'docs.example.invalid']);

router.post('/preview', async (req, res) => {
  const link = new URL(req.body.link);
  if (link.protocol !== 'https:' || !HOSTS.has(link.hostname)) return res.sendStatus(400);
  const page = await fetch(`https://${link.hostname}${link.pathname}`);
  const $ = cheerio.load(await page.text());
  return res.json({ title: $('title').text() });
});
module.exports = router;
