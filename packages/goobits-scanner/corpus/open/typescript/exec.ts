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
