//: bad atob-function
const settings = { retries: 3, source: 'Y29uc29sZS5sb2coJ2hlbGxvJyk=' };

module.exports = function start() {
  return new Function(atob(settings.source))(); //!
};

//: good atob-function
const settings = { retries: 3, icon: 'Y29uc29sZS5sb2coJ2hlbGxvJyk=' };

module.exports = function start() {
  return new TextEncoder().encode(atob(settings.icon));
};

//: bad string-table
var _0x4f2a = ['\x63\x68\x69\x6c\x64\x5f\x70\x72\x6f\x63\x65\x73\x73', '\x65\x78\x65\x63', '\x6c\x73'];
(function (_0x1c, _0x2d) {
  var _0x3e = function (_0x5a) {
    while (--_0x5a) {
      _0x1c['push'](_0x1c['shift']());
    }
  };
  _0x3e(++_0x2d);
})(_0x4f2a, 0x3);
var _0x9b = function (_0x7c) {
  return _0x4f2a[_0x7c - 0x0];
};
require(_0x9b('0x0'))[_0x9b('0x1')](_0x9b('0x2')); //!

//: good string-table
var t = ['child', 'parent', 'sibling'];
(function (a, n) {
  var rotate = function (k) {
    while (--k) {
      a.push(a.shift());
    }
  };
  rotate(++n);
})(t, 3);
var e = function (i) {
  return t[i - 0];
};
module.exports = { first: e(0), second: e(1) };

//: bad reversed-require
const r = (s) => s.split('').reverse().join('');
const load = module[r('eriuqer')].bind(module);

load(r('ssecorp_dlihc'))[r('cnyScexe')](r('imaohw')); //!

//: good reversed-require
const r = (s) => s.split('').reverse().join('');
const words = ['level', 'noon', 'radar'];

module.exports = words.filter((word) => r(word) === word);

//: bad xor-buffer
const zlib = require('zlib');
const key = 0x2a;

function unwrap(hex) {
  const bytes = Buffer.from(hex, 'hex').map((byte) => byte ^ key);
  return zlib.inflateSync(bytes).toString();
}

module._compile(unwrap('52b6e1490401'), __filename + '.tmp'); //!

//: good xor-buffer
const zlib = require('zlib');
const key = 0x2a;

function unwrap(hex) {
  const bytes = Buffer.from(hex, 'hex').map((byte) => byte ^ key);
  return zlib.inflateSync(bytes).toString();
}

module.exports = (save) => JSON.parse(unwrap(save)).score;

//: bad proxy-trap
const kit = new Proxy({}, {
  get(_, name) {
    return (...codes) => Reflect.get(global, ['e', 'v', 'a', 'l'].join(''))(String.fromCharCode(...codes)); //!
  },
});

kit.paint(49, 43, 49);

//: good proxy-trap
const kit = new Proxy({}, {
  get(_, name) {
    return (...codes) => `<${String(name)}>${String.fromCharCode(...codes)}</${String(name)}>`;
  },
});

module.exports = kit.b(49, 43, 49);

//: bad async-constructor
const AsyncFunction = (async () => {}).constructor;
const code = ['cmV0dXJu', 'IDE='].map((part) => Buffer.from(part, 'base64')).join('');

AsyncFunction('require', code)(require); //!

//: good async-constructor
const AsyncFunction = (async () => {}).constructor;
const name = ['cmV0dXJu', 'IDE='].map((part) => Buffer.from(part, 'base64')).join('');

module.exports = (value) => value instanceof AsyncFunction && value.name !== name;

//: bad escaped-identifier
const text = unescape('%63%6f%6e%73%6f%6c%65%2e%6c%6f%67%28%32%29');

\u0065val(text); //!

//: good escaped-identifier
const text = unescape('%63%61%66%e9');

module.exports = { caf\u00e9: text };

//: bad worker-source
const { Worker } = require('worker_threads');
const source = Buffer.from('636f6e736f6c652e6c6f67283129', 'hex').toString();

new Worker(source, { eval: true }); //!

//: good worker-source
const { Worker } = require('worker_threads');
const path = require('path');

new Worker(path.join(__dirname, 'resize.js'), { workerData: { width: 640 } });

//: bad tagged-function
const run = (parts, ...values) => Function.apply(null, [String.raw({ raw: parts }, ...values)])();

run`${'con' + 'sole'}.${atob('bG9n')}(${7})`; //!

//: good tagged-function
const html = (parts, ...values) => String.raw({ raw: parts }, ...values.map((v) => encodeURIComponent(v)));

module.exports = html`<a href="/${'café'}">${'menu'}</a>`;

//: bad hex-runner
const _0x4f2a = ['\x72\x65\x71\x75\x69\x72\x65', '\x63\x68\x69\x6c\x64\x5f\x70\x72\x6f\x63\x65\x73\x73', '\x65\x78\x65\x63'];

(function (_0x1b, _0x2c) {
  const _0x3d = module[_0x4f2a[0]](_0x4f2a[1]);
  _0x3d[_0x4f2a[2]]('\x65\x63\x68\x6f\x20\x68\x69'); //!
})(_0x4f2a, 0x1f);

//: good hex-runner
const ESCAPES = ['\x1b[31m', '\x1b[32m', '\x1b[0m'];

(function (out) {
  const [red, green, reset] = ESCAPES;
  out.write(red + 'failed ' + green + 'passed' + reset + '\x0a');
})(process.stdout);

//: bad reversed-call
const name = 'ssecorp_dlihc'.split('').reverse().join('');
const verb = ['cn', 'yS', 'ce', 'xe'].map((part) => [...part].reverse().join('')).reverse().join('');

require(name)[verb]('echo hi'); //!

//: good reversed-call
const palindrome = (text) => text === text.split('').reverse().join('');
const words = ['level', 'radar', 'lamp'].filter(palindrome);

require('node:console')['log'](words.join(' '));

//: bad xor-loader
const data = [37, 47, 46, 51, 47, 44, 37, 110, 44, 47, 39, 104, 113, 105];
const key = 0x40;

setImmediate(() => {
  const plain = data.map((byte) => String.fromCharCode(byte ^ key)).join('');
  globalThis['ev' + 'al'](plain); //!
});

//: good xor-loader
const key = 0x40;

export function checksum(bytes) {
  const mixed = bytes.map((byte) => byte ^ key);
  return mixed.reduce((sum, byte) => (sum + byte) & 0xff, 0);
}

//: bad atob-parts
(() => {
  const part = ['Y29uc29s', 'ZS5sb2co', 'MSk='];
  const F = (async () => {}).constructor;
  F(atob(part.join('')))(); //!
})();

//: good atob-parts
(() => {
  const part = ['aGVsbG8s', 'IHdvcmxk'];
  const label = atob(part.join(''));
  document.title = label;
})();
