"""Files that others can read, write or foresee."""

from __future__ import annotations

from goobits_scanner._rules._rule import INFO, LIKELY, LOW, VULNERABILITY, Rule

_OPEN_MODES = "= 511 | = 509 | = 438 | = 510 | = 494 | = 447 | = 503 | = 439"

RULES = (
    Rule(
        "temporary-name-foreseen",
        "files",
        VULNERABILITY,
        LOW,
        LIKELY,
        377,
        "A temporary file has a name that others can foresee, or take first",
        "Somebody else on the machine can put a link or a file of their own there before.",
        "Let the library make the file: `tempfile.NamedTemporaryFile`, `fs.mkdtemp`, `tempfile`.",
        {
            "python": (
                "tempfile.mktemp()",
                "os.tempnam()",
                "os.tmpnam()",
                "open(0/file: constant & /^\\/(?:tmp|var\\/tmp|dev\\/shm)\\/./; 1/mode: /[wax+]/)",
                "os.mkfifo(0: constant & /^\\/tmp\\//)",
            ),
            "javascript": (
                "fs.writeFile(0: constant & /^\\/(?:tmp|var\\/tmp)\\/./)",
                "fs.writeFileSync(0: constant & /^\\/(?:tmp|var\\/tmp)\\/./)",
                "fs.createWriteStream(0: constant & /^\\/(?:tmp|var\\/tmp)\\/./)",
                "fs.mkdirSync(0: constant & /^\\/tmp\\/./)",
                "tmp.tmpNameSync()",
                "tempfile()",
                "fs.writeFile(0: ~temp & !~private & /^\\0\\/[^\\0]+$/)",
                "fs.writeFileSync(0: ~temp & !~private & /^\\0\\/[^\\0]+$/)",
                "fs.createWriteStream(0: ~temp & !~private & /^\\0\\/[^\\0]+$/)",
                "fs.promises.writeFile(0: ~temp & !~private & /^\\0\\/[^\\0]+$/)",
                "fs.writeFile(0: ~temp & ~weak-random & !~private)",
                "fs.writeFileSync(0: ~temp & ~weak-random & !~private)",
                "fs.createWriteStream(0: ~temp & ~weak-random & !~private)",
                "fs.promises.writeFile(0: ~temp & ~weak-random & !~private)",
            ),
            "rust": (
                "std.env.temp_dir",
                "std.fs.File.create(0: constant & /^\\/(?:tmp|var\\/tmp)\\/./)",
                "std.fs.write(0: constant & /^\\/(?:tmp|var\\/tmp)\\/./)",
            ),
        },
        bad={
            "python": (
                "import tempfile\nname = tempfile.mktemp()\n",
                "with open('/tmp/state.json', 'w') as f:\n    f.write('x')\n",
            ),
            "javascript": (
                "const fs = require('fs');\nfs.writeFileSync('/tmp/state.json', text);\n",
                "const fs = require('fs'), os = require('os'), path = require('path');\nfs.writeFileSync(path.join(os.tmpdir(), 'spool-' + process.pid), data);\n",
            ),
            "rust": ("fn f() { let d = std::env::temp_dir(); }\n",),
        },
        good={
            "python": (
                "import tempfile\nwith tempfile.NamedTemporaryFile() as f:\n    f.write(b'x')\n",
                "with open('state.json', 'w') as f:\n    f.write('x')\n",
            ),
            "javascript": (
                "const fs = require('fs');\nconst d = fs.mkdtempSync(prefix);\n",
                "const fs = require('fs'), os = require('os'), path = require('path');\nconst folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spool-'));\nfs.writeFileSync(path.join(folder, 'spool.json'), data);\n",
            ),
            "rust": ("fn f() { let d = tempfile::tempdir(); }\n",),
        },
    ),
    Rule(
        "permissions-too-wide",
        "files",
        VULNERABILITY,
        LOW,
        LIKELY,
        732,
        "A file is made writable, or a secret readable, for everyone",
        "Any other user of the machine can change what is run or read here.",
        "Give rights to the owner: 0o600 for files, 0o700 for folders and programs.",
        {
            "python": (
                f"os.chmod(1/mode: {_OPEN_MODES})",
                f"os.fchmod(1/mode: {_OPEN_MODES})",
                f"os.lchmod(1/mode: {_OPEN_MODES})",
                f"os.mkdir(1/mode: {_OPEN_MODES})",
                "os.makedirs(1/mode: = 438)",
                f"pathlib.Path().chmod(0/mode: {_OPEN_MODES})",
                f".chmod(0/mode: {_OPEN_MODES})",
                "os.umask(0/mask: = 0)",
                "os.chmod(1/mode: ~world)",
            ),
            "javascript": (
                f"fs.chmod(1: {_OPEN_MODES})",
                f"fs.chmodSync(1: {_OPEN_MODES})",
                f"fs.promises.chmod(1: {_OPEN_MODES})",
                "fs.chmod(1: '777' | '0777' | '666' | '0666')",
                "fs.chmodSync(1: '777' | '0777' | '666' | '0666')",
                f"fs.writeFile(2.mode: {_OPEN_MODES})",
                f"fs.writeFileSync(2.mode: {_OPEN_MODES})",
                f"fs.mkdirSync(1.mode: {_OPEN_MODES})",
                f"fs.mkdirSync(1: {_OPEN_MODES})",
                "process.umask(0: = 0)",
                "fs.mkdir(1.mode: = 511)",
                "fs.promises.mkdir(1.mode: = 511)",
                "fs.promises.writeFile(2.mode: = 511 | = 438)",
                "fs.open(2: = 511 | = 438)",
                "fs.openSync(2: = 511 | = 438)",
                "fs.createWriteStream(1.mode: = 511 | = 438)",
                "fs.fchmodSync(1: = 511 | = 438)",
                "fs.fchmod(1: = 511 | = 438)",
            ),
            "rust": (
                f"std.fs.Permissions.from_mode(0: {_OPEN_MODES})",
                f".set_mode(0: {_OPEN_MODES})",
                f".mode(0: {_OPEN_MODES})",
                f"Permissions.from_mode(0: {_OPEN_MODES})",
                f"libc.chmod(1: {_OPEN_MODES})",
                "libc.umask(0: = 0)",
            ),
        },
        bad={
            "python": ("import os\nos.chmod('a', 0o777)\n",),
            "javascript": ("const fs = require('fs');\nfs.chmodSync('a', 0o777);\n",),
            "rust": (
                "use std::fs::Permissions;\nfn f() { Permissions::from_mode(0o777); }\n",
            ),
        },
        good={
            "python": ("import os\nos.chmod('a', 0o600)\nos.chmod('b', 0o755)\n",),
            "javascript": ("const fs = require('fs');\nfs.chmodSync('a', 0o600);\n",),
            "rust": (
                "use std::fs::Permissions;\nfn f() { Permissions::from_mode(0o600); }\n",
            ),
        },
    ),
    Rule(
        "checked-then-used",
        "files",
        VULNERABILITY,
        INFO,
        LIKELY,
        367,
        "A file is checked by its name before it is opened",
        "Between the two somebody else can put another one in its place.",
        "Open it, and ask the open file.",
        {
            "python": ("os.access(1/mode: present)",),
            "javascript": ("fs.exists()", "fs.accessSync()"),
        },
        bad={
            "python": ("import os\nif os.access('a', os.R_OK):\n    open('a')\n",),
            "javascript": ("const fs = require('fs');\nfs.exists(name, done);\n",),
        },
        good={
            "python": ("open('a')\n",),
            "javascript": ("const fs = require('fs');\nfs.openSync(name);\n",),
        },
    ),
)
