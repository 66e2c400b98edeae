"""The kind of a file: by its first bytes, then by its name."""

from __future__ import annotations

from goobits_scanner._inventory._magic import is_native
from goobits_scanner._source import Source

_EXTENSIONS = {
    extension: kind
    for kind, extensions in {
        "python": "py pyi pyw py3 wsgi",
        "pth": "pth",
        "javascript": "js mjs cjs jsx",
        "typescript": "ts mts cts",
        "tsx": "tsx",
        "rust": "rs",
        "json": "json jsonc json5 webmanifest map",
        "toml": "toml",
        "yaml": "yaml yml",
        "shell": "sh bash zsh ksh fish bashrc zshrc profile bash_profile",
        "powershell": "ps1 psm1 psd1",
        "notebook": "ipynb",
        "html": "html htm xhtml vue svelte",
        "text": "txt md rst po pot css csv svg xml ini cfg c h",
        "pickle": "pkl pickle joblib",
        "bytecode": "pyc pyo",
        "native": "so pyd dll dylib exe node wasm class dex o a lib",
        "image": "png jpg jpeg gif bmp ico webp tif tiff avif",
        "binary": "woff woff2 ttf otf eot pdf zip gz xz bz2 whl jar mp3 mp4 ogg wav npy",
    }.items()
    for extension in extensions.split()
}
_NAMES = {
    "cargo.lock": "toml",
    "poetry.lock": "toml",
    "pdm.lock": "toml",
    "uv.lock": "toml",
    "pipfile": "toml",
    "pipfile.lock": "json",
    "sconstruct": "python",
    "wscript": "python",
    "configure": "shell",
    "pkgbuild": "shell",
    ".npmrc": "text",
}
_INTERPRETERS = (
    (b"python", "python"),
    (b"pypy", "python"),
    (b"node", "javascript"),
    (b"deno", "typescript"),
    (b"bun", "javascript"),
    (b"pwsh", "powershell"),
    (b"sh", "shell"),
)
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"\0\0\1\0",
    b"II*\0",
    b"MM\0*",
)
CODE = frozenset("python pth javascript typescript tsx rust shell powershell".split())
DATA = frozenset("json toml yaml html notebook text".split())
OPAQUE = frozenset("native bytecode pickle image binary".split())
_HEAD = 4096
# All but the control characters that no text has.
_CONTROLS = bytes(n for n in range(32) if n not in b"\t\n\r\f\x1b\x08")


def extension_of(name: str) -> str:
    """Return what follows the last dot of a file's name, in lower case."""
    base = name[max(name.rfind("/"), name.rfind("!")) + 1 :]
    return base.rpartition(".")[2].lower() if "." in base else ""


def kind_of(source: Source) -> str:
    """Return the kind: one of `CODE`, `DATA` or `OPAQUE`."""
    data = source.data
    if kind := _by_magic(data):
        return kind
    extension = extension_of(source.name)
    base = source.name[max(source.name.rfind("/"), source.name.rfind("!")) + 1 :]
    kind = _NAMES.get(base.lower()) or _EXTENSIONS.get(extension, "")
    if kind == "typescript" and data[:200].lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        return "text"  # Qt keeps translations under this name
    if kind == "typescript" and data[:1] == b"G" and data[188:189] == b"G":
        return "binary"  # and films are in pieces with it
    if kind == "pickle" and data and _is_text(data[:_HEAD]) and b"." not in data[-2:]:
        return "text"
    if kind in ("", "text", "native", "image", "binary", "bytecode"):
        return _by_content(data, kind)
    return kind


def _by_magic(data: bytes) -> str:
    head = data[:1024]
    if head.isascii() and b"\0" not in head[:8]:
        return ""
    if is_native(head):
        return "native"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if _is_bytecode(head):
        return "bytecode"
    if head[:1] == b"\x80" and head[1:2] in b"\2\3\4\5" and data[-1:] == b".":
        return "pickle"
    return ""


def _is_bytecode(head: bytes) -> bool:
    """Tell a .pyc by its magic number and the code object behind its header."""
    if head[2:4] != b"\r\n" or len(head) < 17:
        return False
    number = int.from_bytes(head[:2], "little")
    if 3000 <= number < 4000:
        return any(head[at] in b"\x63\xe3" for at in (8, 12, 16))
    return 62000 <= number < 63000 and head[8:9] == b"c"


def _by_content(data: bytes, kind: str) -> str:
    head = data[:_HEAD]
    if head[:2] == b"#!" and (script := _by_interpreter(head)) and kind != "text":
        return script
    if kind == "text" and data:
        return kind if _is_text(head) else "binary"
    if kind and (not data or not _is_text(head)):
        return kind
    return "text" if _is_text(head) else "binary"


def _by_interpreter(head: bytes) -> str:
    words = head[2:].partition(b"\n")[0].split()
    names = [word.rpartition(b"/")[2] for word in words if word[:1] != b"-"]
    if names[:1] == [b"env"]:
        names = [name for name in names[1:] if b"=" not in name]
    if not names:
        return ""
    return next((kind for part, kind in _INTERPRETERS if part in names[0]), "")


def _is_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if b"\0" in head:
        return False
    return len(head) - len(head.translate(None, _CONTROLS)) <= len(head) // 50
