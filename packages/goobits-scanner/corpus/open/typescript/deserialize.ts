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

//: bad cookie-profile-restore
import express, { Request, Response } from 'express';
import cookieParser from 'cookie-parser';
import serialize from 'node-serialize';

interface Profile {
  username: string;
  theme?: string;
}

const app = express();
app.use(cookieParser());

app.get('/', (req: Request, res: Response) => {
  if (!req.cookies.profile) {
    const fresh = Buffer.from(serialize.serialize({ username: 'guest' })).toString('base64');
    res.cookie('profile', fresh, { httpOnly: true, secure: true, sameSite: 'lax' });
    return res.json({ hello: 'guest' });
  }
  const text = Buffer.from(req.cookies.profile, 'base64').toString();
  const profile: Profile = serialize.unserialize(text); //!
  return res.json({ hello: profile.username });
});

app.listen(3000);

//: good cookie-profile-restore
import express, { Request, Response } from 'express';
import cookieParser from 'cookie-parser';
import { z } from 'zod';

const Profile = z.object({
  username: z.string().max(40),
  theme: z.enum(['light', 'dark']).optional(),
});

const app = express();
app.use(cookieParser(process.env.COOKIE_SECRET));

app.get('/', (req: Request, res: Response) => {
  if (!req.signedCookies.profile) {
    const fresh = Buffer.from(JSON.stringify({ username: 'guest' })).toString('base64');
    res.cookie('profile', fresh, { httpOnly: true, secure: true, sameSite: 'lax', signed: true });
    return res.json({ hello: 'guest' });
  }
  const text = Buffer.from(req.signedCookies.profile, 'base64').toString();
  const profile = Profile.parse(JSON.parse(text));
  return res.json({ hello: profile.username });
});

app.listen(3000);

//: bad fastify-pipeline-yaml
import Fastify from 'fastify';
import yaml from 'js-yaml';
import { all as unsafeTypes } from 'js-yaml-js-types';

interface Pipeline {
  name: string;
  steps: Array<{ run: string }>;
}

const schema = yaml.DEFAULT_SCHEMA.extend(unsafeTypes);
const fastify = Fastify({ logger: true });

fastify.addContentTypeParser('application/yaml', { parseAs: 'string' }, (_req, body, done) => done(null, body));

fastify.post<{ Body: string }>('/pipelines', async (request, reply) => {
  const doc = yaml.load(request.body, { schema }) as Pipeline; //!
  reply.code(201);
  return { name: doc.name, steps: doc.steps.length };
});

void fastify.listen({ port: 3000 });

//: good fastify-pipeline-yaml
import Fastify from 'fastify';
import yaml from 'js-yaml';
import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

const Pipeline = Type.Object({
  name: Type.String({ maxLength: 80 }),
  steps: Type.Array(Type.Object({ run: Type.String() }), { maxItems: 100 }),
});
type Pipeline = Static<typeof Pipeline>;

const fastify = Fastify({ logger: true, bodyLimit: 64 * 1024 });

fastify.addContentTypeParser('application/yaml', { parseAs: 'string' }, (_req, body, done) => done(null, body));

fastify.post<{ Body: string }>('/pipelines', async (request, reply) => {
  const doc: unknown = yaml.load(request.body, { schema: yaml.CORE_SCHEMA });
  if (!Value.Check(Pipeline, doc)) return reply.code(422).send({ error: 'not a pipeline' });
  reply.code(201);
  return { name: doc.name, steps: doc.steps.length };
});

void fastify.listen({ port: 3000 });
