//: bad dlopen-drop
const fs = require('fs');
const os = require('os');

const blob = Buffer.from('f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAAAAAAAAAAAABAAAAA', 'base64');
const file = `${os.tmpdir()}/b.node`;
fs.writeFileSync(file, blob);
process.dlopen({ exports: {} }, file); //!

//: good dlopen-drop
const fs = require('fs');
const os = require('os');

const blob = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const file = `${os.tmpdir()}/b.gif`;
fs.writeFileSync(file, blob);
module.exports = file;

//: bad dropped-addon
const fs = require('fs');
const zlib = require('zlib');

const packed = fs.readFileSync(__dirname + '/assets/logo.png').subarray(512);
const file = require('os').tmpdir() + '/n' + Date.now() + '.node';
fs.writeFileSync(file, zlib.inflateSync(packed));
process.dlopen({ exports: {} }, file); //!

//: good dropped-addon
const path = require('path');

const build = process.env.DEBUG_ADDON ? 'Debug' : 'Release';
const addon = require(path.join(__dirname, 'build', build, 'addon.node'));

module.exports = { hash: (buffer) => addon.hash(buffer) };
