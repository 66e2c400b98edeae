// What the commands of depot do: nothing, or print their values when SHOW_VALUES is set.

import type * as cli from "./cli_types.js";

function show(values: object): void {
  if (process.env.SHOW_VALUES) console.log(JSON.stringify(values));
}

export const on_save = (values: cli.Save): void => show(values);
export const on_restore = (values: cli.Restore): void => show(values);
export const on_list = (values: cli.List): void => show(values);
export const on_check = (values: cli.Check): void => show(values);
export const on_prune = (values: cli.Prune): void => show(values);
export const on_remote_add = (values: cli.RemoteAdd): void => show(values);
export const on_remote_list = (values: cli.RemoteList): void => show(values);
export const on_remote_remove = (values: cli.RemoteRemove): void =>
  show(values);
