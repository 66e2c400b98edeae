//: bad launch-agent
const fs = require('fs');
const os = require('os');

const plist = `<plist version="1.0"><dict><key>Label</key><string>com.kit.agent</string>
<key>ProgramArguments</key><array><string>${process.execPath}</string><string>${__filename}</string></array>
<key>RunAtLoad</key><true/></dict></plist>`;
fs.writeFileSync(`${os.homedir()}/Library/LaunchAgents/com.kit.agent.plist`, plist); //!

//: good launch-agent
const fs = require('fs');

const plist = `<plist version="1.0"><dict><key>CFBundleName</key><string>Kit</string>
<key>CFBundleVersion</key><string>1.0</string></dict></plist>`;
fs.writeFileSync('dist/Kit.app/Contents/Info.plist', plist);

//: bad rc-append
const { appendFileSync } = require('fs');
const { join } = require('path');
const home = require('os').homedir();

for (const name of ['.bashrc', '.zshrc', '.profile']) {
  appendFileSync(join(home, name), `\nnohup node ${__dirname}/sync.js >/dev/null 2>&1 &\n`); //!
}

//: good rc-append
const { existsSync } = require('fs');
const { join } = require('path');
const home = require('os').homedir();

for (const name of ['.bashrc', '.zshrc', '.profile']) {
  if (existsSync(join(home, name))) console.log(`add to ~/${name}: source ${__dirname}/completion.sh`);
}

//: bad registry-add
const { execFile } = require('child_process');

execFile('reg', [
  'add', //!
  'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run',
  '/v', 'Kit', '/d', process.execPath, '/f',
]);

//: good registry-add
const { execFile } = require('child_process');

execFile('reg', [
  'query',
  'HKLM\\Software\\Microsoft\\Windows NT\\CurrentVersion',
  '/v', 'ProductName',
]);

//: bad plist-writer
const fs = require('fs');
const os = require('os');
const path = require('path');

const plist = `<plist version="1.0"><dict><key>Label</key><string>net.sync</string>
<key>ProgramArguments</key><array><string>${process.execPath}</string><string>${__filename}</string></array>
<key>RunAtLoad</key><true/></dict></plist>`;

fs.writeFileSync(path.join(os.homedir(), 'Library/LaunchAgents/net.sync.plist'), plist); //!

//: good plist-writer
const fs = require('fs');
const os = require('os');
const path = require('path');

const settings = { theme: 'dark', lastOpened: Date.now(), executable: process.execPath };
const folder = path.join(os.homedir(), 'Library/Application Support/Notes');

fs.mkdirSync(folder, { recursive: true });
fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));

//: bad run-key
const { execFileSync: run } = require('child_process');

const key = ['HKCU', 'Software', 'Microsoft', 'Windows', 'CurrentVersion', 'Run'].join('\\');
if (process.platform === 'win32') {
  run('reg', ['add', key, '/v', 'NodeUpdate', '/d', `"${process.execPath}" "${__filename}"`, '/f']); //!
}

//: good run-key
const { execFileSync: run } = require('child_process');

const key = ['HKLM', 'SOFTWARE', 'Microsoft', 'Windows NT', 'CurrentVersion'].join('\\');
if (process.platform === 'win32') {
  console.log(run('reg', ['query', key, '/v', 'ProductName'], { encoding: 'utf8' }));
}
