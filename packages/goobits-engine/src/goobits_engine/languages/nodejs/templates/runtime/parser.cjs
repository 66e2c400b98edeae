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
    /** @type {Map<string, { row: string, host: string }> | null} */
    this.plugins = null;
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
    return new Stop(this.whole(PAGES[this.name]), { page: true, code });
  }

  /**
   * Return a page with the commands of plugins on it.
   * @param {string} text
   */
  whole(text) {
    return text.includes("\x0e")
      ? withPlugins(text, this.knownPlugins())
      : text;
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
      if (this.command === ROOT) {
        this.checkPlugins(word);
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
      for (const [known, { row }] of this.knownPlugins()) {
        candidates.push(...(row ? [known] : []));
      }
      candidates.push("help");
    }
    const meant = nearest(word, candidates);
    return new Stop(message("U2", { q: quoted(word) }), { suggestion: meant });
  }

  /** Return the words that plugins add; they are read when they are first needed. */
  knownPlugins() {
    this.plugins ??= readPlugins(this.color);
    return this.plugins;
  }

  /**
   * End the command line at a word, if it is one that a plugin adds.
   * @param {string} word
   * @throws {Stop} it is
   */
  checkPlugins(word) {
    const called = this.knownPlugins().get(word);
    if (!called) {
      return;
    }
    for (const [option] of this.given.values()) {
      if (!BUILTINS.includes(option)) {
        const values = { opt: dashed(option), q: quoted(word) };
        throw new Stop(message("U14", values));
      }
    }
    throw Object.assign(new Stop(""), { word, host: called.host });
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
      const text = this.whole(pages.join(`\n${"=".repeat(80)}\n\n`));
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
