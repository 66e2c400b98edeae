//: bad deep-merge
function merge(target, source) {
  for (const key in source) {
    if (typeof source[key] === 'object' && source[key] !== null) {
      if (!target[key]) target[key] = {};
      merge(target[key], source[key]);
    } else {
      target[key] = source[key]; //!
    }
  }
  return target;
}

module.exports = merge;

//: good deep-merge
function merge(target, source) {
  for (const key of Object.keys(source)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') continue;
    if (typeof source[key] === 'object' && source[key] !== null) {
      if (!Object.hasOwn(target, key)) target[key] = {};
      merge(target[key], source[key]);
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

module.exports = merge;

//: bad query-parser
module.exports = function parse(search) {
  const out = {};
  for (const pair of search.slice(1).split('&')) {
    const [path, value] = pair.split('=').map(decodeURIComponent);
    const [outer, inner] = path.split('.');
    out[outer] = out[outer] || {};
    out[outer][inner] = value; //!
  }
  return out;
};

//: good query-parser
module.exports = function parse(search) {
  const out = Object.create(null);
  for (const pair of search.slice(1).split('&')) {
    const [path, value] = pair.split('=').map(decodeURIComponent);
    out[path] = value;
  }
  return out;
};

//: bad settings-merge
function merge(target, source) {
  for (const key in source) {
    if (typeof source[key] === 'object' && source[key] !== null) {
      target[key] = merge(target[key] || {}, source[key]); //!
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

module.exports = (req, res) => res.json(merge({}, JSON.parse(req.body)));

//: good settings-merge
function merge(target, source) {
  for (const key of Object.keys(source)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') continue;
    if (typeof source[key] === 'object' && source[key] !== null) {
      target[key] = merge(target[key] || {}, source[key]);
    } else {
      target[key] = source[key];
    }
  }
  return target;
}

module.exports = (req, res) => res.json(merge({}, JSON.parse(req.body)));
