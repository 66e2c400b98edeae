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
