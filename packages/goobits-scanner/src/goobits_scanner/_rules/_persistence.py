"""What stays when the package is gone."""

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

_SHELL_FILE = (
    r"/(?:^|\W)\.(?:bashrc|bash_profile|bash_login|bash_logout|profile|zshrc|zprofile"
    r"|zshenv|zlogin)$"
    r"|\.config\Wfish\Wconfig\.fish$|^.etc.(?:profile|bash\.bashrc|zsh.zshrc"
    r"|environment|rc\.local)$|^.etc.profile\.d.|Microsoft\.PowerShell_profile\.ps1$/"
)
_STARTUP = (
    r"/(?i)Start Menu\W+Programs\W+Startup|"
    r"\.config\Wautostart\W|Library\WLaunch(?:Agents|Daemons)\W.*\.plist$"
    r"|systemd\W(?:system|user)\W.*\.(?:service|timer|path)$"
    r"|^.etc.init\.d.|^.etc.cron(?:\.|tab)|^.var.spool.cron|^.etc.ld\.so\.preload$/"
)
_PYTHON_HOOK = (
    r"/(?:site-packages|\0|^)\W?.*(?:\.pth|sitecustomize\.py|usercustomize\.py)$/"
)
_SCHEDULED = (
    r"/(?i)\bcrontab\s+(?:-(?!l)|[^-\s]\S*$)|\|\s*crontab\b|\bschtasks\b.*.create"
    r"|\bat\s+now\s*\+|\breg(?:\.exe)?\s+add\b.*\\(?:Run|RunOnce)\b"
    r"|\bsystemctl\b.*\b(?:enable|daemon-reload)\b|\blaunchctl\s+(?:load|bootstrap"
    r"|submit)|\bsc(?:\.exe)?\s+create\b|New-ScheduledTask|Register-ScheduledTask"
    r"|Set-ItemProperty.*\\Run\b|New-Service"
    r"\b|\bupdate-rc\.d\b.*\bdefaults\b|\bchkconfig\b.*\bon\b/"
)
_RUN_KEY = (
    r"/(?i)\\(?:CurrentVersion\\+(?:Run|RunOnce|RunServices|Winlogon"
    r"|Policies\\+Explorer\\+Run)|Image File Execution Options)\b/"
)
_SSH = r"/(?:\.ssh|\0)\W?authorized_keys2?$/"
_HOOK = r"/\.git\Whooks\W(?:pre|post|commit|prepare|applypatch|update)[\w-]*$/"


def _python_writes(what: str) -> tuple[str, ...]:
    return (
        f"open(0/file: {what}; 1/mode: /[wax+]/)",
        f".open(recv: {what}; 0/mode: /[wax+]/)",
        f".write_text(recv: {what})",
        f".write_bytes(recv: {what})",
        f"shutil.copy(1/dst: {what})",
        f"shutil.copyfile(1/dst: {what})",
        f"shutil.copy2(1/dst: {what})",
        f"shutil.move(1/dst: {what})",
        f"os.symlink(1/dst: {what})",
    )


def _javascript_writes(what: str) -> tuple[str, ...]:
    return (
        f"fs.writeFile(0: {what})",
        f"fs.writeFileSync(0: {what})",
        f"fs.appendFile(0: {what})",
        f"fs.appendFileSync(0: {what})",
        f"fs.createWriteStream(0: {what})",
        f"fs.promises.writeFile(0: {what})",
        f"fs.promises.appendFile(0: {what})",
        f"fs.copyFileSync(1: {what})",
        f"fs.copyFile(1: {what})",
        f"fs.symlinkSync(1: {what})",
        f"Deno.writeTextFile(0: {what})",
        f"Bun.write(0: {what})",
    )


def _rust_writes(what: str) -> tuple[str, ...]:
    return (
        f"std.fs.write(0: {what})",
        f"std.fs.File.create(0: {what})",
        f"std.fs.copy(1: {what})",
        f"std.fs.OpenOptions.new().append().open(0: {what})",
        f"std.fs.OpenOptions.new().create().append().open(0: {what})",
        f"std.fs.OpenOptions.new().append().create().open(0: {what})",
        f"std.fs.OpenOptions.new().write().open(0: {what})",
        f"tokio.fs.write(0: {what})",
        f"std.os.unix.fs.symlink(1: {what})",
    )


