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
