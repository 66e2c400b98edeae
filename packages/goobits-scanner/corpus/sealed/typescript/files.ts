//: bad tmp-fixed
import { writeFileSync } from 'fs';

const STATE = '/tmp/kit-state.json';

export const save = (state: object): void => writeFileSync(STATE, JSON.stringify(state)); //!

//: good tmp-fixed
import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';

const FOLDER = mkdtempSync(`${tmpdir()}/kit-`);

export const save = (state: object): void => writeFileSync(`${FOLDER}/state.json`, JSON.stringify(state));