def _python_runs(what: str) -> tuple[str, ...]:
    return (
        f"os.system(0: {what})",
        f"os.popen(0: {what})",
        f"subprocess.*(0/args: {what})",
    )


_PLACE = (
    r"/Start Menu[\/\\]+Programs[\/\\]+Startup|\.config[\/\\]autostart|Library[\/\\]+Launch(?:Agents|Daemons)"
    r"|\.config[\/\\]systemd|etc[\/\\]systemd|LaunchAgents$|CurrentVersion\\+Run\b|\.git[\/\\]hooks|sitecustomize\.py|usercustomize\.py/"
)

RULES = (
    Rule(
        "shell-file-written",
        "persistence",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "A start-up file of the shell is written",
        "What stands there runs in every terminal from then on.",
        "Tell the user which line to add.",
        {
            "python": (
                *_python_writes(_SHELL_FILE),
                r"os.system(0: />>\s*\S*\.(?:bashrc|bash_profile|profile|zshrc"
                r"|zprofile)\b/)",
                r"subprocess.*(0/args: />>\s*\S*\.(?:bashrc|bash_profile|profile|zshrc"
                r"|zprofile)\b/)",
            ),
            "javascript": (
                *_javascript_writes(_SHELL_FILE),
                r"child_process.*(0: />>\s*\S*\.(?:bashrc|bash_profile|profile|zshrc"
                r"|zprofile)\b/)",
            ),
            "rust": (
                *_rust_writes(_SHELL_FILE),
                ".open(0: "
                + _SHELL_FILE
                + "; recv: <std.fs.OpenOptions.new().append()>)",
                r".arg(0: />>\s*\S*\.(?:bashrc|bash_profile|profile|zshrc"
                r"|zprofile)\b/)",
            ),
        },
        bad={
            "python": (
                "import os\nwith open(os.path.expanduser('~/.bashrc'), 'a') as "
                "out:\n    out.write(text)\n",
            ),
            "javascript": (
                "const os = require('os');\n"
                "require('fs').appendFileSync(os.homedir() + '/.zshrc', text);\n",
            ),
            "rust": ('fn main() { std::fs::write("/root/.bashrc", TEXT); }\n',),
        },
        good={
            "python": (
                "import os\ntext = open(os.path.expanduser('~/.bashrc')).read()\n",
                "print('Add this line to ~/.bashrc')\n",
            ),
            "javascript": ("console.log('add it to ~/.zshrc');\n",),
            "rust": ('fn main() { std::fs::read_to_string("/root/.bashrc"); }\n',),
        },
    ),
    Rule(
        "startup-file-written",
        "persistence",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "A file is put where the system starts programs from",
        "It runs at every start or login, whether or not the package is still there.",
        "Let the user install a service by a command of its own.",
        {
            "python": _python_writes(_STARTUP),
            "javascript": _javascript_writes(_STARTUP),
            "rust": _rust_writes(_STARTUP),
        },
        bad={
            "python": (
                "import os\nhome = os.environ['APPDATA']\n"
                "open(home + '/Microsoft/Windows/Start Menu/Programs/Startup/a.bat', "
                "'w').write(text)\n",
                "from pathlib import Path\n"
                "(Path.home() / '.config/autostart/a.desktop').write_text(text)\n",
            ),
            "javascript": (
                "const os = require('os');\n"
                "require('fs').writeFileSync(os.homedir() + "
                "'/Library/LaunchAgents/a.plist', text);\n",
            ),
            "rust": (
                'fn main() { std::fs::write("/etc/systemd/system/a.service", TEXT); '
                "}\n",
            ),
        },
        good={
            "python": ("open('systemd/a.service').read()\n",),
            "javascript": ("require('fs').writeFileSync('a.plist', text);\n",),
            "rust": ('fn main() { std::fs::write("a.service", TEXT); }\n',),
        },
    ),
    Rule(
        "task-scheduled",
        "persistence",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "A task, a service or a start-up entry is set up by a command",
        "It runs from then on, whether or not the package is still there.",
        "Let the user set it up by a command of its own.",
        {
            "python": (
                *_python_runs(_SCHEDULED),
                "crontab.CronTab().new()",
                "win32com.client.Dispatch(0: 'Schedule.Service')",
            ),
            "javascript": (
                f"child_process.*(0: {_SCHEDULED})",
                "child_process.*(0: /^(?:launchctl|systemctl)$/; 1: /^(?:--user )?(?:load|bootstrap|enable)/)",
                "child_process.*(0: 'crontab'; 1: /^(?!-l)/)",
                "child_process.*(0: 'schtasks' | 'schtasks.exe'; 1: /(?i)\\/create/)",
                "auto-launch(0: present)",
                "electron.app.setLoginItemSettings(0.openAtLogin: true)",
            ),
            "rust": (
                f".arg(0: {_SCHEDULED})",
                r"std.process.Command.new(0: /^(?:crontab|schtasks"
                r"|launchctl)(?:\.exe)?$/)",
                "auto_launch.AutoLaunch.new()",
            ),
        },
        bad={
            "python": (
                'import os\nos.system(\'(crontab -l; echo "@reboot a") | crontab '
                "-')\n",
                "import subprocess\nsubprocess.run('schtasks /create /sc onlogon /tr "
                "a', shell=True)\n",
            ),
            "javascript": (
                "require('child_process').exec('schtasks /create /sc onlogon /tn a "
                "/tr b');\n",
            ),
            "rust": (
                "fn main() { std::process::Command"
                '::new("schtasks").arg("/create").spawn(); }\n',
            ),
        },
        good={
            "python": ("import os\nos.system('crontab -l')\n",),
            "javascript": ("require('child_process').exec('systemctl status a');\n",),
            "rust": (
                'fn main() { std::process::Command::new("cron-parser").spawn(); }\n',
            ),
        },
    ),
    Rule(
        "run-key-set",
        "persistence",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "An entry is made in the registry that starts a program at login",
        "It runs from then on, whether or not the package is still there.",
        "Let the user choose it in the program's settings.",
        {
            "python": (
                f"winreg.OpenKey(1: {_RUN_KEY})",
                f"winreg.OpenKeyEx(1: {_RUN_KEY})",
                f"winreg.CreateKey(1: {_RUN_KEY})",
                f"winreg.CreateKeyEx(1: {_RUN_KEY})",
                f"_winreg.OpenKey(1: {_RUN_KEY})",
                f"win32api.RegOpenKeyEx(1: {_RUN_KEY})",
                f"winreg.SetValue(1: {_RUN_KEY})",
            ),
            "javascript": (
                f"winreg(0.key: {_RUN_KEY})",
                f"regedit.putValue(0: {_RUN_KEY})",
                "child_process.*(0: /(?i)reg(?:"
                "\\.exe)?\\s+add.*CurrentVersion\\\\+Run/)",
                "child_process.*(0: /(?i)^reg(?:\\.exe)?$/; 1: /(?i)^add\\s.*CurrentVersion\\W+Run/)",
            ),
            "rust": (
                f".create_subkey(0: {_RUN_KEY})",
                f".open_subkey_with_flags(0: {_RUN_KEY})",
            ),
        },
        bad={
            "python": (
                "import winreg\nwinreg.OpenKey(winreg.HKEY_CURRENT_USER,\n"
                "    r'Software\\Microsoft\\Windows\\CurrentVersion\\Run', 0, "
                "winreg.KEY_SET_VALUE)\n",
            ),
            "javascript": (
                "require('child_process').exec(\n"
                "  'reg add HKCU\\\\Software"
                "\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Run /v a /d b');\n",
                "require('child_process').execFile('reg', ['add',\n  'HKCU\\\\Software\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Run', '/v', 'a']);\n",
            ),
            "rust": (
                "fn main() {\n"
                '    hkcu.create_subkey("Software'
                '\\\\Microsoft\\\\Windows\\\\CurrentVersion\\\\Run");\n}\n',
            ),
        },
        good={
            "python": (
                "import winreg\nwinreg.OpenKey(winreg.HKEY_CURRENT_USER, "
                "r'Software\\Python')\n",
            ),
            "javascript": ("require('child_process').exec('reg query HKCU');\n",),
            "rust": ('fn main() { hkcu.create_subkey("Software\\\\Mine"); }\n',),
        },
    ),
    Rule(
        "python-hook-written",
        "persistence",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "A file is written that every Python runs when it starts",
        "`.pth` files and `sitecustomize` run before any program, in all of them.",
        "Do not run it; look for such files in site-packages.",
        {
            "python": (
                f"open(0/file: {_PYTHON_HOOK}; 0/file: ~site | /(?:site"
                f"|user)customize\\.py$|site-packages/; 1/mode: /[wax]/)",
                f".write_text(recv: {_PYTHON_HOOK}; recv: ~site | /(?:site"
                f"|user)customize\\.py$|site-packages/)",
                r"shutil.copy(1: /(?:site|user)customize\.py$/)",
            ),
            "javascript": (
                r"fs.writeFileSync(0: /(?:sitecustomize\.py|site-packages\W.*\.pth)$/)",
            ),
            "rust": (
                r"std.fs.write(0: /(?:sitecustomize\.py|site-packages\W.*\.pth)$/)",
            ),
        },
        bad={
            "python": (
                "import site\nopen(site.getsitepackages()[0] + '/a.pth', "
                "'w').write(text)\n",
                "import os\nopen(os.path.join(where, 'sitecustomize.py'), "
                "'w').write(text)\n",
            ),
            "javascript": (
                "require('fs').writeFileSync('/usr/lib/sitecustomize.py', text);\n",
            ),
            "rust": (
                'fn main() { std::fs::write("/usr/lib/sitecustomize.py", TEXT); }\n',
            ),
        },
        good={
            "python": ("open('a.pth', 'w').write(text)\n",),
            "javascript": ("require('fs').writeFileSync('a.py', text);\n",),
            "rust": ('fn main() { std::fs::write("a.py", TEXT); }\n',),
        },
    ),
    Rule(
        "key-authorized",
        "persistence",
        MALICE,
        HIGH,
        SURE,
        506,
        "A key is added to those that may log in",
        "Whoever holds the key can log in from then on.",
        "Do not run it; take the key out of the file.",
        {
            "python": (
                *_python_writes(_SSH),
                r"os.system(0: />>?\s*\S*authorized_keys/)",
                r"subprocess.*(0/args: />>?\s*\S*authorized_keys/)",
            ),
            "javascript": (
                *_javascript_writes(_SSH),
                r"child_process.*(0: />>?\s*\S*authorized_keys/)",
            ),
            "rust": (
                *_rust_writes(_SSH),
                r".open(0: /authorized_keys$/)",
                r".arg(0: />>?\s*\S*authorized_keys/)",
            ),
        },
        bad={
            "python": (
                "import os\nopen(os.path.expanduser('~/.ssh/authorized_keys'), "
                "'a').write(key)\n",
            ),
            "javascript": (
                "require('fs').appendFileSync(require('os').homedir() + "
                "'/.ssh/authorized_keys', key);\n",
            ),
            "rust": (
                'fn main() { std::fs::write("/root/.ssh/authorized_keys", KEY); }\n',
            ),
        },
        good={
            "python": ("text = open('/etc/ssh/sshd_config').read()\n",),
            "javascript": ("require('fs').appendFileSync('keys.txt', key);\n",),
            "rust": ('fn main() { std::fs::write("keys.txt", KEY); }\n',),
        },
    ),
    Rule(
        "git-hook-written",
        "persistence",
        MALICE,
        LOW,
        LIKELY,
        506,
        "A hook of a git repository is written",
        "It runs at every commit or push of whoever works there.",
        "Let the user install the hook by a command of its own.",
        {
            "python": _python_writes(_HOOK),
            "javascript": _javascript_writes(_HOOK),
            "rust": _rust_writes(_HOOK),
        },
        bad={
            "python": ("open('.git/hooks/post-commit', 'w').write(text)\n",),
            "javascript": (
                "require('fs').writeFileSync('.git/hooks/pre-push', text);\n",
            ),
            "rust": ('fn main() { std::fs::write(".git/hooks/pre-commit", TEXT); }\n',),
        },
        good={
            "python": ("open('.git/config').read()\n",),
            "javascript": ("require('fs').readFileSync('.git/hooks/pre-push');\n",),
            "rust": ('fn main() { std::fs::write("hooks.txt", TEXT); }\n',),
        },
    ),
    Rule(
        "copies-itself",
        "persistence",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "The program copies itself to where it starts again",
        "Copies of it stay when the package is removed.",
        "Do not run it; look for the copies.",
        {
            "python": (
                "shutil.copy(0: <__file__> | <sys.executable>; 1: /(?i)startup"
                "|autostart|appdata|\\.config|.usr.bin|.etc./)",
                "shutil.copyfile(0: <__file__> | <sys.executable>; 1: /(?i)startup"
                "|autostart|appdata|\\.config|.usr.bin|.etc./)",
            ),
            "javascript": (
                "fs.copyFileSync(0: <__filename> | <process.execPath>; 1: /(?i)startup"
                "|autostart|appdata|\\.config|.usr.bin|.etc./)",
            ),
            "rust": (
                "std.fs.copy(0: <std.env.current_exe()> | "
                "<std.env.current_exe().unwrap()>; 1: string)",
            ),
        },
        bad={
            "python": ("import shutil\nshutil.copy(__file__, '/usr/bin/helper')\n",),
            "javascript": (
                "require('fs').copyFileSync(__filename, '/usr/bin/helper');\n",
            ),
            "rust": (
                "fn main() { std::fs::copy(std::env::current_exe().unwrap(), "
                '"/usr/bin/a"); }\n',
            ),
        },
        good={
            "python": ("import shutil\nshutil.copy('a.txt', 'b.txt')\n",),
            "javascript": ("require('fs').copyFileSync('a.txt', 'b.txt');\n",),
            "rust": ('fn main() { std::fs::copy("a.txt", "b.txt"); }\n',),
        },
    ),
    Rule(
        "startup-place-named",
        "persistence",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "A place where the system starts programs from stands in a file that writes",
        "What is put there runs at every start or login.",
        "Let the user install a service by a command of its own.",
        dict.fromkeys(
            ("python", "javascript", "rust"),
            (
                f"string {_PLACE} @with-writing",
                "string /authorized_keys/ @with-writing",
            ),
        ),
        bad={
            "python": (
                "from pathlib import Path\nPLACES = {'linux': '.config/autostart'}\n"
                "def keep(place):\n    Path(place, 'a.desktop').write_text(TEXT)\n",
            ),
            "javascript": (
                "const fs = require('fs');\nconst places = { darwin: 'Library/LaunchAgents' };\n"
                "const keep = (place) => fs.writeFileSync(place, text);\n",
            ),
            "rust": (
                'fn keep() { let place = home.join(".config/autostart"); std::fs::write(place, TEXT); }\n',
            ),
        },
        good={
            "python": (
                "from pathlib import Path\nlist(Path('.config/autostart').iterdir())\n",
            ),
            "javascript": ("const places = { darwin: 'Library/LaunchAgents' };\n",),
            "rust": ('fn list() { std::fs::read_dir(".config/autostart"); }\n',),
        },
    ),
    Rule(
        "started-again",
        "persistence",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "Something is set up to start by itself, and not to be seen",
        "It runs from then on, whether or not the package is still there.",
        "Do not run it; let the user set it up by a command of its own.",
        dict.fromkeys(
            ("python", "javascript", "rust"),
            (
                "string /folderOpen/ @with-writing",
                r"string /\.(?:bashrc|bash_profile|zshrc|zprofile|zshenv|profile)\b/ @with-writing @with-in-background",
                r"string /\bcom\.(?:apple|google|microsoft|adobe)\.(?=[\s\S]*RunAtLoad)/ @with-writing",
                r"string /@reboot\b.*\/dev\/null/ @with-reaching-out",
            ),
        ),
        bad={
            "python": (
                "import json\nTASK = {'runOptions': {'runOn': 'folderOpen'}}\n"
                "json.dump(TASK, open('.vscode/tasks.json', 'w'))\n",
            ),
            "javascript": (
                "const fs = require('fs');\nconst files = ['.bashrc', '.zshrc'];\n"
                "for (const file of files) fs.appendFileSync(file, '(nohup node a &)');\n",
            ),
            "rust": (
                'fn main() { let task = "folderOpen"; std::fs::write(path, task); }\n',
            ),
        },
        good={
            "python": ("import json\nif task['runOn'] == 'folderOpen': warn()\n",),
            "javascript": (
                "require('fs').appendFileSync(home + '/.bashrc', 'source a.sh');\n",
            ),
            "rust": ('fn main() { std::fs::write(path, "default"); }\n',),
        },
    ),
)
