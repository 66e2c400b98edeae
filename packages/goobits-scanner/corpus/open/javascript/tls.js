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
