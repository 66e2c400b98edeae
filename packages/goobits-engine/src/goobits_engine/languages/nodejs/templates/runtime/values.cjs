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
