"use strict";
// A hooks file that has every hook: it records the call and does as it is told.

const { spawn } = require("node:child_process");
const { once } = require("node:events");
const fs = require("node:fs");

const behaviour = JSON.parse(process.env.GOOBITS_BEHAVIOUR ?? "{}");

function canonical(value) {
  if (value === undefined) return { other: "undefined" };
  if (typeof value === "number") {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return { number: bytes.toString("hex") };
  }
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || ["string", "boolean"].includes(typeof value)) return value;
  return { other: typeof value };
}

function record(name, parameters) {
  const args = {};
  for (const key of Object.keys(parameters[0])) args[key] = canonical(parameters[0][key]);
  const call = { function: name, args };
  if (parameters.length !== 1) call.positional = parameters.length;
  fs.appendFileSync(process.env.GOOBITS_RECORD, `${JSON.stringify(call)}\n`);
}

async function writeToNobody() {
  const child = spawn("sh", ["-c", "exec <&-; echo closed; sleep 1"]);
  await once(child.stdout, "data");
  child.stdin.write("to nobody");
  await once(child.stdin, "close");
}

function behave() {
  if ("print" in behaviour) console.log(behaviour.print);
  for (let left = behaviour.print_many ?? 0; left > 0; left -= 1) {
    console.log("one line of many");
  }
  if ("broken_pipe" in behaviour) return writeToNobody();
  if ("interrupt" in behaviour) {
    process.kill(process.pid, "SIGINT");
    return new Promise((resolve) => setTimeout(resolve, 10000));
  }
  if ("exit" in behaviour) process.exit(behaviour.exit);
  if ("raise" in behaviour) throw new RangeError(behaviour.raise);
  for (const result of ["return", "return_text", "return_true", "return_float"]) {
    if (result in behaviour) return behaviour[result];
  }
  return undefined;
}

function hook(name) {
  if (typeof name !== "string" || !/^on[_A-Z]/.test(name)) return undefined;
  if (behaviour.answers && !behaviour.answers.includes(name)) return undefined;
  const call = (...parameters) => {
    record(name, parameters);
    return behave();
  };
  return behaviour.async ? async (...parameters) => call(...parameters) : call;
}

module.exports = new Proxy(
  {},
  {
    get: (target, name) => hook(name),
    has: (target, name) => hook(name) !== undefined,
    getOwnPropertyDescriptor: (target, name) =>
      hook(name) && { value: hook(name), enumerable: true, configurable: true },
  },
);
