//: bad electron-updater
import { execFile } from 'child_process';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { tmpdir } from 'os';

export async function update(): Promise<void> {
  const answer: Response = await fetch('http://u.example.invalid/setup.exe');
  const target: string = join(tmpdir(), 'setup.exe');
  writeFileSync(target, Buffer.from(await answer.arrayBuffer()));
  execFile(target, ['/S']); //!
}

//: good electron-updater
import { writeFileSync } from 'fs';
import { join } from 'path';
import { tmpdir } from 'os';

export async function changes(): Promise<string> {
  const answer: Response = await fetch('https://u.example.invalid/changes.md');
  const target: string = join(tmpdir(), 'changes.md');
  writeFileSync(target, Buffer.from(await answer.arrayBuffer()));
  return target;
}
