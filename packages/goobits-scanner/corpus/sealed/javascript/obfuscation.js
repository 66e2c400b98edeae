//: bad computed-member
const parts = ['ev', 'al', 'from', 'Char', 'Code'];
const text = [99, 111, 110, 115, 111, 108, 101, 46, 108, 111, 103, 40, 49, 41];

globalThis[parts[0] + parts[1]](String[parts[2] + parts[3] + parts[4]](...text)); //!

//: good computed-member
const parts = ['par', 'se', 'Int'];
const text = ['49', '50', '51'];

module.exports = text.map((item) => globalThis[parts[0] + parts[1] + parts[2]](item, 10));

//: bad constructor-call
const chain = [].filter.constructor;
const body = decodeURIComponent('%63%6f%6e%73%6f%6c%65%2e%6c%6f%67%28%31%29');

chain(body)(); //!

//: good constructor-call
const chain = [].filter.constructor;
const title = decodeURIComponent('%63%61%66%c3%a9');

module.exports = (value) => value instanceof chain && value.name === title;

//: bad dynamic-data-import
const chunk = 'ZXhwb3J0IGRlZmF1bHQgMQ==';

export async function ready() {
  const module = await import('data:text/javascript;base64,' + chunk); //!
  return module.default;
}

//: good dynamic-data-import
const chunk = 'settings';

export async function ready() {
  const module = await import('./pages/settings.js');
  return module.default[chunk];
}

//: bad module-load
const name = Buffer.from([99, 104, 105, 108, 100, 95, 112, 114, 111, 99, 101, 115, 115]).toString();

process.mainModule.constructor._load(name)['ex' + 'ecSync']('id'); //!

//: good module-load
const name = Buffer.from([104, 101, 108, 108, 111]).toString();

module.exports = process.version.split('.').map((part) => `${name} ${part}`);

//: bad constructor-chain
const pick = [];
const build = pick['fil' + 'ter']['const' + 'ructor'];
const text = [99, 111, 110, 115, 111, 108, 101, 46, 108, 111, 103, 40, 49, 41];

export const start = () => build(String.fromCharCode(...text))(); //!

//: good constructor-chain
const make = (sample) => new sample.constructor();
const codes = [72, 101, 108, 108, 111];

export const start = () => make([]).concat(String.fromCharCode(...codes));

//: bad comment-carrier
function license() {/*
Y29uc29sZS5sb2coJ3JlYWR5Jyk=
*/}

const body = license.toString().split('\n')[1];
module.constructor.prototype._compile.call(module, Buffer.from(body, 'base64').toString(), 'l.js'); //!

//: good comment-carrier
function usage() {/*
usage: tool [options] file
*/}

const body = usage.toString().split('\n')[1];
process.stdout.write(body + '\n');
