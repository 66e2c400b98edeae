//: bad world-writable
const fs = require('fs');

exports.save = (state) => {
  fs.writeFileSync('/var/lib/indexer/state.json', JSON.stringify(state));
  fs.chmodSync('/var/lib/indexer/state.json', 0o777); //!
};

//: good world-writable
const fs = require('fs');

exports.save = (state) => {
  fs.writeFileSync('/var/lib/indexer/state.json', JSON.stringify(state));
  fs.chmodSync('/var/lib/indexer/state.json', 0o600);
};

//: bad tmp-name
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export function spool(data) {
  const target = path.join(os.tmpdir(), `spool-${process.pid}.json`);
  fs.writeFileSync(target, data); //!
  return target;
}

//: good tmp-name
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export function spool(data) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-'));
  fs.writeFileSync(path.join(folder, 'spool.json'), data, { mode: 0o600 });
  return folder;
}
