//: bad fastify-spawn
import fastify, { FastifyRequest } from 'fastify';
import { spawn } from 'node:child_process';

const app = fastify();

app.post('/encode', async (request: FastifyRequest<{ Body: { input: string } }>) => {
  const child = spawn('sh', ['-c', `ffmpeg -i ${request.body.input} out.mp4`]); //!
  return new Promise<number | null>((resolve) => child.on('close', resolve));
});

//: good fastify-spawn
import fastify, { FastifyRequest } from 'fastify';
import { spawn } from 'node:child_process';

const app = fastify();

app.post('/encode', async (request: FastifyRequest<{ Body: { rate: number } }>) => {
  const child = spawn('ffmpeg', ['-i', 'in.mp4', '-r', String(Number(request.body.rate)), 'out.mp4']);
  return new Promise<number | null>((resolve) => child.on('close', resolve));
});

//: bad vm-script
import { Context } from 'koa';
import { Script, createContext } from 'vm';

export async function transform(ctx: Context): Promise<void> {
  const script = new Script(ctx.request.body.code as string); //!
  ctx.body = script.runInContext(createContext({ value: 1 }));
}

//: good vm-script
import { Context } from 'koa';
import { Script, createContext } from 'vm';

const script = new Script('value * 2');

export async function transform(ctx: Context): Promise<void> {
  ctx.body = script.runInContext(createContext({ value: Number(ctx.query.value) }));
}

//: bad hono-exec
import { Hono } from 'hono';
import { execa, execaCommand } from 'execa';

const app = new Hono();

app.get('/thumb/:name', async (c) => {
  const { name } = c.req.param();
  const { stdout } = await execaCommand(`vips thumbnail ${name} out.jpg 200`, { shell: true }); //!
  return c.text(stdout);
});

export default app;

//: good hono-exec
import { Hono } from 'hono';
import { execa, execaCommand } from 'execa';

const app = new Hono();

app.get('/thumb', async (c) => {
  const { stdout } = await execa('vips', ['thumbnail', 'in.jpg', 'out.jpg', '200']);
  return c.text(stdout);
});

export default app;

//: bad nest-archive
import { Controller, Get, Query } from '@nestjs/common';
import { promisify } from 'node:util';
import * as cp from 'node:child_process';

const run = promisify(cp.exec);

@Controller('archive')
export class ArchiveController {
  @Get()
  async make(@Query('folder') folder: string): Promise<string> {
    const { stdout } = await run(`tar czf - ${folder} | base64`); //!
    return stdout;
  }
}

//: good nest-archive
import { Controller, Get, Query } from '@nestjs/common';
import { promisify } from 'node:util';
import * as cp from 'node:child_process';

const run = promisify(cp.execFile);

@Controller('archive')
export class ArchiveController {
  @Get()
  async make(@Query('folder') folder: string): Promise<string> {
    const { stdout } = await run('tar', ['czf', '-', '--', folder], { encoding: 'base64' });
    return stdout;
  }
}

//: bad next-expression as app/api/calc/route.ts
import { NextResponse, type NextRequest } from 'next/server';

export async function POST(request: NextRequest): Promise<NextResponse> {
  const { expression } = (await request.json()) as { expression: string };
  const value: unknown = eval(expression); //!
  return NextResponse.json({ value });
}

//: good next-expression as app/api/calc/route.ts
import { NextResponse, type NextRequest } from 'next/server';

export async function POST(request: NextRequest): Promise<NextResponse> {
  const { expression } = (await request.json()) as { expression: string };
  const value = expression.split('+').map(Number).reduce((sum, each) => sum + each, 0);
  return NextResponse.json({ value });
}

//: bad hono-repo-clone
import { Hono } from 'hono';
import { promisify } from 'node:util';
import { exec as execCb } from 'node:child_process';

const exec = promisify(execCb);
const app = new Hono();

app.get('/repos/:name/log', async (c) => {
  const name = c.req.param('name');
  const since = c.req.query('since') ?? '1 week ago';
  const { stdout } = await exec(`git -C /srv/git/${name} log --since="${since}" --oneline`); //!
  return c.text(stdout);
});

export default app;

//: good hono-repo-clone
import { Hono } from 'hono';
import { promisify } from 'node:util';
import { execFile as execFileCb } from 'node:child_process';

const execFile = promisify(execFileCb);
const app = new Hono();
const repos = new Map([
  ['site', '/srv/git/site'],
  ['docs', '/srv/git/docs'],
]);

app.get('/repos/:name/log', async (c) => {
  const dir = repos.get(c.req.param('name'));
  if (!dir) return c.notFound();
  const since = c.req.query('since') ?? '1 week ago';
  const { stdout } = await execFile('git', ['-C', dir, 'log', `--since=${since}`, '--oneline']);
  return c.text(stdout);
});

export default app;

//: bad express-report-formula
import { Router, type Request, type Response } from 'express';
import vm from 'node:vm';
import { rows } from './data';

interface FormulaQuery {
  formula: string;
}

export const reports = Router();

reports.get('/sum', (req: Request<object, unknown, unknown, FormulaQuery>, res: Response) => {
  const { formula } = req.query;
  const values = rows.map((row) => {
    const sandbox = { ...row, Math };
    return vm.runInNewContext(formula, sandbox, { timeout: 50 }) as number; //!
  });
  res.json({ total: values.reduce((a, b) => a + b, 0) });
});

//: good express-report-formula
import { Router, type Request, type Response } from 'express';
import { rows, type Row } from './data';

interface FormulaQuery {
  formula: string;
}

const formulas: Record<string, (row: Row) => number> = {
  net: (row) => row.price * row.count,
  gross: (row) => row.price * row.count * (1 + row.vat),
  weight: (row) => row.weight * row.count,
};

export const reports = Router();

reports.get('/sum', (req: Request<object, unknown, unknown, FormulaQuery>, res: Response) => {
  const { formula } = req.query;
  if (!Object.hasOwn(formulas, formula)) {
    res.status(400).json({ error: 'unknown formula' });
    return;
  }
  const values = rows.map(formulas[formula]);
  res.json({ total: values.reduce((a, b) => a + b, 0) });
});
