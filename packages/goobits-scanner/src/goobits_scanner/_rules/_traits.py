"""What may be true of a file as a whole: what rules ask for with `@with-TRAIT`."""

from __future__ import annotations

from goobits_scanner._rules._capabilities import CAPABILITY_PATTERNS

_ADDRESS = r"/^(?:https?:|wss?:)?\/\/[\w.-]+\.[a-z]/"

_NETWORK = CAPABILITY_PATTERNS["network"]

# trait -> language -> patterns; one that matches anywhere in the file is enough
TRAITS: dict[str, dict[str, tuple[str, ...]]] = {
    # It goes to the network.
    "sending": {**_NETWORK, "javascript": (*_NETWORK["javascript"], "Image()")},
    # It writes files.
    "writing": {
        "python": (
            "open(1/mode: /[wax+]/)",
            ".open(0/mode: /[wax+]/)",
            ".write_text()",
            ".write_bytes()",
            "json.dump()",
            "shutil.copy()",
            "shutil.copyfile()",
        ),
        "javascript": (
            *(
                f"{library}.{name}()"
                for library in ("fs", "fs.promises")
                for name in (
                    "writeFile appendFile copyFile writeFileSync appendFileSync copyFileSync createWriteStream"
                ).split()
            ),
            "fs-extra.outputFile()",
            "fs-extra.outputJson()",
            "fs-extra.outputFileSync()",
            "fs-extra.writeJson()",
            "fs-extra.writeFile()",
            "fs-extra.copy()",
        ),
        "rust": (
            "std.fs.write()",
            "std.fs.File.create()",
            "std.fs.OpenOptions.new()",
            "std.fs.copy()",
            "tokio.fs.write()",
        ),
    },
    # It reads its own text or copies it.
    "reading-itself": {
        "python": (
            "open(0/file: <__file__>)",
            "shutil.copy(0/src: <__file__>)",
            "shutil.copyfile(0/src: <__file__>)",
            "inspect.getsource(0: <sys.modules[]>)",
        ),
        "javascript": (
            "fs.readFileSync(0: <__filename>)",
            "fs.readFile(0: <__filename>)",
            "fs.promises.readFile(0: <__filename>)",
            "fs.copyFileSync(0: <__filename>)",
            "fs.copyFile(0: <__filename>)",
            "fs.promises.copyFile(0: <__filename>)",
            "fs.createReadStream(0: <__filename>)",
        ),
        "rust": (
            "std.env.current_exe()",
            "std.env.current_exe",
        ),
    },
    # It goes to the network, or starts programs that do.
    "reaching-out": {
        "python": (
            *_NETWORK["python"],
            "subprocess.*()",
            "os.system()",
            "os.popen()",
            "asyncio.create_subprocess_exec()",
        ),
        "javascript": (
            *_NETWORK["javascript"],
            "Image()",
            "child_process.*()",
            "execa.*()",
            "execa()",
        ),
        "rust": (
            *_NETWORK["rust"],
            "std.process.Command.new()",
            "tokio.process.Command.new()",
        ),
    },
    # It asks who the user is, or which machine this is.
    "user-told": {
        "python": ("getpass.getuser()", "os.getlogin()", "pwd.getpwuid()"),
        "javascript": ("os.userInfo()",),
    },
    "machine-told": {
        "python": (
            "socket.gethostname()",
            "socket.getfqdn()",
            "platform.node()",
            "uuid.getnode()",
            "os.uname()",
            "platform.uname()",
        ),
        "javascript": ("os.hostname()", "os.networkInterfaces()"),
        "rust": (
            "hostname.get()",
            "gethostname.gethostname()",
            "whoami.hostname()",
            "whoami.fallible.hostname()",
            "sysinfo.System.host_name()",
        ),
    },
    # It puts texts into the clipboard.
    "clipboard-written": {
        "python": (
            "pyperclip.copy()",
            "clipboard.copy()",
            ".SetClipboardText()",
            ".SetClipboardData()",
            ".clipboard_append()",
        ),
        "javascript": (
            "clipboardy.write()",
            "clipboardy.writeSync()",
            "clipboardy.default.write()",
            "navigator.clipboard.writeText()",
            "electron.clipboard.writeText()",
            r"child_process.*(0: /^(?:xclip|xsel|pbcopy|wl-copy|clip)\b/)",
        ),
        "rust": (".set_text()", "cli_clipboard.set_contents()", ".set_contents()"),
    },
    # It names functions of Windows that start what stands in memory.
    "thread-made": dict.fromkeys(
        ("python", "javascript"),
        (
            "string /RtlMoveMemory|CreateThread|CreateRemoteThread|QueueUserAPC|WriteProcessMemory|NtCreateThreadEx/",
        ),
    ),
    # It starts something in the background, in the words of a shell.
    "in-background": dict.fromkeys(
        ("python", "javascript", "rust"),
        (r"string /nohup |setsid |>\s*\/dev\/null 2>&1\s*(?:&|\))|disown\b/",),
    ),
    # It holds another file, and starts programs.
    "holding-a-file": {"rust": ("include_bytes!()",)},
    "running": {"rust": ("std.process.Command.new(0: dynamic)",)},
    # It goes through folders.
    "walking": {
        "python": ("os.walk()", ".rglob()", ".glob()", "glob.glob()", "os.scandir()"),
        "javascript": (
            "fs.readdirSync()",
            "fs.readdir()",
            "fs.promises.readdir()",
            "fast-glob()",
            "glob()",
            "glob.sync()",
            "globby()",
        ),
        "rust": ("walkdir.WalkDir.new()", "std.fs.read_dir()", "glob.glob()"),
    },
    # It does something again and again.
    "polling": {
        "python": (
            "time.sleep()",
            "asyncio.sleep()",
            "threading.Timer()",
            "sched.scheduler()",
            "schedule.every()",
        ),
        "javascript": ("setInterval()",),
        "rust": ("std.thread.sleep()", "tokio.time.sleep()", "tokio.time.interval()"),
    },
    # An address stands in it.
    "address": {
        "python": (
            r"string /^(?:https?|wss?):\/\/[\w.-]+\.[a-z]/",
            "http.client.HTTPSConnection(0: constant)",
            "http.client.HTTPConnection(0: constant)",
            "socket.socket().connect(0: constant)",
            "socket.create_connection(0: constant)",
            "smtplib.SMTP(0: constant)",
            "smtplib.SMTP_SSL(0: constant)",
            "ftplib.FTP(0: constant)",
        ),
        "javascript": (
            r"string /^(?:https?|wss?):\/\/[\w.-]+\.[a-z]/",
            "https.request(0.hostname: constant)",
            "https.request(0.host: constant)",
            "http.request(0.hostname: constant)",
            "http.request(0.host: constant)",
            "net.connect(1: string)",
            "net.createConnection(1: string)",
            "net.connect(0.host: constant)",
            "net.createConnection(0.host: constant)",
        ),
        "rust": (
            "std.net.UdpSocket.bind()",
            r"string /^(?:https?|wss?):\/\/[\w.-]+\.[a-z]/",
            r"std.net.TcpStream.connect(0: /^[\w.-]+\.[a-z]+:\d/)",
        ),
    },
    # It sends a body, not only a question.
    "uploading": {
        "python": (
            *(
                f"{library}.{verb}()"
                for library in "requests httpx requests.Session() httpx.Client() httpx.AsyncClient() aiohttp.ClientSession()".split()
                for verb in "post put patch".split()
            ),
            "requests.request(0: /(?i)post|put/)",
            "urllib.request.urlopen(1/data: present)",
            "urllib.request.Request(1/data: present)",
            "http.client.HTTPSConnection().request(0: /(?i)post|put/)",
            "http.client.HTTPConnection().request(0: /(?i)post|put/)",
            "urllib3.PoolManager().request(0: /(?i)post|put/)",
            "socket.socket().sendall()",
            "socket.socket().send()",
            "smtplib.SMTP().sendmail()",
            "smtplib.SMTP().send_message()",
            "ftplib.FTP().storbinary()",
            "subprocess.*(0/args: /curl.* (?:-d|--data\\S*|-F|--form|-T|--upload-file) /)",
            "os.system(0: /curl.* (?:-d|--data\\S*|-F|--form|-T|--upload-file) /)",
        ),
        "javascript": (
            "fetch(1.method: /(?i)post|put/)",
            "fetch(1.body: present)",
            "node-fetch(1.method: /(?i)post|put/)",
            "undici.fetch(1.body: present)",
            "undici.request(1.body: present)",
            "axios.post()",
            "axios.put()",
            "axios(0.data: present)",
            "got.post()",
            "http.request(*.method: /(?i)post|put/)",
            "https.request(*.method: /(?i)post|put/)",
            "navigator.sendBeacon()",
            "XMLHttpRequest().send(0: present)",
            "WebSocket().send()",
            "ws().send()",
            "net.connect().write()",
            "net.createConnection().write()",
            "child_process.*(0: /curl.* (?:-d|--data\\S*|-F|--form|-T|--upload-file) /)",
            "child_process.*(0: /^curl/; 1: /(?:^| )(?:-d|--data\\S*|-F|--form|-T|--upload-file) /)",
        ),
        "rust": (
            "reqwest.Client.new().post()",
            "reqwest.blocking.Client.new().post()",
            "reqwest.Client.new().put()",
            "reqwest.blocking.Client.new().put()",
            "ureq.post()",
            "ureq.put()",
            "std.net.UdpSocket.bind()",
            "std.net.TcpStream.connect()",
            ".send_to()",
        ),
    },
    # It tells names of secrets from others.
    "token-words": {
        "python": (
            r"re.*(0: /(?i)(?:token|secret|passw|api_?key)\w*\)?[|]/)",
            r"string /(?i)^(?:token|secret|passw(?:or)?d|api_?key|credential)s?$/",
        ),
        "javascript": (
            r"node regex(0: /(?i)(?:token|secret|passw|api_?key)\w*\)?[|]/)",
            r"string /(?i)^(?:token|secret|passw(?:or)?d|api_?key|credential)s?$/",
        ),
        "rust": (
            r"string /(?i)^(?:token|secret|passw(?:or)?d|api_?key|credential)s?$/",
        ),
    },
    # It names a variable that holds a token, but not the one of the cloud.
    "token-named": dict.fromkeys(
        ("python", "javascript", "rust"),
        (
            "string /GITHUB_TOKEN|NPM_TOKEN|PYPI_TOKEN|TWINE_PASSWORD|CARGO_REGISTRY_TOKEN|GH_TOKEN|OPENAI_API_KEY|SSH_AUTH_SOCK|DATABASE_URL/",
        ),
    ),
    # It sends to an address that stands in it.
    "fixed-host": {
        "python": tuple(
            f"{call}({which}: {_ADDRESS})"
            for call, which in (
                ("requests.*", "0/url"),
                ("requests.request", "1/url"),
                ("requests.Session().*", "0/url"),
                ("httpx.*", "0/url"),
                ("urllib.request.urlopen", "0/url"),
                ("urllib.request.Request", "0/url"),
            )
        ),
        "javascript": (
            *(
                f"{call}({which}: {_ADDRESS})"
                for call, which in (
                    ("fetch", "0"),
                    ("navigator.sendBeacon", "0"),
                    ("axios.*", "0"),
                    ("axios", "0.url"),
                    ("XMLHttpRequest().open", "1"),
                    ("https.*", "0"),
                    ("http.*", "0"),
                    ("WebSocket", "0"),
                    ("URL", "0"),
                )
            ),
            f"Image().src = {_ADDRESS}",
        ),
    },
    # It sends from a page in a way that nobody waits for.
    "beacon": {
        "javascript": (
            "navigator.sendBeacon()",
            "Image().src = dynamic",
            "WebSocket().send()",
        ),
    },
    # It names a shell.
    "shell": {
        "javascript": (
            r"string /^(?:\/bin\/(?:ba|z)?sh|cmd\.exe|powershell(?:\.exe)?|bash)$/",
        ),
    },
    # It opens a connection that stays.
    "connecting": {
        "javascript": (
            "net.connect()",
            "net.createConnection()",
            "net.Socket().connect()",
            "tls.connect()",
            "WebSocket()",
            "ws()",
        ),
    },
}
