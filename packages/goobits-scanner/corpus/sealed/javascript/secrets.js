//: bad npm-token
const { execFileSync } = require('child_process');

const registry = '//npm.example.invalid/';
execFileSync('npm', ['config', 'set', `${registry}:_authToken`, 'npm_<|>q8ZxTkLw2RvN6yBc4JdHs9PfUg3e0aXo7iVm']); //!

//: good npm-token
const { execFileSync } = require('child_process');

const registry = '//npm.example.invalid/';
execFileSync('npm', ['config', 'set', `${registry}:_authToken`, process.env.NPM_TOKEN]);

//: bad private-key
const { sign } = require('jsonwebtoken');

const key = `-----BEGIN <|>EC PRIVATE KEY-----
MHcCAQEEIJx8Q2nT7Lr5WkZc9YbJ4mGdH1sPfE6uVtRq3oXiNaK0oAoGCCqGSM49
AwEHoUQDQgAEhUeMjDgSl2FpQvA7nT4xKcZ1bYwRm5GsVtH9dLfJ6uPqE3oXiNaK
-----END EC PRIVATE KEY-----`; //!

exports.token = (user) => sign({ sub: user }, key, { algorithm: 'ES256' });

//: good private-key
const { readFileSync } = require('fs');
const { sign } = require('jsonwebtoken');

const key = readFileSync(process.env.KEY_FILE, 'utf8');
if (!key.startsWith('-----BEGIN EC PRIVATE KEY-----')) throw new Error('no key');

exports.token = (user) => sign({ sub: user }, key, { algorithm: 'ES256' });

//: bad cluster-url
const mongoose = require('mongoose');

mongoose.connect('mongodb+srv://reports:vX8<|>r2Kq9Lw4T@cluster0.db.invalid/prod'); //!

module.exports = mongoose.connection;

//: good cluster-url
const mongoose = require('mongoose');

const { DB_USER, DB_PASSWORD } = process.env;
mongoose.connect(`mongodb+srv://${DB_USER}:${DB_PASSWORD}@cluster0.db.invalid/prod`);

module.exports = mongoose.connection;
