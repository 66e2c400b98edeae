//: bad jwt-none
const jwt = require('jsonwebtoken');

module.exports = function auth(req, res, next) {
  const token = req.headers.authorization.split(' ')[1];
  req.user = jwt.verify(token, process.env.PUBLIC_KEY, { algorithms: ['none', 'RS256'] }); //!
  next();
};

//: good jwt-none
const jwt = require('jsonwebtoken');

module.exports = function auth(req, res, next) {
  const token = req.headers.authorization.split(' ')[1];
  req.user = jwt.verify(token, process.env.PUBLIC_KEY, { algorithms: ['RS256'] });
  next();
};

//: bad session-flags
const session = require('express-session');

module.exports = session({
  secret: process.env.SESSION_SECRET,
  resave: false,
  cookie: { httpOnly: false, secure: false, maxAge: 86_400_000 }, //!
});

//: good session-flags
const session = require('express-session');

module.exports = session({
  secret: process.env.SESSION_SECRET,
  resave: false,
  cookie: { httpOnly: true, secure: true, sameSite: 'lax', maxAge: 86_400_000 },
});

//: bad open-redirect
const router = require('express').Router();

router.get('/login/done', (req, res) => {
  req.session.seen = true;
  res.redirect(req.query.next); //!
});

//: good open-redirect
const router = require('express').Router();

router.get('/login/done', (req, res) => {
  req.session.seen = true;
  res.redirect(req.query.next === 'cart' ? '/cart' : '/');
});

//: bad electron-window
const { BrowserWindow, app } = require('electron');

app.whenReady().then(() => {
  const win = new BrowserWindow({
    webPreferences: { nodeIntegration: true, contextIsolation: false, webSecurity: false }, //!
  });
  win.loadURL('https://app.example.invalid');
});

//: good electron-window
const { BrowserWindow, app } = require('electron');

app.whenReady().then(() => {
  const win = new BrowserWindow({
    webPreferences: { nodeIntegration: false, contextIsolation: true, sandbox: true },
  });
  win.loadURL('https://app.example.invalid');
});

//: bad decoded-claims
const jwt = require('jsonwebtoken');

module.exports = (req, res, next) => {
  const [, token] = req.headers.authorization.split(' ');
  const claims = jwt.decode(token); //!
  req.user = { id: claims.sub, isAdmin: claims.role === 'admin' };
  next();
};

//: good decoded-claims
const jwt = require('jsonwebtoken');

module.exports = (req, res, next) => {
  const [, token] = req.headers.authorization.split(' ');
  const claims = jwt.verify(token, process.env.JWT_KEY, { algorithms: ['HS256'] });
  req.user = { id: claims.sub, isAdmin: claims.role === 'admin' };
  next();
};
