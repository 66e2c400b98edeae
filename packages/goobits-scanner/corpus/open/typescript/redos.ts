//: bad route-regex
export class Router {
  private readonly pattern: RegExp = /^(\/[a-z]+)*(\/(\w+)*)+$/; //!

  matches(path: string): boolean {
    return this.pattern.test(path);
  }
}

//: good route-regex
export class Router {
  private readonly pattern: RegExp = /^\/[a-z]+\/\w+$/;

  matches(path: string): boolean {
    return this.pattern.test(path);
  }
}

//: bad filter-regexp
import type { Request, Response } from 'express';

export const filter = (names: string[]) => (req: Request, res: Response) => {
  const expression = new RegExp(`^${req.query.prefix as string}`, 'u'); //!
  res.json(names.filter((name) => expression.test(name)));
};

//: good filter-regexp
import type { Request, Response } from 'express';

export const filter = (names: string[]) => (req: Request, res: Response) => {
  const prefix = req.query.prefix as string;
  res.json(names.filter((name) => name.startsWith(prefix)));
};

//: bad log-search-regexp
import { Controller, Get, Query } from '@nestjs/common';
import { createReadStream } from 'fs';
import { createInterface } from 'readline';

@Controller('logs')
export class LogsController {
  @Get()
  async find(@Query('pattern') pattern: string, @Query('flags') flags = 'i'): Promise<string[]> {
    const wanted = new RegExp(pattern, flags); //!
    const hits: string[] = [];
    for await (const line of createInterface({ input: createReadStream('/var/log/app.log') })) {
      if (wanted.test(line)) hits.push(line);
    }
    return hits.slice(-200);
  }
}

//: good log-search-regexp
import { Controller, Get, Query } from '@nestjs/common';
import { createReadStream } from 'fs';
import { createInterface } from 'readline';
import escapeStringRegexp from 'escape-string-regexp';

@Controller('logs')
export class LogsController {
  @Get()
  async find(@Query('text') text: string, @Query('case') matchCase?: string): Promise<string[]> {
    const wanted = new RegExp(`\\b${escapeStringRegexp(text)}\\b`, matchCase ? '' : 'i');
    const hits: string[] = [];
    for await (const line of createInterface({ input: createReadStream('/var/log/app.log') })) {
      if (wanted.test(line)) hits.push(line);
    }
    return hits.slice(-200);
  }
}

//: bad signup-validator-pattern
import { z } from 'zod';
import type { Request, Response } from 'express';

const COMPANY = /^([a-zA-Z0-9]+\s?)+$/; //!
const DOMAIN = /^(([a-z0-9-])+\.)+[a-z]{2,}$/i;

export const Signup = z.object({
  company: z.string().regex(COMPANY, 'letters and digits only'),
  domain: z.string().regex(DOMAIN),
});

export function signup(req: Request, res: Response): void {
  const parsed = Signup.safeParse(req.body);
  if (!parsed.success) {
    res.status(422).json(parsed.error.flatten());
    return;
  }
  res.status(201).json({ company: parsed.data.company });
}

//: good signup-validator-pattern
import { z } from 'zod';
import type { Request, Response } from 'express';

const COMPANY = /^[a-zA-Z0-9]+(?:\s[a-zA-Z0-9]+)*$/;
const DOMAIN = /^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,24}$/i;

export const Signup = z.object({
  company: z.string().max(80).regex(COMPANY, 'letters and digits only'),
  domain: z.string().max(253).regex(DOMAIN),
});

export function signup(req: Request, res: Response): void {
  const parsed = Signup.safeParse(req.body);
  if (!parsed.success) {
    res.status(422).json(parsed.error.flatten());
    return;
  }
  res.status(201).json({ company: parsed.data.company });
}
