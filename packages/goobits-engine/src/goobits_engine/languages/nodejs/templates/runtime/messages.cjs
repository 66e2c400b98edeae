/**
 * The command line ends here: with a page (exit 0, or 2 on stderr), or a mistake (2). Or at
 * the `word` of a plugin, which the program `host` runs.
 */
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
    this.word = "";
    this.host = "";
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
