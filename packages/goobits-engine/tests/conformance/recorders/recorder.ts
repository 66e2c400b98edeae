// Hooks for every name: they record the call and do as they are told.

import { appendFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";

interface Behaviour {
  answers?: string[];
  async?: boolean;
  broken_pipe?: boolean;
  exit?: number;
  interrupt?: boolean;
  print?: string;
  print_many?: number;
  raise?: string;
  return?: number;
  return_float?: number;
  return_text?: string;
  return_true?: boolean;
}

const behaviour: Behaviour = JSON.parse(process.env.GOOBITS_BEHAVIOUR ?? "{}");

type Same<One, Other> = [One, Other] extends [Other, One] ? string : never;

function canonical(value: unknown): unknown {
  if (typeof value === "number") {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return { number: bytes.toString("hex") };
  }
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || ["string", "boolean"].includes(typeof value)) return value;
  return { other: typeof value };
}

function record(name: string, parameters: object[]): void {
  const args: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parameters[0] ?? {})) {
    args[key] = canonical(value);
  }
  const call: Record<string, unknown> = { function: name, args };
  if (parameters.length !== 1) call.positional = parameters.length;
  appendFileSync(process.env.GOOBITS_RECORD ?? "", `${JSON.stringify(call)}\n`);
}

async function writeToNobody(): Promise<void> {
  const child = spawn("sh", ["-c", "exec <&-; echo closed; sleep 1"]);
  await once(child.stdout, "data");
  child.stdin.write("to nobody");
  await once(child.stdin, "close");
}

function behave(): unknown {
  if (behaviour.print !== undefined) console.log(behaviour.print);
  for (let left = behaviour.print_many ?? 0; left > 0; left -= 1) {
    console.log("one line of many");
  }
  if (behaviour.broken_pipe) return writeToNobody();
  if (behaviour.interrupt) {
    process.kill(process.pid, "SIGINT");
    return new Promise((resolve) => setTimeout(resolve, 10000));
  }
  if (behaviour.exit !== undefined) process.exit(behaviour.exit);
  if (behaviour.raise !== undefined) throw new RangeError(behaviour.raise);
  return (
    behaviour.return ??
    behaviour.return_text ??
    behaviour.return_true ??
    behaviour.return_float
  );
}

/**
 * Return the hook `name`; the types must be the same. It is none when it shall not exist,
 * which its type must not tell: the compiler would miss it.
 */
export function answer<Declared extends object, Expected>(
  name: Same<Declared, Expected>,
): (args: Declared) => unknown {
  if (behaviour.answers && !behaviour.answers.includes(name)) return undefined!;
  const call = (...parameters: object[]) => {
    record(name, parameters);
    return behave();
  };
  return behaviour.async ? async (...parameters) => call(...parameters) : call;
}
