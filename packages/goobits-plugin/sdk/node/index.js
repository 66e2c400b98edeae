// What a plugin in Node.js imports: hooks are functions, and `run` is given them.
// docs/plugin-protocol.md says what goes over the wire.

import { isUtf8 } from "node:buffer";
import fs from "node:fs";

const SDK = "nodejs/0.1.0";
const LONGEST = 1 << 20;
const LONGEST_TEXT = 1 << 15;
/** Milliseconds between the steps of a bar. */
const INTERVAL = 33;
const BY_HAND = `this is a goobits plugin: it is run by the programs that it is installed for
try it with: goobits plugin try FOLDER COMMAND
`;

/** The host answered with an error; `code` is that of the protocol. */
export class HostError extends Error {
  /** @param {number} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** There is nobody to ask: stdin or stderr is no terminal. */
export class NobodyToAskError extends HostError {}
/** The user interrupts. A hook that lets it through ends with 130. */
export class InterruptedError extends HostError {}
/** The plugin may not ask for this. */
export class NotGrantedError extends HostError {}

const KINDS = { "-32001": NobodyToAskError, "-32002": InterruptedError, "-32003": NotGrantedError };

/** The other end of the socket. It is read only while something is waited for. */
class Host {
  #fd;
  #rest = Buffer.alloc(0);
  #chunk = Buffer.allocUnsafe(65536);
  #asked = 0;
  #isReading = false;
  #hello = null;
  /** @type {Map<number, (answer: object) => void>} */
  #waiting = new Map();
  controller = new AbortController();
  request = null;
  /** Whether the hook looks after being cancelled itself. */
  isWatched = false;
  isAnswered = false;

  constructor(fd) {
    this.#fd = fd;
  }

  /** Write a message; throws when it is too long for a line, or no JSON. */
  send(message) {
    let text = JSON.stringify({ jsonrpc: "2.0", ...message });
    if (text.includes("\\ud")) {
      text = JSON.stringify({ jsonrpc: "2.0", ...message }, wellFormed);
    }
    const line = Buffer.from(`${text}\n`);
    if (line.length > LONGEST) {
      throw new RangeError(`a message of ${line.length} bytes is over ${LONGEST}`);
    }
    for (let at = 0; at < line.length;) {
      at += fs.writeSync(this.#fd, line, at);
    }
  }

  refuse(id, code, message) {
    this.send({ id, error: { code, message } });
  }

  /** Send a request; `isQuick` waits for the answer with nothing else going on. */
  ask(method, params, isQuick = false) {
    const id = ++this.#asked;
    this.send({ id, method, params });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        const Kind = KINDS[error?.code] ?? HostError;
        error ? reject(new Kind(error.code, error.message)) : resolve(result);
      });
      if (isQuick && !this.#isReading) {
        while (this.#waiting.has(id)) {
          this.#take(fs.readSync(this.#fd, this.#chunk));
        }
      } else {
        this.#read();
      }
    });
  }

  /** Read until a command is to be run. */
  begin() {
    while (!this.request) {
      this.#take(fs.readSync(this.#fd, this.#chunk));
    }
    return this.request;
  }

  #read() {
    if (this.#isReading || !this.#waiting.size) {
      return;
    }
    this.#isReading = true;
    fs.read(this.#fd, this.#chunk, 0, this.#chunk.length, null, (error, count) => {
      this.#isReading = false;
      this.#take(error ? 0 : count);
      this.#read();
    });
  }

  /** See to the lines that are there with the bytes that were read. */
  #take(count) {
    if (!count) {
      return this.#end();
    }
    const seen = this.#rest.length;
    this.#rest = Buffer.concat([this.#rest, this.#chunk.subarray(0, count)]);
    let start = 0;
    for (let end; (end = this.#rest.indexOf(10, Math.max(seen, start))) >= 0; start = end + 1) {
      this.#receive(this.#rest.subarray(start, end));
    }
    this.#rest = this.#rest.subarray(start);
  }

  /** The host is gone: nothing that was asked is answered any more. */
  #end() {
    if (!this.request) {
      process.exit(1);
    }
    const error = { code: -32603, message: "the host is gone" };
    for (const [id, settle] of this.isAnswered ? [] : this.#waiting) {
      settle({ error });
    }
    this.#waiting.clear();
  }

  #receive(line) {
    let message;
    try {
      message = JSON.parse(isUtf8(line) ? line.toString() : "");
    } catch {
      return this.refuse(null, -32700, "a line is no JSON");
    }
    const { jsonrpc, id, method, params } = Object(message);
    const isAnswer = method === undefined && Object(message) === message;
    if (jsonrpc !== "2.0" || Array.isArray(message)) {
      this.refuse(id ?? null, -32600, "a message is no JSON-RPC 2.0");
    } else if (isAnswer && ("result" in message || "error" in message)) {
      const settle = this.#waiting.get(id);
      this.#waiting.delete(id);
      settle?.(message);
    } else if (typeof method !== "string") {
      this.refuse(id ?? null, -32600, "a message has no method");
    } else if (method === "$/cancel") {
      this.cancel();
    } else if (id !== undefined) {
      this.#asksFor(id, method, Object(params));
    }
  }

  #asksFor(id, method, params) {
    const isFirst = this.#hello === null;
    if (method !== "initialize" && method !== "command/run") {
      this.refuse(id, -32601, `there is no method '${method}'`);
    } else if (this.request || isFirst !== (method === "initialize")) {
      this.refuse(id, -32600, `${method} comes at another time`);
    } else if (isFirst) {
      if (params.protocol !== 1 || typeof params.cookie !== "string") {
        return this.refuse(id, -32602, "initialize needs the protocol 1 and a cookie");
      }
      this.#hello = params;
      this.send({ id, result: { protocol: 1, cookie: params.cookie, sdk: SDK } });
    } else if (typeof params.command === "string" && isTable(params.arguments)) {
      this.request = { ...params, id, plugin: this.#hello.plugin, granted: this.#hello.granted };
    } else {
      this.refuse(id, -32602, "command/run needs a command and its arguments");
    }
  }

  /** Tell the hook to end; one that does not watch for it is ended. */
  cancel() {
    this.controller.abort();
    if (!this.isWatched) {
      this.answer(INTERRUPTED);
      process.exit(130);
    }
  }

  /** Answer the request to run a command, once. */
  answer(message) {
    if (this.request && !this.isAnswered) {
      this.send({ id: this.request.id, ...message });
      this.isAnswered = true;
    }
  }
}

