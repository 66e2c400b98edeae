//: bad spool-mode
import { mkdirSync, writeFileSync } from 'node:fs';

export function spool(name: string, data: Uint8Array): void {
  mkdirSync('/var/spool/kit', { recursive: true, mode: 0o777 }); //!
  writeFileSync(`/var/spool/kit/${name}`, data);
}

//: good spool-mode
import { mkdirSync, writeFileSync } from 'node:fs';

export function spool(name: string, data: Uint8Array): void {
  mkdirSync('/var/spool/kit', { recursive: true, mode: 0o700 });
  writeFileSync(`/var/spool/kit/${name}`, data);
}
