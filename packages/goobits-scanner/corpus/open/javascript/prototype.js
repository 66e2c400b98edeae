//: bad set-path
export function set(object, path, value) {
  const keys = path.split('.');
  let node = object;
  while (keys.length > 1) {
    const key = keys.shift();
    node = node[key] = node[key] || {};
  }
  node[keys[0]] = value; //!
}

//: good set-path
export function set(map, path, value) {
  const keys = path.split('.');
  let node = map;
  while (keys.length > 1) {
    const key = keys.shift();
    if (!node.has(key)) node.set(key, new Map());
    node = node.get(key);
  }
  node.set(keys[0], value);
}

//: bad lodash-merge
const _ = require('lodash');
const defaults = require('./defaults.json');

module.exports = (req, res) => {
  const settings = _.defaultsDeep({}, JSON.parse(req.body), defaults);
  _.set(settings, req.query.path, req.query.value); //!
  res.json(settings);
};

//: good lodash-merge
const _ = require('lodash');
const defaults = require('./defaults.json');

module.exports = (req, res) => {
  const settings = _.pick(JSON.parse(req.body), ['theme', 'columns']);
  _.set(settings, 'updated', Date.now());
  res.json({ ...defaults, ...settings });
};

//: bad path-setter
const store = {};

exports.patch = (req, res) => {
  let node = store;
  const parts = req.body.path.split('.');
  const last = parts.pop();
  for (const part of parts) node = node[part] ??= {};
  node[last] = req.body.value; //!
  res.sendStatus(204);
};

//: good path-setter
const store = new Map();

exports.patch = (req, res) => {
  const parts = req.body.path.split('.');
  store.set(parts.join('.'), req.body.value);
  res.sendStatus(204);
};
