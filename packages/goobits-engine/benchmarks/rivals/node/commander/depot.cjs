#!/usr/bin/env node
// depot, with commander.

const { Command, InvalidArgumentError, Option } = require("commander");

/** Print the values that a command got, when SHOW_VALUES is set. */
function show(command, values) {
  if (process.env.SHOW_VALUES)
    console.log(JSON.stringify({ commandName: command, ...values }));
}

function integer(text) {
  const value = Number(text);
  if (!Number.isInteger(value))
    throw new InvalidArgumentError("Not an integer.");
  return value;
}

function number(text) {
  const value = Number(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError("Not a number.");
  return value;
}

const collect = (word, words) => words.concat([word]);
const increase = (_, count) => count + 1;

const program = new Command("depot")
  .description("Keep copies of folders and bring them back")
  .version("1.2.0");

program
  .command("save")
  .description("Save a folder, or some files of it")
  .argument("<folder>", "The folder")
  .argument("[files...]", "Some files of the folder")
  .option("-m, --message <text>", "Why it is saved")
  .option("-t, --tag <text>", "A word to find it by", collect, [])
  .addOption(
    new Option("-f, --format <choice>", "How it is packed")
      .choices(["tar", "zip", "zstd"])
      .default("tar"),
  )
  .option("-l, --level <int>", "How hard to compress", integer, 6)
  .option("-n, --dry-run", "Only say what would be done", false)
  .action((folder, files, { message = null, ...options }) =>
    show("save", { folder, files, message, ...options }),
  );

program
  .command("restore")
  .description("Bring a copy back")
  .argument("<name>", "The copy")
  .argument("[target]", "Where to put it", ".")
  .requiredOption("-a, --at <text>", "The version to bring back")
  .addOption(
    new Option("-j, --jobs <int>", "How many files at a time")
      .argParser(integer)
      .default(2)
      .env("DEPOT_JOBS"),
  )
  .option("-s, --share <float>", "How much of the network to use", number, 0.5)
  .option("-o, --overwrite", "Replace what is there", false)
  .action((name, target, options) =>
    show("restore", { name, target, ...options }),
  );

program
  .command("list")
  .description("List what is kept")
  .addOption(
    new Option("-s, --sort <choice>", "What comes first")
      .choices(["name", "size", "age"])
      .default("name"),
  )
  .option("-n, --limit <int>", "How many to list", integer)
  .option("--json", "As JSON", false)
  .action(({ limit = null, ...options }) =>
    show("list", { limit, ...options }),
  );

program
  .command("check")
  .description("Read copies again and compare them")
  .argument("[names...]", "The copies")
  .option("-d, --deep", "Read more of every file", increase, 0)
  .option(
    "-s, --sample <float>",
    "Which part of the files to read",
    number,
    0.1,
  )
  .action((names, options) => show("check", { names, ...options }));

program
  .command("prune")
  .description("Forget old versions")
  .argument("<name>", "The copy")
  .requiredOption("-k, --keep <int>", "How many versions to keep", integer)
  .option("-t, --tag <text>", "Only versions with this word", collect, [])
  .option("-n, --dry-run", "Only say what would be done", false)
  .action((name, options) => show("prune", { name, ...options }));

const remote = program
  .command("remote")
  .description("Places elsewhere that hold copies");

remote
  .command("add")
  .description("Add a place")
  .argument("<name>", "Its name")
  .argument("<url>", "Its address")
  .addOption(
    new Option("-k, --kind <choice>", "How to talk to it")
      .choices(["ssh", "http", "s3"])
      .default("ssh"),
  )
  .option("-t, --timeout <float>", "How many seconds to wait", number, 30)
  .option("-r, --retries <int>", "How often to try again", integer, 3)
  .action((name, url, options) =>
    show("remote add", { name, url, ...options }),
  );

remote
  .command("list")
  .description("List the places")
  .option("--json", "As JSON", false)
  .action((options) => show("remote list", options));

remote
  .command("remove")
  .description("Forget a place")
  .argument("<name>", "Its name")
  .option("-f, --force", "Do not ask", false)
  .action((name, options) => show("remote remove", { name, ...options }));

program.parse();
