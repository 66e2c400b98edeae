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