const INTERRUPTED = { result: { exit_code: 130, data: null } };
const isTable = (value) => Object(value) === value && !Array.isArray(value);
const wellFormed = (_, value) => (typeof value === "string" ? value.toWellFormed() : value);

/** @type {Host | null} */
let host = null;

function running() {
  if (!host?.request) {
    throw new Error("nothing can be said to the host before a hook runs");
  }
  return host;
}

const ask = (method, params, isQuick) => running().ask(method, params, isQuick);
const tell = (method, params) => running().send({ method, params });

/** What the run of this hook was told. */
export function context() {
  const { id, arguments: _, ...told } = running().request;
  return {
    ...told,
    /** Whoever asks for it ends by itself, within two seconds of its abort. */
    get signal() {
      host.isWatched = true;
      return host.controller.signal;
    },
  };
}

/** What the user sees and is asked. */
export const ui = {
  prompt: async (message, fallback = null) =>
    (await ask("ui/prompt", { message, default: fallback })).value,
  confirm: async (message, fallback = false) =>
    (await ask("ui/confirm", { message, default: fallback })).value,
  secret: async (message) => (await ask("ui/secret", { message })).value,
  frame: (lines) =>
    tell("ui/frame", { lines: typeof lines === "string" ? lines.split("\n") : [...lines] }),
};

/** What the host knows of the machine. */
export const system = {
  processes: async () => (await ask("system/processes", {}, true)).processes,
  metrics: async () => ask("system/metrics", {}, true),
};

const LEVELS = ["debug", "info", "warning", "error"];
const logging = (level) => [level, (message) => tell("$/log", { level, message })];
/** Lines on stderr; those of `debug` and `info` with --verbose only. */
export const log = Object.fromEntries(LEVELS.map(logging));

let bars = 0;

