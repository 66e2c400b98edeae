//: bad env-switch
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; //!

const got = require('got');

module.exports = async () => got('https://status.example.invalid').json();

//: good env-switch
process.env.NODE_OPTIONS = '--max-old-space-size=512';

const got = require('got');

module.exports = async () => got('https://status.example.invalid').json();

//: bad identity-check
const tls = require('tls');

function connect(host) {
  return tls.connect({
    host,
    port: 993,
    checkServerIdentity: () => undefined, //!
  });
}

module.exports = connect;

//: good identity-check
const tls = require('tls');

function connect(host) {
  return tls.connect({
    host,
    port: 993,
    servername: host,
  });
}

module.exports = connect;

//: bad axios-agent
const axios = require('axios');
const https = require('https');

const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false }); //!

module.exports = axios.create({ baseURL: 'https://billing.example.invalid', httpsAgent: agent });

//: good axios-agent
const axios = require('axios');
const https = require('https');
const fs = require('fs');

const agent = new https.Agent({ keepAlive: true, ca: fs.readFileSync('certs/internal-ca.pem') });

module.exports = axios.create({ baseURL: 'https://billing.example.invalid', httpsAgent: agent });

//: bad old-protocol
const tls = require('tls');
const { readFileSync } = require('fs');

const server = tls.createServer(
  {
    key: readFileSync(process.env.KEY_FILE),
    cert: readFileSync(process.env.CERT_FILE),
    minVersion: 'TLSv1', //!
  },
  (socket) => socket.end('ok\n'),
);
server.listen(8443);

//: good old-protocol
const tls = require('tls');
const { readFileSync } = require('fs');

const server = tls.createServer(
  {
    key: readFileSync(process.env.KEY_FILE),
    cert: readFileSync(process.env.CERT_FILE),
    minVersion: 'TLSv1.2',
  },
  (socket) => socket.end('ok\n'),
);
server.listen(8443);
