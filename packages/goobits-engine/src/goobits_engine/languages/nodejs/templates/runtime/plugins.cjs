/** Return the folder of the user's plugins, or an empty text. */
function pluginFolder() {
  if (process.platform === "win32") {
    return "";
  }
  const data = environment("XDG_DATA_HOME");
  const home = environment("HOME");
  if (data.startsWith("/")) {
    return `${data}/goobits/plugins`;
  }
  return home.startsWith("/") ? `${home}/.local/share/goobits/plugins` : "";
}

/**
 * Tell whether a file is the user's, and nobody else can write to it.
 * @param {import("node:fs").Stats} found
 */
function isOwn(found) {
  return found.uid === process.geteuid?.() && (found.mode & 0o022) === 0;
}

/**
 * Return the text of the table of the plugins, if there is one that only the user writes.
 * @param {string} color
 */
function pluginTable(color) {
  const folder = pluginFolder();
  const path = `${folder}/current/commands.tsv`;
  try {
    // Who opened a pipe would wait for somebody to write to it.
    if (!folder || !fs.statSync(path).isFile()) {
      return "";
    }
    const file = fs.openSync(path, "r");
    const isOurs = isOwn(fs.fstatSync(file)) && isOwn(fs.statSync(folder));
    const bytes = fs.readFileSync(file);
    fs.closeSync(file);
    if (isOurs) {
      const decoder = new TextDecoder("utf-8", {
        fatal: true,
        ignoreBOM: true,
      });
      return decoder.decode(bytes);
    }
  } catch {
    return "";
  }
  const prefix = painted("\x05warning:\x07", STDERR, color);
  const text = message("foreign", { path: folder });
  complain(`${ROOT.name}: ${prefix} ${text}\n`);
  return "";
}

/**
 * Tell whether a plugin may add commands.
 * @param {string} plugin
 */
function isAdmitted(plugin) {
  const admitted = PLUGINS ?? [];
  const slash = plugin.indexOf("/");
  const every = slash < 0 ? plugin : `${plugin.slice(0, slash)}/*`;
  return (
    admitted.length === 0 ||
    admitted.includes(plugin) ||
    admitted.includes(every)
  );
}

/**
 * Return the words that plugins add: the row of each on the page, and who runs it.
 * @param {string} color
 */
function readPlugins(color) {
  /** @type {Map<string, { row: string, host: string }>} */
  const found = new Map();
  const table = PLUGINS === null ? "" : pluginTable(color);
  for (const line of table.split("\n")) {
    const cells = line.split("\t");
    const [program, word, plugin, row, host] = cells;
    if (cells.length === 5 && (program === "*" || program === ROOT.name)) {
      if (NAME.test(word) && isAdmitted(plugin) && !found.has(word)) {
        found.set(word, { row: row.replaceAll("\x0b", "\n"), host });
      }
    }
  }
  return found;
}

/**
 * Fill in the commands of the plugins where a page has a place for them.
 * @param {string} page
 * @param {Map<string, { row: string, host: string }>} known
 */
function withPlugins(page, known) {
  let rows = "";
  for (const [word, { row }] of known) {
    rows += row && !childOf(ROOT, word) ? `${row}\n` : "";
  }
  const block = rows ? `\x02Plugin commands\x07\n${rows}\n` : "";
  return page.replace("\x0e", () => block);
}

/**
 * Run the program that runs a plugin, and end as it does.
 * @param {Stop} stop
 * @param {string[]} words
 * @param {string} color
 * @returns {Promise<number>}
 */
function becomeHost(stop, words, color) {
  const gone = () => {
    const values = { q: quoted(stop.word), path: stop.host };
    fail(message("F6", values), color);
    return 127;
  };
  if (!stop.host.startsWith("/") || !fs.existsSync(stop.host)) {
    return Promise.resolve(gone());
  }
  const start = ["plugin", "exec", "--cli", ROOT.name];
  start.push("--cli-version", VERSION, stop.word, "--", ...words);
  const { spawn } = require("node:child_process");
  const { constants } = require("node:os");
  return new Promise((resolve) => {
    // Before it begins: a signal that comes in between must not end this process alone.
    for (const name of HANDED_ON) {
      process.on(name, () => host.kill(name));
    }
    const host = spawn(stop.host, start, { stdio: "inherit" });
    host.on("error", () => resolve(gone()));
    host.on("exit", (code, signal) => {
      if (!signal) {
        resolve(code ?? 1);
        return;
      }
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
      // Some signals are ignored here, and would never end this process.
      setTimeout(() => resolve(128 + constants.signals[signal]), 100);
    });
  });
}
