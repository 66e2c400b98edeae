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