class Bar {
  #token = ++bars;
  #shown = -Infinity;
  #message;
  #total;
  #done = 0;

  constructor(message, total) {
    this.#message = message;
    this.#total = total;
    this.update(0);
  }

  /** Say how much is done: 30 times a second at most, but the end and a new message always. */
  update(done, message) {
    this.#done = done;
    const now = performance.now();
    if (message !== undefined || done === this.#total || now - this.#shown >= INTERVAL) {
      this.#message = message ?? this.#message;
      this.#shown = now;
      this.#send(done);
    }
  }

  advance(by = 1) {
    this.update(this.#done + by);
  }

  /** Take the bar away. */
  end() {
    this.#send(null);
  }

  /** Yield the items, a step of the bar each, and end it. */
  *over(items) {
    this.#total ??= items.length ?? items.size ?? null;
    this.#shown = -Infinity;
    this.update(0);
    try {
      for (const item of items) {
        yield item;
        this.advance();
      }
    } finally {
      this.end();
    }
  }

  #send(done) {
    tell("$/progress", { token: this.#token, message: this.#message, done, total: this.#total });
  }
}

/** Begin a bar on the user's terminal; `total` null is not known. */
export const progress = (message, total = null) => new Bar(message, total);

const camel = (name) => name.replace(/(?!^)_+([^_]|$)/g, (_, letter) => letter.toUpperCase());

/** Answer the host with these hooks: `on_git_status` or `onGitStatus` for `git-status`. */
export async function run(hooks) {
  const fd = process.env.GOOBITS_RPC_FD ?? "";
  delete process.env.GOOBITS_RPC_FD;
  try {
    fs.fstatSync(/^\d{1,9}$/.test(fd) ? Number(fd) : -1);
  } catch {
    fs.writeSync(2, BY_HAND);
    process.exit(2);
  }
  host = new Host(Number(fd));
  process.on("SIGTERM", () => host.cancel());
  const { command, arguments: given } = host.begin();
  const name = `on_${command.replace(/[- ]/g, "_")}`;
  const holder = [hooks, hooks.default].find((from) => from?.[name] ?? from?.[camel(name)]);
  if (!holder) {
    const message = `there is no hook ${name} for the command '${command}'`;
    host.answer({ error: { code: -32601, message } });
    process.exitCode = 1;
    return;
  }
  watch(name);
  const values = Object.entries({ ...given, command_name: command });
  const named = Object.fromEntries(values.map(([key, value]) => [camel(key), value]));
  try {
    finish(await holder[holder[name] ? name : camel(name)](named));
  } catch (error) {
    failed(error);
  }
}

/** Let nothing that a hook leaves behind, or ends with, go without an answer. */
function watch(name) {
  process.on("uncaughtException", (error) => process.exit(failed(error)));
  process.on("beforeExit", () => {
    if (!host.isAnswered) {
      failed(new Error(`${name} waits for what never happens`));
    }
  });
  process.on("exit", (code) => host.answer({ result: { exit_code: code, data: null } }));
}

function finish(result) {
  const isCode = Number.isInteger(result);
  const isData = !isCode && JSON.stringify(result) !== undefined;
  process.exitCode = isCode ? (0 <= result && result <= 255 ? result : 1) : 0;
  host.answer({ result: { exit_code: process.exitCode, data: isData ? result : null } });
}

/** Answer that the hook failed; after an answer, all that can be said is said to the user. */
function failed(error) {
  process.exitCode = error instanceof InterruptedError ? 130 : 1;
  const isError = error instanceof Error;
  const stack = `${isError ? error.stack : error}`.split("\n");
  const trace = stack.filter((line) => !line.includes(import.meta.url)).join("\n");
  if (host.isAnswered) {
    fs.writeSync(2, `${trace}\n`);
    return process.exitCode;
  }
  const text = String(isError ? error.message : error).slice(0, LONGEST_TEXT);
  const message = text || Object(error).constructor.name;
  const data = { trace: trace.slice(0, LONGEST_TEXT) };
  const said = { error: { code: -32000, message, data } };
  try {
    host.answer(process.exitCode === 130 ? INTERRUPTED : said);
  } catch {
    process.reallyExit(1); // the host is gone
  }
  return process.exitCode;
}
