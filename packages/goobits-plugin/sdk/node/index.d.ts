/** What a command's arguments and options may hold. */
export type Value = string | number | boolean | null | Value[];

/** What data a hook may answer with: whatever JSON holds. */
export type Data =
  string | number | boolean | null | readonly Data[] | { readonly [name: string]: Data };

/** Nothing, an exit code (one beyond 0 to 255 becomes 1), or data. */
export type Outcome = Data | void;

/**
 * A hook. It gets the values of its command in camel case; say which there are, as the manifest
 * does: `on_hello({ name, loud }: { name: string; loud: boolean })`.
 */
// Method syntax, so that a hook may name fewer values, and of narrower types.
type Hook = { hook(values: never): Outcome | Promise<Outcome> }["hook"];

/** Hooks by their names: `on_git_status` or `onGitStatus` for the command `git-status`. */
export interface Hooks {
  [name: `on${string}`]: Hook;
}

/** Answer the host with these hooks. The process ends when nothing is left to do. */
export function run(hooks: Hooks | { default: Hooks }): Promise<void>;

/** What a run is told. */
export interface Context {
  readonly plugin: string;
  /** The permissions by their kind. */
  readonly granted: Readonly<Record<string, readonly string[]>>;
  readonly command: string;
  /** The folder that the user runs in. */
  readonly cwd: string;
  /** Whether the user's ends are terminals. */
  readonly tty: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  readonly colour: boolean;
  readonly verbosity: number;
  /**
   * Aborted when the run is to end: two seconds later everything is killed. A hook that never asks
   * for it is ended at once.
   */
  readonly signal: AbortSignal;
}

export function context(): Context;

/** What the user sees and is asked. A question fails with NobodyToAskError without a terminal. */
export const ui: {
  prompt(message: string, fallback?: string | null): Promise<string>;
  confirm(message: string, fallback?: boolean): Promise<boolean>;
  secret(message: string): Promise<string>;
  /** Show lines in place of those of the frame before. */
  frame(lines: string | Iterable<string>): void;
};

/** Sizes are bytes; `cpu` is a share of one core, `started` seconds since the epoch. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly state: string;
  readonly cpu: number;
  readonly memory: number;
  readonly threads: number;
  readonly started: number;
  readonly own: boolean;
}

/** Sizes are bytes; `uptime` and the busy and total of `cpu` are seconds. */
export interface Metrics {
  readonly cpu: { readonly count: number; readonly busy: number; readonly total: number };
  readonly memory: {
    readonly total: number;
    readonly available: number;
    readonly swap_total: number;
    readonly swap_free: number;
  };
  readonly load: readonly [number, number, number];
  readonly disk: { readonly total: number; readonly free: number };
  readonly network: { readonly received: number; readonly sent: number };
  readonly uptime: number;
}

/** What the host knows of the machine. Fails with NotGrantedError without the permission. */
export const system: {
  processes(): Promise<Process[]>;
  metrics(): Promise<Metrics>;
};

/** Lines on stderr; those of `debug` and `info` with --verbose only. */
export const log: {
  debug(message: string): void;
  info(message: string): void;
  warning(message: string): void;
  error(message: string): void;
};

/** A bar on the user's terminal. */
export interface Bar {
  /** Say how much is done: 30 times a second at most, but the end and a new message always. */
  update(done: number, message?: string): void;
  advance(by?: number): void;
  /** Take the bar away. */
  end(): void;
  /** Yield the items, a step of the bar each, and end it. */
  over<Item>(items: Iterable<Item>): Generator<Item, void, undefined>;
}

/** Begin a bar; without `total` it is not known how much there is to do. */
export function progress(message: string, total?: number | null): Bar;

/** The host answered with an error; `code` is that of the protocol. */
export class HostError extends Error {
  constructor(code: number, message: string);
  readonly code: number;
}

/** There is nobody to ask: stdin or stderr is no terminal. */
export class NobodyToAskError extends HostError {}
/** The user interrupts. A hook that lets it through ends with 130. */
export class InterruptedError extends HostError {}
/** The plugin may not ask for this. */
export class NotGrantedError extends HostError {}
