//: bad cors-reflect
const app = require('express')();

app.use((req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', req.headers.origin); //!
  res.setHeader('Access-Control-Allow-Credentials', 'true');
  next();
});

//: good cors-reflect
const app = require('express')();

app.use((req, res, next) => {
  res.setHeader('Access-Control-Allow-Origin', 'https://shop.example.invalid');
  res.setHeader('Vary', 'Origin');
  next();
});

//: bad cors-middleware
const Koa = require('koa');
const app = new Koa();

app.use(async (ctx, next) => {
  const origin = ctx.get('Origin');
  ctx.set('Access-Control-Allow-Origin', origin); //!
  ctx.set('Access-Control-Allow-Credentials', 'true');
  await next();
});

//: good cors-middleware
const Koa = require('koa');
const app = new Koa();
const ORIGINS = ['https://app.example.invalid'];

app.use(async (ctx, next) => {
  const origin = ORIGINS.find((each) => each === ctx.get('Origin'));
  if (origin) {
    ctx.set('Access-Control-Allow-Origin', origin);
    ctx.set('Access-Control-Allow-Credentials', 'true');
  }
  await next();
});
