"""Machine code that is loaded past every review."""

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
        "program-unpacked",
        "native",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "A program that the code holds as data is unpacked, made executable and started",
        "Nobody can read what it does; no package manager knows of it.",
        "Do not run it, unless the program is one that you built.",
        {
            "rust": (
                "std.fs.Permissions.from_mode() @with-holding-a-file @with-running",
                ".set_mode() @with-holding-a-file @with-running",
                "std.fs.OpenOptions.new().mode() @with-holding-a-file @with-running",
            ),
        },
        bad={
            "rust": (
                'static DATA: &[u8] = include_bytes!("a.dat");\n'
                "fn start() { std::fs::write(place, DATA); let mode = std::fs::Permissions::from_mode(0o755);\n"
                "std::process::Command::new(place).spawn(); }\n",
            ),
        },
        good={
            "rust": (
                'static DATA: &[u8] = include_bytes!("a.png");\n'
                "fn keep() { std::fs::write(place, DATA); let mode = std::fs::Permissions::from_mode(0o600); }\n",
            ),
        },
    ),
    Rule(
        "memory-made-executable",
        "native",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "Memory is made writable and executable at once",
        "That is how machine code is run that is in no file.",
        "Do not run it; look at what is put into the memory.",
        {
            "python": (
                ".VirtualAlloc(3: = 64)",
                ".VirtualAllocEx(4: = 64)",
                ".VirtualProtect(2: = 64)",
                ".mprotect(2: = 7)",
                "string /VirtualAlloc|NtAllocateVirtualMemory/ @with-thread-made",
                "mmap.mmap(prot: = 7)",
                "mmap.mmap(3: = 7)",
            ),
            "javascript": (
                ".VirtualAlloc(3: = 64)",
                ".mprotect(2: = 7)",
                "string /VirtualAlloc|NtAllocateVirtualMemory/ @with-thread-made",
            ),
            "rust": (
                ".VirtualAlloc(3: = 64 | <winapi.um.winnt.PAGE_EXECUTE_READWRITE>)",
                ".VirtualAllocEx(4: = 64 | <winapi.um.winnt.PAGE_EXECUTE_READWRITE>)",
                "libc.mprotect(2: = 7)",
                "libc.mmap(2: = 7)",
                "memmap2.MmapMut.make_exec()",
                ".make_exec()",
            ),
        },
        bad={
            "python": (
                "import ctypes\nctypes.windll.kernel32.VirtualAlloc(0, 99, 0x3000, "
                "0x40)\n",
            ),
            "javascript": ("kernel.VirtualAlloc(0, 99, 0x3000, 0x40);\n",),
            "rust": ("fn main() { unsafe { libc::mprotect(p, 99, 7); } }\n",),
        },
        good={
            "python": ("import mmap\nmmap.mmap(-1, 99)\n",),
            "javascript": ("kernel.VirtualAlloc(0, 99, 0x3000, 4);\n",),
            "rust": ("fn main() { unsafe { libc::mprotect(p, 99, 1); } }\n",),
        },
    ),
    Rule(
        "code-injected",
        "native",
        MALICE,
        HIGH,
        LIKELY,
        506,
        "Code is put into another process",
        "It acts there under the other program's name and rights.",
        "Do not run it.",
        {
            language: (
                ".CreateRemoteThread()",
                ".CreateRemoteThreadEx()",
                ".WriteProcessMemory()",
                ".NtCreateThreadEx()",
                ".RtlCreateUserThread()",
                ".QueueUserAPC()",
                ".NtMapViewOfSection()",
                ".NtUnmapViewOfSection()",
                *more,
            )
            for language, more in {
                "python": (
                    ".CreateThread(2: ~native)",
                    ".RtlMoveMemory(0: ~native)",
                    ".RtlMoveMemory(1: ~decoded | ~network)",
                    "ctypes.memmove(0: ~native)",
                    ".ptrace(0: = 4 | = 5 | = 16)",
                ),
                "javascript": (),
                "rust": (
                    ".CreateThread(2: ~native)",
                    "std.ptr.copy_nonoverlapping(1: ~native)",
                    "std.mem.transmute(0: ~native)",
                    "nix.sys.ptrace.write()",
                    "nix.sys.ptrace.attach()",
                ),
            }.items()
        },
        bad={
            "python": (
                "import ctypes\nkernel = ctypes.windll.kernel32\n"
                "kernel.WriteProcessMemory(process, place, code, len(code), 0)\n",
                "import ctypes\nkernel = ctypes.windll.kernel32\n"
                "place = kernel.VirtualAlloc(0, 99, 0x3000, "
                "0x40)\nctypes.memmove(place, code, 99)\n",
            ),
            "javascript": (
                "kernel.CreateRemoteThread(process, 0, 0, place, 0, 0, 0);\n",
            ),
            "rust": (
                "fn main() { unsafe { winapi::um::memoryapi::WriteProcessMemory(p, a, "
                "b, 1, c); } }\n",
            ),
        },
        good={
            "python": ("import ctypes\nctypes.memmove(target, source, 9)\n",),
            "javascript": ("kernel.GetTickCount();\n",),
            "rust": (
                "fn main() { unsafe { std::ptr::copy_nonoverlapping(a, b, 1); } }\n",
            ),
        },
    ),
    Rule(
        "library-from-elsewhere",
        "native",
        MALICE,
        MEDIUM,
        LIKELY,
        427,
        "A native library is loaded from a temporary folder, or after it was fetched",
        "Libraries that belong to a package lie in the package.",
        "Find out how it got there.",
        {
            "python": tuple(
                f"{load}(0: ~temp | ~network | ~decoded | /^.(?:tmp|var.tmp|dev.shm)."
                f"|(?i:\\\\(?:temp|appdata)\\\\)/)"
                for load in (
                    "ctypes.CDLL",
                    "ctypes.WinDLL",
                    "ctypes.PyDLL",
                    "ctypes.cdll.LoadLibrary",
                    "ctypes.windll.LoadLibrary",
                    "cffi.FFI().dlopen",
                    "importlib.machinery.ExtensionFileLoader",
                    "imp.load_dynamic",
                )
            ),
            "javascript": (
                "process.dlopen(1: ~temp | ~network | ~decoded | /^.(?:tmp|var.tmp"
                "|dev.shm)./)",
                "ffi-napi.Library(0: ~temp | ~network | /^.(?:tmp|var.tmp|dev.shm)./)",
                "koffi.load(0: ~temp | ~network | /^.(?:tmp|var.tmp|dev.shm)./)",
                r"require(0: /^.(?:tmp|var.tmp|dev.shm).*\.node$/)",
                "bun.ffi.dlopen(0: ~temp | ~network | ~decoded | /^.(?:tmp|var.tmp|dev.shm)./)",
                "Deno.dlopen(0: ~temp | ~network | ~decoded | /^.(?:tmp|var.tmp|dev.shm)./)",
            ),
            "rust": (
                "libloading.Library.new(0: ~temp | ~network | /^.(?:tmp|var.tmp"
                "|dev.shm)./)",
                "libloading.os.unix.Library.new(0: ~temp | /^.(?:tmp|var.tmp"
                "|dev.shm)./)",
            ),
        },
        bad={
            "python": ("import ctypes\nctypes.CDLL('/tmp/helper.so')\n",),
            "javascript": (
                "process.dlopen(module, '/tmp/helper.node');\n",
                "import { dlopen } from 'bun:ffi';\ndlopen('/tmp/k.so', {});\n",
            ),
            "rust": (
                'fn main() { unsafe { libloading::Library::new("/tmp/a.so"); } }\n',
            ),
        },
        good={
            "python": ("import ctypes\nctypes.CDLL('libc.so.6')\n",),
            "javascript": (
                "process.dlopen(module, require.resolve('./build/a.node'));\n",
                "import { dlopen, suffix } from 'bun:ffi';\ndlopen(`libsqlite3.${suffix}`, {});\n",
            ),
            "rust": (
                'fn main() { unsafe { libloading::Library::new("liba.so"); } }\n',
            ),
        },
    ),
    Rule(
        "library-preloaded",
        "native",
        MALICE,
        MEDIUM,
        LIKELY,
        427,
        "A library is loaded into every program that is started",
        "It can replace any function of any program.",
        "Load it where it is used.",
        {
            "python": (
                "os.putenv(0: 'LD_PRELOAD' | 'DYLD_INSERT_LIBRARIES' | 'LD_AUDIT')",
                "os.environ.setdefault(0: 'LD_PRELOAD' | 'DYLD_INSERT_LIBRARIES')",
                "os.environ.update(0.LD_PRELOAD: present)",
                "subprocess.*(env.LD_PRELOAD: present)",
                r"os.system(0: /\b(?:LD_PRELOAD|DYLD_INSERT_LIBRARIES)=/)",
            ),
            "javascript": (
                "process.env.LD_PRELOAD = present",
                "process.env.DYLD_INSERT_LIBRARIES = present",
                "child_process.*(2.env.LD_PRELOAD: present)",
                r"child_process.*(0: /\b(?:LD_PRELOAD|DYLD_INSERT_LIBRARIES)=/)",
            ),
            "rust": (
                "std.env.set_var(0: 'LD_PRELOAD' | 'DYLD_INSERT_LIBRARIES')",
                ".env(0: 'LD_PRELOAD' | 'DYLD_INSERT_LIBRARIES')",
            ),
        },
        bad={
            "python": ("import os\nos.putenv('LD_PRELOAD', './a.so')\n",),
            "javascript": ("process.env.LD_PRELOAD = './a.so';\n",),
            "rust": ('fn main() { std::env::set_var("LD_PRELOAD", "./a.so"); }\n',),
        },
        good={
            "python": ("import os\nos.putenv('LD_LIBRARY_PATH', './lib')\n",),
            "javascript": ("process.env.NODE_ENV = 'test';\n",),
            "rust": ('fn main() { std::env::set_var("RUST_LOG", "info"); }\n',),
        },
    ),
    Rule(
        "library-loaded-at-runtime",
        "native",
        MALICE,
        LOW,
        UNSURE,
        427,
        "A native library is loaded whose name is known only at run time",
        "Who chooses the name chooses the machine code that runs.",
        "Load it by a fixed name from the package's own folder.",
        {
            "python": (
                "ctypes.CDLL(0/name: ~env | ~file)",
                "ctypes.WinDLL(0/name: ~env | ~file)",
                "ctypes.cdll.LoadLibrary(0: ~env | ~file)",
                "cffi.FFI().dlopen(0: ~env | ~file)",
            ),
            "javascript": (
                "process.dlopen(1: ~env | ~param)",
                "process.dlopen(1: <process.env.*>)",
            ),
            "rust": ("libloading.Library.new(0: ~env | ~argv)",),
        },
        bad={
            "python": ("import ctypes, os\nctypes.CDLL(os.environ['LIBRARY'])\n",),
            "javascript": ("process.dlopen(module, process.env.LIBRARY);\n",),
            "rust": (
                "fn main() { unsafe { libloading::"
                'Library::new(std::env::var("A").unwrap()); } }\n',
            ),
        },
        good={
            "python": ("import ctypes\nctypes.CDLL('libc.so.6')\n",),
            "javascript": ("process.dlopen(module, './a.node');\n",),
            "rust": (
                'fn main() { unsafe { libloading::Library::new("liba.so"); } }\n',
            ),
        },
        tainted=HIGH,
    ),
    Rule(
        "command-by-library",
        "native",
        MALICE,
        MEDIUM,
        LIKELY,
        506,
        "A command is run by calling the C library directly",
        "It is the way around everything that watches the language's own functions.",
        "Use the language's own functions.",
        {
            "python": tuple(
                f"{library}.{function}()"
                for library in (
                    "ctypes.CDLL()",
                    "ctypes.cdll.LoadLibrary()",
                    "ctypes.PyDLL()",
                    "ctypes.cdll.msvcrt",
                    "ctypes.pythonapi",
                    "ctypes.windll.kernel32",
                    "ctypes.windll.shell32",
                )
                for function in (
                    "system",
                    "popen",
                    "execve",
                    "execl",
                    "execvp",
                    "WinExec",
                    "ShellExecuteA",
                    "CreateProcessA",
                    "PyRun_SimpleString",
                )
            ),
            "rust": ("libc.system()", "libc.popen()", ".WinExec()"),
        },
        bad={
            "python": ("import ctypes\nctypes.CDLL(None).system(b'ls')\n",),
            "rust": ("fn main() { unsafe { libc::system(line.as_ptr()); } }\n",),
        },
        good={
            "python": ("import ctypes\nctypes.CDLL(None).getpid()\n",),
            "rust": ("fn main() { unsafe { libc::getpid(); } }\n",),
        },
    ),
    Rule(
        "program-in-memory",
        "native",
        MALICE,
        HIGH,
        SURE,
        506,
        "A program is run out of memory, without a file",
        "Nothing of it is left on the disk to be looked at.",
        "Do not run it.",
        {
            "python": (
                "os.execv(0: /^.proc.self.fd./)",
                "os.execve(0: /^.proc.self.fd./)",
                "os.execv(0: <os.memfd_create()>)",
                "os.fexecve(0: <os.memfd_create()>)",
                "subprocess.*(0/args: /^.proc.(?:self|\\d+|\\0).fd./)",
                "os.system(0: /^.proc.(?:self|\\d+|\\0).fd./)",
                "os.write(0: <os.memfd_create()>; 1: ~decoded | ~network)",
            ),
            "javascript": ("child_process.*(0: /^.proc.(?:self|\\d+|\\0).fd./)",),
            "rust": (
                "std.process.Command.new(0: /^.proc.(?:self|\\d+|\\0).fd./)",
                "nix.unistd.fexecve()",
                "libc.fexecve()",
            ),
        },
        bad={
            "python": (
                "import os\nfd = os.memfd_create('"
                "a')\nos.execv(f'/proc/self/fd/{fd}', ['a'])\n",
            ),
            "javascript": (
                "require('child_process').spawn(`/proc/self/fd/${fd}`, []);\n",
            ),
            "rust": ("fn main() { unsafe { libc::fexecve(fd, argv, envp); } }\n",),
        },
        good={
            "python": ("import os\nos.execv('/bin/ls', ['ls'])\n",),
            "javascript": ("require('child_process').spawn('/bin/ls', []);\n",),
            "rust": ('fn main() { std::process::Command::new("/bin/ls").spawn(); }\n',),
        },
    ),
)
