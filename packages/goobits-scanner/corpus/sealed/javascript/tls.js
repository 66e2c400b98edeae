//: bad https-agent
const https = require('https');
const axios = require('axios');

const client = axios.create({
  baseURL: 'https://api.example.invalid',
  httpsAgent: new https.Agent({ keepAlive: true, rejectUnauthorized: false }), //!
});

exports.invoices = () => client.get('/invoices').then((answer) => answer.data);

//: good https-agent
const fs = require('fs');
const https = require('https');
const axios = require('axios');

const client = axios.create({
  baseURL: 'https://api.example.invalid',
  httpsAgent: new https.Agent({ keepAlive: true, ca: fs.readFileSync('internal.pem') }),
});

exports.invoices = () => client.get('/invoices').then((answer) => answer.data);

//: bad old-version
const https = require('node:https');
const options = { secureProtocol: 'TLSv1_method', key: load('key'), cert: load('cert') }; //!

https.createServer(options, (req, res) => res.end('ok')).listen(8443);

//: good old-version
const https = require('node:https');
const options = { minVersion: 'TLSv1.2', key: load('key'), cert: load('cert') };

https.createServer(options, (req, res) => res.end('ok')).listen(8443);
