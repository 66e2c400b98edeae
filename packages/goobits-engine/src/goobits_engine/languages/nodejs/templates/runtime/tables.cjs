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
