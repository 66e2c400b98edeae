"""Commands and code that others could choose."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    HIGH,
    INFO,
    LIKELY,
    LOW,
    MEDIUM,
    SURE,
    UNSURE,
    VULNERABILITY,
    Rule,
)

_RUN = "run call check_call check_output Popen getoutput getstatusoutput".split()
_SPAWN = "spawn spawnSync execFile execFileSync fork".split()
_SHELL = r"/^(?:\/\w+)*\/?(?:ba|z|da|k)?sh$|^cmd(?:\.exe)?$|^powershell/"
_SHELL_LINE = (
    r"^(?:\/\w+)*\/?(?:ba|z|da|k)?sh -\w*c |^cmd(?:\.exe)? \/[cC] |^powershell\S* "
)
# Where the program stands, and after it the arguments one by one, or all in a list.
_LISTED = (
    ("execl", 0),
    ("execle", 0),
    ("execlp", 0),
    ("execlpe", 0),
    ("spawnl", 1),
    ("spawnle", 1),
    ("spawnlp", 1),
    ("spawnlpe", 1),
)
_GATHERED = (
    ("execv", 0),
    ("execve", 0),
    ("execvp", 0),
    ("execvpe", 0),
    ("posix_spawn", 0),
    ("posix_spawnp", 0),
    ("spawnv", 1),
    ("spawnve", 1),
    ("spawnvp", 1),
    ("spawnvpe", 1),
)
_COMMANDS = (
    "std.process.Command",
    "tokio.process.Command",
    "async_process.Command",
    "async_std.process.Command",
)
# Programs that run, fetch or write whatever some of their options name.
_OPTIONS_RUN = (
    "git hg svn curl wget tar zip find rsync ssh scp npm yarn pip ffmpeg convert psql mysql "
    "awk sed xargs env man less vim node python python3 php perl ruby"
).split()
_PROGRAMS = "|".join(_OPTIONS_RUN)
_WILDCARD = r"/\b(?:chown|chmod|tar|rsync|zip|7z|find)\b[^|;&]* \*/"
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
                    f"subprocess.{name}(0/args: list & dynamic & /{_SHELL_LINE}/)"
                    for name in _RUN
                ),
                "asyncio.create_subprocess_shell(0/cmd: dynamic)",
                "asyncio.subprocess.create_subprocess_shell(0/cmd: dynamic)",
                f"asyncio.create_subprocess_exec(0: {_SHELL}; 1: '-c'; 2: dynamic)",
                f"asyncio.subprocess.create_subprocess_exec(0: {_SHELL}; 1: '-c'; 2: dynamic)",
                "asyncio.get_event_loop().subprocess_shell(1: dynamic)",
                ".subprocess_shell(1: dynamic)",
                "asyncio.new_event_loop().subprocess_shell(1: dynamic)",
                f".subprocess_exec(1: dynamic & /{_SHELL_LINE}/)",
                ".subprocess_exec(1: /^(?:\\/\\w+)*\\/?(?:ba|z|da)?sh$/; 2: '-c'; 3: dynamic)",
                *(
                    f"os.{name}({at}: {_SHELL}; {at + 2}: '-c'; {at + 3}: dynamic)"
                    for name, at in _LISTED
                ),
                *(
                    f"os.{name}({at + 1}: dynamic & /{_SHELL_LINE}/)"
                    for name, at in _GATHERED
                ),
                "fabric.api.local(0: built)",
                "invoke.run(0/command: built)",
                "invoke.Context().run(0/command: built)",
                "plumbum.local[](0: built)",
                "twisted.internet.utils.getProcessOutput(1: /-c / & dynamic)",
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
                "zx.$(0: built & ~input)",
                "execa.execaCommandSync(0: dynamic)",
                "execa.execaSync(0: dynamic; *.shell: true)",
                "execa.execa(0: dynamic; *.shell: true)",
                "child-process-promise.exec(0: dynamic)",
                "child_process.promises.exec(0: dynamic)",
                "sudo-prompt.exec(0: dynamic)",
                "exec-sh(0: dynamic)",
                "mz.child_process.exec(0: dynamic)",
                "promisify-child-process.exec(0: dynamic)",
                "Bun.spawn(0: ~input)",
                "Deno.Command(0: ~input)",
            ),
            "rust": (
                *(f"{name}.new().arg(recv: ~shell; 0: dynamic)" for name in _COMMANDS),
                *(
                    f"{name}.new().{between}arg(recv: ~shell; 0: dynamic)"
                    for name in _COMMANDS
                    for between in ("arg().", "args().", "arg().arg().")
                ),
                *(
                    f"{name}.new().{between}args(recv: ~shell; 0: dynamic)"
                    for name in _COMMANDS
                    for between in ("", "arg().")
                ),
                f"duct.cmd!(0: {_SHELL}; 1: '-c'; 2: dynamic)",
                "run_script.run(0: dynamic)",
                "run_script.run_script!(0: dynamic)",
                "execute.shell(0: dynamic)",
                "subprocess.Exec.shell(0: dynamic)",
                "nix.libc.system(0: dynamic)",
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
                "code.InteractiveConsole().runsource(0: dynamic)",
                "code.InteractiveConsole().runcode(0: dynamic)",
                "code.InteractiveInterpreter().runsource(0: dynamic)",
                "exec(0: <compile()> & ~input | <compile()> & ~param | <compile()> & ~argv)",
                "eval(0: <compile()> & ~input | <compile()> & ~param | <compile()> & ~argv)",
                "cProfile.run(0: dynamic)",
                "cProfile.runctx(0: dynamic)",
                "profile.run(0: dynamic)",
                "trace.Trace().run(0: dynamic)",
                "pdb.run(0: dynamic)",
                "pdb.runeval(0: dynamic)",
                "bdb.Bdb().run(0: dynamic)",
                "doctest.run_docstring_examples(0: ~input)",
                "polars.sql_expr(0: ~input)",
                "code.InteractiveInterpreter().runcode(0: dynamic)",
                "numexpr.evaluate(0: ~input | ~param)",
                "pandas.eval(0: ~input | ~param)",
                "sympy.sympify(0: ~input)",
                "timeit.timeit(0/stmt: dynamic & string)",
            ),
            "javascript": (
                "eval(0: dynamic)",
                "Function(*: dynamic)",
                "Function.constructor(*: dynamic)",
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
                "vm.SourceTextModule(0: dynamic)",
                "vm2.VMScript(0: dynamic)",
                "vm2.VM().runFile(0: ~input)",
                "isolated-vm.Isolate().compileScript(0: ~input)",
                "mathjs.evaluate(0: ~input)",
                "mathjs.eval(0: ~input)",
                "expr-eval.Parser.evaluate(0: ~input)",
                "window.execScript(0: dynamic)",
                "eval5.evaluate(0: dynamic)",
                "jexl.eval(0: ~input)",
                ".executeJavaScript(0: dynamic)",
                ".compileFunction(0: ~input)",
                "execScript(0: dynamic)",
                "eval(0: ~page)",
                "setTimeout(0: ~page)",
                "Function(*: ~page)",
                "vm.SyntheticModule(0: ~input)",
                "node-eval(0: dynamic)",
                ".addScriptTag(0.content: ~input)",
                "jsonpath.query(1: ~input)",
                "jsonpath-plus.JSONPath(0.path: ~input)",
            ),
            "rust": (
                "mlua.Lua.new().load(0: ~input | ~param)",
                "rlua.Lua.new().load(0: ~input | ~param)",
                "rhai.Engine.new().run(0: ~input | ~param)",
                "rhai.Engine.new().eval_expression(0: ~input | ~param)",
                "boa_engine.Context.default().eval(0: ~input | ~param)",
                "boa_engine.Source.from_bytes(0: ~input | ~param)",
                "rquickjs.Ctx().eval(0: ~input | ~param)",
                "deno_core.JsRuntime.new().execute_script(1: ~input | ~param)",
                "pyo3.types.PyModule.from_code(0: dynamic)",
                "pyo3.py_run!(2: dynamic)",
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
        "options-from-outside",
        "exec",
        VULNERABILITY,
        LOW,
        LIKELY,
        88,
        "What a program is started with comes from outside, and its options can do harm",
        "A value that begins with a dash becomes an option: run this, write there.",
        "Put `--` before such values, and refuse those that begin with a dash.",
        {
            "python": tuple(
                f"subprocess.{name}(0/args: list & ~input & /^(?:{_PROGRAMS}) (?:.* )?\\0/ & !/ -- /; "
                "shell: !true)"
                for name in _RUN
            ),
            "javascript": (
                *(
                    f"child_process.{name}(0: /^(?:{_PROGRAMS})$/; 1: ~input & /(?:^| )\\0/ & !/(?:^| )-- /)"
                    for name in _SPAWN
                ),
                *(f"child_process.{name}(1: ~input & !list)" for name in _SPAWN),
                "simple-git().raw(*: ~input)",
                "simple-git().clone(0: ~input)",
                "simple-git().fetch(*: ~input)",
                "simple-git().pull(*: ~input)",
            ),
            "rust": tuple(
                f"{name}.new().args(0: ~input & !list)" for name in _COMMANDS
            ),
        },
        bad={
            "python": (
                "import subprocess\nfrom flask import request\n"
                "def show():\n    subprocess.run(['git', 'clone', request.args['from']])\n",
            ),
            "javascript": (
                "const { execFile } = require('child_process');\n"
                "app.get('/', (req, res) => { execFile('git', ['log', req.query.name]); });\n",
            ),
            "rust": (
                "use axum::extract::Json;\nuse std::process::Command;\n"
                'async fn run(Json(words): Json<Vec<String>>) { Command::new("ls").args(words); }\n',
            ),
        },
        good={
            "python": (
                "import subprocess\nfrom flask import request\n"
                "def show():\n"
                "    subprocess.run(['git', 'clone', '--', request.args['from']])\n",
                "import subprocess\nfrom flask import request\n"
                "def show():\n    subprocess.run(['ls', request.args['name']])\n",
            ),
            "javascript": (
                "const { execFile } = require('child_process');\n"
                "app.get('/', (req, res) => { execFile('ls', ['-l', req.query.name]); });\n",
            ),
            "rust": (
                "use axum::extract::Json;\nuse std::process::Command;\n"
                'async fn run(Json(w): Json<String>) { Command::new("ls").args(["-l"]); }\n',
            ),
        },
        tainted=MEDIUM,
    ),
    Rule(
        "command-over-ssh",
        "exec",
        VULNERABILITY,
        LOW,
        LIKELY,
        78,
        "A command line for another machine's shell is put together at run time",
        "Whoever chooses a part of the line can add commands of their own there.",
        "Quote each part (`shlex.quote`), or run a fixed script and send the data to it.",
        {
            "python": (
                "paramiko.SSHClient().exec_command(0/command: dynamic)",
                "paramiko.client.SSHClient().exec_command(0/command: dynamic)",
                ".exec_command(0: built)",
                "fabric.api.run(0: built)",
                "fabric.api.sudo(0: built)",
                "fabric.Connection().run(0/command: built)",
                "fabric.Connection().sudo(0/command: built)",
                "asyncssh.connect().run(0: built)",
                "docker.from_env().containers.run(command: built)",
                "kubernetes.stream.stream(command: dynamic & /-c /)",
            ),
            "javascript": (
                "ssh2.Client().exec(0: dynamic)",
                "node-ssh.NodeSSH().execCommand(0: built | ~input)",
                "node-ssh.NodeSSH().exec(0: built | ~input)",
                "simple-ssh().exec(0: built | ~input)",
                ".execCommand(0: built & ~param)",
                ".execCommand(0: ~input)",
            ),
            "rust": (
                "ssh2.Session.new().channel_session().exec(0: dynamic)",
                ".channel_session().exec(0: dynamic)",
                "openssh.Session.connect().shell(0: dynamic)",
                ".raw_command(0: built)",
            ),
        },
        bad={
            "python": (
                "import paramiko\nssh = paramiko.SSHClient()\n"
                "def show(name):\n    ssh.exec_command('ls ' + name)\n",
            ),
            "javascript": (
                "const { Client } = require('ssh2');\nconst ssh = new Client();\n"
                "function show(name) { ssh.exec(`ls ${name}`, done); }\n",
            ),
            "rust": (
                "fn show(s: ssh2::Session, n: &str) {\n"
                '    s.channel_session().unwrap().exec(&format!("ls {}", n));\n}\n',
            ),
        },
        good={
            "python": (
                "import paramiko\nssh = paramiko.SSHClient()\nssh.exec_command('uptime')\n",
            ),
            "javascript": (
                "const { Client } = require('ssh2');\nconst ssh = new Client();\n"
                "ssh.exec('uptime', done);\n",
            ),
            "rust": (
                'fn show(s: ssh2::Session) { s.channel_session().unwrap().exec("uptime"); }\n',
            ),
        },
        tainted=HIGH,
    ),
    Rule(
        "code-compiled",
        "exec",
        VULNERABILITY,
        INFO,
        LIKELY,
        95,
        "A text that is made at run time is compiled",
        "Whoever chooses a part of it runs code of their own once the code object is run.",
        "Look values up in a table, or parse them with `ast.literal_eval` or `JSON.parse`.",
        {
            "python": (
                "compile(0/source: dynamic; 2/mode: 'exec' | 'eval' | 'single')",
                "code.compile_command(0: dynamic)",
                "codeop.compile_command(0: dynamic)",
                "types.FunctionType(0: dynamic)",
                "types.CodeType()",
                "py_compile.compile(0: ~input)",
            ),
            "javascript": (
                "vm.createScript(0: dynamic)",
                "AsyncFunction(*: dynamic)",
                "GeneratorFunction(*: dynamic)",
                "_compile(0: dynamic)",
                ".prototype._compile()",
                "module.constructor()._compile(0: dynamic)",
            ),
        },
        bad={
            "python": ("def load(text):\n    return compile(text, 'rules', 'exec')\n",),
            "javascript": (
                "const vm = require('vm');\nfunction load(t) { return vm.createScript(t); }\n",
            ),
        },
        good={
            "python": (
                "code = compile('1 + 1', 'sum', 'eval')\n",
                "import re\ndef load(text):\n    return re.compile(text)\n",
            ),
            "javascript": (
                "const vm = require('vm');\nconst code = vm.createScript('1 + 1');\n",
            ),
        },
        tainted=HIGH,
    ),
    Rule(
        "code-for-another-interpreter",
        "exec",
        VULNERABILITY,
        LOW,
        SURE,
        95,
        "A text that is made at run time is run in another interpreter of the same process",
        "Whoever chooses a part of it runs code of their own: an interpreter is no sandbox.",
        "Hand data over and keep the code fixed.",
        {
            "python": (
                *(
                    f"{module}.run_string(1: dynamic)"
                    for module in (
                        "_xxsubinterpreters",
                        "_interpreters",
                        "interpreters",
                    )
                ),
                "_xxsubinterpreters.exec(1: dynamic)",
                "_interpreters.exec(1: dynamic)",
                "test.support.interpreters.create().run(0: dynamic)",
                "interpreters.create().run(0: dynamic)",
                "concurrent.interpreters.create().exec(0: dynamic)",
                "_testcapi.run_in_subinterp(0: dynamic)",
                "_testcapi.run_in_subinterp_with_config(0: dynamic)",
                "test.support.run_in_subinterp(0: dynamic)",
            ),
            "javascript": (
                "worker_threads.Worker(0: dynamic; 1.eval: true)",
                "Worker(0: ~input)",
                "importScripts(0: ~input)",
                "ShadowRealm().evaluate(0: dynamic)",
                "process.binding(0: ~input)",
            ),
        },
        bad={
            "python": (
                "import _testcapi\ndef run(text):\n    _testcapi.run_in_subinterp(text)\n",
            ),
            "javascript": (
                "const { Worker } = require('worker_threads');\n"
                "function run(text) { new Worker(text, { eval: true }); }\n",
            ),
        },
        good={
            "python": ("import _testcapi\n_testcapi.run_in_subinterp('print(1)')\n",),
            "javascript": (
                "const { Worker } = require('worker_threads');\n"
                "function run(file) { new Worker(file, { workerData: 1 }); }\n",
            ),
        },
        tainted=HIGH,
    ),
    Rule(
        "page-scripted",
        "exec",
        VULNERABILITY,
        LOW,
        LIKELY,
        95,
        "A script or a page for a browser is put together at run time",
        "Whoever chooses a part of it acts in that browser, from inside this network.",
        "Hand values over as arguments of a fixed function.",
        {
            "python": (
                ".execute_script(0: built)",
                ".execute_async_script(0: built)",
                ".execute_script(0: ~input)",
                ".add_init_script(0/script: built)",
                "pyppeteer.launch().newPage().evaluate(0: built)",
            ),
            "javascript": (
                ".evaluate(0: string & dynamic)",
                ".evaluate(0: ~input)",
                ".evaluateHandle(0: string & dynamic)",
                ".evaluateHandle(0: ~input)",
                ".evaluateOnNewDocument(0: string & dynamic)",
                ".addInitScript(0: string & dynamic)",
                ".setContent(0: ~input)",
                ".compileScript(0.expression: ~input)",
                ".Runtime.compileScript(0.expression: dynamic)",
                ".Runtime.evaluate(0.expression: dynamic)",
                ".Page.setDocumentContent(0.html: ~input)",
                "phantom.create().createPage().evaluateJavaScript(0: dynamic)",
                ".evaluateJavaScript(0: dynamic)",
                "wkhtmltopdf(0: ~input)",
                "wkhtmltoimage.generate(0: ~input)",
                "html-pdf.create(0: ~input)",
                "webview.executeJavaScript(0: dynamic)",
                ".insertCSS(0: ~input)",
            ),
            "rust": (
                ".execute_script(0: built)",
                "headless_chrome.Tab().evaluate(0: built)",
                "fantoccini.Client().execute(0: built)",
            ),
        },
        bad={
            "python": (
                "def show(driver, x):\n    driver.execute_script(f'show({x})')\n",
            ),
            "javascript": (
                "async function show(page, name) { await page.evaluate(`show(${name})`); }\n",
            ),
            "rust": (
                'fn show(d: D, x: &str) { d.execute_script(&format!("show({})", x)); }\n',
            ),
        },
        good={
            "python": (
                "def show(driver, x):\n    driver.execute_script('show()', x)\n",
            ),
            "javascript": (
                "async function show(page, name) { await page.evaluate(n => n, name); }\n",
            ),
            "rust": ('fn show(d: D) { d.execute_script("show()"); }\n',),
        },
        tainted=HIGH,
    ),
    Rule(
        "sandbox-reached-into",
        "exec",
        VULNERABILITY,
        LOW,
        LIKELY,
        265,
        "Objects of a request are put into what is meant to be a sandbox for code",
        "`vm` is no sandbox, and `vm2` is not kept up: objects inside lead out.",
        "Run strangers' code in another process, with the system's own sandbox.",
        {
            "javascript": (
                "vm.createContext(0: ~input)",
                "vm.createContext(0.**: ~input)",
                "vm.runInContext(1: ~input)",
                "vm.runInNewContext(1: ~input)",
                "vm2.VM(0.sandbox: ~input)",
                "vm2.VM(0: ~input)",
                "vm2.NodeVM(0.sandbox: ~input)",
                "vm2.NodeVM(0: ~input)",
                "vm2.NodeVM(0.require.builtin: /\\*|child_process/)",
                "sandboxjs().compile(0: ~input)",
                "sandbox().run(0: ~input)",
            ),
            "python": (
                "RestrictedPython.compile_restricted(0: ~input)",
                "eval(1: dynamic & ~input)",
            ),
        },
        bad={
            "javascript": (
                "const { VM } = require('vm2');\n"
                "app.get('/', (req, res) => { new VM({ sandbox: { q: req.query.q } }); });\n",
            ),
            "python": (
                "import RestrictedPython\nfrom flask import request\n"
                "def run():\n    RestrictedPython.compile_restricted(request.form['code'])\n",
            ),
        },
        good={
            "javascript": (
                "const { VM } = require('vm2');\nnew VM({ sandbox: { q: 1 } });\n",
            ),
            "python": (
                "import RestrictedPython\nRestrictedPython.compile_restricted('1 + 1')\n",
            ),
        },
        tainted=MEDIUM,
    ),
    Rule(
        "function-chosen",
        "exec",
        VULNERABILITY,
        INFO,
        LIKELY,
        470,
        "The function to call is chosen by a text",
        "Whoever chooses the text can call others of the object or the module.",
        "Look the name up in a table of the functions that may be called.",
        {
            "python": (
                "globals()[]()",
                "locals()[]()",
                "assign globals()[](1: ~input)",
                "getattr(1: ~input)",
                "operator.methodcaller(0: ~input)",
                "operator.attrgetter(0: ~input)",
                "setattr(1: ~input)",
            ),
        },
        bad={
            "python": (
                "from flask import request\n"
                "def run(jobs):\n    return getattr(jobs, request.args['name'])()\n",
            ),
        },
        good={
            "python": (
                "from flask import request\nJOBS = {'a': min}\n"
                "def run():\n    return JOBS[request.args['name']]()\n",
            ),
        },
        tainted=MEDIUM,
    ),
    Rule(
        "wildcard-in-shell",
        "exec",
        VULNERABILITY,
        LOW,
        LIKELY,
        155,
        "A shell spreads `*` into names of files for a program whose options can do harm",
        "A file that is named like an option (`--checkpoint-action=...`) becomes one.",
        "Write `./*`, or list the files yourself.",
        {
            "python": (
                f"os.system(0: {_WILDCARD})",
                f"os.popen(0: {_WILDCARD})",
                *(
                    f"subprocess.{name}(0/args: {_WILDCARD}; shell: true)"
                    for name in _RUN
                ),
            ),
            "javascript": (
                f"child_process.exec(0: {_WILDCARD})",
                f"child_process.execSync(0: {_WILDCARD})",
                f"shelljs.exec(0: {_WILDCARD})",
            ),
        },
        bad={
            "python": ("import os\nos.system('tar cf a.tar *')\n",),
            "javascript": ("require('child_process').exec('chown -R nobody *');\n",),
        },
        good={
            "python": ("import os\nos.system('tar cf a.tar ./*')\n",),
            "javascript": ("require('child_process').exec('ls *.txt');\n",),
        },
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
