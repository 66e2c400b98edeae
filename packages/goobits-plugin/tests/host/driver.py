"""Runs a record as `goobits plugin exec` does, and says what it cost; a program of the tests."""

from __future__ import annotations

import json
import os
import sys


def main() -> int:
    from goobits_plugin._errors import GoobitsPluginError
    from goobits_plugin._host import PluginHost
    from goobits_plugin._record import Record

    record = Record.load(sys.argv[1])
    given = json.loads(sys.argv[2])
    try:
        return PluginHost(record, cli="demo", bwrap=given.get("bwrap", "")).run(
            given.get("path", "go"),
            given.get("values", {}),
            words=given.get("words", ["go"]),
            verbosity=given.get("verbosity", 0),
            colour=False,
        )
    except GoobitsPluginError as error:
        hint = f"help: {error.hint}\n" if error.hint else ""
        os.write(2, f"demo: error: {error}\n{hint}".encode())
        return error.exit_code
    except KeyboardInterrupt:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
        return 130


if __name__ == "__main__":
    sys.exit(main())
