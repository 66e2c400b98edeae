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
