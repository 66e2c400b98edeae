//: bad nest-cors
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  app.enableCors({ origin: true, credentials: true }); //!
  await app.listen(3000);
}
void bootstrap();

//: good nest-cors
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule);
  app.enableCors({ origin: 'https://shop.example.invalid', credentials: true });
  await app.listen(3000);
}
void bootstrap();

//: bad cookie-options
import { CookieOptions, Response } from 'express';

const options: CookieOptions = { httpOnly: false, secure: false, path: '/' };

export function remember(res: Response, sessionId: string): void {
  res.cookie('sid', sessionId, options); //!
}

//: good cookie-options
import { CookieOptions, Response } from 'express';

const options: CookieOptions = { httpOnly: true, secure: true, sameSite: 'strict' };

export function remember(res: Response, sessionId: string): void {
  res.cookie('sid', sessionId, options);
}

//: bad next-login-redirect as login/route.ts
import { NextRequest, NextResponse } from 'next/server';
import { signIn } from '@/lib/session';

export async function POST(request: NextRequest) {
  const form = await request.formData();
  const next = request.nextUrl.searchParams.get('next') ?? '/';
  const session = await signIn(String(form.get('email')), String(form.get('password')));
  if (!session) return NextResponse.json({ error: 'wrong' }, { status: 401 });
  const response = NextResponse.redirect(new URL(next, request.url)); //!
  response.cookies.set('sid', session.id, { httpOnly: true, secure: true, sameSite: 'lax' });
  return response;
}

//: good next-login-redirect as login/route.ts
import { NextRequest, NextResponse } from 'next/server';
import { signIn } from '@/lib/session';

const LANDING: Record<string, string> = { cart: '/cart', account: '/account', home: '/' };

export async function POST(request: NextRequest) {
  const form = await request.formData();
  const next = request.nextUrl.searchParams.get('next') ?? 'home';
  const target = Object.hasOwn(LANDING, next) ? LANDING[next] : '/';
  const session = await signIn(String(form.get('email')), String(form.get('password')));
  if (!session) return NextResponse.json({ error: 'wrong' }, { status: 401 });
  const response = NextResponse.redirect(new URL(target, request.url));
  response.cookies.set('sid', session.id, { httpOnly: true, secure: true, sameSite: 'lax' });
  return response;
}

//: bad fastify-cors-session
import Fastify from 'fastify';
import cookie from '@fastify/cookie';
import session from '@fastify/session';

const app = Fastify();

app.addHook('onRequest', async (request, reply) => {
  reply.header('access-control-allow-origin', request.headers.origin); //!
  reply.header('access-control-allow-credentials', 'true');
});

await app.register(cookie);
await app.register(session, {
  secret: process.env.SESSION_SECRET ?? '',
  cookie: { secure: false, httpOnly: false, maxAge: 86_400_000 }, //!
});

app.get('/me', async (request) => ({ user: request.session.get('user') }));

await app.listen({ port: 3000 });

//: good fastify-cors-session
import Fastify from 'fastify';
import cookie from '@fastify/cookie';
import cors from '@fastify/cors';
import session from '@fastify/session';

const app = Fastify();
const origins = ['https://app.invalid', 'https://admin.invalid'];

await app.register(cors, { origin: origins, credentials: true, methods: ['GET', 'POST'] });
await app.register(cookie);
await app.register(session, {
  secret: process.env.SESSION_SECRET ?? '',
  cookie: { secure: true, httpOnly: true, sameSite: 'strict', maxAge: 86_400_000 },
});

app.get('/me', async (request) => ({ user: request.session.get('user') }));

app.get('/health', async (_request, reply) => {
  reply.header('access-control-allow-origin', '*');
  return { ok: true };
});

await app.listen({ port: 3000 });
