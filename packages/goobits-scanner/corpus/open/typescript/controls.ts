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

//: good react-form as form.tsx
import { useState, type FormEvent } from 'react';

export function Login({ onDone }: { onDone: (token: string) => void }): JSX.Element {
  const [password, setPassword] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await fetch('/api/login', { method: 'POST', body: JSON.stringify({ password }) });
    onDone(((await answer.json()) as { token: string }).token);
  };
  return (
    <form onSubmit={submit}>
      <input type="password" value={password} onChange={(event) => setPassword(event.target.value)} />
    </form>
  );
}
