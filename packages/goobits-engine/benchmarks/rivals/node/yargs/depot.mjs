#!/usr/bin/env node
// depot, with yargs.

import yargs from "yargs";
import { hideBin } from "yargs/helpers";

/** Print the values that a command got, when SHOW_VALUES is set. */
function show(command, values) {
  if (process.env.SHOW_VALUES)
    console.log(JSON.stringify({ commandName: command, ...values }));
}

const text = (alias, describe) => ({ alias, describe, type: "string" });
const number = (alias, describe, value) => ({
  alias,
  describe,
  type: "number",
  default: value,
});
const flag = (alias, describe) => ({
  alias,
  describe,
  type: "boolean",
  default: false,
});
const words = (alias, describe) => ({
  ...text(alias, describe),
  array: true,
  default: [],
});
const choice = (alias, describe, choices) => ({
  ...text(alias, describe),
  choices,
  default: choices[0],
});

await yargs(hideBin(process.argv))
  .scriptName("depot")
  .usage("Keep copies of folders and bring them back")
  .version("1.2.0")
  .parserConfiguration({ "greedy-arrays": false })
  .env("DEPOT")
  .command(
    "save <folder> [files..]",
    "Save a folder, or some files of it",
    (save) =>
      save
        .positional("folder", { describe: "The folder", type: "string" })
        .positional("files", {
          describe: "Some files of the folder",
          type: "string",
        })
        .options({
          message: text("m", "Why it is saved"),
          tag: words("t", "A word to find it by"),
          format: choice("f", "How it is packed", ["tar", "zip", "zstd"]),
          level: number("l", "How hard to compress", 6),
          "dry-run": flag("n", "Only say what would be done"),
        }),
    ({ folder, files = [], message = null, tag, format, level, dryRun }) =>
      show("save", { folder, files, message, tag, format, level, dryRun }),
  )
  .command(
    "restore <name> [target]",
    "Bring a copy back",
    (restore) =>
      restore
        .positional("name", { describe: "The copy", type: "string" })
        .positional("target", {
          describe: "Where to put it",
          type: "string",
          default: ".",
        })
        .options({
          at: { ...text("a", "The version to bring back"), demandOption: true },
          jobs: number("j", "How many files at a time [env: DEPOT_JOBS]", 2),
          share: number("s", "How much of the network to use", 0.5),
          overwrite: flag("o", "Replace what is there"),
        }),
    ({ name, target, at, jobs, share, overwrite }) =>
      show("restore", { name, target, at, jobs, share, overwrite }),
  )
  .command(
    "list",
    "List what is kept",
    (list) =>
      list.options({
        sort: choice("s", "What comes first", ["name", "size", "age"]),
        limit: number("n", "How many to list"),
        json: flag([], "As JSON"),
      }),
    ({ sort, limit = null, json }) => show("list", { sort, limit, json }),
  )
  .command(
    "check [names..]",
    "Read copies again and compare them",
    (check) =>
      check
        .positional("names", { describe: "The copies", type: "string" })
        .options({
          deep: {
            alias: "d",
            describe: "Read more of every file",
            count: true,
          },
          sample: number("s", "Which part of the files to read", 0.1),
        }),
    ({ names = [], deep, sample }) => show("check", { names, deep, sample }),
  )
  .command(
    "prune <name>",
    "Forget old versions",
    (prune) =>
      prune
        .positional("name", { describe: "The copy", type: "string" })
        .options({
          keep: {
            ...number("k", "How many versions to keep"),
            demandOption: true,
          },
          tag: words("t", "Only versions with this word"),
          "dry-run": flag("n", "Only say what would be done"),
        }),
    ({ name, keep, tag, dryRun }) => show("prune", { name, keep, tag, dryRun }),
  )
  .command("remote", "Places elsewhere that hold copies", (remote) =>
    remote
      .command(
        "add <name> <url>",
        "Add a place",
        (add) =>
          add
            .positional("name", { describe: "Its name", type: "string" })
            .positional("url", { describe: "Its address", type: "string" })
            .options({
              kind: choice("k", "How to talk to it", ["ssh", "http", "s3"]),
              timeout: number("t", "How many seconds to wait", 30),
              retries: number("r", "How often to try again", 3),
            }),
        ({ name, url, kind, timeout, retries }) =>
          show("remote add", { name, url, kind, timeout, retries }),
      )
      .command(
        "list",
        "List the places",
        (list) => list.options({ json: flag([], "As JSON") }),
        ({ json }) => show("remote list", { json }),
      )
      .command(
        "remove <name>",
        "Forget a place",
        (remove) =>
          remove
            .positional("name", { describe: "Its name", type: "string" })
            .options({ force: flag("f", "Do not ask") }),
        ({ name, force }) => show("remote remove", { name, force }),
      )
      .demandCommand(1),
  )
  .demandCommand(1)
  .strict()
  .parseAsync();
