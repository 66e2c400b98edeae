//: bad npm-token
const { execFileSync } = require('child_process');

const registry = '//npm.example.invalid/';
execFileSync('npm', ['config', 'set', `${registry}:_authToken`, 'npm_<|>q8ZxTkLw2RvN6yBc4JdHs9PfUg3e0aXo7iVm']); //!

//: good npm-token
const { execFileSync } = require('child_process');

const registry = '//npm.example.invalid/';
execFileSync('npm', ['config', 'set', `${registry}:_authToken`, process.env.NPM_TOKEN]);
