//: bad comment-bidi
export function isAllowed(role: string): boolean {
  /*<|202E|> } <|2066|>if (role === 'admin')<|2069|> <|2066|> begin check */ //!
  return true;
  /* end check <|202E|> { <|2066|>*/
}

//: good comment-bidi
export function isAllowed(role: string): boolean {
  /* בדיקת הרשאה: רק מנהל רשאי */
  return role === 'admin';
}

//: bad cyrillic-name
const isAdmin = (user: { role: string }): boolean => user.role === 'admin';
const isAdm<|456|>n = (user: { role: string }): boolean => true; //!

export const guard = (user: { role: string }): boolean => isAdm<|456|>n(user);

//: good cyrillic-name
const isAdmin = (user: { role: string }): boolean => user.role === 'admin';
const имя = (user: { name: string }): string => user.name;

export const guard = (user: { role: string; name: string }) => (isAdmin(user) ? имя(user) : '');

//: bad health-check-timeout
import express, { type Request, type Response } from 'express';
import { exec, type ExecOptions } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(exec);
const app = express();

interface CheckResult {
  cmd: string;
  ok: boolean;
}

app.get('/network_health', async (req: Request, res: Response) => {
  const { timeout,<|3164|> } = req.query as Record<string, string>; //!
  const checks = [
    'ping -c 1 gateway.invalid',
    'curl -s http://status.invalid/',<|3164|> //!
  ];
  const options: ExecOptions = { timeout: Number(timeout) || 5000 };
  try {
    const done: CheckResult[] = await Promise.all(
      checks.filter(Boolean).map(async (cmd) => ({ cmd, ok: Boolean(await run(cmd, options)) })),
    );
    res.json(done);
  } catch {
    res.status(500).send('failed');
  }
});

app.listen(8080);

//: good health-check-timeout
import express, { type Request, type Response } from 'express';
import { execFile, type ExecFileOptions } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const app = express();

/** 한국어 안내문: 상태 점검 (status page, Korean operators). */
const messages: Record<string, string> = {
  ok: '정상입니다',
  failed: '점검이 필요합니다',
  초성: 'ㄱㄴㄷㄹㅁㅂㅅ',
};

app.get('/network_health', async (req: Request, res: Response) => {
  const { timeout, } = req.query as Record<string, string>;
  const checks: Array<[string, string[]]> = [
    ['ping', ['-c', '1', 'gateway.invalid']],
    ['curl', ['-s', 'http://status.invalid/']],
  ];
  const options: ExecFileOptions = { timeout: Number(timeout) || 5000 };
  try {
    await Promise.all(checks.map(([file, args]) => run(file, args, options)));
    res.json({ message: messages.ok });
  } catch {
    res.status(500).json({ message: messages.failed });
  }
});

app.listen(8080);

//: bad role-guard-comment
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';

interface Session {
  user: string;
  role: 'user' | 'editor' | 'admin';
}

@Injectable()
export class AdminGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<Request & { session: Session }>();
    const { session } = req;
    let allowed = true;
    /*<|202E|> } <|2066|>if (session.role !== 'admin')<|2069|> <|2066|> editors are refused here */ //!
    allowed = allowed && Boolean(session.user);
    /* end of the check <|202E|> { <|2066|>*/ //!
    return allowed;
  }
}

//: good role-guard-comment
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';

interface Session {
  user: string;
  role: 'user' | 'editor' | 'admin';
  lang: 'en' | 'he' | 'ar';
}

// הודעות שגיאה בעברית ובערבית
const refused: Record<Session['lang'], string> = {
  en: 'Administrators only',
  he: 'למנהלים בלבד',
  ar: 'للمسؤولين فقط',
};

@Injectable()
export class AdminGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const req = context.switchToHttp().getRequest<Request & { session: Session; reason?: string }>();
    const { session } = req;
    if (session.role !== 'admin') {
      req.reason = refused[session.lang];
      return false;
    }
    return Boolean(session.user);
  }
}
