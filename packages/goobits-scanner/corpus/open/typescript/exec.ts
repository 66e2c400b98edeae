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
