//! What the commands of depot do: nothing, or print their values when SHOW_VALUES is set.

use super::{cli_types, goobits};

#[path = "show.rs"]
mod show;

macro_rules! hooks {
    ($($hook:ident($type:ident): $command:literal, $($field:ident),*;)*) => {$(
        pub fn $hook(args: cli_types::$type) -> goobits::Result {
            show::show($command, &[$((stringify!($field), &args.$field)),*]);
            Ok(())
        }
    )*};
}

hooks! {
    on_save(Save): "save", folder, files, message, tag, format, level, dry_run;
    on_restore(Restore): "restore", name, target, at, jobs, share, overwrite;
    on_list(List): "list", sort, limit, json;
    on_check(Check): "check", names, deep, sample;
    on_prune(Prune): "prune", name, keep, tag, dry_run;
    on_remote_add(RemoteAdd): "remote add", name, url, kind, timeout, retries;
    on_remote_list(RemoteList): "remote list", json;
    on_remote_remove(RemoteRemove): "remote remove", name, force;
}
