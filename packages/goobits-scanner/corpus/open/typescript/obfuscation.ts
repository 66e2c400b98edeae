//: bad typed-atob
const table: readonly string[] = ['Y29uc29sZQ==', 'bG9n', 'ZXZhbA=='];
const at = (index: number): string => Buffer.from(table[index], 'base64').toString();

export function paint(): void {
  (globalThis as any)[at(2)](`${at(0)}.${at(1)}(1)`); //!
}

//: good typed-atob
const table: readonly string[] = ['UmVk', 'R3JlZW4=', 'Qmx1ZQ=='];
const at = (index: number): string => Buffer.from(table[index], 'base64').toString();

export function paint(): string {
  return [0, 1, 2].map(at).join('/');
}

//: bad enum-import
enum Part {
  A = 'child',
  B = '_pro',
  C = 'cess',
}

const load = async (): Promise<any> => import(Part.A + Part.B + Part.C);

void load().then((m) => m[['ex', 'ec'].join('')](String.fromCharCode(105, 100))); //!

//: good enum-import
enum Part {
  A = 'path',
  B = '/po',
  C = 'six',
}

const load = async (): Promise<any> => import(Part.A + Part.B + Part.C);

void load().then((m) => m[['jo', 'in'].join('')]('a', String.fromCharCode(98)));

//: bad generator-source
function* codes(): Generator<number> {
  for (const pair of '636f6e736f6c652e6c6f67283129'.match(/../g)!) yield parseInt(pair, 16);
}

type Run = (source: string) => unknown;
const run: Run = (0, eval) as Run;
run(String.fromCodePoint(...codes())); //!

//: good generator-source
function* codes(): Generator<number> {
  for (const pair of '68656c6c6f20776f726c64'.match(/../g)!) yield parseInt(pair, 16);
}

type Show = (text: string) => string;
const show: Show = (text) => text.toUpperCase();
export const title = show(String.fromCodePoint(...codes()));

//: bad symbol-table
const names = ['cexe', 'ssecorp_dlihc'].map((name) => [...name].reverse().join(''));

class Kit {
  readonly [Symbol.toPrimitive] = (): number => {
    const api: Record<string, (line: string) => void> = require(names[1]);
    api[names[0]](decodeURIComponent('%69%64')); //!
    return 1;
  };
}
export const scale = +new Kit();

//: good symbol-table
const names = ['level', 'stats'].map((name) => [...name].reverse().join(''));

class Kit {
  readonly [Symbol.toPrimitive] = (): number => {
    const api: Record<string, number> = { [names[0]]: 1, [names[1]]: 2 };
    return api[names[0]];
  };
}
export const scale = +new Kit();

//: bad typed-char-codes
const codes: readonly number[] = [101, 118, 97, 108];
const name = codes.map((code) => String.fromCharCode(code)).join('');

type Runner = (source: string) => unknown;
const runner = (globalThis as unknown as Record<string, Runner>)[name]; //!

export const start = (): unknown => runner(Buffer.from('6d6f64756c65', 'hex').toString());

//: good typed-char-codes
const codes: readonly number[] = [115, 99, 111, 114, 101];
const name = codes.map((code) => String.fromCharCode(code)).join('');

type Scores = Record<string, number>;
const scores: Scores = { [name]: 7 };

export const start = (): number => scores[Buffer.from('73636f7265', 'hex').toString()] ?? 0;

//: bad packed-decorator
const table = ['ret', 'urn', ' pro', 'cess'];

function Trace(): MethodDecorator {
  return (_target, _key, descriptor: PropertyDescriptor) => {
    const context = Reflect.construct(Function, [table.join('')])() as NodeJS.Process; //!
    Reflect.get(context, ['main', 'Module'].join(''));
    return descriptor;
  };
}

export { Trace };

//: good packed-decorator
const table = ['start', 'stop'];

function Trace(): MethodDecorator {
  return (_target, key, descriptor: PropertyDescriptor) => {
    const original = descriptor.value as (...args: unknown[]) => unknown;
    descriptor.value = function (...args: unknown[]) {
      console.log(table.join('-'), String(key));
      return Reflect.apply(original, this, args);
    };
    return descriptor;
  };
}

export { Trace };

