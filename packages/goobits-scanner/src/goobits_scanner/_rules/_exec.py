"""Commands and code that others could choose."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    HIGH,
    LIKELY,
    LOW,
    VULNERABILITY,
    Rule,
)

RULES = (
    Rule(
        "command-shell",
        "exec",
        VULNERABILITY,
        LOW,
        LIKELY,
        78,
        "A shell runs a command line that is put together at run time",
        "Whoever chooses a part of the line can add commands of their own.",
        "Start the program with a list of arguments and without a shell.",
        {
            "python": (
                "os.system(0: dynamic)",
                "os.popen(0: dynamic)",
                "subprocess.*(0/args: dynamic & !list; shell: true)",
            ),
            "javascript": (
                "child_process.exec(0: dynamic)",
                "child_process.execSync(0: dynamic)",
            ),
        },
        bad={
            "python": ("import os\ndef show(name):\n    os.system('ls ' + name)\n",),
            "javascript": (
                "const { exec } = require('child_process');\n"
                "function show(name) { exec('ls ' + name); }\n",
            ),
        },
        good={
            "python": ("import subprocess\nsubprocess.run(['ls', name])\n",),
            "javascript": (
                "const { execFile } = require('child_process');\n"
                "function show(name) { execFile('ls', [name]); }\n",
            ),
        },
        tainted=HIGH,
    ),
)
