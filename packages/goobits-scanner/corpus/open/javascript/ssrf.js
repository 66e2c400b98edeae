//: bad axios-preview
const axios = require('axios');

exports.preview = async (req, res) => {
  const { data } = await axios.get(req.query.url); //!
  res.send(data.slice(0, 500));
};

//: good axios-preview
const axios = require('axios');

exports.preview = async (req, res) => {
  const { data } = await axios.get('https://feeds.example.invalid/all', { params: { q: req.query.q } });
  res.send(data.slice(0, 500));
};

//: bad fetch-proxy
import Router from '@koa/router';

const router = new Router();

router.post('/proxy', async (ctx) => {
  const { target } = ctx.request.body;
  const answer = await fetch(target, { redirect: 'follow' }); //!
  ctx.body = await answer.text();
});

export default router;

//: good fetch-proxy
import Router from '@koa/router';

const router = new Router();
const TARGETS = new Map([['news', 'https://news.example.invalid/rss']]);

router.post('/proxy', async (ctx) => {
  const { target } = ctx.request.body;
  const answer = await fetch(TARGETS.get(target), { redirect: 'error' });
  ctx.body = await answer.text();
});

export default router;

//: bad pdf-render
import puppeteer from 'puppeteer';
import Koa from 'koa';

const app = new Koa();
app.use(async (ctx) => {
  const browser = await puppeteer.launch({ headless: true });
  const page = await browser.newPage();
  await page.goto(ctx.query.url, { waitUntil: 'networkidle0' }); //!
  ctx.body = await page.pdf();
  await browser.close();
});
app.listen(3000);

//: good pdf-render
import puppeteer from 'puppeteer';
import Koa from 'koa';

const app = new Koa();
app.use(async (ctx) => {
  const browser = await puppeteer.launch({ headless: true });
  const page = await browser.newPage();
  await page.goto(`https://reports.example.invalid/${Number(ctx.query.id)}`);
  ctx.body = await page.pdf();
  await browser.close();
});
app.listen(3000);
