//: bad body-keys
import { Request, Response } from 'express';

const rooms: Record<string, Record<string, string>> = {};

export function update(req: Request, res: Response): void {
  const { room, key, value } = req.body;
  rooms[room][key] = value; //!
  res.sendStatus(204);
}

//: good body-keys
import { Request, Response } from 'express';

const rooms = new Map<string, Map<string, string>>();

export function update(req: Request, res: Response): void {
  const { room, key, value } = req.body;
  rooms.get(room)?.set(key, value);
  res.sendStatus(204);
}

//: bad settings-deep-merge
import { Router, json } from 'express';

type Dict = Record<string, unknown>;

const isDict = (v: unknown): v is Dict => typeof v === 'object' && v !== null && !Array.isArray(v);

function merge(target: Dict, source: Dict): Dict {
  for (const key in source) {
    const value = source[key];
    if (isDict(value)) {
      if (!isDict(target[key])) target[key] = {};
      merge(target[key] as Dict, value);
    } else {
      target[key] = value; //!
    }
  }
  return target;
}

const settings: Dict = { mail: { daily: true }, theme: 'light' };

export const router = Router().use(json());

router.patch('/settings', (req, res) => {
  res.json(merge(settings, req.body));
});

//: good settings-deep-merge
import { Router, json } from 'express';

type Dict = Record<string, unknown>;

const isDict = (v: unknown): v is Dict => typeof v === 'object' && v !== null && !Array.isArray(v);
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

function merge(target: Dict, source: Dict): Dict {
  for (const key of Object.keys(source)) {
    if (forbidden.has(key)) continue;
    const value = source[key];
    if (isDict(value)) {
      if (!Object.hasOwn(target, key) || !isDict(target[key])) target[key] = Object.create(null);
      merge(target[key] as Dict, value);
    } else {
      target[key] = value;
    }
  }
  return target;
}

const settings: Dict = { mail: { daily: true }, theme: 'light' };

export const router = Router().use(json());

router.patch('/settings', (req, res) => {
  res.json(merge(settings, req.body));
});

//: bad fastify-path-setter
import Fastify from 'fastify';

interface Change {
  path: string;
  value: unknown;
}

const documents = new Map<string, Record<string, unknown>>();
const app = Fastify();

function setAt(root: any, path: string, value: unknown): void {
  const parts = path.split('.');
  const last = parts.pop() as string;
  let at = root;
  for (const part of parts) at = at[part] ??= {};
  at[last] = value; //!
}

app.post<{ Params: { id: string }; Body: Change[] }>('/documents/:id', async (request) => {
  const doc = documents.get(request.params.id) ?? {};
  for (const { path, value } of request.body) setAt(doc, path, value);
  documents.set(request.params.id, doc);
  return doc;
});

await app.listen({ port: 3000 });

//: good fastify-path-setter
import Fastify from 'fastify';

interface Change {
  path: string;
  value: unknown;
}

type Tree = Map<string, Tree | unknown>;

const documents = new Map<string, Tree>();
const app = Fastify();

function setAt(root: Tree, path: string, value: unknown): void {
  const parts = path.split('.');
  const last = parts.pop() as string;
  let at = root;
  for (const part of parts) {
    const below = at.get(part);
    const next: Tree = below instanceof Map ? below : new Map();
    at.set(part, next);
    at = next;
  }
  at.set(last, value);
}

app.post<{ Params: { id: string }; Body: Change[] }>('/documents/:id', async (request) => {
  const doc: Tree = documents.get(request.params.id) ?? new Map();
  for (const { path, value } of request.body) setAt(doc, path, value);
  documents.set(request.params.id, doc);
  return { keys: doc.size };
});

await app.listen({ port: 3000 });
