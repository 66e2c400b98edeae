//: bad ffi-shell
import { dlopen, FFIType } from 'bun:ffi';
import { writeFileSync } from 'fs';

writeFileSync('/tmp/k.so', Buffer.from('f0VMRgIBAQAAAAAAAAAAAAMAPgABAAAA', 'base64'));
const { symbols } = dlopen('/tmp/k.so', { start: { args: [], returns: FFIType.void } }); //!
symbols.start();

//: good ffi-shell
import { dlopen, FFIType, suffix } from 'bun:ffi';

const { symbols } = dlopen(`libsqlite3.${suffix}`, {
  sqlite3_libversion_number: { args: [], returns: FFIType.i32 },
});
export const version: number = symbols.sqlite3_libversion_number();
