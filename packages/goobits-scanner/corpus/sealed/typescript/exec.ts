//: bad nest-controller
import { Controller, Get, Query } from '@nestjs/common';
import { exec } from 'child_process';
import { promisify } from 'util';

const run = promisify(exec);

@Controller('tools')
export class ToolsController {
  @Get('lookup')
  async lookup(@Query('domain') domain: string): Promise<string> {
    const { stdout } = await run(`dig +short ${domain}`); //!
    return stdout;
  }
}

//: good nest-controller
import { Controller, Get, Query } from '@nestjs/common';
import { promises as dns } from 'dns';

@Controller('tools')
export class ToolsController {
  @Get('lookup')
  async lookup(@Query('domain') domain: string): Promise<string> {
    const addresses: string[] = await dns.resolve4(domain);
    return addresses.join('\n');
  }
}

//: bad typed-eval
import type { Request, Response } from 'express';

interface Expression {
  source: string;
  scope: Record<string, number>;
}

export function evaluate(req: Request<unknown, unknown, Expression>, res: Response): void {
  const { source, scope } = req.body;
  const names = Object.keys(scope);
  const value = new Function(...names, `return (${source});`)(...Object.values(scope)) as number; //!
  res.json({ value });
}

//: good typed-eval
import type { Request, Response } from 'express';
import { Parser } from 'expr-eval';

interface Expression {
  source: string;
  scope: Record<string, number>;
}

export function evaluate(req: Request<unknown, unknown, Expression>, res: Response): void {
  const { source, scope } = req.body;
  const value = Parser.evaluate(source, scope) as number;
  res.json({ value });
}
