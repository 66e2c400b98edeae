//: bad world-writable
const fs = require('fs');

exports.save = (state) => {
  fs.writeFileSync('/var/lib/indexer/state.json', JSON.stringify(state));
  fs.chmodSync('/var/lib/indexer/state.json', 0o777); //!
};

//: good world-writable
const fs = require('fs');

exports.save = (state) => {
  fs.writeFileSync('/var/lib/indexer/state.json', JSON.stringify(state));
  fs.chmodSync('/var/lib/indexer/state.json', 0o600);
};

//: bad tmp-name
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export function spool(data) {
  const target = path.join(os.tmpdir(), `spool-${process.pid}.json`);
  fs.writeFileSync(target, data); //!
  return target;
}

//: good tmp-name
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export function spool(data) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-'));
  fs.writeFileSync(path.join(folder, 'spool.json'), data, { mode: 0o600 });
  return folder;
}

//: bad predictable-temp
const fs = require('fs');
const os = require('os');

exports.dump = (state) => {
  const file = os.tmpdir() + '/app-state.json';
  fs.writeFileSync(file, JSON.stringify(state), { mode: 0o666 }); //!
  return file;
};

//: good predictable-temp
const fs = require('fs');
const os = require('os');
const path = require('path');

exports.dump = (state) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'app-'));
  const file = path.join(folder, 'state.json');
  fs.writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
  return file;
};

//: bad socket-mode
const net = require('net');
const fs = require('fs');

const server = net.createServer((socket) => socket.pipe(socket));
server.listen('/run/relay.sock', () => {
  fs.chmodSync('/run/relay.sock', 0o777); //!
});

//: good socket-mode
const net = require('net');
const fs = require('fs');

const server = net.createServer((socket) => socket.pipe(socket));
server.listen('/run/relay.sock', () => {
  fs.chmodSync('/run/relay.sock', 0o660);
});
