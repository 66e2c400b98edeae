// What the commands of depot do: nothing, or print their values when SHOW_VALUES is set.

function show(values) {
  if (process.env.SHOW_VALUES) console.log(JSON.stringify(values));
}

exports.on_save = exports.on_restore = exports.on_list = show;
exports.on_check = exports.on_prune = show;
exports.on_remote_add =
  exports.on_remote_list =
  exports.on_remote_remove =
    show;
