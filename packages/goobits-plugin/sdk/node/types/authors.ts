// What compiles here is what authors write; what must not compile is marked, and tsc checks that.
import {
  NobodyToAskError,
  context,
  log,
  progress,
  run,
  system,
  ui,
  type Metrics,
} from "@goobits/plugin";

run({
  async on_hello({ name, loud }: { name: string; loud: boolean }) {
    const answer: string = await ui.prompt(`${name}?`, "yes");
    const sure: boolean = await ui.confirm("Sure?");
    log.info(`${answer} ${sure} ${loud}`);
    for (const item of progress("Counting").over([1, 2, 3])) {
      const doubled: number = item * 2;
      progress("Again", doubled).advance();
    }
  },
  onGitBranchCreate: () => 3,
  on_data: async () => ({ rows: [1, "two", null] }),
  on_metrics: async () => {
    const metrics: Metrics = await system.metrics();
    ui.frame([`${metrics.load[0]} ${metrics.memory.total}`]);
    context().signal.addEventListener("abort", () => {});
  },
  async on_catch() {
    try {
      await ui.secret("Token");
    } catch (error) {
      if (error instanceof NobodyToAskError) return error.code;
      throw error;
    }
  },
});

run({
  // @ts-expect-error a hook's name begins with `on`
  hello: () => {},
});
// @ts-expect-error there is no level of this name
log.warn("x");
// @ts-expect-error lines are texts
ui.frame([1]);
// @ts-expect-error a text is asked for with a text
ui.prompt(1);
run({
  // @ts-expect-error no JSON holds a function
  on_function: () => () => {},
});
