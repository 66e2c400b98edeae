//: bad static-reader
import { Request, Response } from 'express';
import { readFileSync } from 'fs';
import { join } from 'path';

export const page = (req: Request, res: Response): void => {
  const file: string = join('pages', req.params.name + '.html');
  res.type('html').send(readFileSync(file, 'utf8')); //!
};

//: good static-reader
import { Request, Response } from 'express';
import { readFileSync } from 'fs';
import { basename, join } from 'path';

export const page = (req: Request, res: Response): void => {
  const file: string = join('pages', basename(req.params.name) + '.html');
  res.type('html').send(readFileSync(file, 'utf8'));
};

//: bad send-export
import { Router, type Request, type Response } from 'express';
import { resolve } from 'node:path';

export const router = Router();

router.get('/exports', (req: Request<{}, {}, {}, { name: string }>, res: Response) => {
  res.download(resolve('exports', req.query.name)); //!
});

//: good send-export
import { Router, type Request, type Response } from 'express';

export const router = Router();

router.get('/exports', (req: Request<{}, {}, {}, { name: string }>, res: Response) => {
  res.sendFile(req.query.name, { root: 'exports', dotfiles: 'deny' });
});

//: bad delete-upload
import { unlink } from 'node:fs/promises';
import type { Context } from 'koa';

const ROOT = '/srv/uploads';

export async function remove(ctx: Context): Promise<void> {
  const { file } = ctx.request.body as { file: string };
  await unlink(`${ROOT}/${file}`); //!
  ctx.status = 204;
}

//: good delete-upload
import { unlink } from 'node:fs/promises';
import type { Context } from 'koa';

const ROOT = '/srv/uploads';

export async function remove(ctx: Context): Promise<void> {
  const { file } = ctx.request.body as { file: string };
  if (!/^[a-f0-9]{32}$/.test(file)) ctx.throw(400);
  await unlink(`${ROOT}/${file}`);
  ctx.status = 204;
}

//: bad next-download-route as app/api/files/route.ts
import { NextRequest, NextResponse } from 'next/server';
import { readFile } from 'fs/promises';
import path from 'path';

const ROOT = path.join(process.cwd(), 'storage');

export async function GET(request: NextRequest) {
  const name = request.nextUrl.searchParams.get('name');
  if (!name) return NextResponse.json({ error: 'name is missing' }, { status: 400 });
  const data = await readFile(path.join(ROOT, name)); //!
  return new NextResponse(data, {
    headers: { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' },
  });
}

//: good next-download-route as app/api/files/route.ts
import { NextRequest, NextResponse } from 'next/server';
import { readFile } from 'fs/promises';
import path from 'path';

const ROOT = path.join(process.cwd(), 'storage');

export async function GET(request: NextRequest) {
  const name = request.nextUrl.searchParams.get('name');
  if (!name) return NextResponse.json({ error: 'name is missing' }, { status: 400 });
  const file = path.resolve(ROOT, name);
  if (!file.startsWith(ROOT + path.sep)) {
    return NextResponse.json({ error: 'no such file' }, { status: 404 });
  }
  const data = await readFile(file);
  return new NextResponse(data, {
    headers: { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' },
  });
}

//: bad multer-original-name
import express from 'express';
import multer from 'multer';
import * as fs from 'fs';

const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 5_000_000 } });
const router = express.Router();

router.post('/avatars/:user', upload.single('avatar'), (req, res) => {
  const { user } = req.params;
  const folder = `./uploads/${user}`;
  if (!req.file) return res.sendStatus(400);
  fs.mkdirSync(folder, { recursive: true }); //!
  fs.writeFileSync(`${folder}/${req.body.filename}`, req.file.buffer); //!
  return res.sendStatus(201);
});

export default router;

//: good multer-original-name
import express from 'express';
import multer from 'multer';
import * as fs from 'fs';
import path from 'path';
import { randomUUID } from 'crypto';

const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 5_000_000 } });
const router = express.Router();
const extensions: Record<string, string> = { 'image/png': '.png', 'image/jpeg': '.jpg' };

router.post('/avatars/:user', upload.single('avatar'), (req, res) => {
  const user = Number.parseInt(req.params.user, 10);
  if (!req.file || !Number.isSafeInteger(user)) return res.sendStatus(400);
  const ext = extensions[req.file.mimetype];
  if (!ext) return res.sendStatus(415);
  const folder = path.join('uploads', String(user));
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${randomUUID()}${ext}`), req.file.buffer);
  return res.sendStatus(201);
});

export default router;
