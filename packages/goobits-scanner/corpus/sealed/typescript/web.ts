//: bad jwt-ignore
import { decode, JwtPayload } from 'jsonwebtoken';
import { NextFunction, Request, Response } from 'express';

export function authenticate(req: Request, res: Response, next: NextFunction): void {
  const token = req.headers.authorization?.slice(7) ?? '';
  const claims = decode(token) as JwtPayload; //!
  res.locals.user = claims.sub;
  next();
}

//: good jwt-ignore
import { verify, JwtPayload } from 'jsonwebtoken';
import { NextFunction, Request, Response } from 'express';

export function authenticate(req: Request, res: Response, next: NextFunction): void {
  const token = req.headers.authorization?.slice(7) ?? '';
  const claims = verify(token, process.env.PUBLIC_KEY!, { algorithms: ['ES256'] }) as JwtPayload;
  res.locals.user = claims.sub;
  next();
}

//: bad verify-none
import { verify, type Algorithm } from 'jsonwebtoken';

const algorithms: Algorithm[] = ['none', 'HS256'];

export class Tokens {
  constructor(private readonly key: string) {}

  subject(token: string): string {
    return (verify(token, this.key, { algorithms, ignoreExpiration: true }) as { sub: string }).sub; //!
  }
}

//: good verify-none
import { verify, type Algorithm } from 'jsonwebtoken';

const algorithms: Algorithm[] = ['HS256'];

export class Tokens {
  constructor(private readonly key: string) {}

  subject(token: string): string {
    return (verify(token, this.key, { algorithms, ignoreExpiration: false }) as { sub: string }).sub;
  }
}

//: bad jose-skip
import { decodeJwt } from 'jose';
import type { NextFunction, Request, Response } from 'express';

export function session(req: Request, res: Response, next: NextFunction): void {
  const claims = decodeJwt(req.cookies.session as string); //!
  res.locals.user = claims.sub;
  next();
}

//: good jose-skip
import { jwtVerify } from 'jose';
import type { NextFunction, Request, Response } from 'express';
import { key } from './keys';

export async function session(req: Request, res: Response, next: NextFunction): Promise<void> {
  const { payload } = await jwtVerify(req.cookies.session as string, key, { algorithms: ['EdDSA'] });
  res.locals.user = payload.sub;
  next();
}

//: bad trpc-context-jwt
import { initTRPC, TRPCError } from '@trpc/server';
import type { CreateExpressContextOptions } from '@trpc/server/adapters/express';
import jwt, { type JwtPayload } from 'jsonwebtoken';

interface Claims extends JwtPayload {
  role?: string;
}

export function createContext({ req }: CreateExpressContextOptions) {
  const token = req.headers.authorization?.replace(/^Bearer /, '') ?? '';
  const claims = jwt.decode(token) as Claims | null; //!
  return { user: claims?.sub, role: claims?.role ?? 'guest' };
}

const t = initTRPC.context<typeof createContext>().create();

export const adminProcedure = t.procedure.use(({ ctx, next }) => {
  if (ctx.role !== 'admin') throw new TRPCError({ code: 'FORBIDDEN' });
  return next();
});

//: good trpc-context-jwt
import { initTRPC, TRPCError } from '@trpc/server';
import type { CreateExpressContextOptions } from '@trpc/server/adapters/express';
import jwt, { type JwtPayload } from 'jsonwebtoken';
import { publicKey } from './keys';

interface Claims extends JwtPayload {
  role?: string;
}

function claimsOf(token: string): Claims | null {
  try {
    return jwt.verify(token, publicKey, { algorithms: ['RS256'], audience: 'api' }) as Claims;
  } catch {
    return null;
  }
}

export function createContext({ req }: CreateExpressContextOptions) {
  const token = req.headers.authorization?.replace(/^Bearer /, '') ?? '';
  const claims = claimsOf(token);
  return { user: claims?.sub, role: claims?.role ?? 'guest' };
}

const t = initTRPC.context<typeof createContext>().create();

export const adminProcedure = t.procedure.use(({ ctx, next }) => {
  if (ctx.role !== 'admin') throw new TRPCError({ code: 'FORBIDDEN' });
  return next();
});
