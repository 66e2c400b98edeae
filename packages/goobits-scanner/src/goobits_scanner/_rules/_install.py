"""What runs when a package is installed or built, before anybody used it."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    HIGH,
    INFO,
    LIKELY,
    LOW,
    MALICE,
    MEDIUM,
    SURE,
    Rule,
)

RULES = (
    Rule(
        "install-code-network",
        "install",
        MALICE,
        MEDIUM,
        LIKELY,
        829,
        "The network is used while the package is installed or built",
        "What is fetched then is in no release, and what is sent then nobody asked "
        "for.",
        "Ship what is needed in the package.",
        {
            "python": (
                "requests.*() @install",
                "requests.Session().*() @install",
                "httpx.*() @install",
                "urllib.request.urlopen() @install",
                "urllib.request.urlretrieve() @install",
                "urllib.request.Request() @install",
                "urllib2.urlopen() @install",
                "urllib3.PoolManager().request() @install",
                "http.client.HTTPSConnection() @install",
                "http.client.HTTPConnection() @install",
                "aiohttp.ClientSession() @install",
                "socket.socket().connect() @install",
                "socket.create_connection() @install",
                "socket.gethostbyname() @install",
                "smtplib.SMTP() @install",
                "ftplib.FTP() @install",
                "wget.download() @install",
                r"os.system(0: /\b(?:curl|wget|Invoke-WebRequest)\b/) @install",
                r"subprocess.*(0/args: /\b(?:curl|wget|Invoke-WebRequest)\b/) @install",
            ),
            "javascript": (
                "fetch() @install",
                "axios() @install",
                "axios.get() @install",
                "axios.post() @install",
                "got() @install",
                "node-fetch() @install",
                "http.get() @install",
                "https.get() @install",
                "http.request() @install",
                "https.request() @install",
                "net.connect() @install",
                "net.Socket() @install",
                "dns.lookup() @install",
                "dns.resolve() @install",
                r"child_process.*(0: /\b(?:curl|wget)\b/) @install",
            ),
        },
        bad={
            "python": ("import requests\nrequests.get('https://a.invalid')\n",),
            "javascript": ("require('https').get('https://a.invalid');\n",),
        },
        good={
            "python": ("from setuptools import setup\nsetup(name='a')\n",),
            "javascript": ("console.log('Thank you for installing');\n",),
        },
        file="setup.py",
    ),
    Rule(
        "install-code-runs",
        "install",
        MALICE,
        LOW,
        LIKELY,
        829,
        "A command is run while the package is installed or built",
        "It runs as the user who installs, before anybody looked at the package.",
        "Let the build tool do it, or leave it out.",
        {
            "python": (
                "os.system() @install",
                "os.popen() @install",
                "subprocess.run() @install",
                "subprocess.call() @install",
                "subprocess.Popen() @install",
                "subprocess.check_call() @install",
                "subprocess.check_output() @install",
                "subprocess.getoutput() @install",
                "os.startfile() @install",
                "pty.spawn() @install",
            ),
            "javascript": (
                "child_process.exec() @install",
                "child_process.execSync() @install",
                "child_process.spawn() @install",
                "child_process.spawnSync() @install",
                "child_process.execFile() @install",
                "child_process.execFileSync() @install",
                "child_process.fork() @install",
                "execa() @install",
            ),
        },
        bad={
            "python": ("import os\nos.system('make')\n",),
            "javascript": ("require('child_process').execSync('make');\n",),
        },
        good={
            "python": ("import os\nprint(os.getcwd())\n",),
            "javascript": ("console.log('done');\n",),
        },
        file="setup.py",
    ),
    Rule(
        "install-code-shell",
        "install",
        MALICE,
        MEDIUM,
        LIKELY,
        829,
        "A shell is run while the package is built",
        "A build needs compilers; a shell can do anything, as the user who builds.",
        "Start the one program that is needed, without a shell.",
        {
            "python": (
                r"os.system(0: /\b(?:sh|bash|powershell|cmd)\s+[-\/][ce]/) @install",
                r"subprocess.*(0/args: /\b(?:sh|bash|powershell|cmd)\s+[-\/][ce]/) "
                r"@install",
            ),
            "javascript": (
                r"child_process.*(0: /\b(?:sh|bash|powershell"
                r"|cmd)(?:\.exe)?\s+[-\/][ce]/) @install",
                r"child_process.spawn(0: /(?:^|\W)(?:sh|bash"
                r"|cmd\.exe|powershell(?:\.exe)?)$/) @install",
            ),
        },
        bad={
            "python": ("import os\nos.system('bash -c make')\n",),
            "javascript": ("require('child_process').exec('bash -c make');\n",),
        },
        good={
            "python": ("import os\nos.system('make')\n",),
            "javascript": ("require('child_process').exec('make');\n",),
        },
        file="setup.py",
    ),
    Rule(
        "install-code-dynamic",
        "install",
        MALICE,
        INFO,
        LIKELY,
        829,
        "Code made at run time is run while the package is installed",
        "What a package does when it is installed should be there to read.",
        "Write the code where it runs; read a version number as text.",
        {
            "python": (
                "exec(0: dynamic) @install",
                "eval(0: dynamic) @install",
                "__import__(0: dynamic) @install",
            ),
            "javascript": (
                "eval(0: dynamic) @install",
                "Function(*: dynamic) @install",
                "vm.runInThisContext() @install",
            ),
        },
        bad={
            "python": ("exec(text)\n",),
            "javascript": ("eval(text);\n",),
        },
        good={
            "python": ("from setuptools import setup\nsetup(name='a')\n",),
            "javascript": ("console.log('done');\n",),
        },
        file="setup.py",
    ),
    Rule(
        "install-code-reads-secrets",
        "install",
        MALICE,
        HIGH,
        LIKELY,
        829,
        "Keys, tokens or browser data are read while the package is installed",
        "No installation needs them.",
        "Do not install it.",
        {
            "python": (
                ".read(recv: ~secret-file) @install",
                ".read_text(recv: ~secret-file) @install",
                "open(0: /(?i)\\.ssh\\W+id_|\\.aws\\W+cred|Login Data"
                "|wallet\\.dat|\\.npmrc$|\\.pypirc$/) @install",
                "shutil.copy(0: /(?i)\\.ssh\\W+id_|\\.aws\\W+cred|Login Data"
                "|wallet\\.dat/) @install",
            ),
            "javascript": (
                "fs.readFileSync(0: /(?i)\\.ssh\\W+id_|\\.aws\\W+cred|Login Data"
                "|wallet\\.dat|\\W\\.npmrc$/) @install",
                "fs.readFile(0: /(?i)\\.ssh\\W+id_|\\.aws\\W+cred|Login Data"
                "|wallet\\.dat|\\W\\.npmrc$/) @install",
                "fs.readdirSync(0: /(?i)\\.ssh\\W*$|\\.aws\\W*$/) @install",
            ),
        },
        bad={
            "python": (
                "import os\nkey = open(os.path.expanduser('~/.ssh/id_rsa')).read()\n",
            ),
            "javascript": (
                "const os = require('os');\n"
                "require('fs').readFileSync(os.homedir() + '/.ssh/id_rsa');\n",
            ),
        },
        good={
            "python": ("text = open('README.md').read()\n",),
            "javascript": ("require('fs').readFileSync('package.json');\n",),
        },
        file="setup.py",
    ),
    Rule(
        "install-command-replaced",
        "install",
        MALICE,
        LOW,
        LIKELY,
        829,
        "The package brings its own install command",
        "It runs code of the package's own while pip installs it.",
        "Declare files, scripts and extensions; leave the commands as they are.",
        {
            "python": tuple(
                f"{setup}(cmdclass.{command}: present)"
                for setup in ("setuptools.setup", "distutils.core.setup")
                for command in ("install", "develop", "egg_info", "install_lib")
            ),
        },
        bad={
            "python": (
                "from setuptools import setup\nsetup(name='a', cmdclass={'install': "
                "Mine})\n",
            ),
        },
        good={
            "python": (
                "from setuptools import setup\nsetup(name='a', cmdclass={'build_ext': "
                "Mine})\n",
            ),
        },
    ),
    Rule(
        "install-code-after",
        "install",
        MALICE,
        MEDIUM,
        LIKELY,
        829,
        "Code is left to run when the installation is over",
        "It acts when nobody watches the installer's output any more.",
        "Do it at once and in the open, or leave it out.",
        {
            "python": (
                "atexit.register() @install @with-reaching-out",
                "threading.Timer() @install",
            ),
            "javascript": (
                "process.on(0: 'exit') @install",
                "child_process.spawn(2.detached: true) @install",
                "child_process.fork(2.detached: true) @install",
            ),
        },
        bad={
            "python": ("import atexit, os\natexit.register(lambda: os.system('a'))\n",),
            "javascript": (
                "require('child_process').spawn('node', ['a.js'], { detached: true "
                "});\n",
            ),
        },
        good={
            "python": ("import sys\nsys.exit(0)\n",),
            "javascript": ("process.exit(0);\n",),
        },
        file="setup.py",
    ),
    Rule(
        "install-writes-outside",
        "install",
        MALICE,
        HIGH,
        LIKELY,
        829,
        "A file outside of the package is written while it is installed",
        "Start-up files and programs of the system are none of a package's business.",
        "Write into the package's own folder.",
        {
            "python": (
                r"open(0/file: /^(?:~|\0)?.?\.(?:bashrc|zshrc|profile|bash_profile)$"
                r"|^.(?:etc|usr.bin|bin|boot)\W/; 1/mode: /[wax]/) @install",
                r"shutil.copy(1: /^.(?:etc|usr.bin|bin)\W/) @install",
            ),
            "javascript": (
                r"fs.writeFileSync(0: /\.(?:bashrc|zshrc|profile|bash_profile)$"
                r"|^.(?:etc|usr.bin|bin)\W/) @install",
                r"fs.appendFileSync(0: /\.(?:bashrc|zshrc|profile|bash_profile)$"
                r"|^.(?:etc|usr.bin|bin)\W/) @install",
            ),
        },
        bad={
            "python": ("open('/etc/profile.d/a.sh', 'w').write(text)\n",),
            "javascript": (
                "require('fs').writeFileSync('/etc/profile.d/a.sh', text);\n",
            ),
        },
        good={
            "python": ("open('version.txt', 'w').write(text)\n",),
            "javascript": ("require('fs').writeFileSync('build/a.json', text);\n",),
        },
        file="setup.py",
    ),
    Rule(
        "build-script-env",
        "install",
        MALICE,
        HIGH,
        SURE,
        829,
        "Secrets of the environment are read while the package is built",
        "A build needs paths and flags; tokens and keys are there for others.",
        "Do not build it.",
        {
            "rust": (
                r"std.env.var(0: /(?i)^(?:AWS_|AZURE_|GOOGLE_|GCP_|NPM_|PYPI_|TWINE_"
                r"|CARGO_REGISTR\w+_|CI_|GH_|GITHUB_|DOCKER_|SSH_|VAULT_)\w*(?:TOKEN"
                r"|SECRET|KEY|PASS\w*|CREDENTIALS)/) @build",
                r"std.env.var_os(0: /(?i)^(?:AWS_|NPM_|CARGO_REGISTR\w+_|GH_"
                r"|GITHUB_)\w*(?:TOKEN|SECRET|KEY|PASS\w*)/) @build",
            ),
        },
        bad={"rust": ('fn main() { std::env::var("AWS_SECRET_ACCESS_KEY"); }\n',)},
        good={"rust": ('fn main() { std::env::var("OUT_DIR"); }\n',)},
        file="build.rs",
    ),
    Rule(
        "build-script-network",
        "install",
        MALICE,
        MEDIUM,
        LIKELY,
        829,
        "The network is used while the crate is built",
        "What is fetched then is in no release, and what is sent then nobody asked "
        "for.",
        "Ship what is needed in the crate.",
        {
            "rust": (
                "reqwest.get() @build",
                "reqwest.blocking.get() @build",
                "reqwest.blocking.Client.new() @build",
                "reqwest.Client.new() @build",
                "ureq.get() @build",
                "ureq.post() @build",
                "attohttpc.get() @build",
                "minreq.get() @build",
                "std.net.TcpStream.connect() @build",
                "std.net.UdpSocket.bind() @build",
                ".to_socket_addrs() @build",
                r"std.process.Command.new(0: /(?:^|\W)(?:curl|wget|nc|ncat|telnet)$/) "
                r"@build",
                r"std.process.Command.new().arg(0: /\b(?:curl|wget)\s/) @build",
                "tokio.net.TcpStream.connect() @build",
                "reqwest.ClientBuilder.new() @build",
                "reqwest.Client.builder() @build",
                "reqwest.blocking.Client.builder() @build",
                "ureq.Agent.new_with_defaults() @build",
                "ureq.AgentBuilder.new() @build",
                "ureq.agent() @build",
                "ureq.request() @build",
                "ureq.put() @build",
                "minreq.post() @build",
                "attohttpc.post() @build",
                "isahc.get() @build",
                "isahc.post() @build",
                "curl.easy.Easy.new() @build",
                r"std.process.Command.new().args(0: /\b(?:curl|wget)\s/) @build",
            ),
        },
        bad={
            "rust": ('fn main() { ureq::get("https://a.invalid").call(); }\n',),
        },
        good={
            "rust": ('fn main() { println!("cargo:rerun-if-changed=a.c"); }\n',),
        },
        file="build.rs",
    ),
    Rule(
        "build-script-shell",
        "install",
        MALICE,
        MEDIUM,
        LIKELY,
        829,
        "A shell is run while the crate is built",
        "A build needs compilers; a shell can do anything, as the user who builds.",
        "Start the one program that is needed, without a shell.",
        {
            "rust": (
                r"std.process.Command.new(0: /(?:^|\W)(?:sh|bash|zsh|cmd"
                r"|cmd\.exe|powershell|powershell\.exe|pwsh|python3?|perl)$/) @build",
                "std.process.Command.new(0: ~env & built) @build",
                "libc.system() @build",
            ),
        },
        bad={
            "rust": (
                "use std::process::Command;\n"
                'fn main() { Command::new("sh").arg("-c").arg("make").status(); }\n',
            ),
        },
        good={
            "rust": (
                "use std::process::Command;\n"
                'fn main() { Command::new("git").arg("rev-parse").output(); }\n',
            ),
        },
        file="build.rs",
    ),
    Rule(
        "build-script-reads-secrets",
        "install",
        MALICE,
        HIGH,
        LIKELY,
        829,
        "Keys or tokens are read while the crate is built",
        "No build needs them.",
        "Do not build it.",
        {
            "rust": (
                "std.fs.read(0: /(?i)\\.ssh\\W+id_|\\.aws\\W+cred"
                "|\\.cargo\\W+credentials|wallet\\.dat/) @build",
                "std.fs.read_to_string(0: /(?i)\\.ssh\\W+id_|\\.aws\\W+cred"
                "|\\.cargo\\W+credentials|wallet\\.dat/) @build",
                "std.fs.read_to_string(0: ~secret-file) @build",
                "std.fs.read(0: ~secret-file) @build",
            ),
        },
        bad={
            "rust": (
                "fn main() { std::fs::read_to_stri"
                'ng("/root/.cargo/credentials.toml"); }\n',
            ),
        },
        good={
            "rust": ('fn main() { std::fs::read_to_string("src/a.txt"); }\n',),
        },
        file="build.rs",
    ),
    Rule(
        "build-script-writes-outside",
        "install",
        MALICE,
        HIGH,
        LIKELY,
        829,
        "A file outside of the crate is written while it is built",
        "Cargo gives a build script a folder of its own; everything else is none of "
        "its business.",
        "Write into `OUT_DIR`.",
        {
            "rust": (
                r"std.fs.write(0: /\.(?:bashrc|zshrc|profile|bash_profile)$|^.(?:etc"
                r"|usr.bin|bin|tmp)\W/) @build",
                r"std.fs.File.create(0: /\.(?:bashrc|zshrc|profile)$|^.(?:etc|usr.bin"
                r"|bin|tmp)\W/) @build",
                r"std.fs.copy(1: /\.(?:bashrc|zshrc|profile)$|^.(?:etc|usr.bin|bin"
                r"|tmp)\W/) @build",
            ),
        },
        bad={
            "rust": ('fn main() { std::fs::write("/tmp/a.sh", TEXT); }\n',),
        },
        good={
            "rust": ('fn main() { std::fs::write("out.rs", TEXT); }\n',),
        },
        file="build.rs",
    ),
)
