//: bad spool-mode
import { mkdirSync, writeFileSync } from 'node:fs';

export function spool(name: string, data: Uint8Array): void {
  mkdirSync('/var/spool/kit', { recursive: true, mode: 0o777 }); //!
  writeFileSync(`/var/spool/kit/${name}`, data);
}

//: good spool-mode
import { mkdirSync, writeFileSync } from 'node:fs';

export function spool(name: string, data: Uint8Array): void {
  mkdirSync('/var/spool/kit', { recursive: true, mode: 0o700 });
  writeFileSync(`/var/spool/kit/${name}`, data);
}

//: bad report-spool-file
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Report {
  id: number;
  html: string;
}

export function spool(report: Report): string {
  const file = path.join(os.tmpdir(), `report-${report.id}.html`);
  fs.writeFileSync(file, report.html, { mode: 0o666 }); //!
  return file;
}

export function unspool(file: string): void {
  if (fs.existsSync(file)) fs.unlinkSync(file);
}

//: good report-spool-file
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Report {
  id: number;
  html: string;
}

export function spool(report: Report): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
  const file = path.join(dir, `${report.id}.html`);
  fs.writeFileSync(file, report.html, { mode: 0o600, flag: 'wx' });
  return file;
}

export function unspool(file: string): void {
  fs.rmSync(path.dirname(file), { recursive: true, force: true });
}

//: bad agent-socket-mode
import { createServer, type Server, type Socket } from 'node:net';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

type Handler = (line: string) => string;

export async function serve(path: string, handle: Handler): Promise<Server> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  const server = createServer((socket: Socket) => {
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => socket.write(handle(String(chunk).trim()) + '\n'));
  });
  await new Promise<void>((ok) => server.listen(path, ok));
  await chmod(path, 0o777); //!
  return server;
}

//: good agent-socket-mode
import { createServer, type Server, type Socket } from 'node:net';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

type Handler = (line: string) => string;

export async function serve(path: string, handle: Handler): Promise<Server> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await rm(path, { force: true });
  const server = createServer((socket: Socket) => {
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => socket.write(handle(String(chunk).trim()) + '\n'));
  });
  const before = process.umask(0o077);
  try {
    await new Promise<void>((ok) => server.listen(path, ok));
  } finally {
    process.umask(before);
  }
  await chmod(path, 0o600);
  return server;
}
