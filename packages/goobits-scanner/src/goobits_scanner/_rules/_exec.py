"""Commands and code that others could choose."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    HIGH,
    INFO,
    LIKELY,
    LOW,
    SURE,
    UNSURE,
    VULNERABILITY,
    Rule,
)

_RUN = "run call check_call check_output Popen getoutput getstatusoutput".split()
_SPAWN = "spawn spawnSync execFile execFileSync fork".split()
_OS = (
    "execl execle execlp execlpe execv execve execvp execvpe posix_spawn posix_spawnp "
    "spawnl spawnle spawnlp spawnv spawnve spawnvp"
).split()

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
                "os.system(0/command: dynamic)",
                "os.popen(0/cmd: dynamic)",
                "os.popen2(0: dynamic)",
                "os.popen3(0: dynamic)",
                "popen2.popen2(0: dynamic)",
                "commands.getoutput(0: dynamic)",
                "commands.getstatusoutput(0: dynamic)",
                *(
                    f"subprocess.{name}(0/args: dynamic & !list; shell: true)"
                    for name in _RUN
                ),
                *(
                    f"subprocess.{name}(0/args: list & dynamic; shell: true)"
                    for name in _RUN
                ),
                "subprocess.getoutput(0/cmd: dynamic)",
                "subprocess.getstatusoutput(0/cmd: dynamic)",
                *(
                    f"subprocess.{name}(0/args: list & dynamic & /^\\W*(sh|bash|\\/bin\\/sh|\\/bin\\/bash|zsh) -c/)"
                    for name in _RUN
                ),
                "asyncio.create_subprocess_shell(0/cmd: dynamic)",
                "asyncio.subprocess.create_subprocess_shell(0/cmd: dynamic)",
                "asyncio.create_subprocess_exec(0: 'bash' | 'sh'; 1: '-c'; 2: dynamic)",
                "asyncio.get_event_loop().subprocess_shell(1: dynamic)",
                ".subprocess_shell(1: dynamic)",
                "paramiko.SSHClient().exec_command(0/command: dynamic)",
                ".exec_command(0: built)",
                "fabric.api.run(0: built)",
                "fabric.api.local(0: built)",
                "invoke.run(0/command: built)",
                "pexpect.spawn(0: built)",
                "pexpect.run(0: built)",
                "sh.bash(0: '-c'; 1: dynamic)",
            ),
            "javascript": (
                "child_process.exec(0: dynamic)",
                "child_process.execSync(0: dynamic)",
                *(
                    f"child_process.{name}(0: dynamic; *.shell: true)"
                    for name in _SPAWN
                ),
                *(
                    f"child_process.{name}(1: dynamic; *.shell: true)"
                    for name in _SPAWN
                ),
                *(
                    f"child_process.{name}(0: /^(?:\\/bin\\/)?(?:ba|z)?sh$|^cmd(\\.exe)?$/; 1: dynamic)"
                    for name in _SPAWN
                ),
                "shelljs.exec(0: dynamic)",
                "execa.command(0: dynamic)",
                "execa.commandSync(0: dynamic)",
                "execa.execaCommand(0: dynamic)",
                "cross-spawn(0: dynamic; *.shell: true)",
                "node-cmd.run(0: dynamic)",
                "node-cmd.get(0: dynamic)",
                "Deno.run(0.cmd: ~input)",
            ),
            "rust": (
                "std.process.Command.new().arg().arg(0: built | ~input)",
                "std.process.Command.new().args(0: built | ~input)",
                "std.process.Command.new().arg(0: ~input)",
                "tokio.process.Command.new().arg().arg(0: built | ~input)",
                "tokio.process.Command.new().arg(0: ~input)",
                "libc.system(0: dynamic)",
            ),
        },
        bad={
            "python": (
                "import os\ndef show(name):\n    os.system('ls ' + name)\n",
                "import subprocess\ndef show(name):\n"
                "    subprocess.run(f'ls {name}', shell=True)\n",
            ),
            "javascript": (
                "const { exec } = require('child_process');\n"
                "function show(name) { exec('ls ' + name); }\n",
            ),
            "rust": (
                "use std::process::Command;\n"
                'fn show(n: &str) { Command::new("sh").arg("-c").arg(format!("ls {}", n)); }\n',
            ),
        },
        good={
            "python": (
                "import subprocess\nsubprocess.run(['ls', name])\n",
                "import os\nos.system('clear')\n",
            ),
            "javascript": (
                "const { execFile } = require('child_process');\n"
                "function show(name) { execFile('ls', [name]); }\n",
                "require('child_process').exec('git status');\n",
            ),
            "rust": (
                'use std::process::Command;\nfn show() { Command::new("ls").arg("-l"); }\n',
            ),
        },
        tainted=HIGH,
    ),
    Rule(
        "program-chosen",
        "exec",
        VULNERABILITY,
        INFO,
        UNSURE,
        78,
        "The program to start is chosen at run time",
        "Whoever chooses it chooses what runs.",
        "Choose it from a list of your own.",
        {
            "python": (
                *(f"os.{name}(0: ~input | ~param)" for name in _OS if name[0] != "s"),
                *(f"os.{name}(1: ~input | ~param)" for name in _OS if name[0] == "s"),
                "os.startfile(0: ~input | ~param)",
                *(f"subprocess.{name}(0/args: ~input; shell: !true)" for name in _RUN),
                "asyncio.create_subprocess_exec(*: ~input)",
                "pty.spawn(0: dynamic)",
            ),
            "javascript": (
                *(
                    f"child_process.{name}(0: dynamic; *.shell: !true)"
                    for name in _SPAWN
                ),
                *(f"child_process.{name}(1: ~input)" for name in _SPAWN),
                "execa(0: ~input)",
                "execa.execa(0: ~input)",
                "cross-spawn(0: ~input | ~param)",
            ),
            "rust": (
                "std.process.Command.new(0: dynamic)",
                "tokio.process.Command.new(0: dynamic)",
                "async_process.Command.new(0: dynamic)",
                "duct.cmd(0: dynamic)",
            ),
        },
        bad={
            "python": ("import os\ndef start(p):\n    os.execvp(p, [p])\n",),
            "javascript": (
                "const cp = require('child_process');\nfunction start(p) { cp.spawn(p); }\n",
            ),
            "rust": (
                "use std::process::Command;\nfn start(p: &str) { Command::new(p).spawn(); }\n",
            ),
        },
        good={
            "python": ("import os\nos.execvp('ls', ['ls'])\n",),
            "javascript": (
                "const cp = require('child_process');\ncp.spawn('ls', ['-l']);\n",
            ),
            "rust": (
                'use std::process::Command;\nfn start() { Command::new("ls").spawn(); }\n',
            ),
        },
        tainted=HIGH,
    ),
    Rule(
        "code-from-text",
        "exec",
        VULNERABILITY,
        LOW,
        LIKELY,
        95,
        "A text that is made at run time is run as code",
        "Whoever chooses a part of it runs code of their own in this program.",
        "Look values up in a table, or parse them with `ast.literal_eval` or `JSON.parse`.",
        {
            "python": (
                "eval(0: dynamic & !<compile()>)",
                "exec(0: dynamic & !<compile()>)",
                "code.InteractiveConsole().push(0: dynamic)",
                "code.InteractiveInterpreter().runsource(0: dynamic)",
                "code.InteractiveInterpreter().runcode(0: dynamic)",
                "numexpr.evaluate(0: ~input | ~param)",
                "pandas.eval(0: ~input | ~param)",
                "sympy.sympify(0: ~input)",
                "timeit.timeit(0/stmt: dynamic & string)",
            ),
            "javascript": (
                "eval(0: dynamic)",
                "Function(*: dynamic)",
                "setTimeout(0: string & dynamic)",
                "setInterval(0: string & dynamic)",
                "setTimeout(0: ~input)",
                "setImmediate(0: string & dynamic)",
                "vm.runInThisContext(0: dynamic)",
                "vm.runInNewContext(0: dynamic)",
                "vm.runInContext(0: dynamic)",
                "vm.compileFunction(0: dynamic)",
                "vm.Script(0: dynamic)",
                "vm2.VM().run(0: dynamic)",
                "vm2.NodeVM().run(0: dynamic)",
                "sandbox().run(0: dynamic)",
                "safe-eval(0: dynamic)",
                "static-eval(0: dynamic)",
                "notevil(0: dynamic)",
                "require-from-string(0: dynamic)",
                "new-function(0: dynamic)",
                ".evaluate(0: string & dynamic)",
                ".evaluate(0: ~input)",
                ".executeJavaScript(0: dynamic)",
                ".compileFunction(0: ~input)",
                "execScript(0: dynamic)",
            ),
            "rust": (
                "mlua.Lua.new().load(0: ~input | ~param)",
                "rhai.Engine.new().eval(0: ~input | ~param)",
                "pyo3.Python.run(0: ~input | ~param)",
            ),
        },
        bad={
            "python": ("def calculate(text):\n    return eval(text)\n",),
            "javascript": (
                "function calculate(text) { return eval('(' + text + ')'); }\n",
                "const f = new Function('a', body);\n",
            ),
            "rust": ("fn calculate(t: &str) { rhai::Engine::new().eval(t); }\n",),
        },
        good={
            "python": (
                "import ast\ndef calculate(text):\n    return ast.literal_eval(text)\n",
                "eval('1 + 1')\n",
            ),
            "javascript": (
                "function calculate(text) { return JSON.parse(text); }\n",
                "setTimeout(() => run(), 10);\n",
            ),
            "rust": ('fn calculate() { rhai::Engine::new().eval("1 + 1"); }\n',),
        },
        tainted=HIGH,
    ),
    Rule(
        "module-chosen",
        "exec",
        VULNERABILITY,
        INFO,
        LIKELY,
        706,
        "The module to load is chosen at run time",
        "Whoever chooses it can load, and so run, another one.",
        "Choose it from a list of your own.",
        {
            "python": (
                "importlib.import_module(0/name: ~input | ~param)",
                "__import__(0: ~input | ~param)",
                "runpy.run_path(0: ~input | ~param)",
                "runpy.run_module(0: ~input | ~param)",
                "globals()[](0: ~input)",
            ),
            "javascript": ("require(0: dynamic)", "import(0: dynamic)"),
            "rust": ("libloading.Library.new(0: ~input | ~param)",),
        },
        bad={
            "python": (
                "import importlib\ndef load(name):\n    return importlib.import_module(name)\n",
            ),
            "javascript": ("function load(name) { return require(name); }\n",),
            "rust": ("fn load(p: &str) { unsafe { libloading::Library::new(p); } }\n",),
        },
        good={
            "python": ("import importlib\njson = importlib.import_module('json')\n",),
            "javascript": ("const fs = require('f' + 's');\n",),
            "rust": ('fn load() { unsafe { libloading::Library::new("a.so"); } }\n',),
        },
        tainted=HIGH,
    ),
    Rule(
        "format-from-outside",
        "exec",
        VULNERABILITY,
        LOW,
        LIKELY,
        134,
        "A format comes from outside",
        "A format can reach into objects (`{0.__class__}`) and give away what they hold.",
        "Keep formats in the code and hand values over.",
        {
            "python": (
                ".format(recv: ~input & dynamic)",
                ".format_map(recv: ~input & dynamic)",
            ),
            "javascript": (
                "util.format(0: ~input)",
                "console.log(0: ~input & built)",
                "util.format(0: built & ~param)",
                "console.log(0: built & ~input; 1: present)",
            ),
        },
        bad={
            "python": (
                "from flask import request\n"
                "def show(user):\n    return request.args['form'].format(user)\n",
            ),
            "javascript": (
                "const util = require('util');\n"
                "app.get('/', (req, res) => { util.format(req.query.form, user); });\n",
            ),
        },
        good={
            "python": (
                "from flask import request\n"
                "def show(user):\n    return '{} {}'.format(user, request.args['a'])\n",
            ),
            "javascript": (
                "const util = require('util');\n"
                "app.get('/', (req, res) => { util.format('%s', req.query.form); });\n",
            ),
        },
        tainted=LOW,
    ),
    Rule(
        "argument-decides-trust",
        "exec",
        VULNERABILITY,
        INFO,
        SURE,
        807,
        "What a program trusts hangs on what it was started with",
        "The caller chooses the arguments and the program's own name.",
        "Take paths and rights from where the caller cannot write.",
        {
            "rust": (
                "std.env.args",
                "std.env.args_os",
                "std.env.current_exe",
            ),
        },
        bad={"rust": ("fn me() { let me = std::env::current_exe(); }\n",)},
        good={"rust": ("fn me() { let me = std::env::current_dir(); }\n",)},
    ),
)
