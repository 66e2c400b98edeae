//: good health-module
import { Controller, Get, Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import axios from 'axios';

@Controller('health')
export class HealthController {
  constructor(private readonly config: ConfigService) {}

  @Get()
  async check(): Promise<{ ok: boolean }> {
    const url = this.config.getOrThrow<string>('UPSTREAM_URL');
    const { status } = await axios.get(`${url}/ping`, { timeout: 2000 });
    return { ok: status === 200 };
  }
}

@Module({ controllers: [HealthController] })
export class HealthModule {}

//: good docker-runner
import { spawn, type ChildProcess } from 'node:child_process';

export interface RunOptions {
  image: string;
  env?: Record<string, string>;
}

export function run({ image, env = {} }: RunOptions): ChildProcess {
  const flags = Object.keys(env).flatMap((name) => ['-e', name]);
  return spawn('docker', ['run', '--rm', ...flags, image], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

//: good update-check
import { get } from 'node:https';
import pkg from '../package.json';

export function latest(registry = process.env.npm_config_registry ?? ''): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${registry}${pkg.name}/latest`, (res) => {
      let body = '';
      res.setEncoding('utf8');
      res.on('data', (chunk: string) => (body += chunk));
      res.on('end', () => resolve((JSON.parse(body) as { version: string }).version));
    }).on('error', reject);
  });
}

//: good telemetry-opt-in
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

export class Telemetry {
  constructor(private readonly isEnabled: boolean, private readonly endpoint: string) {}

  async send(event: string, durationMs: number): Promise<void> {
    if (!this.isEnabled || process.env.DO_NOT_TRACK) return;
    const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 12);
    await fetch(this.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ event, durationMs, machine }),
    }).catch(() => undefined);
  }
}

//: good keyboard-shortcuts as shortcuts.tsx
import { useEffect } from 'react';

type Bindings = Record<string, () => void>;

export function useShortcuts(bindings: Bindings): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey) bindings[event.key]?.();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [bindings]);
}

export const Hint = ({ keys }: { keys: string }) => <kbd>{keys.toUpperCase()}</kbd>;

//: good wasm-loader
const WASM = 'AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABagsACgRuYW1lAgMBAAA=';

export async function instantiate(): Promise<(a: number, b: number) => number> {
  const bytes = Buffer.from(WASM, 'base64');
  const { instance } = await WebAssembly.instantiate(bytes);
  return instance.exports.add as (a: number, b: number) => number;
}

//: good migration-script
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Pool } from 'pg';

const pool = new Pool({ connectionString: process.env.DATABASE_URL });

export async function migrate(folder: string): Promise<void> {
  const client = await pool.connect();
  try {
    for (const name of (await readdir(folder)).sort()) {
      await client.query('BEGIN');
      await client.query(await readFile(join(folder, name), 'utf8'));
      await client.query('INSERT INTO migrations (name) VALUES ($1)', [name]);
      await client.query('COMMIT');
    }
  } finally {
    client.release();
  }
}

//: good aws-uploader
import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
import { fromEnv } from '@aws-sdk/credential-providers';
import { createReadStream } from 'node:fs';

const client = new S3Client({ region: process.env.AWS_REGION, credentials: fromEnv() });

export async function upload(bucket: string, key: string, file: string): Promise<void> {
  const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(file) });
  await client.send(command);
}
