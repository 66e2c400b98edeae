/** The command line ends here: with a page (exit 0, or 2 on stderr), or a mistake (2). */
class Stop extends Error {
  /**
   * @param {string} text
   * @param {{ page?: boolean, code?: number, suggestion?: string }} [ending]
   */
  constructor(text, { page = false, code = 2, suggestion = "" } = {}) {
    super(text);
    this.page = page;
    this.code = code;
    this.suggestion = suggestion;
  }
}

/** A text is no value of its type; the message is the reason. */
class ValueError extends Error {}

/**
 * @param {string} code
 * @param {Record<string, string | number>} [values]
 */
function message(code, values = {}) {
  return MESSAGES[code].replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`);
}

/**
 * Quote a text for a message, with control and direction characters spelled out.
 * @param {string} text
 */
function quoted(text) {
  let shown = "";
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (code < 0x20 || (0x7f <= code && code <= 0x9f)) {
      shown += `\\x${code.toString(16).padStart(2, "0")}`;
    } else if (DIRECTION_MARKS.test(char)) {
      shown += `\\u${code.toString(16).padStart(4, "0")}`;
    } else {
      shown += char;
    }
  }
  return `'${shown}'`;
}

/**
 * Count the edits between two texts; a swap of neighbours is one (optimal string
 * alignment).
 * @param {string[]} left
 * @param {string[]} right
 */
function distance(left, right) {
  /** @type {number[]} */
  let before = [];
  let last = [0, ...right.map((_, place) => place + 1)];
  for (let row = 1; row <= left.length; row += 1) {
    const now = [row];
    for (let col = 1; col <= right.length; col += 1) {
      const change = left[row - 1] === right[col - 1] ? 0 : 1;
      const removed = Math.min(last[col], now[col - 1]) + 1;
      let best = Math.min(removed, last[col - 1] + change);
      const isSwap = row > 1 && col > 1 && left[row - 1] === right[col - 2];
      if (isSwap && left[row - 2] === right[col - 1]) {
        best = Math.min(best, before[col - 2] + 1);
      }
      now.push(best);
    }
    before = last;
    last = now;
  }
  return last[right.length];
}

/**
 * Return the candidate that was probably meant, or an empty text.
 * @param {string} typed
 * @param {Iterable<string>} candidates
 */
function nearest(typed, candidates) {
  const letters = Array.from(typed);
  let limit = letters.length < 2 ? 0 : letters.length < 5 ? 1 : 2;
  let found = "";
  for (const candidate of candidates) {
    const other = Array.from(candidate);
    if (Math.abs(other.length - letters.length) <= limit) {
      const edits = distance(letters, other);
      if (edits <= limit) {
        found = candidate;
        limit = edits - 1;
      }
    }
  }
  return found;
}

/** @param {string} word */
function isOption(word) {
  return word.length > 1 && word[0] === "-" && !NUMBER.test(word);
}

/**
 * Read an integer that every language can hold exactly.
 * @param {string} text
 * @throws {ValueError} with the reason
 */
function toInt(text) {
  if (!INTEGER.test(text)) {
    throw new ValueError(message("not-int"));
  }
  const figures = text.replace(/^[+-]?0*/, "");
  const value = figures.length < 17 ? Number(figures) : Infinity;
  if (value > Number.MAX_SAFE_INTEGER) {
    throw new ValueError(message("out-of-range"));
  }
  return text[0] === "-" && value !== 0 ? -value : value;
}

/**
 * Read a finite binary64.
 * @param {string} text
 * @throws {ValueError} with the reason
 */
function toFloat(text) {
  if (!NUMBER.test(text)) {
    throw new ValueError(message("not-float"));
  }
  const value = Number(text);
  if (!Number.isFinite(value)) {
    throw new ValueError(message("out-of-range"));
  }
  return value;
}

/**
 * Read a truth value.
 * @param {string} text
 * @throws {ValueError} with the reason
 */
function toBool(text) {
  const word = text.toLowerCase();
  if (["true", "yes", "1"].includes(word)) {
    return true;
  }
  if (["false", "no", "0"].includes(word)) {
    return false;
  }
  throw new ValueError(message("not-bool"));
}

/**
 * Read a value of a type; see `toInt`, `toFloat` and `toBool`.
 * @param {string} text
 * @param {string} type
 * @returns {Scalar}
 */
function convert(text, type) {
  if (type === "int") {
    return toInt(text);
  }
  if (type === "float") {
    return toFloat(text);
  }
  return type === "bool" ? toBool(text) : text;
}

/**
 * Read a value that was given for an option or an argument.
 * @param {string} text
 * @param {Option | Argument} target
 * @throws {ValueError} with the reason
 */
function checked(text, target) {
  const { type, choices } = target;
  const value = convert(text, type);
  if (choices?.every((known) => value !== convert(known, type))) {
    const known = `{${choices.join(", ")}}`;
    throw new ValueError(message("not-choice", { choices: known }));
  }
  if (target.pathExists && !fs.existsSync(text)) {
    throw new ValueError(message("not-path"));
  }
  return value;
}

/**
 * Return the mistake that a `ValueError` is; any other error is returned as it is.
 * @param {string} text
 * @param {string} place
 * @param {unknown} error
 */
function invalid(text, place, error) {
  if (!(error instanceof ValueError)) {
    return error;
  }
  const values = { q: quoted(text), place, reason: error.message };
  return new Stop(message("U6", values));
}

/**
 * Tell whether a text of the system was valid UTF-8.
 * @param {string} text
 */
function isWellFormed(text) {
  return text.isWellFormed() && !text.includes("\ufffd");
}

/**
 * Return an environment variable; one that is not set is empty.
 * @param {string} name
 */
function environment(name) {
  return (Object.hasOwn(process.env, name) && process.env[name]) || "";
}

/**
 * Return the command that a word names inside a group.
 * @param {Command} command
 * @param {string} word
 */
function childOf(command, word) {
  for (const child of command.commands ?? []) {
    if (word === child.name || child.aliases?.includes(word)) {
      return child;
    }
  }
  return null;
}

/** @param {Command} command */
function optionsOf(command) {
  return command.options ?? [];
}

/** @param {Option} option */
function dashed(option) {
  return `--${option.long}`;
}

/**
 * Tell whether `--name`, `--no-name` or `-n` means an option.
 * @param {Option} option
 * @param {string} word
 */
function answers(option, word) {
  if (word[1] !== "-") {
    return option.short === word.slice(1);
  }
  const { long } = option;
  if (long === word.slice(2)) {
    return true;
  }
  return option.negatable === true && word === `--no-${long}`;
}

/**
 * Tell whether a value of one option can stand for a value of the other.
 * @param {Option} one
 * @param {Option} other
 */
function sameShape(one, other) {
  return (
    one.kind === other.kind &&
    one.type === other.type &&
    one.multiple === other.multiple
  );
}

/**
 * Return what a hook gets for an option that was not given.
 * @param {Option} option
 * @returns {Value}
 */
function absentOption(option) {
  const texts = option.default ?? [];
  if (option.kind === "flag") {
    return texts.length > 0;
  }
  if (option.kind === "count") {
    return 0;
  }
  const values = texts.map((text) => convert(text, option.type));
  if (option.multiple) {
    return values;
  }
  return values[0] ?? null;
}

/**
 * Return what a hook gets for an argument that was not given.
 * @param {Argument} argument
 * @returns {Value}
 */
function absentArgument(argument) {
  const texts = argument.default ?? [];
  const values = texts.map((text) => convert(text, argument.type));
  if (argument.many) {
    return values;
  }
  return values[0] ?? null;
}

/** One pass over the command line, from left to right. */
class Parser {
  constructor() {
    /** @type {Iterator<string> & Iterable<string>} */
    this.words = [][Symbol.iterator]();
    this.command = ROOT;
    this.path = [ROOT];
    this.name = ROOT.name;
    /** @type {Map<string, Option>} */
    this.inForce = new Map();
    /** @type {Map<string, [Option, Value]>} */
    this.given = new Map();
    this.positionals = 0;
    /** @type {Map<string, Value>} */
    this.arguments = new Map();
    /** @type {string[]} */
    this.deprecations = [];
    this.color = "auto";
    this.descending = true;
    this.helping = false;
    this.literal = false;
  }

  /**
   * Read every word, then the environment, then check what is still missing.
   * @param {string[]} words
   * @throws {Stop} at the first mistake, or when a page was asked for
   */
  run(words) {
    this.words = checkedWords(words)[Symbol.iterator]();
    for (const word of this.words) {
      if (this.literal) {
        this.positional(word);
      } else if (word === "--") {
        this.literal = true;
        this.descending = false;
      } else if (word.startsWith("--")) {
        this.long(word);
      } else if (isOption(word)) {
        this.cluster(word);
      } else {
        this.word(word);
      }
    }
    if (this.helping) {
      throw this.page();
    }
    const fallback = this.default();
    if (fallback) {
      this.enterDefault(fallback);
    }
    if (!this.command.hooks) {
      throw this.page(2);
    }
    this.settle();
    this.readEnvironment();
    this.checkArguments();
    this.checkOptions();
  }

  // Pages

  page(code = 0) {
    return new Stop(PAGES[this.name], { page: true, code });
  }

  /**
   * @param {Command} command
   * @param {string} path
   * @returns {string[]}
   */
  allPages(command, path) {
    const pages = [PAGES[path]];
    for (const child of command.commands ?? []) {
      if (!child.hidden) {
        pages.push(...this.allPages(child, `${path} ${child.name}`));
      }
    }
    return pages;
  }

  /** Cut the object of this command out of the document of the root. */
  jsonPage() {
    const lines = HELP_JSON.split("\n");
    const name = `"path": "${this.name}"`;
    const isName = (/** @type {string} */ line) =>
      line.trim().replace(/,$/, "") === name;
    const start = lines.findIndex(isName) - 2;
    const margin = lines[start].length - 1;
    const cut = [];
    for (const line of lines.slice(start)) {
      cut.push(line.slice(margin));
      if (line[margin] === "}") {
        break;
      }
    }
    return `${cut.join("\n").replace(/,$/, "")}\n`;
  }

  // Descent

  /** @param {Command} command */
  enter(command) {
    this.command = command;
    this.path.push(command);
    this.name += ` ${command.name}`;
    if (command.deprecated) {
      const values = { path: this.wordsOnly(), text: command.deprecated };
      this.deprecate(message("old-command", values));
    }
  }

  /** Return the path of the command without the program. */
  wordsOnly() {
    return this.name.slice(ROOT.name.length + 1);
  }

  /** Return the default command that may still be entered here. */
  default() {
    if (this.descending && !this.helping && this.command.default) {
      return childOf(this.command, this.command.default);
    }
    return null;
  }

  /** @param {Command} command */
  enterDefault(command) {
    this.enter(command);
    this.descending = false;
  }

  /** @param {string} word */
  word(word) {
    if (this.descending) {
      const child = childOf(this.command, word);
      if (child) {
        this.enter(child);
        return;
      }
      if (word === "help" && this.command === ROOT) {
        this.helping = true;
        return;
      }
      const fallback = this.default();
      if (fallback) {
        this.enterDefault(fallback);
      } else if (this.helping || !this.command.hooks) {
        throw this.unknownCommand(word);
      }
    }
    this.positional(word);
  }

  /** @param {string} word */
  unknownCommand(word) {
    const candidates = [];
    for (const command of this.command.commands ?? []) {
      if (!command.hidden && !command.deprecated) {
        candidates.push(command.name, ...(command.aliases ?? []));
      }
    }
    if (this.command === ROOT) {
      candidates.push("help");
    }
    const meant = nearest(word, candidates);
    return new Stop(message("U2", { q: quoted(word) }), { suggestion: meant });
  }

  /** @param {string} word */
  positional(word) {
    this.descending = false;
    let place = this.positionals;
    const known = this.helping ? [] : (this.command.arguments ?? []);
    for (const argument of known) {
      if (argument.maximum < 0 || place < argument.maximum) {
        this.collect(argument, word);
        return;
      }
      place -= argument.maximum;
    }
    throw new Stop(message("U7", { q: quoted(word) }));
  }

  /**
   * @param {Argument} argument
   * @param {string} word
   */
  collect(argument, word) {
    let value;
    try {
      value = checked(word, argument);
    } catch (error) {
      const place = message("in-argument", { A: argument.name.toUpperCase() });
      throw invalid(word, place, error);
    }
    this.positionals += 1;
    const { key } = argument;
    if (argument.many) {
      const before = this.arguments.get(key);
      const values = Array.isArray(before) ? before : [];
      values.push(value);
      this.arguments.set(key, values);
    } else {
      this.arguments.set(key, value);
    }
  }

  // Options

  /** Return the options of every scope, the nearest first. */
  scopes() {
    return [...this.path.map(optionsOf).reverse(), BUILTINS];
  }

  /**
   * Return the nearest option that answers; enter a default command for its own.
   * @param {string} word
   */
  find(word) {
    for (const options of this.scopes()) {
      for (const option of options) {
        if (answers(option, word)) {
          return option;
        }
      }
    }
    const fallback = this.default();
    if (fallback) {
      for (const option of optionsOf(fallback)) {
        if (answers(option, word)) {
          this.enterDefault(fallback);
          return option;
        }
      }
    }
    return null;
  }

  /** @param {string} word */
  long(word) {
    const equals = word.indexOf("=");
    const name = equals < 0 ? word : word.slice(0, equals);
    const value = equals < 0 ? null : word.slice(equals + 1);
    const option = this.find(name);
    if (!option) {
      throw this.unknownOption(name);
    }
    if (option.kind === "value") {
      this.store(option, value ?? this.following(option));
    } else if (dashed(option) !== name) {
      if (value !== null) {
        throw new Stop(message("U5", { opt: name }));
      }
      this.put(option, false);
    } else {
      this.switch(option, value);
    }
  }

  /** @param {string} name */
  unknownOption(name) {
    const scopes = this.scopes();
    const fallback = this.default();
    if (fallback) {
      scopes.push(optionsOf(fallback));
    }
    const candidates = [];
    for (const option of scopes.flat()) {
      if (!option.hidden && !option.deprecated) {
        candidates.push(option.long);
        if (option.negatable) {
          candidates.push(`no-${option.long}`);
        }
      }
    }
    const meant = nearest(name.slice(2), candidates);
    const suggestion = meant ? `--${meant}` : "";
    return new Stop(message("U3", { q: quoted(name) }), { suggestion });
  }

  /** @param {string} word */
  cluster(word) {
    let rest = word.slice(1);
    for (const letter of rest) {
      const option = this.find(`-${letter}`);
      if (!option) {
        throw new Stop(message("U3", { q: quoted(`-${letter}`) }));
      }
      rest = rest.slice(letter.length);
      if (option.kind === "value") {
        const value = rest ? rest.replace(/^=/, "") : this.following(option);
        this.store(option, value);
        return;
      }
      if (rest[0] === "=") {
        this.switch(option, rest.slice(1));
        return;
      }
      this.switch(option, null);
    }
  }

  /** @param {Option} option */
  following(option) {
    const { value: word = "--" } = this.words.next();
    if (word === "--" || isOption(word)) {
      throw new Stop(message("U4", { opt: dashed(option) }));
    }
    return word;
  }

  /**
   * Act on an option that takes no value, with what stood behind its `=`.
   * @param {Option} option
   * @param {string | null} value
   */
  switch(option, value) {
    const { kind } = option;
    if (kind === "flag" && [null, "true", "false"].includes(value)) {
      this.put(option, value !== "false");
    } else if (value !== null) {
      throw new Stop(message("U5", { opt: dashed(option) }));
    } else if (kind === "count") {
      const before = this.valueOf(option);
      this.put(option, typeof before === "number" ? before + 1 : 1);
    } else if (kind === "version") {
      throw new Stop(`${ROOT.name} ${VERSION}\n`, { page: true, code: 0 });
    } else if (kind === "help-json") {
      throw new Stop(this.jsonPage(), { page: true, code: 0 });
    } else if (kind === "help-all") {
      const pages = this.allPages(this.command, this.name);
      const text = pages.join(`\n${"=".repeat(80)}\n\n`);
      throw new Stop(text, { page: true, code: 0 });
    } else {
      throw this.page();
    }
  }

  /**
   * @param {Option} option
   * @param {string} text
   */
  store(option, text) {
    let value;
    try {
      value = checked(text, option);
    } catch (error) {
      const place = message("in-option", { opt: dashed(option) });
      throw invalid(text, place, error);
    }
    if (option.builtin) {
      this.color = text;
    } else if (option.multiple) {
      const before = this.valueOf(option);
      const values = Array.isArray(before) ? before : [];
      values.push(value);
      this.put(option, values);
    } else {
      this.put(option, value);
    }
  }

  /**
   * @param {Option} option
   * @param {Value} value
   */
  put(option, value) {
    this.given.set(option.key, [option, value]);
    if (option.deprecated) {
      const values = { opt: dashed(option), text: option.deprecated };
      this.deprecate(message("old-option", values));
    }
  }

  /** @param {string} text */
  deprecate(text) {
    if (!this.deprecations.includes(text)) {
      this.deprecations.push(text);
    }
  }

  /**
   * Tell whether an option was given, here or as an outer one of its shape.
   * @param {Option} option
   */
  isGiven(option) {
    const given = this.given.get(option.key);
    return given !== undefined && sameShape(given[0], option);
  }

  /**
   * Return what was given for an option, or null.
   * @param {Option} option
   */
  valueOf(option) {
    const given = this.given.get(option.key);
    return given && this.isGiven(option) ? given[1] : null;
  }

  // After the last word

  /** Find the options in force, globals before locals, the nearest of each key. */
  settle() {
    for (const option of [BUILTINS, ...this.path.map(optionsOf)].flat()) {
      if (!option.builtin) {
        this.inForce.set(option.key, option);
      }
    }
  }

  readEnvironment() {
    for (const option of this.inForce.values()) {
      const variable = option.env ?? "";
      const text = variable ? environment(variable) : "";
      if (!text || this.isGiven(option)) {
        continue;
      }
      if (!isWellFormed(text)) {
        throw new Stop(message("U13", { V: variable }));
      }
      let value;
      try {
        value = checked(text, option);
      } catch (error) {
        const place = message("in-environment", { V: variable });
        throw invalid(text, place, error);
      }
      this.put(option, option.multiple ? [value] : value);
    }
  }

  checkArguments() {
    let left = this.positionals;
    for (const argument of this.command.arguments ?? []) {
      const { maximum } = argument;
      const taken = maximum < 0 ? left : Math.min(left, maximum);
      left -= taken;
      const name = argument.name.toUpperCase();
      if (taken === 0 && argument.required) {
        throw new Stop(message("U8", { A: name }));
      }
      if (taken > 0 && taken < maximum) {
        throw new Stop(message("U9", { A: name, n: maximum, m: taken }));
      }
    }
  }

  checkOptions() {
    /** @type {Map<string, Option>} */
    const active = new Map();
    for (const option of this.inForce.values()) {
      if (!this.isGiven(option)) {
        if (option.required) {
          throw new Stop(message("U10", { opt: dashed(option) }));
        }
      } else if (this.valueOf(option) !== false) {
        active.set(option.key, option);
      }
    }
    for (const option of active.values()) {
      for (const key of option.conflicts ?? []) {
        if (active.has(key)) {
          throw this.clash("U11", option, this.inForce.get(key));
        }
      }
      for (const key of option.requires ?? []) {
        if (!active.has(key)) {
          throw this.clash("U12", option, this.inForce.get(key));
        }
      }
    }
  }

  /**
   * @param {string} code
   * @param {Option} option
   * @param {Option} [other]
   */
  clash(code, option, other = option) {
    const values = { opt: dashed(option), other: dashed(other) };
    return new Stop(message(code, values));
  }

  /** Return what the hook is called with; every list is a new one. */
  hookArguments() {
    /** @type {Map<string, Value>} */
    const values = new Map();
    for (const option of this.inForce.values()) {
      const given = this.isGiven(option);
      const value = given ? this.valueOf(option) : absentOption(option);
      values.set(option.key, value);
    }
    for (const argument of this.command.arguments ?? []) {
      const given = this.arguments.get(argument.key);
      values.set(argument.key, given ?? absentArgument(argument));
    }
    values.set("commandName", this.wordsOnly());
    return Object.fromEntries(values);
  }
}

/** @param {number} stream */
function isTerminal(stream) {
  try {
    const isDevice = fs.fstatSync(stream).isCharacterDevice();
    return isDevice && require("node:tty").isatty(stream);
  } catch {
    return false;
  }
}

/**
 * Replace the markers of a text by escape sequences, or by nothing.
 * @param {string} text
 * @param {number} stream
 * @param {string} choice
 */
function painted(text, stream, choice) {
  let chosen = choice;
  if (chosen === "auto") {
    const force = environment("CLICOLOR_FORCE");
    if (environment("NO_COLOR")) {
      chosen = "never";
    } else if (force && force !== "0") {
      chosen = "always";
    } else if (environment("TERM") === "dumb") {
      chosen = "never";
    }
  }
  const paints =
    chosen === "always" || (chosen === "auto" && isTerminal(stream));
  return text.replace(/[\x01-\x07]/g, (marker) =>
    paints ? MARKERS[marker] : "",
  );
}

/**
 * Write to a descriptor, however often the reader is not ready.
 * @param {number} stream
 * @param {string} text
 */
function write(stream, text) {
  const bytes = Buffer.from(text);
  let done = 0;
  while (done < bytes.length) {
    try {
      done += fs.writeSync(stream, bytes, done);
    } catch (error) {
      if (codeOf(error) !== "EAGAIN") {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/**
 * Return the `code` of an error of the system or of Node.
 * @param {unknown} error
 */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : "";
}

/**
 * Write to stderr; that it cannot be written changes nothing.
 * @param {string} text
 */
function complain(text) {
  try {
    write(STDERR, text);
  } catch {
    return;
  }
}

/** @param {string} text */
function fail(text, color = "auto") {
  const prefix = painted("\x01error:\x07", STDERR, color);
  complain(`${ROOT.name}: ${prefix} ${text}\n`);
  return 1;
}

/**
 * Return the exit code after stdout could not be written.
 * @param {unknown} error
 * @param {string} color
 */
function outputFailed(error, color) {
  return codeOf(error) === "EPIPE" ? 141 : fail(message("F3"), color);
}

/**
 * Write to stdout and return the exit code.
 * @param {string} text
 * @param {string} color
 */
function show(text, color) {
  try {
    write(STDOUT, text);
  } catch (error) {
    return outputFailed(error, color);
  }
  return 0;
}

/**
 * Watch stdout or stderr from the moment a hook first asks for it, and not before: to
 * make one is expensive. `console` swallows the errors of a stream, a stream forgets
 * them, and neither says a word before the hook has waited for something.
 * @param {"stdout" | "stderr"} name
 * @param {(error: Error) => void} failed
 */
function watch(name, failed) {
  const property = Object.getOwnPropertyDescriptor(process, name) ?? {};
  const get = () => {
    Object.defineProperty(process, name, property);
    const stream = process[name];
    const { write } = stream;
    stream.write = (/** @type {any[]} */ ...parameters) => {
      const more = Reflect.apply(write, stream, parameters);
      if (stream.errored) {
        failed(stream.errored);
      }
      return more;
    };
    OPEN.push(stream.on("error", failed));
    return stream;
  };
  Object.defineProperty(process, name, { ...property, get });
}

/** Wait until the streams that a hook wrote to have passed everything on. */
async function flushed() {
  for (const stream of OPEN) {
    if (stream.writable && stream.writableLength) {
      await new Promise((resolve) => stream.write("", resolve));
    }
  }
}

/**
 * Load the hooks; only a command that runs does.
 * @returns {Promise<any>}
 */
async function loadHooks() {
  const isScript = HOOKS_FILE.endsWith(".cjs");
  const canRequire = process.features.require_module;
  if (isScript || (canRequire && !WARNS.test(process.version))) {
    try {
      return require(HOOKS_PATH);
    } catch (error) {
      if (codeOf(error) !== "ERR_REQUIRE_ASYNC_MODULE") {
        throw error;
      }
    }
  }
  const { pathToFileURL } = require("node:url");
  return import(pathToFileURL(HOOKS_PATH).href);
}

/**
 * Add to a syntax error where it is; of a module only a check by Node itself tells.
 * @param {unknown} error
 */
function located(error) {
  if (error instanceof SyntaxError) {
    let stack = error.stack ?? "";
    if (stack.startsWith("SyntaxError")) {
      const { spawnSync } = require("node:child_process");
      const words = ["--check", HOOKS_PATH];
      stack = spawnSync(process.execPath, words, { encoding: "utf8" }).stderr;
    }
    const [, file, line] = /^(?:.*[/\\])?(.+):([0-9]+)\n/.exec(stack) ?? [];
    error.message += line ? ` (${file}, line ${line})` : "";
  }
  return error;
}

/**
 * Load the hooks module and return the hook, or null when it is not there.
 * @param {string[]} names
 * @returns {Promise<((values: Record<string, Value>) => unknown) | null>}
 */
async function findHook(names) {
  let module = null;
  try {
    module = await loadHooks();
  } catch (error) {
    if (fs.existsSync(HOOKS_PATH)) {
      throw located(error);
    }
  }
  for (const name of names) {
    for (const holder of [module, module?.default]) {
      if (typeof holder?.[name] === "function") {
        return (values) => holder[name](values);
      }
    }
  }
  return null;
}

/**
 * Call the hook and return the exit code of its result.
 * @param {Parser} parser
 */
async function call(parser) {
  const names = parser.command.hooks ?? [];
  const hook = await findHook(names);
  if (!hook) {
    const values = { function: names[0], file: HOOKS_FILE };
    return fail(message("F1", values), parser.color);
  }
  const result = await hook(parser.hookArguments());
  if (typeof result === "number" && Number.isInteger(result)) {
    return 0 <= result && result <= 255 ? result : 1;
  }
  return 0;
}

/**
 * Tell whether a hook's error is one of stdout: that of a pipe may well be, and of a full
 * device nothing gets an error as well. (`console` and `process.stdout` are watched.)
 * @param {unknown} error
 */
function isOfOutput(error) {
  if (error instanceof Error && error.message.startsWith("EPIPE: ")) {
    const output = fs.fstatSync(STDOUT);
    return output.isFIFO() || output.isSocket();
  }
  try {
    fs.writeSync(STDOUT, "");
  } catch (failure) {
    return codeOf(failure) === codeOf(error);
  }
  return false;
}

/**
 * Report what a hook threw.
 * @param {unknown} error
 * @param {Parser} parser
 */
async function hookFailed(error, parser) {
  if (isOfOutput(error)) {
    return outputFailed(error, parser.color);
  }
  await flushed();
  const isError = error instanceof Error;
  if (isError && parser.hookArguments().verbose) {
    complain(`${error.stack}\n`);
  }
  const text = isError ? error.message : String(error);
  return fail(text || Object(error).constructor.name, parser.color);
}

/**
 * Let nothing that a hook does to its streams, or leaves behind, go unnoticed.
 * @param {Parser} parser
 */
function guard(parser) {
  /** @param {unknown} error */
  const stop = async (error) => process.exit(await hookFailed(error, parser));
  process.on("uncaughtException", stop);
  process.on("unhandledRejection", stop);
  watch("stdout", (error) => process.exit(outputFailed(error, parser.color)));
  watch("stderr", () => {});
}

/**
 * Show the page or the mistake at which the command line ended.
 * @param {Stop} stop
 * @param {Parser} parser
 */
function stopped(stop, parser) {
  const text = stop.message;
  if (stop.page && stop.code) {
    complain(painted(text, STDERR, parser.color));
    return stop.code;
  }
  if (stop.page) {
    return show(painted(text, STDOUT, parser.color), parser.color);
  }
  const lines = [text];
  if (stop.suggestion) {
    lines.push(message("suggestion", { name: stop.suggestion }));
  }
  lines.push(message("usage", { path: parser.name }));
  fail(lines.join("\n"), parser.color);
  return stop.code;
}

/**
 * Read the command line, call the hook, and return the exit code.
 * @param {string[]} words
 */
async function run(words) {
  const parser = new Parser();
  try {
    parser.run(words);
  } catch (stop) {
    if (!(stop instanceof Stop)) {
      throw stop;
    }
    return stopped(stop, parser);
  }
  for (const text of parser.deprecations) {
    const prefix = painted("\x05warning:\x07", STDERR, parser.color);
    complain(`${ROOT.name}: ${prefix} ${text}\n`);
  }
  guard(parser);
  try {
    const code = await call(parser);
    await flushed();
    return code;
  } catch (error) {
    return hookFailed(error, parser);
  }
}

/**
 * Return the words, all of which are valid UTF-8.
 * @param {string[]} words
 * @throws {Stop} one is not
 */
function checkedWords(words) {
  const place = words.findIndex((word) => !isWellFormed(word));
  if (place >= 0) {
    throw new Stop(message("U1", { n: place + 1 }));
  }
  return words;
}

/** Run the program on the arguments of the process. */
async function main() {
  process.exit(await run(process.argv.slice(2)));
}

const STDOUT = 1;
const STDERR = 2;
const INTEGER = /^[+-]?[0-9]+$/;
const NUMBER = /^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$/;
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/** The versions of Node that warn when a module is required. */
const WARNS = /^v(22\.12|23\.[0-4])\./;
/**
 * What hooks have asked for, of stdout and stderr.
 * @type {NodeJS.WriteStream[]}
 */
const OPEN = [];
/** @type {Record<string, string>} */
const MARKERS = {
  "\x01": "\x1b[1m",
  "\x02": "\x1b[1;4m",
  "\x03": "\x1b[36m",
  "\x04": "\x1b[32m",
  "\x05": "\x1b[33m",
  "\x06": "\x1b[2m",
  "\x07": "\x1b[0m",
};
