// What the vectors do not show: see protocol/vectors.json for what is said on the wire.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { test } from "node:test";

const SDK = new URL("../index.js", import.meta.url).href;
const FD = 3;

/** Run hooks against a host; return all that they said, printed and ended with. */
async function play(hooks, { answers = {}, command = "hello", kill = "", given = {} } = {}) {
  const code = `import * as sdk from ${JSON.stringify(SDK)};
    const { run, ui, log, progress, system, context } = sdk; run(${hooks});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    env: { ...process.env, GOOBITS_RPC_FD: String(FD) },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const socket = child.stdio[FD];
  const said = [];
  const send = (message) => socket.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  let rest = "";
  socket.setEncoding("utf8").on("error", () => {});
  socket.on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const message = JSON.parse(line);
      said.push(message);
      if (message.method && message.id) {
        const answer = answers[message.method];
        answer && send({ id: message.id, ...answer });
      } else if (message.id === 2) {
        socket.end();
      } else if (message.method === "$/log" && kill) {
        child.kill(kill);
      }
    }
  });
  const params = { protocol: 1, cookie: "c", plugin: "a/b", granted: {} };
  send({ id: 1, method: "initialize", params });
  send({ id: 2, method: "command/run", params: { command, arguments: given } });
  let stderr = "";
  child.stderr.on("data", (text) => (stderr += text));
  child.stdout.resume();
  const ended = await new Promise((resolve) => child.on("close", (...end) => resolve(end[0])));
  const answer = said.find((message) => message.id === 2 && !message.method);
  return { said, answer, ended, stderr };
}

test("hooks may be named in camel case, and get their values in it", async () => {
  const hooks = "{ onGitStatus: (values) => values }";
  const given = { dry_run: true, url2_go: 1, name: "x" };
  const { answer } = await play(hooks, { command: "git-status", given });
  const commandName = "git-status";
  assert.deepEqual(answer.result.data, { dryRun: true, url2Go: 1, name: "x", commandName });
});

test("hooks may be those of a module, as its default, too", async () => {
  const { answer } = await play("{ default: { on_hello: () => 4 } }");
  assert.equal(answer.result.exit_code, 4);
});

test("a hook calls its sibling by `this`", async () => {
  const { answer } = await play("{ on_hello() { return this.code(); }, code: () => 5 }");
  assert.equal(answer.result.exit_code, 5);
});

test("process.exit in a hook is answered with its code", async () => {
  const { answer, ended } = await play("{ on_hello() { process.exit(9); } }");
  assert.deepEqual([answer.result.exit_code, ended], [9, 9]);
});

test("what a hook leaves behind goes on after the answer", async () => {
  const hooks = "{ on_hello() { setTimeout(() => process.stderr.write('late'), 50); } }";
  assert.equal((await play(hooks)).stderr, "late");
});

test("an error after the answer is not lost", async () => {
  const hooks = "{ on_hello() { setTimeout(() => { throw new Error('late'); }, 20); } }";
  const { answer, ended, stderr } = await play(hooks);
  assert.deepEqual([answer.result.exit_code, ended], [0, 1]);
  assert.match(stderr, /late/);
});

test("an error that nothing catches fails the command", async () => {
  const hooks = `{ async on_hello() {
    setTimeout(() => { throw new TypeError("beside"); }, 5);
    await new Promise((resolve) => setTimeout(resolve, 5000));
  } }`;
  const { answer, ended } = await play(hooks);
  assert.deepEqual([answer.error.message, ended], ["beside", 1]);
});

test("a hook that waits for what never happens fails", async () => {
  const { answer } = await play("{ on_hello: () => new Promise(() => {}) }");
  assert.match(answer.error.message, /on_hello waits for what never happens/);
});

test("what is thrown need be no error", async () => {
  const { answer } = await play("{ on_hello() { throw 'just text'; } }");
  assert.equal(answer.error.message, "just text");
});

test("what JSON does not hold fails the command", async () => {
  const { answer } = await play("{ on_hello: () => ({ big: 1n }) }");
  assert.match(answer.error.message, /BigInt/);
});

test("halves of characters are replaced", async () => {
  const { answer } = await play("{ on_hello: () => ({ a: 'x\\ud800y' }) }");
  assert.equal(answer.result.data.a, "x\ufffdy");
});

test("questions may be open at once, beside one about the machine", async () => {
  const hooks = `{ async on_hello() {
    const asked = [ui.prompt("a"), system.metrics(), ui.confirm("b"), system.processes()];
    return { all: await Promise.all(asked) };
  } }`;
  const answers = {
    "ui/prompt": { result: { value: "yes" } },
    "ui/confirm": { result: { value: true } },
    "system/metrics": { result: { uptime: 1 } },
    "system/processes": { result: { processes: [] } },
  };
  const { answer } = await play(hooks, { answers });
  assert.deepEqual(answer.result.data.all, ["yes", { uptime: 1 }, true, []]);
});

test("what the host refuses is an error of its own kind", async () => {
  const hooks = `{ async on_hello() {
    const kinds = [];
    for (const ask of [() => ui.prompt("a"), () => system.metrics(), () => ui.secret("b")]) {
      await ask().catch((error) => kinds.push(error.constructor.name, error.code));
    }
    return kinds;
  } }`;
  const failing = (code) => ({ error: { code, message: "no" } });
  const answers = {
    "ui/prompt": failing(-32001),
    "system/metrics": failing(-32003),
    "ui/secret": failing(-32002),
  };
  const { answer } = await play(hooks, { answers });
  const expected = ["NobodyToAskError", -32001, "NotGrantedError", -32003];
  assert.deepEqual(answer.result.data, [...expected, "InterruptedError", -32002]);
});

test("a hook that watches its signal ends by itself", async () => {
  const hooks = `{ async on_hello() {
    const { signal } = context();
    log.info("ready");
    const timer = setInterval(() => {}, 1000);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    clearInterval(timer);
    return 7;
  } }`;
  const { answer } = await play(hooks, { kill: "SIGTERM" });
  assert.equal(answer.result.exit_code, 7);
});

test("a bar goes over items and ends, also when the loop is left", async () => {
  const hooks = `{ on_hello() {
    for (const item of progress("Bar").over(["a", "b"])) if (item === "b") break;
  } }`;
  const { said } = await play(hooks);
  const bars = said.filter((message) => message.method === "$/progress");
  assert.deepEqual(
    bars.map(({ params }) => [params.done, params.total]),
    [
      [0, null],
      [0, 2],
      [null, 2],
    ],
  );
});

test("steps that follow fast are not all sent", async () => {
  const hooks = `{ on_hello() {
    const bar = progress("Bar", 100000);
    for (let step = 0; step < 100000; step++) bar.advance();
    bar.end();
  } }`;
  const { said } = await play(hooks);
  assert.ok(said.length < 1000, `${said.length} messages`);
});

test("nothing can be said before a hook runs", async () => {
  const code = `const { log } = await import(${JSON.stringify(SDK)}); log.info("x");`;
  const done = spawnSync(process.execPath, ["--input-type=module", "-e", code]);
  assert.match(done.stderr.toString(), /before a hook runs/);
});
