//: bad multer-name
import { Request, Response } from 'express';
import * as fs from 'fs/promises';

export async function store(req: Request, res: Response): Promise<void> {
  const { folder, content } = req.body as { folder: string; content: string };
  await fs.writeFile(`${process.cwd()}/data/${folder}/index.json`, content); //!
  res.sendStatus(201);
}

//: good multer-name
import { Request, Response } from 'express';
import * as fs from 'fs/promises';
import { randomUUID } from 'crypto';

export async function store(req: Request, res: Response): Promise<void> {
  const { content } = req.body as { content: string };
  await fs.writeFile(`${process.cwd()}/data/${randomUUID()}/index.json`, content);
  res.sendStatus(201);
}