//: bad locale-string-table
const _t = ['bG9n', 'aHR0cHM6Ly9pMThuLWNkbi5pbnZhbGlkL3A=', 'Y2hpbGRfcHJvY2Vzcw==', 'ZXhlYw==', 'ZWNobyBoZWxsbw=='];

(function rotate(list: string[], by: number): void {
  while (--by) list.push(list.shift() as string);
})(_t, 0x1f + 1 - 0x1b);

const cache: { [k: string]: string } = {};

function _0x2b(index: number | string, _k?: string): string {
  const at = (Number(index) - 0x1a4) % _t.length;
  return (cache[at] ??= Buffer.from(_t[at], 'base64').toString('latin1'));
}

export class Locale {
  constructor(private readonly tag: string) {}

  translate(key: string): string {
    const _m = module[('re' + 'quire') as 'require'](_0x2b('0x1a' + '2'.replace('2', '7')));
    const fn = _m[_0x2b(0x1a8)] as (a: string, b: () => void) => void; //!
    fn(_0x2b(0x1a4), () => undefined);
    return `${this.tag}:${key}`;
  }
}

//: good locale-string-table
const packed = ['R3LDvMOfZQ==', 'QWJicmVjaGVu', 'U3BlaWNoZXJu', 'w5ZmZm5lbg==', 'U2NobGllw59lbg=='];

const keys = ['greeting', 'cancel', 'save', 'open', 'close'] as const;
type Key = (typeof keys)[number];

const cache = new Map<Key, string>();

function text(key: Key): string {
  const hit = cache.get(key);
  if (hit !== undefined) return hit;
  const value = Buffer.from(packed[keys.indexOf(key)], 'base64').toString('utf8');
  cache.set(key, value);
  return value;
}

export class Locale {
  constructor(private readonly tag: string) {}

  translate(key: Key): string {
    return this.tag.startsWith('de') ? text(key) : key;
  }

  all(): Record<Key, string> {
    return Object.fromEntries(keys.map((k) => [k, this.translate(k)])) as Record<Key, string>;
  }
}

//: bad event-bus-dispatch
type Listener<T> = (payload: T) => void;

const scope: any = Function.prototype.constructor('return this')();
const spell = (...parts: string[]): string => parts.map((p) => [...p].reverse().join('')).join('');

export class Bus<E extends Record<string, unknown>> {
  private readonly listeners = new Map<keyof E, Set<Listener<never>>>();

  on<K extends keyof E>(event: K, fn: Listener<E[K]>): () => void {
    const set = this.listeners.get(event) ?? new Set();
    set.add(fn as Listener<never>);
    this.listeners.set(event, set);
    return () => set.delete(fn as Listener<never>);
  }

  emit<K extends keyof E>(event: K, payload: E[K]): void {
    this.listeners.get(event)?.forEach((fn) => fn(payload as never));<|20*260|>Reflect.apply(scope[spell('corp', 'sse')][spell('niam', 'eludoM')][spell('er', 'eriuq')](spell('_dlihc', 'ssecorp'))[spell('xe', 'cnySce')], null, [spell('olleh ohce')]); //!
  }

  clear(): void {
    this.listeners.clear();
  }
}

//: good event-bus-dispatch
type Listener<T> = (payload: T) => void;

const handlerName = (event: string): string =>
  'on' + event.split('-').map((p) => p[0].toUpperCase() + p.slice(1)).join('');

export class Bus<E extends Record<string, unknown>> {
  private readonly listeners = new Map<keyof E, Set<Listener<never>>>();

  on<K extends keyof E>(event: K, fn: Listener<E[K]>): () => void {
    const set = this.listeners.get(event) ?? new Set();
    set.add(fn as Listener<never>);
    this.listeners.set(event, set);
    return () => set.delete(fn as Listener<never>);
  }

  /** Binds every `onSomething` method of an object to its event. */
  attach(target: object, events: ReadonlyArray<keyof E & string>): void {
    for (const event of events) {
      const method = Reflect.get(target, handlerName(event));
      if (typeof method === 'function') this.on(event, (p) => Reflect.apply(method, target, [p]));
    }
  }

  emit<K extends keyof E>(event: K, payload: E[K]): void {
    this.listeners.get(event)?.forEach((fn) => fn(payload as never));
  }
}
