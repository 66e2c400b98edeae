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
