//: bad funcster
import { Request, Response } from 'express';
import * as serialize from 'node-serialize';

export class SessionController {
  restore(req: Request, res: Response): void {
    const state = serialize.unserialize(req.cookies['state'] as string); //!
    res.locals.state = state;
  }
}

//: good funcster
import { Request, Response } from 'express';
import { z } from 'zod';

const State = z.object({ user: z.string(), theme: z.enum(['light', 'dark']) });

export class SessionController {
  restore(req: Request, res: Response): void {
    const state = State.parse(JSON.parse(req.cookies['state'] as string));
    res.locals.state = state;
  }
}

//: bad yaml-types
import { load, DEFAULT_SCHEMA } from 'js-yaml';
import { all } from 'js-yaml-js-types';
import type { Request } from 'express';

export function pipelines(req: Request): unknown {
  return load(req.body as string, { schema: DEFAULT_SCHEMA.extend(all) }); //!
}

//: good yaml-types
import { load, CORE_SCHEMA } from 'js-yaml';
import type { Request } from 'express';

export function pipelines(req: Request): unknown {
  return load(req.body as string, { schema: CORE_SCHEMA });
}

//: bad funcster-session
import type { IncomingMessage } from 'node:http';
import funcster from 'funcster';

export async function restore(message: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return funcster.deepDeserialize(JSON.parse(Buffer.concat(parts).toString())); //!
}

//: good funcster-session
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';

const Session = z.object({ id: z.string().uuid(), seen: z.number() });

export async function restore(message: IncomingMessage): Promise<z.infer<typeof Session>> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Session.parse(JSON.parse(Buffer.concat(parts).toString()));
}
