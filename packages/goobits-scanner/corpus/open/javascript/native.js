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
