"""Files that are not text, and those whose names say something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goobits_scanner._bytes._kind import extension_of
from goobits_scanner._bytes._place import at_line
from goobits_scanner._finding import Finding
from goobits_scanner._source import Source

_LIBRARIES = frozenset("so pyd dylib dll node wasm a o lib class jar obj bc".split())
_PROGRAMS = frozenset("exe com scr out elf".split())
_MEDIA = frozenset(
    "png jpg jpeg gif bmp ico webp tif tiff avif svg woff woff2 ttf otf eot mp3 mp4 ogg wav".split()
)
_PLAIN = frozenset(
    "txt md rst csv json yaml yml toml ini cfg html htm css xml po pdf".split()
)
_VERSIONED = re.compile(r"\.so(?:\.\d+)+$")
_CODE = re.compile(
    rb"\b(?:require\s*\(|import\s+[\w{*]|eval\s*\(|exec\s*\(|function\s*[\w$]*\s*\(|"
    rb"(?:const|let|var)\s+[\w$]+\s*=|subprocess\b|child_process\b)|^#!|^<\?php"
)
_UNPICKLED = re.compile(
    rb"(?:c|\x8c.|X....)(?:posix|nt|os|subprocess|builtins|__builtin__|runpy|importlib|"
    rb"ctypes|socket|webbrowser|shutil|pty|sys)\n?(?:\x94|q.|\x8c.|X....|\n){0,9}"
    rb"(?:system|popen|Popen|call|check_call|check_output|run|exec|eval|compile|getattr|"
    rb"__import__|import_module|spawn\w*|exec\w+|open|rmtree|remove)",
    re.DOTALL,
)
_PTH_ATTACK = re.compile(
    r"\b(?:exec|eval|compile)\s*\(|base64|subprocess|os\.(?:system|popen|exec|spawn|fork)|"
    r"urlopen|urllib|requests\b|http\.client|socket|ctypes|marshal|zlib|codecs|pty\b|"
    r"\bchr\s*\(|bytes\.fromhex"
)
_CACHED = re.compile(r"^(.*)__pycache__/([^/]+?)\.(?:cpython|pypy)[^/]*\.py[co]$")


def file_findings(source: Source, kind: str) -> Iterator[Finding]:
    """Yield what the kind of a file says, held against its name."""
    extension = extension_of(source.name)
    disguised = extension in _MEDIA or extension in _PLAIN
    if kind in ("native", "bytecode") and disguised:
        note = f"{kind} as .{extension}"
        yield at_line("executable-masquerade", source.name, 0, note)
    elif kind == "native":
        rule = _native_rule(source, extension)
        yield at_line(rule, source.name, 0, f"{source.size:,} bytes")
    elif kind == "bytecode" and extension not in ("pyc", "pyo"):
        yield at_line("native-hidden", source.name, 0, "compiled Python")
    elif kind == "pickle":
        yield from _pickle(source)
    elif extension in _MEDIA and extension != "svg":
        yield from _script_in_media(source, kind)


def _native_rule(source: Source, extension: str) -> str:
    base = source.name[max(source.name.rfind("/"), source.name.rfind("!")) + 1 :]
    if base[:1] == ".":
        return "native-hidden"
    if extension in _LIBRARIES or _VERSIONED.search(base):
        return "native-code"
    if extension in _PROGRAMS or source.is_executable:
        return "native-program"
    return "native-hidden"


def _pickle(source: Source) -> Iterator[Finding]:
    match = _UNPICKLED.search(source.data)
    if match:
        shown = match[0].decode("ascii", "replace")[:100]
        yield at_line("pickle-runs-code", source.name, 0, shown)
    else:
        yield at_line("pickle-file", source.name, 0, f"{source.size:,} bytes")


def _script_in_media(source: Source, kind: str) -> Iterator[Finding]:
    head = source.data[:4096]
    if kind == "image" or b"\0" in head or head.startswith(b"<svg"):
        return
    match = _CODE.search(head)
    if match and head.lstrip()[:1] != b"<":
        shown = match[0].decode("ascii", "replace")
        yield at_line("script-masquerade", source.name, 1, shown)


def pth_findings(name: str, text: str) -> Iterator[Finding]:
    """Yield the lines of a .pth file that Python executes."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.lstrip("\ufeff").startswith(("import ", "import\t")):
            continue
        if _PTH_ATTACK.search(line):
            rule = "pth-attack"
        else:
            plain = re.fullmatch(r"\ufeff?import\s+[\w., ]+", line.rstrip())
            rule = "pth-import" if plain else "pth-code"
        yield at_line(rule, name, number, line.strip()[:160])


def orphan_bytecode(names: Iterable[str]) -> list[Finding]:
    """Return the compiled files among all of a package that have no source beside them."""
    every = set(names)
    found = []
    for name in sorted(every):
        if not name.endswith((".pyc", ".pyo")):
            continue
        cached = _CACHED.match(name)
        source = f"{cached[1]}{cached[2]}.py" if cached else f"{name[:-1]}"
        if source not in every and f"{source}w" not in every:
            found.append(at_line("bytecode-without-source", name, 0, f"no {source}"))
    return found
