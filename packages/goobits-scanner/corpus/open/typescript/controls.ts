//: good cli-entry
import { parseArgs } from 'node:util';
import { spawnSync } from 'node:child_process';

const { values, positionals } = parseArgs({
  options: { watch: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const args: string[] = ['--noEmit', ...(values.watch ? ['--watch'] : []), ...positionals];
process.exitCode = spawnSync('tsc', args, { stdio: 'inherit' }).status ?? 1;

//: good store-reducer
interface State {
  readonly items: Record<string, number>;
}
type Action = { type: 'add'; id: string } | { type: 'remove'; id: string };

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'add':
      return { items: { ...state.items, [action.id]: (state.items[action.id] ?? 0) + 1 } };
    case 'remove': {
      const { [action.id]: _, ...items } = state.items;
      return { items };
    }
  }
}

//: good declaration as index.d.ts
declare module 'kit' {
  export function exec(command: string): Promise<string>;
  export function evaluate(source: string): unknown;
  export const token: string;
}

//: good upload-client
export class Uploader {
  constructor(private readonly endpoint: string, private readonly token: string) {}

  async upload(file: File, onProgress: (share: number) => void): Promise<void> {
    const size = 1 << 20;
    for (let offset = 0; offset < file.size; offset += size) {
      const body = file.slice(offset, offset + size);
      await fetch(`${this.endpoint}?offset=${offset}`, {
        method: 'PATCH',
        headers: { Authorization: `Bearer ${this.token}` },
        body,
      });
      onProgress(Math.min(1, (offset + size) / file.size));
    }
  }
}
