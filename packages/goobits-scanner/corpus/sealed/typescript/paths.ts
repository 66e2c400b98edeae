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

//: bad plugin-archive-unpack
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function unpack(archive: string, target: string): Promise<number> {
  return new Promise((resolve, reject) => {
    yauzl.open(archive, { lazyEntries: true, decodeStrings: false }, (err, zip?: ZipFile) => {
      if (err || !zip) return reject(err);
      let count = 0;
      zip.on('entry', (entry: Entry) => {
        const file = join(target, entry.fileName.toString());
        mkdirSync(dirname(file), { recursive: true });
        zip.openReadStream(entry, (e, stream) => {
          if (e) return reject(e);
          count++;
          stream.pipe(createWriteStream(file)).on('finish', () => zip.readEntry()); //!
        });
      });
      zip.once('end', () => resolve(count));
      zip.readEntry();
    });
  });
}

//: good plugin-archive-unpack
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve as resolvePath } from 'node:path';

function inside(root: string, name: string): string {
  const file = resolvePath(root, name);
  const rel = relative(root, file);
  if (rel.startsWith('..') || isAbsolute(rel)) throw new Error(`entry leaves the folder: ${name}`);
  return file;
}

export function unpack(archive: string, target: string): Promise<number> {
  const root = resolvePath(target);
  return new Promise((resolve, reject) => {
    yauzl.open(archive, { lazyEntries: true, strictFileNames: true }, (err, zip?: ZipFile) => {
      if (err || !zip) return reject(err);
      let count = 0;
      zip.on('entry', (entry: Entry) => {
        let file: string;
        try {
          file = inside(root, entry.fileName);
        } catch (e) {
          zip.close();
          return reject(e);
        }
        mkdirSync(dirname(file), { recursive: true });
        zip.openReadStream(entry, (e, stream) => {
          if (e) return reject(e);
          count++;
          stream.pipe(createWriteStream(file)).on('finish', () => zip.readEntry());
        });
      });
      zip.once('end', () => resolve(count));
      zip.readEntry();
    });
  });
}
