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
