"""Code that hides what it does."""

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

RULES = (
    Rule(
        "decoded-code",
        "obfuscation",
        MALICE,
        HIGH,
        SURE,
        506,
        "Code is decoded and run",
        "Code that nobody can read before it runs is written so that nobody reads it.",
        "Do not run it; decode it by hand to see what it is.",
        {
            "python": (
                "exec(0: ~decoded)",
                "eval(0: ~decoded)",
                "execfile(0: ~decoded)",
                "builtins.exec(0: ~decoded)",
                "compile(0/source: ~decoded & !<marshal.loads()>)",
                "runpy.run_path(0: ~decoded)",
                "types.FunctionType(0/code: ~decoded)",
                "code.InteractiveInterpreter().runcode(0: ~decoded)",
                "code.InteractiveInterpreter().runsource(0: ~decoded)",
                "importlib.util.decode_source(0: ~decoded)",
            ),
            "javascript": (
                "eval(0: ~decoded)",
                "Function(*: ~decoded)",
                "Function.constructor(*: ~decoded)",
                ".constructor.constructor(*: ~decoded)",
                ".constructor(0: ~decoded & string)",
                "setTimeout(0: ~decoded & string)",
                "setInterval(0: ~decoded & string)",
                "vm.runInThisContext(0: ~decoded)",
                "vm.runInNewContext(0: ~decoded)",
                "vm.runInContext(0: ~decoded)",
                "vm.Script(0: ~decoded)",
                "vm.compileFunction(0: ~decoded)",
                "._compile(0: ~decoded)",
                "document.write(0: ~decoded & /(?i)<script/)",
                "worker_threads.Worker(0: ~decoded; 1.eval: true)",
            ),
        },
        bad={
            "python": (
                "import base64\nexec(base64.b64decode('cHJpbnQoMSk='))\n",
                "import zlib, base64\nexec(zlib.decompress(base64.b64decode(blob)))\n",
                "exec(''.join(map(chr, [112, 114, 105, 110, 116, 40, 49, 41])))\n",
                "import marshal, zlib\nexec(marshal.loads(zlib.decompress(blob)))\n",
                "exec(bytes([byte ^ 23 for byte in blob]))\n",
                "import codecs\neval(codecs.decode('cevag(1)', 'rot13'))\n",
            ),
            "javascript": (
                "eval(atob(blob));\n",
                "eval(Buffer.from(blob, 'base64').toString());\n",
                "new Function(Buffer.from(blob, 'hex').toString('utf8'))();\n",
                "eval(String.fromCharCode(97, 108, 101, 114, 116));\n",
                "const { Worker } = require('worker_threads');\nnew Worker(Buffer.from('636f6e736f6c652e6c6f67283129', 'hex').toString(), { eval: true });\n",
            ),
        },
        good={
            "python": (
                "import base64\nprint(base64.b64decode('cHJpbnQoMSk='))\n",
                "exec(compile(open('version.py').read(), 'version.py', 'exec'))\n",
            ),
            "javascript": (
                "const text = atob(blob);\nconsole.log(text);\n",
                "setTimeout(() => done(atob(blob)), 10);\n",
            ),
        },
    ),
    Rule(
        "bytecode-run",
        "obfuscation",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "Byte code is loaded and run",
        "Byte code cannot be reviewed; it may do anything that its source would show.",
        "Ask for the source, and run that.",
        {
            "python": (
                "exec(0: ~bytecode)",
                "eval(0: ~bytecode)",
                "types.FunctionType(0/code: ~bytecode)",
            ),
        },
        bad={
            "python": (
                "import marshal\nexec(marshal.loads(blob))\n",
                "import marshal, types\ntypes.FunctionType(marshal.loads(blob), "
                "globals())()\n",
            ),
        },
        good={"python": ("import marshal\ntable = marshal.loads(blob)\n",)},
    ),
    Rule(
        "decoded-command",
        "obfuscation",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "A command is decoded and run",
        "An encoded command line has no use but to hide from readers and scanners.",
        "Do not run it; decode the command by hand to see what it is.",
        {
            "python": (
                "os.system(0: ~decoded)",
                "os.popen(0: ~decoded)",
                "os.startfile(0: ~decoded)",
                "os.execv(0: ~decoded)",
                "subprocess.run(0/args: ~decoded)",
                "subprocess.call(0/args: ~decoded)",
                "subprocess.Popen(0/args: ~decoded)",
                "subprocess.check_output(0/args: ~decoded)",
                "subprocess.check_call(0/args: ~decoded)",
                "subprocess.getoutput(0: ~decoded)",
                "subprocess.getstatusoutput(0: ~decoded)",
                "pty.spawn(0: ~decoded)",
            ),
            "javascript": (
                "child_process.exec(0: ~decoded)",
                "child_process.execSync(0: ~decoded)",
                "child_process.spawn(0: ~decoded)",
                "child_process.spawn(1: ~decoded)",
                "child_process.spawnSync(0: ~decoded)",
                "child_process.execFile(0: ~decoded)",
                "execa(0: ~decoded)",
                "shelljs.exec(0: ~decoded)",
            ),
            "rust": (
                "std.process.Command.new(0: ~decoded)",
                "std.process.Command.new().arg(0: ~decoded)",
                "std.process.Command.new().args(0: ~decoded)",
                "tokio.process.Command.new(0: ~decoded)",
                "tokio.process.Command.new().arg(0: ~decoded)",
                "tokio.process.Command.new().args(0: ~decoded)",
                "libc.system(0: ~decoded)",
            ),
        },
        bad={
            "python": (
                "import base64, os\nos.system(base64.b64decode('bHM=').decode())\n",
                "import subprocess\nsubprocess.run(bytes.fromhex(line).decode(), "
                "shell=True)\n",
            ),
            "javascript": (
                "const { exec } = require('child_process');\nexec(atob(line));\n",
                "require('child_process').execSync(Buffer.from(line, "
                "'base64').toString());\n",
            ),
            "rust": (
                "use std::process::Command;\nfn main() {\n"
                '    let line = hex::decode("6c73").unwrap();\n'
                "    Command::new(String::from_utf8(line).unwrap()).spawn();\n}\n",
            ),
        },
        good={
            "python": ("import os\nos.system('ls')\n",),
            "javascript": ("require('child_process').execSync('git status');\n",),
            "rust": (
                'use std::process::Command;\nfn main() { Command::new("ls").spawn(); '
                "}\n",
            ),
        },
    ),
    Rule(
        "decoded-import",
        "obfuscation",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "The name of a module or function is decoded",
        "Honest code writes the names of what it uses; decoding them hides the use.",
        "Decode the name by hand; leave the package out if it names processes or "
        "sockets.",
        {
            "python": (
                "__import__(0: ~decoded)",
                "importlib.import_module(0: ~decoded)",
                "importlib.__import__(0: ~decoded)",
                "getattr(0: <os> | <subprocess> | <builtins> | <__builtins__> | "
                "<socket>; 1: ~decoded)",
                "getattr(0: <__import__()>; 1: ~decoded)",
                "vars(0: <builtins> | <__builtins__> | <os> | <subprocess>)",
                "builtins.get()",
                "__builtins__.get()",
                r"subprocess.*(0/args: / -c .*(?:\bexec\(|b64decode|\b__import__\()/)",
                r"string /base64 (?:-d|--decode|-D)\b.*\| *(?:ba|z|da)?sh\b/",
                r"functools.reduce(0: <getattr>; 1: /\b(?:os|system|popen|exec|eval|__import__|subprocess|spawn)\b/)",
                "pydoc.locate(0: /^(?:os|subprocess|builtins|socket|ctypes|posix|nt)[.:]/)",
                "pkgutil.resolve_name(0: /^(?:os|subprocess|builtins|socket|ctypes|posix|nt)[.:]/)",
                ".f_builtins",
                r"timeit.timeit(0/stmt: /__import__|\bexec\(|\beval\(|os\.system/)",
            ),
            "javascript": (
                "require(0: ~decoded)",
                r"string /base64 (?:-d|--decode|-D)\b.*\| *(?:ba|z|da)?sh\b/",
                "Proxy(0: <globalThis> | <global> | <window>)",
                "string /^return process\\b/",
                "Reflect.construct(0: <Function>)",
                "process.mainModule.require(0: ~decoded)",
                "module.require(0: ~decoded)",
                "import(0: ~decoded)",
                "process.binding(0: ~decoded)",
                "import(0: /^data:[^,]*(?:javascript|ecmascript)[^,]*;base64,/)",
            ),
        },
        bad={
            "python": (
                "import base64\n__import__(base64."
                "b64decode('b3M=').decode()).getcwd()\n",
                "import os\ngetattr(os, ''.join(map(chr, [115, 121, 115])))\n",
            ),
            "javascript": (
                "const shell = require(Buffer.from('Y2hpbGRfcHJvY2Vzcw==', "
                "'base64').toString());\n",
                "const load = () => import('data:text/javascript;base64,' + text);\n",
            ),
        },
        good={
            "python": ("import importlib\nimportlib.import_module('json')\n",),
            "javascript": (
                "const shell = require('child_' + 'process');\n",
                "const load = () => import('./parts/' + 'main.js');\n",
            ),
        },
    ),
    Rule(
        "hidden-call",
        "obfuscation",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "A function that runs code or commands is called under a computed name",
        "The name is looked up by a text so that no search for the function finds the "
        "call.",
        "Write the name; leave a package out that will not.",
        {
            "python": (
                "exec() @hidden",
                "eval() @hidden",
                "compile(1: present) @hidden",
                "os.system() @hidden",
                "os.popen() @hidden",
                "os.execv() @hidden",
                "os.execl() @hidden",
                "os.spawnl() @hidden",
                "os.startfile(0: constant) @hidden",
                "subprocess.run() @hidden",
                "subprocess.call() @hidden",
                "subprocess.Popen() @hidden",
                "subprocess.check_output() @hidden",
                "subprocess.check_call() @hidden",
                "subprocess.getoutput() @hidden",
                "pty.spawn() @hidden",
                "socket.socket() @hidden",
                "marshal.loads() @hidden",
                "pickle.loads() @hidden",
                "ctypes.CDLL() @hidden",
                "urllib.request.urlopen() @hidden",
                "requests.get() @hidden",
                "requests.post() @hidden",
                "base64.b64decode() @hidden",
                "zlib.decompress() @hidden",
                "os.__getattribute__()",
                "subprocess.__getattribute__()",
                "os.__dict__.get(0: present)",
                "__builtins__.__dict__.get(0: present)",
            ),
            "javascript": (
                "eval() @hidden",
                "Function() @hidden",
                "child_process.exec() @hidden",
                "child_process.execSync() @hidden",
                "child_process.spawn() @hidden",
                "child_process.spawnSync() @hidden",
                "child_process.execFile() @hidden",
                "process.binding() @hidden",
                "process.dlopen() @hidden",
                "process.mainModule.require(0: 'child_process' | 'fs' | 'net' | "
                "'http' | 'https')",
                "module.require(0: 'child_process')",
                "process.mainModule.constructor._load()",
                "module.constructor._load()",
                r"module._load(0: /^(?:node:)?(?:child_process|fs|net|https?|vm)$/)",
                r"process.binding(0: /^(?:spawn_sync|process_wrap|tcp_wrap|pipe_wrap|fs)$/)",
                "module.require() @hidden",
                "Reflect.apply(0: <eval> | <Function>)",
                "Function.call(1: string)",
                "Function.apply(1: list)",
                r"Function(0: /^return (?:process|require|module|globalThis\.process)\b/)",
            ),
        },
        bad={
            "python": (
                "import os\ngetattr(os, 'sys' + 'tem')('ls')\n",
                "__import__('os').system('ls')\n",
                "globals()['__builtins__'].__dict__['exec']('print(1)')\n",
                "import os\nos.__dict__['system']('ls')\n",
                "import os\nos.__getattribute__('system')('ls')\n",
                "import sys\nsys.modules['os'].popen('ls')\n",
            ),
            "javascript": (
                "const shell = require('child_process');\nshell['ex' + 'ec']('ls');\n",
                "globalThis['ev' + 'al']('1');\n",
            ),
        },
        good={
            "python": (
                "import os\ngetattr(os, 'getuid')()\n",
                "import os\nos.system('ls')\n",
            ),
            "javascript": (
                "const shell = require('child_process');\nshell.exec('ls');\n",
            ),
        },
    ),
    Rule(
        "code-object-made",
        "obfuscation",
        MALICE,
        LOW,
        LIKELY,
        506,
        "Code is made from raw byte code",
        "Byte code cannot be reviewed; it may do anything that its source would show.",
        "Ask for the source, and compile that.",
        {
            "python": (
                "types.CodeType(0: present)",
                "types.FunctionType(0/code: <types.CodeType()> | <marshal.loads()>)",
                "marshal.loads(0: constant | ~decoded)",
            ),
            "javascript": ("vm.Script(1.cachedData: present)",),
        },
        bad={
            "python": (
                "import marshal\ncode = marshal.loads(b'\\xe3\\x00\\x00\\x00')\n",
                "import types\ncode = types.CodeType(0, 0, 0, 0, 0, 0, blob, (), (), "
                "(), '', '', '', 1)\n",
            ),
            "javascript": (
                "const vm = require('vm');\nnew vm.Script('', { cachedData: blob });\n",
            ),
        },
        good={
            "python": ("import marshal\nmarshal.dumps(code)\n",),
            "javascript": ("const vm = require('vm');\nnew vm.Script('1');\n",),
        },
    ),
    Rule(
        "code-from-image",
        "obfuscation",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "Code or commands are taken out of an image",
        "Data hidden in pictures passes for artwork until it is run.",
        "Do not run it; look at what the image hides.",
        {
            "python": (
                "exec(0: ~image)",
                "eval(0: ~image)",
                "os.system(0: ~image)",
                "subprocess.run(0: ~image)",
                "subprocess.Popen(0: ~image)",
                "exec(0: <stegano.lsb.reveal()> | <stepic.decode()>)",
            ),
            "javascript": (
                "eval(0: ~image)",
                "Function(*: ~image)",
                "eval(0: <steggy.reveal()> | <steggy.reveal()()>)",
                "child_process.exec(0: ~image)",
            ),
        },
        bad={
            "python": (
                "from PIL import Image\nexec(bytes"
                "(Image.open('logo.png').getdata()))\n",
                "from stegano import lsb\nexec(lsb.reveal('logo.png'))\n",
            ),
            "javascript": (
                "const steggy = require('steggy');\neval(steggy.reveal()(image));\n",
            ),
        },
        good={
            "python": ("from PIL import Image\nImage.open('logo.png').show()\n",),
            "javascript": ("const jimp = require('jimp');\njimp.read('logo.png');\n",),
        },
    ),
    Rule(
        "steganography",
        "obfuscation",
        MALICE,
        LOW,
        UNSURE,
        506,
        "A message is taken out of an image",
        "What an image hides is not reviewed with the rest of the package.",
        "Look at what the message is, and what is done with it.",
        {
            "python": (
                "stegano.lsb.reveal()",
                "stegano.lsbset.reveal()",
                "stegano.exifHeader.reveal()",
                "stepic.decode()",
                "judyb.**",
                "import stepic",
                "import judyb",
                "import steganocryptopy.steganography",
            ),
            "javascript": (
                "steggy.reveal()",
                "import steggy",
                "import node-steganography",
            ),
        },
        bad={
            "python": ("from stegano import lsb\nprint(lsb.reveal('logo.png'))\n",),
            "javascript": (
                "const steggy = require('steggy');\nsteggy.reveal()(image);\n",
            ),
        },
        good={
            "python": ("from PIL import Image\nImage.open('logo.png')\n",),
            "javascript": ("const sharp = require('sharp');\nsharp('logo.png');\n",),
        },
    ),
    Rule(
        "js-obfuscated",
        "obfuscation",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "The file went through an obfuscator",
        "Minifying makes code small; names in hex and tables of shuffled texts only "
        "hide it.",
        "Ask for the source; do not run what its author hides.",
        {"javascript": ("node hex-names", "node string-array", "node jsfuck")},
        bad={
            "javascript": (
                "[][(![]+[])[+[]]+(![]+[])[!+[]+!+[]]][(![]+[])[+[]]+(!![]+[])[+[]]]"
                "((!![]+[])[+!+[]]+([][[]]+[])[+[]]+(![]+[])[+[]]+(!![]+[])[+[]])();\n",
            ),
        },
        good={"javascript": ("const total = [1, 2].map((a) => a + 1);\n",)},
    ),
    Rule(
        "builtins-replaced",
        "obfuscation",
        MALICE,
        MEDIUM,
        UNSURE,
        506,
        "A function that runs code gets another name in the builtins",
        "Every module of the program then calls it by a name that says nothing.",
        "Call the function by its own name.",
        {
            "python": (
                "setattr(0: <builtins> | <__builtins__>; 2: <exec> | <eval> | "
                "<__import__>)",
                "__builtins__[] = <exec> | <eval>",
            ),
            "javascript": ("Object.defineProperty(0: <globalThis>; 2.value: <eval>)",),
        },
        bad={
            "python": ("import builtins\nsetattr(builtins, 'show', exec)\n",),
            "javascript": (
                "Object.defineProperty(globalThis, 'show', { value: eval });\n",
            ),
        },
        good={
            "python": ("import builtins\nsetattr(builtins, '_', translate)\n",),
            "javascript": (
                "Object.defineProperty(globalThis, 'name', { value: 1 });\n",
            ),
        },
    ),
    Rule(
        "packed-python",
        "obfuscation",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "The file was packed by an obfuscator",
        "Its author pays for readers not to see what it does.",
        "Ask for the source; do not run what its author hides.",
        {
            "python": (
                "import pyarmor_runtime",
                "import pytransform",
                "pytransform.pyarmor_runtime()",
                "__pyarmor__()",
                "import sourcedefender",
                "import pyobfuscate",
                "string /^pyobfuscate\\.com|^__pyarmor__$/",
            ),
        },
        bad={
            "python": ("from pytransform import pyarmor_runtime\npyarmor_runtime()\n",)
        },
        good={"python": ("import runtime\nruntime.start()\n",)},
    ),
    Rule(
        "encoded-powershell",
        "obfuscation",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "PowerShell is started with an encoded command or hidden",
        "The command is there in base64, and its window is not seen.",
        "Do not run it; decode the command by hand to see what it is.",
        {
            "python": (
                "os.system(0: /(?i)powershell.*\\s-(?:e|ec"
                "|enc\\w*|encodedcommand)\\s/)",
                "os.popen(0: /(?i)powershell.*\\s-(?:e|ec|enc\\w*|encodedcommand)\\s/)",
                "subprocess.*(0/args: /(?i)powershell.*\\s-(?:e|ec"
                "|enc\\w*|encodedcommand)\\s/)",
                "subprocess.*(0/args: /(?i)powershell.*\\s-w\\w*\\s+h\\w*\\s/)",
                "os.system(0: /(?i)powershell.*\\s-w\\w*\\s+h\\w*\\s/)",
            ),
            "javascript": (
                "child_process.*(0: /(?i)powershell.*\\s-(?:e|ec"
                "|enc\\w*|encodedcommand)\\s/)",
                "child_process.*(0: /(?i)powershell.*\\s-w\\w*\\s+h\\w*\\s/)",
                "child_process.*(0: /(?i)powershell/; 1: /(?i)-(?:e|ec"
                "|enc\\w*|encodedcommand)(?:\\s|$)/)",
            ),
            "rust": (
                ".arg(0: /(?i)^-(?:enc|encodedcommand)$/)",
                ".args(0: /(?i)-(?:enc|encodedcommand)\\s/)",
            ),
        },
        bad={
            "python": ("import os\nos.system('powershell -nop -enc ' + blob)\n",),
            "javascript": (
                "require('child_process').exec('powershell.exe -w hidden -enc ' + "
                "blob);\n",
            ),
            "rust": (
                "use std::process::Command;\nfn main() {\n"
                '    Command::new("powershell").ar'
                'g("-EncodedCommand").arg(BLOB).spawn();\n}\n',
            ),
        },
        good={
            "python": ("import os\nos.system('powershell -File build.ps1')\n",),
            "javascript": (
                "require('child_process').exec('powershell -File build.ps1');\n",
            ),
            "rust": (
                "use std::process::Command;\nfn main() {\n"
                '    Command::new("powershell").arg("-File").spawn();\n}\n',
            ),
        },
    ),
    Rule(
        "decoded-address",
        "obfuscation",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "The address that is contacted is decoded first",
        "An honest address needs no disguise.",
        "Decode it by hand to see who is contacted.",
        {
            "python": (
                "requests.get(0/url: ~decoded & !~network)",
                "requests.post(0/url: ~decoded & !~network)",
                "requests.request(1/url: ~decoded & !~network)",
                "urllib.request.urlopen(0/url: ~decoded & !~network)",
                "urllib.request.Request(0/url: ~decoded & !~network)",
                "urllib.request.urlretrieve(0/url: ~decoded & !~network)",
                "httpx.get(0/url: ~decoded & !~network)",
                "httpx.post(0/url: ~decoded & !~network)",
                "http.client.HTTPSConnection(0/host: ~decoded)",
                "http.client.HTTPConnection(0/host: ~decoded)",
                "socket.socket().connect(0: ~decoded & !~network)",
                "socket.create_connection(0: ~decoded & !~network)",
            ),
            "javascript": (
                "fetch(0: ~decoded & !~network)",
                "axios(0: ~decoded & !~network)",
                "axios.get(0: ~decoded & !~network)",
                "axios.post(0: ~decoded & !~network)",
                "http.get(0: ~decoded & !~network)",
                "https.get(0: ~decoded & !~network)",
                "http.request(0: ~decoded & !~network)",
                "https.request(0: ~decoded & !~network)",
                "WebSocket(0: ~decoded & !~network)",
            ),
            "rust": (
                "reqwest.get(0: ~decoded)",
                "reqwest.blocking.get(0: ~decoded)",
                "reqwest.Client.new().get(0: ~decoded)",
                "reqwest.Client.new().post(0: ~decoded)",
                "reqwest.blocking.Client.new().get(0: ~decoded)",
                "reqwest.blocking.Client.new().post(0: ~decoded)",
                "ureq.get(0: ~decoded)",
                "ureq.post(0: ~decoded)",
                "std.net.TcpStream.connect(0: ~decoded)",
                "tokio.net.TcpStream.connect(0: ~decoded)",
                "minreq.get(0: ~decoded)",
                "minreq.post(0: ~decoded)",
                "attohttpc.get(0: ~decoded)",
                "attohttpc.post(0: ~decoded)",
            ),
        },
        bad={
            "python": (
                "import base64, requests\n"
                "requests.get(base64.b64decode('aHR0cDovL2EuaW52YWxpZA==').decode())\n",
            ),
            "javascript": ("fetch(atob('aHR0cDovL2EuaW52YWxpZA=='));\n",),
            "rust": (
                "fn main() {\n"
                '    let host = hex::decode("612e696e76616c6964").unwrap();\n'
                "    std::net::TcpStream::connect("
                "String::from_utf8(host).unwrap());\n}\n",
            ),
        },
        good={
            "python": ("import requests\nrequests.get('https://a.invalid')\n",),
            "javascript": ("fetch('https://a.invalid');\n",),
            "rust": ('fn main() { std::net::TcpStream::connect("a.invalid:80"); }\n',),
        },
    ),
    Rule(
        "evades-analysis",
        "obfuscation",
        MALICE,
        LOW,
        LIKELY,
        693,
        "It looks for a debugger, a sandbox or a virtual machine",
        "Code that behaves only while it is watched is what such checks are for.",
        "Find what it does when nobody watches.",
        {
            "python": (
                ".IsDebuggerPresent()",
                ".CheckRemoteDebuggerPresent()",
                ".NtQueryInformationProcess()",
                "string /(?i)^(?:vboxservice|vboxtray|vmtoolsd|wireshark|x64dbg"
                "|ollydbg|processhacker"
                "|procmon|fiddler|sbiedll|joeboxcontrol)(?:\\.exe|\\.dll|64\\.exe)?$/",
            ),
            "javascript": (
                "string /(?i)^(?:vboxservice|vboxtray|vmtoolsd|wireshark|x64dbg"
                "|ollydbg|processhacker"
                "|procmon|fiddler|sbiedll|joeboxcontrol)(?:\\.exe|\\.dll|64\\.exe)$/",
            ),
            "rust": (
                ".IsDebuggerPresent()",
                ".CheckRemoteDebuggerPresent()",
            ),
        },
        bad={
            "python": (
                "import ctypes\nif ctypes.windll.kernel32.IsDebuggerPresent():\n    "
                "quit()\n",
                "BAD = ['vboxservice.exe', 'wireshark.exe']\n",
            ),
            "javascript": ("const bad = ['vmtoolsd.exe', 'x64dbg.exe'];\n",),
            "rust": (
                "use winapi::um::debugapi::IsDebuggerPresent;\n"
                "fn main() { unsafe { winapi::um::debugapi::IsDebuggerPresent(); } }\n",
            ),
        },
        good={
            "python": ("import sys\nprint(sys.gettrace())\n",),
            "javascript": ("const good = ['code.exe'];\n",),
            "rust": ('fn main() { println!("debugger"); }\n',),
        },
    ),
    Rule(
        "classes-searched",
        "obfuscation",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "All classes of the interpreter are searched for one",
        "Nobody needs to look for a class that can be imported, but who hides its name.",
        "Import what is needed by its name.",
        {
            "python": (
                "**.__base__.__subclasses__",
                "**.__bases__[].__subclasses__",
                "**.__mro__[].__subclasses__",
                "object.__subclasses__",
            ),
        },
        bad={
            "python": ("classes = ().__class__.__base__.__subclasses__()\n",),
        },
        good={
            "python": ("def known(kind):\n    return kind.__subclasses__()\n",),
        },
    ),
)
