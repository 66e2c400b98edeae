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
