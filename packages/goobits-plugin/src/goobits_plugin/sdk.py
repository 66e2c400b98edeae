"""What a plugin in Python imports: hooks are functions, and `run()` stands at the end.

    from goobits_plugin.sdk import run, ui


    def on_hello(name, *, loud=False, **kwargs):
        if ui.confirm(f"Greet {name}?", default=True):
            print(f"Hello, {name}{'!' if loud else '.'}")


    run()

While a hook runs, everything here may be called, from any thread.

HostError                             the host answered with an error
├── NobodyToAskError (EOFError)       there is no terminal to ask at
└── NotGrantedError (PermissionError) the plugin may not ask for this
"""

from __future__ import annotations

import os
import sys
from _thread import allocate_lock, get_ident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any, NoReturn, Self, TypedDict, TypeVar

    Item = TypeVar("Item")
    Message = Mapping[str, Any]
    # Sizes are bytes; `cpu` a share of one core, `started` seconds since the epoch.
    Process = TypedDict(
        "Process",
        {"pid": int, "parent": int, "name": str, "state": str, "cpu": float}
        | {"memory": int, "threads": int, "started": float, "own": bool},
    )

_SDK = "python/0.1.0"
_LONGEST, _LONGEST_TEXT = 1 << 20, 1 << 15
_INTERVAL = 1 / 30  # of a bar's steps, in seconds
_BY_HAND = """\
this is a goobits plugin: it is run by the programs that it is installed for
try it with: goobits plugin try FOLDER COMMAND
"""


class HostError(Exception):
    """The host answered with an error; `code` is that of the protocol."""

    code = -32603


class NobodyToAskError(HostError, EOFError):
    """There is nobody to ask: stdin or stderr is no terminal."""

    code = -32001


class NotGrantedError(HostError, PermissionError):
    """The plugin may not ask for this."""

    code = -32003


class Context:
    """What a run is told: `cwd` is the user's folder, `granted` the permissions by kind.

    `tty` says of "stdin", "stdout" and "stderr" whether the user's ends are terminals.
    """

    def __init__(self, hello: Message, run: Message) -> None:
        self.plugin: str = hello.get("plugin", "")
        self.granted: dict[str, list[str]] = hello.get("granted", {})
        self.command: str = run["command"]
        self.cwd: str = run.get("cwd", ".")
        self.tty: dict[str, bool] = run.get("tty", {})
        self.colour: bool = run.get("colour", False)
        self.verbosity: int = run.get("verbosity", 0)
