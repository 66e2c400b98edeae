// The plugin in Node.js that the vectors are run against.
import { HostError, context, log, progress, run, system, ui } from "@goobits/plugin";

run({
  on_echo: ({ value }) => ({ value }),
  on_later: async ({ value }) => ({ value }),
  on_reserved: (values) => ({ value: values.class }),
  onLongName: ({ longName }) => ({ value: longName }),
  on_git_branch_create: ({ name }) => ({ value: name }),
  on_nothing() {},
  on_exit: ({ code }) => code,
  on_fail({ message }) {
    throw new Error(message);
  },
  on_print: ({ text }) => console.log(text),
  on_context() {
    const { plugin, granted, command, cwd, tty, colour, verbosity } = context();
    return { plugin, granted, command, cwd, tty: tty.stdout, colour, verbosity };
  },
  on_count({ total }) {
    const bar = progress("Counting", total);
    bar.update(total);
    bar.end();
  },
  on_say: ({ level, message }) => log[level](message),
  on_frame: ({ lines }) => ui.frame(lines),
  on_prompt: async (a) => ({ value: await ui.prompt(a.message, a.default) }),
  on_confirm: async (a) => ({ value: await ui.confirm(a.message, a.default) }),
  on_secret: async ({ message }) => ({ value: await ui.secret(message) }),
  async on_twice() {
    return { value: [await ui.prompt("First"), await ui.prompt("Second")] };
  },
  async on_attempt() {
    try {
      return { value: await ui.prompt("Who") };
    } catch (error) {
      if (!(error instanceof HostError)) {
        throw error;
      }
      return { code: error.code, message: error.message };
    }
  },
  on_processes: async () => ({ value: await system.processes() }),
  on_metrics: async () => ({ value: await system.metrics() }),
  on_shout({ size }) {
    try {
      log.info("x".repeat(size));
    } catch (error) {
      return { message: error.message };
    }
  },
  on_flood: ({ size }) => ({ value: "x".repeat(size) }),
  async on_wait() {
    log.info("waiting");
    await new Promise((resolve) => setTimeout(resolve, 60000));
  },
});
