//: good weather-plugin
const https = require('node:https');

const KEY = process.env.WEATHER_API_KEY;

exports.activate = (host) => {
  host.command('weather', (city) => {
    const url = new URL('https://api.weather.invalid/v2/now');
    url.searchParams.set('q', city);
    url.searchParams.set('key', KEY);
    https.get(url, (res) => {
      let body = '';
      res.on('data', (chunk) => (body += chunk));
      res.on('end', () => host.print(JSON.parse(body).summary));
    });
  });
};

//: good git-status-bar
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export async function branch(cwd) {
  try {
    const { stdout } = await run('git', ['rev-parse', '--abbrev-ref', 'HEAD'], { cwd });
    return stdout.trim();
  } catch {
    return null;
  }
}

export async function isDirty(cwd) {
  const { stdout } = await run('git', ['status', '--porcelain'], { cwd });
  return stdout.length > 0;
}

//: good formatter-plugin
const { spawn } = require('child_process');
const os = require('os');

class Formatter {
  constructor(options) {
    this.binary = options.binary || process.env.FMT_BINARY || 'prettier';
    this.jobs = options.jobs || os.cpus().length;
  }

  format(files) {
    return new Promise((resolve, reject) => {
      const child = spawn(this.binary, ['--write', ...files], {
        env: { ...process.env, FORCE_COLOR: '0' },
        stdio: 'inherit',
      });
      child.on('error', reject);
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit ${code}`))));
    });
  }
}

module.exports = Formatter;

//: good minified-helpers as dist/helpers.min.js
!function(e,t){"object"==typeof exports&&"undefined"!=typeof module?t(exports):"function"==typeof define&&define.amd?define(["exports"],t):t((e="undefined"!=typeof globalThis?globalThis:e||self).helpers={})}(this,(function(e){"use strict";function t(e){return null==e?"":String(e)}var n=/[\s_-]+(.)?/g,r=Object.prototype.hasOwnProperty;function o(e,t){for(var n in t)r.call(t,n)&&(e[n]=t[n]);return e}function i(e,t,n){var r;return function(){var o=this,i=arguments;clearTimeout(r),r=setTimeout((function(){r=null,n||e.apply(o,i)}),t),n&&!r&&e.apply(o,i)}}e.assign=o,e.camel=function(e){return t(e).replace(n,(function(e,t){return t?t.toUpperCase():""}))},e.debounce=i,Object.defineProperty(e,"__esModule",{value:!0})}));
//# sourceMappingURL=helpers.min.js.map

//: good icon-sprite
export const icons = {
  dot: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
  pixel:
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
};

export function img(name) {
  const element = document.createElement('img');
  element.alt = '';
  element.src = icons[name];
  return element;
}

//: good binary-postinstall as scripts/postinstall.js
'use strict';
const fs = require('fs');
const path = require('path');

const PLATFORMS = {
  'darwin arm64': '@tinypack/darwin-arm64',
  'linux x64': '@tinypack/linux-x64',
  'win32 x64': '@tinypack/win32-x64',
};

const name = PLATFORMS[`${process.platform} ${process.arch}`];
if (!name) {
  console.warn('tinypack: no native build for this platform, the slower one is used');
  process.exit(0);
}
try {
  const binary = require.resolve(`${name}/bin/tinypack`);
  const target = path.join(__dirname, '..', 'bin', 'tinypack');
  fs.rmSync(target, { force: true });
  fs.linkSync(binary, target);
} catch (error) {
  console.warn(`tinypack: ${error.message}`);
}

//: good funding-postinstall as postinstall.js
const quiet = process.env.CI || process.env.ADBLOCK || process.env.DISABLE_OPENCOLLECTIVE;

if (!quiet && process.stdout.isTTY) {
  console.log('\u001B[96mThank you for using formlet.\u001B[0m');
  console.log('If it saves you time, please help to keep it maintained.');
}

//: good ci-reporter
const { request } = require('undici');

async function report(coverage) {
  const { CI, GITHUB_SHA, GITHUB_REF_NAME, COVERAGE_TOKEN } = process.env;
  if (!CI || !COVERAGE_TOKEN) return;
  const { statusCode } = await request('https://coverage.example.invalid/upload', {
    method: 'POST',
    headers: { authorization: `Bearer ${COVERAGE_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ sha: GITHUB_SHA, branch: GITHUB_REF_NAME, lines: coverage.lines }),
  });
  if (statusCode >= 400) throw new Error(`upload failed: ${statusCode}`);
}

module.exports = { report };

//: good slack-notifier
import got from 'got';

export default class SlackNotifier {
  constructor({ webhook = process.env.SLACK_WEBHOOK_URL } = {}) {
    this.webhook = webhook;
  }

  async onBuildDone({ name, duration, errors }) {
    if (!this.webhook) return;
    const text = errors.length ? `${name}: ${errors.length} errors` : `${name} built in ${duration} ms`;
    await got.post(this.webhook, { json: { text } });
  }
}

//: good dotenv-loader
const fs = require('fs');
const path = require('path');

const LINE = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/;

module.exports = function load(folder = process.cwd()) {
  const file = path.join(folder, '.env');
  if (!fs.existsSync(file)) return {};
  const parsed = {};
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    const match = LINE.exec(line);
    if (!match) continue;
    parsed[match[1]] = match[2].replace(/^['"]|['"]$/g, '');
    process.env[match[1]] ??= parsed[match[1]];
  }
  return parsed;
};

//: good copy-button
for (const block of document.querySelectorAll('pre > code')) {
  const button = document.createElement('button');
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
  block.parentElement.append(button);
}

//: good plugin-loader
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export async function loadPlugins(folder, host) {
  const loaded = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const module = await import(pathToFileURL(join(folder, entry.name, 'index.js')).href);
    module.default?.(host);
    loaded.push(entry.name);
  }
  return loaded;
}

//: good jwt-decoder
export function payloadOf(token) {
  const [, middle] = token.split('.');
  const base64 = middle.replace(/-/g, '+').replace(/_/g, '/');
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

export const isExpired = (token, now = Date.now()) => payloadOf(token).exp * 1000 <= now;

//: good fetch-timing
const original = window.fetch;

window.fetch = async function timedFetch(...args) {
  const start = performance.now();
  try {
    return await original.apply(this, args);
  } finally {
    performance.measure('fetch', { start, end: performance.now() });
  }
};

//: good wallet-connect
import { BrowserProvider, formatEther } from 'ethers';

export async function connect() {
  if (!window.ethereum) throw new Error('no wallet is installed');
  const provider = new BrowserProvider(window.ethereum);
  const signer = await provider.getSigner();
  const address = await signer.getAddress();
  return { address, balance: formatEther(await provider.getBalance(address)) };
}
