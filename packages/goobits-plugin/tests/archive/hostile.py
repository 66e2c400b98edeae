"""Archives that somebody made to do harm, one of each kind, with the rule that refuses it.

Nothing here uses the code that is tested: headers and gzip members are put together byte by byte,
so that any field can lie. They are unpacked in `CAGE`/into; a kind that `writes_outside` puts a
file named evil into `CAGE`/outside when a naive reader unpacks it.
"""

from __future__ import annotations

import bz2
import functools
import io
import lzma
import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

BLOCK = 512
MIB = 1 << 20
END = bytes(2 * BLOCK)
CAGE = f"{tempfile.gettempdir()}/goobits-archive-{os.getpid()}"
MANIFEST_NAME = b"goobits-plugin.toml"
HARMLESS = ""


@dataclass(frozen=True, slots=True)
class Hostile:
    """An archive and the `rule` that refuses it, or `HARMLESS`.

    `control` says whether a naive reader takes it; where it does not, the archive is damaged
    for everybody.
    """

    name: str
    rule: str
    make: Callable[[], bytes]
    control: bool = True
    writes_outside: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A header, field by field as it is written, and what follows it."""

    name: bytes
    content: bytes = b""
    mode: bytes = b"0000644\0"
    uid: bytes = b"0000000\0"
    gid: bytes = b"0000000\0"
    size: bytes | None = None
    mtime: bytes = b"00000000000\0"
    checksum: Callable[[bytes], bytes] = lambda block: b"%06o\0 " % sum(block)
    kind: bytes = b"0"
    link: bytes = b""
    magic: bytes = b"ustar\00000"
    uname: bytes = b""
    gname: bytes = b""
    devices: bytes = b"0000000\0" * 2
    prefix: bytes = b""
    rest: bytes = bytes(12)
    pad: bytes = b"\0"

    def __bytes__(self) -> bytes:
        size = b"%011o\0" % len(self.content) if self.size is None else self.size
        owner = self.uname.ljust(32, b"\0") + self.gname.ljust(32, b"\0") + self.devices
        block = b"".join(
            (
                self.name.ljust(100, b"\0"),
                self.mode + self.uid + self.gid + size + self.mtime,
                b" " * 8 + self.kind + self.link.ljust(100, b"\0") + self.magic,
                owner + self.prefix.ljust(155, b"\0") + self.rest,
            )
        )
        assert len(block) == BLOCK
        block = block[:148] + self.checksum(block) + block[156:]
        return block + self.content + self.pad * (-len(self.content) % BLOCK)


MANIFEST = Entry(MANIFEST_NAME, b'schema = 1\nname = "acme/hello"\n')
HOOKS = Entry(b"hooks.py", b"def on_hello():\n    return 0\n")
EVIL = b"evil\n"


def gzip(
    tar: bytes, *, header: bytes = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff", level: int = 9
) -> bytes:
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15)
    return header + deflate.compress(tar) + deflate.flush() + trailer(tar)


def trailer(tar: bytes, length: int = 0) -> bytes:
    length = length or len(tar)
    return zlib.crc32(tar).to_bytes(4, "little") + length.to_bytes(4, "little")


def tar(*entries: Entry | bytes, end: bytes = END) -> bytes:
    return b"".join(map(bytes, entries)) + end


def archive(*entries: Entry | bytes, end: bytes = END) -> bytes:
    """Return an archive in which the manifest stands among entries where order asks for it."""
    named = [e.name if isinstance(e, Entry) else b"" for e in entries]
    before = [e for e, name in zip(entries, named, strict=True) if name < MANIFEST_NAME]
    after = [e for e, name in zip(entries, named, strict=True) if name >= MANIFEST_NAME]
    return gzip(tar(*before, MANIFEST, *after, end=end))


def valid() -> bytes:
    return archive(HOOKS)


def zeros(mebibytes: int) -> bytes:
    """Return so many MiB of zeros as a raw deflate stream that is not ended."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = deflate.compress(bytes(MIB)) + deflate.flush(zlib.Z_FULL_FLUSH)
    return piece * mebibytes


