/**
 * Load the hooks; only a command that runs does.
 * @returns {Promise<any>}
 */
async function loadHooks() {
  const isScript = HOOKS_PATH.endsWith(".cjs");
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
 * Call the hook. Return the exit code, or null when what the hook began may go on.
 * @param {Parser} parser
 */
async function call(parser) {
  const names = parser.command.hooks ?? [];
  const hook = await findHook(names);
  if (!hook) {
    const values = { function: names[0], file: HOOKS_FILE, path: COMPILED };
    const isCompiled = !COMPILED || fs.existsSync(HOOKS_PATH);
    return fail(message(isCompiled ? "F1" : "F5", values), parser.color);
  }
  const result = await hook(parser.hookArguments());
  if (typeof result === "number" && Number.isInteger(result)) {
    process.exitCode = asCode(result);
  }
  return null;
}

/**
 * Return the exit code that a number stands for.
 * @param {number} result
 */
function asCode(result) {
  return 0 <= result && result <= 255 ? result : 1;
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
 * Wait for what a hook returned. Nothing may be left to wait for before it settles; then
 * whatever else the hook began comes to its end, and the process with it.
 * @param {Promise<number | null>} result
 * @param {Parser} parser
 */
async function settled(result, parser) {
  let isSettled = false;
  process.on("beforeExit", () => {
    if (!isSettled) {
      const values = { function: (parser.command.hooks ?? [])[0] };
      process.exit(fail(message("F4", values), parser.color));
    }
    process.exitCode = asCode(Number(process.exitCode ?? 0));
  });
  const code = await result;
  isSettled = true;
  return code;
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
 * Read the command line and call the hook. Return the exit code, or null when the process
 * is to end by itself.
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
    if (stop.word) {
      return becomeHost(stop, words, parser.color);
    }
    return stopped(stop, parser);
  }
  for (const text of parser.deprecations) {
    const prefix = painted("\x05warning:\x07", STDERR, parser.color);
    complain(`${ROOT.name}: ${prefix} ${text}\n`);
  }
  guard(parser);
  try {
    return await settled(call(parser), parser);
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
  const code = await run(process.argv.slice(2));
  if (code !== null) {
    process.exit(code);
  }
}

/** @type {NodeJS.Signals[]} */
const HANDED_ON = ["SIGINT", "SIGTERM", "SIGHUP"];
const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;
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