def bomb(head: bytes, mebibytes: int, length: int) -> bytes:
    """Return a member that holds a head and zeros after it, and says it holds `length` bytes."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = deflate.compress(head) + deflate.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    body = first + zeros(mebibytes) + last
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + body + trailer(b"", length)


def pax(path: bytes, *records: tuple[bytes, bytes], kind: bytes = b"x") -> bytes:
    """Return an extended header of POSIX.1-2001, and leave the file to who calls."""
    lines = b""
    for key, value in records:
        length = len(key) + len(value) + 3
        while len(b"%d %b=%b\n" % (length, key, value)) != length:
            length += 1
        lines += b"%d %b=%b\n" % (length, key, value)
    return bytes(Entry(path, lines, kind=kind))


_KINDS: list[Hostile] = []


def _kind(
    name: str,
    rule: str,
    make: Callable[[], bytes],
    *,
    control: bool = True,
    writes_outside: bool = False,
) -> None:
    _KINDS.append(Hostile(name, rule, make, control, writes_outside))


def _entry(name: str, rule: str, entry: Entry, **known: bool) -> None:
    _kind(name, rule, lambda: archive(entry), **known)


def _path(name: str, rule: str, path: bytes, **known: bool) -> None:
    _entry(f"path: {name}", rule, Entry(path, EVIL), **known)


def kinds() -> Iterator[Hostile]:
    """Yield each kind; the bytes are made when they are asked for."""
    if not _KINDS:
        for family in _FAMILIES:
            family()
        names = [kind.name for kind in _KINDS]
        assert len(set(names)) == len(names)
    yield from _KINDS


def _gzip_headers() -> None:
    plain = functools.partial(tar, MANIFEST, HOOKS)
    for name, header in (
        ("file name", b"\x1f\x8b\x08\x08\0\0\0\0\x02\xff../outside/evil\0"),
        ("extra field", b"\x1f\x8b\x08\x04\0\0\0\0\x02\xff\x04\0ab\0\0"),
        ("comment", b"\x1f\x8b\x08\x10\0\0\0\0\x02\xffhello\0"),
        ("time", b"\x1f\x8b\x08\0\x01\0\0\0\x02\xff"),
        ("other system", b"\x1f\x8b\x08\0\0\0\0\0\x02\x03"),
        ("other level", b"\x1f\x8b\x08\0\0\0\0\0\0\xff"),
        ("reserved flag", b"\x1f\x8b\x08\x80\0\0\0\0\x02\xff"),
    ):
        _kind(
            f"gzip header: {name}", "gzip", functools.partial(_gzip_with, header, plain)
        )
    method = b"\x1f\x8b\x07\0\0\0\0\0\x02\xff"
    _kind(
        "gzip header: other method",
        "gzip",
        lambda: gzip(plain(), header=method),
        control=False,
    )
    _kind("no compression", "gzip", plain)
    _kind("bzip2", "gzip", lambda: bz2.compress(plain()))
    _kind("xz", "gzip", lambda: lzma.compress(plain()))
    _kind("zlib", "gzip", lambda: zlib.compress(plain()), control=False)
    _kind("zip", "gzip", _zip, control=False)
    _kind("nothing", "gzip", lambda: b"", control=False)
    _kind("gzip in gzip", "truncated", lambda: gzip(valid()), control=False)


def _gzip_with(header: bytes, make: Callable[[], bytes]) -> bytes:
    return gzip(make(), header=header)


def _zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as opened:
        opened.writestr("../outside/evil", EVIL)
        opened.writestr(MANIFEST_NAME.decode(), MANIFEST.content)
    return written.getvalue()


def _gzip_bodies() -> None:
    long = Entry(b"hooks.py", bytes(range(256)) * 64)
    _kind(
        "second member, longer",
        "trailing",
        lambda: gzip(bytes(MANIFEST)) + gzip(tar(long)),
    )
    _kind(
        "second member, shorter",
        "isize",
        lambda: gzip(tar(MANIFEST, long)) + gzip(b"x" * 600),
    )
    _kind("second member, empty", "isize", lambda: valid() + gzip(b""))
    _kind("second member, same", "trailing", lambda: valid() + valid())
    _kind("empty member first", "trailing", lambda: gzip(b"") + valid())
    _kind("trailing zeros", "isize", lambda: valid() + bytes(512))
    _kind("trailing garbage", "trailing", lambda: valid() + EVIL + valid()[-8:])
    _kind("trailing script", "trailing", lambda: valid()[:-8] + EVIL + valid()[-8:])
    _kind(
        "checksum of gzip", "checksum", lambda: valid()[:-8] + bytes(4) + valid()[-4:]
    )
    _kind("length too small", "isize", lambda: _length(-512))
    _kind("length too large", "isize", lambda: _length(512))
    _kind(
        "damaged deflate",
        "deflate",
        lambda: valid()[:10] + b"\xff" * 9 + valid()[19:],
        control=False,
    )
    _kind("cut short", "truncated", lambda: valid()[:-20] + valid()[-8:], control=False)
    _kind("header alone", "truncated", lambda: valid()[:10], control=False)
    _kind("preset dictionary", "deflate", _dictionary, control=False)


def _length(more: int) -> bytes:
    whole = tar(MANIFEST, HOOKS)
    return gzip(whole)[:-8] + trailer(whole, len(whole) + more)


def _dictionary() -> bytes:
    whole = tar(MANIFEST, HOOKS)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=whole)
    body = deflate.compress(whole) + deflate.flush()
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + body + trailer(whole)


def _bombs() -> None:
    head = tar(MANIFEST, HOOKS, end=END)
    length = len(head) + 256 * MIB
    _kind("bomb: after the end, honest", "size", lambda: bomb(head, 256, length))
    _kind("bomb: after the end, lying", "isize", lambda: bomb(head, 256, len(head)))
    _kind("bomb: 4 GiB, length wrapped", "isize", lambda: bomb(head, 4096, len(head)))
    _kind("bomb: ratio", "ratio", lambda: archive(Entry(b"zeros", bytes(8 * MIB))))
    _kind("bomb: 80 MiB in two files", "size", _two_files)
    _kind(
        "bomb: file of 65 MiB",
        "size",
        lambda: archive(Entry(b"zeros", half_random(65))),
    )
    _kind("bomb: larger than is sent", "compressed", _incompressible)
    inner = gzip(bytes(32 * MIB))
    _kind("bomb: nested", HARMLESS, lambda: archive(Entry(b"inner.gz", inner)))
    _kind(
        "archive in the archive",
        HARMLESS,
        lambda: archive(Entry(b"inner.tar", tar(Entry(b"../outside/evil", EVIL)))),
    )


def half_random(mebibytes: int) -> bytes:
    """Return content that is compressed to about a hundredth."""
    piece = zlib.compress(b"".join(b"%d" % n for n in range(2000)), 9)
    return (piece + bytes(MIB // 2 - len(piece))) * 2 * mebibytes


def _two_files() -> bytes:
    return archive(Entry(b"first", half_random(40)), Entry(b"second", half_random(40)))


def _incompressible() -> bytes:
    state, made = 1, bytearray()
    for _ in range(256):
        state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        made += state.to_bytes(8, "little")
    whole = tar(MANIFEST, Entry(b"noise", bytes(made) * (33 * MIB // len(made))))
    return gzip(whole, level=0)


def _extended() -> None:
    evil = b"../outside/evil"
    after = bytes(Entry(b"safe", EVIL))
    for name, rule, blocks in (
        (
            "GNU long name",
            "magic",
            bytes(
                Entry(
                    b"././@LongLink",
                    evil + b"\0",
                    kind=b"L",
                    magic=b"ustar  \0",
                    devices=bytes(16),
                )
            )
            + after,
        ),
        (
            "long name in ustar",
            "kind",
            bytes(Entry(b"././@LongLink", evil + b"\0", kind=b"L")) + after,
        ),
        ("PAX path", "kind", pax(b"PaxHeaders/x", (b"path", evil)) + after),
        (
            "global PAX path",
            "kind",
            pax(b"pax_global_header", (b"path", evil), kind=b"g") + after,
        ),
        (
            "Solaris PAX path",
            "kind",
            pax(b"PaxHeaders/x", (b"path", evil), kind=b"X") + after,
        ),
        (
            "PAX sparse name",
            "kind",
            pax(
                b"PaxHeaders/x",
                (b"GNU.sparse.name", evil),
                (b"GNU.sparse.major", b"0"),
                (b"GNU.sparse.minor", b"1"),
            )
            + after,
        ),
    ):
        _kind(name, rule, functools.partial(_appended, blocks), writes_outside=True)
    link = bytes(Entry(b"zz", kind=b"2", link=b"safe")) + bytes(Entry(b"zz/evil", EVIL))
    for name, rule, blocks, outside in (
        (
            "GNU long link",
            "kind",
            bytes(Entry(b"././@LongLink", b"../outside\0", kind=b"K")) + link,
            True,
        ),
        (
            "PAX linkpath",
            "kind",
            pax(b"PaxHeaders/x", (b"linkpath", b"../outside")) + link,
            True,
        ),
        (
            "PAX size",
            "kind",
            pax(b"PaxHeaders/x", (b"size", b"0"))
            + bytes(Entry(b"safe", bytes(Entry(b"evil")))),
            False,
        ),
        (
            "PAX charset",
            "kind",
            pax(b"PaxHeaders/x", (b"hdrcharset", b"BINARY")) + after,
            False,
        ),
        (
            "PAX owner",
            "kind",
            pax(b"PaxHeaders/x", (b"uid", b"4000000000")) + after,
            False,
        ),
        (
            "GNU sparse",
            "kind",
            bytes(
                Entry(
                    b"sparse",
                    kind=b"S",
                    prefix=bytes(41) + b"00000000000\0" * 8 + b"\0",
                    rest=b"00000200000\0",
                )
            ),
            False,
        ),
        ("GNU multi-volume", "kind", bytes(Entry(b"more", EVIL, kind=b"M")), False),
        ("GNU volume label", "kind", bytes(Entry(b"label", kind=b"V")), False),
        ("GNU dump of a folder", "kind", bytes(Entry(b"dump", EVIL, kind=b"D")), False),
    ):
        _kind(name, rule, functools.partial(_appended, blocks), writes_outside=outside)


def _appended(blocks: bytes) -> bytes:
    return gzip(tar(MANIFEST, blocks))


def _links() -> None:
    def through(name: str, target: bytes, *more: Entry) -> None:
        link = Entry(b"zz", kind=b"2", link=target)
        entries = more or (Entry(b"zz/evil", EVIL),)
        evil = any(b"evil" in entry.name for entry in entries)
        _kind(name, "kind", lambda: archive(link, *entries), writes_outside=evil)

    through("symbolic link, then a file through it", b"../outside")
    through("symbolic link to the folder above", b"..", Entry(b"zz/outside/evil", EVIL))
    through(
        "symbolic link through another",
        b"za/outside/..",
        Entry(b"zza", kind=b"2", link=b"zz"),
    )
    through("symbolic link that dangles", b"/nowhere", HOOKS)
    through("symbolic link to itself", b"zz", HOOKS)
    through("symbolic link to a file of the archive", b"hooks.py", HOOKS)
    manifest = Entry(MANIFEST_NAME, kind=b"2", link=b"../outside/kept")
    _kind("manifest is a link", "kind", lambda: gzip(tar(manifest, HOOKS)))
    hard = Entry(b"zz", kind=b"1", link=b"../outside/kept")
    _kind("hard link to a file outside", "kind", lambda: archive(hard))
    _kind(
        "hard link, then written through",
        "kind",
        lambda: archive(hard, Entry(b"zz", EVIL)),
    )
    own = Entry(b"zz", kind=b"1", link=MANIFEST_NAME)
    _kind("hard link to a file of the archive", "kind", lambda: archive(own))
    _kind("hard link with content", "kind", lambda: archive(replace(own, content=EVIL)))
    _entry("link name of a file", "link", replace(HOOKS, link=b"../outside/kept"))


def _specials() -> None:
    null = b"0000001\0" + b"0000003\0"
    _entry(
        "character device",
        "kind",
        Entry(b"null", kind=b"3", devices=null),
        control=False,
    )
    _entry(
        "block device", "kind", Entry(b"disk", kind=b"4", devices=null), control=False
    )
    _entry("named pipe", "kind", Entry(b"pipe", kind=b"6"))
    _entry("contiguous file", "kind", replace(HOOKS, kind=b"7"))
    _entry("file of the old kind", "kind", replace(HOOKS, kind=b"\0"))
    _entry("unknown kind", "kind", replace(HOOKS, kind=b"Z"))
    _entry("folder", "kind", Entry(b"lib", kind=b"5", mode=b"0000755\0"))
    _entry(
        "folder that nobody can read",
        "kind",
        Entry(b"lib", kind=b"5", mode=b"0000000\0"),
    )
    _entry(
        "folder with a size", "kind", Entry(b"lib", kind=b"5", size=b"00000001000\0")
    )
    _entry(
        "folder above",
        "kind",
        Entry(b"../outside/evil", kind=b"5"),
        writes_outside=True,
    )
    _entry("folder by a slash", "part", Entry(b"lib/"))
    for name, mode in (
        ("setuid", b"0004755\0"),
        ("setgid", b"0002755\0"),
        ("sticky", b"0001755\0"),
        ("writable for all", b"0000666\0"),
        ("unreadable", b"0000000\0"),
        ("kind of a link in the mode", b"0120777\0"),
        ("mode with a space", b"000644 \0"),
        ("mode in base 256", b"\x80\0\0\0\0\0\x01\xa4"),
    ):
        _entry(name, "mode", replace(HOOKS, mode=mode))


def _numbers() -> None:
    for name, rule, fields, control in (
        ("size in base 256", "size", {"size": b"\x80".ljust(11, b"\0") + b"\x1d"}, True),
        ("size is negative", "size", {"size": b"\xff" * 12}, False),
        ("size -512", "size", {"size": b"\xff" * 10 + b"\xfe\0"}, False),
        ("size with spaces", "size", {"size": b"         35 \0"[:12]}, True),
        ("size without an end", "size", {"size": b"000000000035"}, True),
        ("size in digits 8 and 9", "size", {"size": b"00000000089\0"}, True),
        ("size with a sign", "size", {"size": b"+0000000035\0"}, True),
        ("size with an underscore", "size", {"size": b"0000000_035\0"}, True),
        ("size with a prefix", "size", {"size": b"0o000000035\0"}, True),
        ("size that is empty", "size", {"size": bytes(12)}, True),
        ("size of 8 GiB", "size", {"size": b"77777777777\0"}, False),
        ("size beyond the end", "truncated", {"size": b"00000010000\0"}, False),
        ("user", "owner", {"uid": b"0001750\0"}, True),
        ("group", "owner", {"gid": b"0001750\0"}, True),
        ("user in base 256", "owner", {"uid": b"\x80\0\0\0\0\0\0\0"}, True),
        ("name of a user", "owner", {"uname": b"root"}, True),
        ("name of a group", "owner", {"gname": b"wheel"}, True),
        ("time", "time", {"mtime": b"14700000000\0"}, True),
        ("time in base 256", "time", {"mtime": b"\xff" * 12}, True),
        ("device of a file", "device", {"devices": b"0000001\0" + b"0000003\0"}, True),
        ("device without digits", "device", {"devices": bytes(16)}, True),
        ("bytes behind the fields", "padding", {"rest": b"hidden bytes"}, True),
        ("padding of the content", "padding", {"pad": b"#"}, True),
        ("GNU's magic", "magic", {"magic": b"ustar  \0"}, True),
        ("no magic", "magic", {"magic": bytes(8)}, True),
        ("magic without version", "magic", {"magic": b"ustar\0  "}, True),
        ("checksum by signed bytes", "checksum", {"name": _ACCENT, "checksum": _signed}, True),
        ("checksum wrong", "checksum", {"checksum": _sum(b"%06o\0 ", 1)}, True),
        ("checksum with spaces", "checksum", {"checksum": _sum(b"%6o\0 ")}, True),
        ("checksum in seven digits", "checksum", {"checksum": _sum(b"%07o\0")}, True),
        ("checksum ends in a space", "checksum", {"checksum": _sum(b"%06o \0")}, True),
        ("checksum that is empty", "checksum", {"checksum": lambda _: bytes(8)}, True),
    ):  # fmt: skip
        entry = replace(HOOKS, **fields)  # type: ignore[arg-type]
        _entry(f"field: {name}", rule, entry, control=control)
    small = replace(HOOKS, content=b"", size=b"00000000000\0")
    hidden = bytes(small) + b"not a header".ljust(BLOCK, b"\0")
    _kind("field: size too small", "magic", lambda: _appended(hidden))
    inner = Entry(b"zz", bytes(Entry(b"../outside/evil", EVIL)), size=b"00000000000\0")
    _kind(
        "field: content read as a header",
        "part",
        lambda: archive(inner),
        writes_outside=True,
    )


_ACCENT = "hooké.py".encode()


def _sum(form: bytes, more: int = 0) -> Callable[[bytes], bytes]:
    return lambda block: form % (sum(block) + more)


def _signed(block: bytes) -> bytes:
    return b"%06o\0 " % sum(byte - 256 if byte > 127 else byte for byte in block)


def _fields_of_names() -> None:
    for name, rule, fields in (
        (
            "bytes behind a NUL in the name",
            "name",
            {"name": b"hooks.py\0/../../outside/evil"},
        ),
        ("only a NUL in front", "part", {"name": b"\0hooks.py"}),
        ("bytes behind a NUL in the prefix", "prefix", {"prefix": b"\0../outside"}),
        ("prefix that was not needed", "name", {"prefix": b"lib"}),
        ("prefix with a slash at its end", "part", {"prefix": b"lib/"}),
        ("prefix of a slash", "absolute", {"prefix": b"/", "name": b"nowhere/evil"}),
        ("prefix of a dot", "part", {"prefix": b"."}),
    ):
        _entry(
            name,
            rule,
            replace(HOOKS, **fields),
            control=fields.get("name") != b"\0hooks.py",
        )
    _entry(
        "prefix goes above",
        "part",
        Entry(b"evil", EVIL, prefix=b"../outside"),
        writes_outside=True,
    )
    long = Entry(b"/".join([b"a" * 40] * 2), prefix=b"lib" * 20)
    _entry(
        "prefix split at a later slash",
        "name",
        replace(long, prefix=b"lib" * 20 + b"/" + b"a" * 40, name=b"a" * 40),
    )


def _paths() -> None:
    _path("above", "part", b"../outside/evil", writes_outside=True)
    for name, path in (
        ("above, from within", b"lib/../../outside/evil"),
        ("above, many times", b"lib/../" * 4 + b"../outside/evil"),
    ):
        entries = Entry(b"lib/a"), Entry(path, EVIL)
        _kind(
            f"path: {name}",
            "part",
            functools.partial(archive, *entries),
            writes_outside=True,
        )
    _path("two dots alone", "part", b"..", control=False)
    _path("a dot alone", "part", b".", control=False)
    _path("dot in front", "part", b"./hooks.py")
    _path("dot within", "part", b"lib/./hooks.py")
    _path("two slashes", "part", b"lib//hooks.py")
    _path("nothing", "part", b"", control=False)
    _path("absolute", "absolute", f"{CAGE}/outside/evil".encode(), writes_outside=True)
    _path(
        "absolute, two slashes",
        "absolute",
        f"/{CAGE}/outside/evil".encode(),
        writes_outside=True,
    )
    for name, rule, path in (
        ("backslashes", "character", "..\\outside\\evil"),
        ("drive", "character", "C:evil"),
        ("drive and backslash", "character", "C:\\evil"),
        ("share of a network", "character", "\\\\host\\share\\evil"),
        ("stream of a file", "character", "hooks.py:evil"),
        ("question mark", "character", "hooks?.py"),
        ("star", "character", "*.py"),
        ("quotation mark", "character", 'hooks".py'),
        ("pipe", "character", "a|b"),
        ("less than", "character", "a<b"),
        ("newline", "character", "hooks\n.py"),
        ("escape sequence", "character", "\x1b[2Jhooks.py"),
        ("bell", "character", "\x07hooks.py"),
        ("delete", "character", "hooks\x7f.py"),
        ("control of C1", "character", "hooks\x9b2J.py"),
        ("reads from the right", "character", "hooks‮yp.exe"),
        ("isolate", "character", "hooks⁦.py"),
        ("joiner of no width", "character", "hooks\u200d.py"),
        ("space of no width", "character", "hooks\u200b.py"),
        ("byte order mark", "character", "\ufeffhooks.py"),
        ("space that does not break", "character", "hooks\u00a0.py"),
        ("line separator", "character", "hooks\u2028.py"),
        ("filler of Hangul", "character", "hooks\u3164.py"),
        ("selector of a variant", "character", "hooks\ufe0f.py"),
        ("private character", "character", "hooks\ue000.py"),
        ("unassigned character", "character", "hooks\u0378.py"),
        ("tag character", "character", "hooks\U000e0041.py"),
        ("wide slash", "character", "lib／hooks.py"),
        ("wide colon", "character", "hooks：evil"),
        ("wide backslash", "character", "..＼evil"),
        ("leader of two dots", "part", "‥/evil"),
        ("leader of a dot", "part", "․/evil"),
        ("ellipsis at the end", "edge", "hooks…"),
        ("dot at the end", "edge", "hooks.py."),
        ("dot at the end of a folder", "edge", "lib./hooks.py"),
        ("space at the end", "edge", "hooks.py "),
        ("space in front", "edge", " hooks.py"),
        ("three dots", "edge", ".../evil"),
        ("device CON", "reserved", "CON"),
        ("device nul.txt", "reserved", "nul.txt"),
        ("device in a folder", "reserved", "lib/aux.py/x"),
        ("device COM1", "reserved", "com1.tar.gz"),
        ("device with a raised digit", "reserved", "COM¹"),
        ("device in wide letters", "reserved", "ｎｕｌ"),
        ("device CONIN$", "reserved", "conin$"),
        ("device with a space", "reserved", "nul .txt"),
        ("short form of a manifest", "reserved", "GOOBIT~1.TOM"),
        ("short form of a folder", "reserved", "GIT~1/config"),
        ("not composed", "encoding", "hooke\u0301.py"),
        ("compatibility ideograph", "encoding", "\uf900.py"),
        ("sign of Kelvin", "encoding", "hoo\u212as.py"),
        ("run by Python", "autorun", "sitecustomize.py"),
        ("run by Python, in capitals", "autorun", "lib/UserCustomize.py"),
        ("read by Python", "autorun", "lib/evil.pth"),
        ("run by Windows", "autorun", "autorun.inf"),
        ("read by Windows", "autorun", "Desktop.ini"),
        ("hidden", "left-out", ".envrc"),
        ("hook of git", "left-out", ".git/hooks/pre-commit"),
        ("hidden in a folder", "left-out", "lib/.npmrc"),
        ("compiled", "left-out", "hooks.pyc"),
        ("compiled, in its folder", "left-out", "__pycache__/hooks.cpython-311.pyc"),
        ("left by an editor", "left-out", "hooks.py~"),
        ("seventeen parts", "length", "/".join("a" * 17)),
        ("part of 101 bytes", "length", "a" * 101),
    ):
        if len(path.encode()) <= 100:
            _path(name, rule, path.encode())
    for name, path in (
        ("not UTF-8", b"hooks\xff.py"),
        ("overlong slash", b"..\xc0\xaf..\xc0\xafevil"),
        ("surrogate", b"hooks\xed\xa0\x80.py"),
        ("Latin-1", b"hook\xe9.py"),
    ):
        _path(name, "encoding", path)
    _entry(
        "path: longer than 200 bytes",
        "length",
        Entry(b"b" * 100, EVIL, prefix=b"a" * 50 + b"/" + b"a" * 50),
    )
    _entry("path: part of 101 bytes", "length", Entry(b"b", EVIL, prefix=b"a" * 101))


def _together() -> None:
    def both(name: str, rule: str, first: str, second: str) -> None:
        entries = Entry(first.encode(), EVIL), Entry(second.encode(), b"other\n")
        _kind(f"two: {name}", rule, lambda: archive(*entries))

    both("one path", "duplicate", "hooks.py", "hooks.py")
    both("case", "collision", "hooks.PY", "hooks.py")
    both("case of folders", "collision", "Lib/a.py", "lib/b.py")
    both("sharp s", "collision", "strasse", "straße")
    both("ligature", "collision", "file.txt", "ﬁle.txt")
    both("width", "collision", "hooks.py", "ｈｏｏｋｓ.py")
    both("sign of several letters", "collision", "tel", "℡")
    both("raised digit", "collision", "x2", "x²")
    both("sigma", "collision", "οδος", "οδοσ")
    both("dotted capital i", "collision", "i\u0307x", "İx")
    both("long s", "collision", "hooks", "hookſ")
    both("order", "order", "zz", "hooks.py")
    _kind(
        "two: manifests",
        "duplicate",
        lambda: gzip(tar(MANIFEST, replace(MANIFEST, content=EVIL))),
    )
    upper = Entry(MANIFEST_NAME.upper(), EVIL)
    _kind(
        "two: manifests, one in capitals",
        "collision",
        lambda: gzip(tar(upper, MANIFEST)),
    )
    target = Entry(b"target/release/evil", EVIL)
    _kind(
        "two: what cargo built",
        "left-out",
        lambda: gzip(tar(Entry(b"Cargo.toml", EVIL), MANIFEST, target)),
    )
    _kind(
        "two: file and folder",
        "collision",
        lambda: archive(Entry(b"lib", EVIL), Entry(b"lib/a", EVIL)),
        control=False,
    )
    _kind(
        "two: file and folder by case",
        "collision",
        lambda: archive(Entry(b"LIB", EVIL), Entry(b"lib/a", EVIL)),
    )
    _kind(
        "2,001 files",
        "files",
        lambda: archive(*(Entry(b"x%04d" % n) for n in range(2001))),
    )
    _kind("2,001 folders", "folders", _folders)


def _folders() -> bytes:
    paths = sorted(b"%03d/" % n + b"/".join([b"a"] * 14) + b"/x" for n in range(140))
    return gzip(tar(*(Entry(path) for path in paths), MANIFEST))


def _manifests() -> None:
    for name, make in (
        ("missing", lambda: gzip(tar(HOOKS))),
        (
            "in a folder",
            lambda: gzip(tar(replace(MANIFEST, name=b"acme/" + MANIFEST_NAME))),
        ),
        (
            "in capitals",
            lambda: gzip(tar(replace(MANIFEST, name=MANIFEST_NAME.upper()))),
        ),
        ("empty", lambda: gzip(tar(replace(MANIFEST, content=b"")))),
        (
            "too large",
            lambda: gzip(tar(replace(MANIFEST, content=b"#" * (MIB // 4 + 1)))),
        ),
        ("and nothing else", lambda: gzip(END)),
    ):
        _kind(f"manifest: {name}", "manifest", make)


def _ends() -> None:
    more = bytes(Entry(b"zz", EVIL))
    _kind("end: none", "truncated", lambda: archive(HOOKS, end=b""))
    _kind("end: one block", "end", lambda: archive(HOOKS, end=bytes(BLOCK)))
    _kind("end: three blocks", "end", lambda: archive(HOOKS, end=bytes(3 * BLOCK)))
    _kind(
        "end: record of 20 blocks", "end", lambda: archive(HOOKS, end=bytes(20 * BLOCK))
    )
    _kind("end: files behind it", "end", lambda: archive(HOOKS, end=END + more + END))
    _kind(
        "end: files behind one block",
        "end",
        lambda: archive(HOOKS, end=bytes(BLOCK) + more + END),
    )
    _kind("end: garbage behind it", "end", lambda: archive(HOOKS, end=END + EVIL))
    _kind(
        "end: half a block", "truncated", lambda: archive(HOOKS, end=bytes(BLOCK // 2))
    )
    _kind(
        "end: within a file",
        "truncated",
        lambda: gzip(tar(MANIFEST, bytes(HOOKS)[: BLOCK + 5], end=b"")),
        control=False,
    )
    _kind(
        "end: within a header",
        "truncated",
        lambda: gzip(tar(MANIFEST, bytes(HOOKS)[:300], end=b"")),
    )


_FAMILIES = (
    _gzip_headers,
    _gzip_bodies,
    _bombs,
    _extended,
    _links,
    _specials,
    _numbers,
    _fields_of_names,
    _paths,
    _together,
    _manifests,
    _ends,
)
