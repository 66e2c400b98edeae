"""Archives that somebody made to do harm, put together byte by byte so that any field can lie."""

from __future__ import annotations

import bz2
import functools
import lzma
import zlib
from collections.abc import Callable, Iterator
from struct import pack
from typing import NamedTuple

MIB = 1 << 20
EVIL = b"print('evil')\n"
END = bytes(1024)
# Not all is hostile that is strange: what every reader reads in one way is only read.
HARMLESS = ""


class Hostile(NamedTuple):
    """An archive, and a part of the reason that is given for it, or `HARMLESS`."""

    name: str
    reason: str
    make: Callable[[], bytes]


def member(
    name: bytes,
    content: bytes = b"",
    *,
    kind: bytes = b"0",
    link: bytes = b"",
    size: bytes | None = None,
    mode: bytes = b"0000644\0",
    magic: bytes = b"ustar\00000",
    prefix: bytes = b"",
    more: int = 0,
    pad: bytes = b"\0",
) -> bytes:
    """Return a member of a tar archive; `more` is added to its checksum."""
    stated = b"%011o\0" % len(content) if size is None else size
    block = name.ljust(100, b"\0") + mode + b"0000000\0" * 2 + stated
    block += b"%011o\0" % 0 + b" " * 8 + kind + link.ljust(100, b"\0") + magic
    block += bytes(64) + b"0000000\0" * 2 + prefix.ljust(155, b"\0") + bytes(12)
    assert len(block) == 512
    block = block[:148] + b"%06o\0 " % (sum(block) + more) + block[156:]
    return block + content + pad * (-len(content) % 512)


def pax(*records: tuple[bytes, bytes], kind: bytes = b"x") -> bytes:
    lines = b""
    for key, value in records:
        length = len(key) + len(value) + 3
        while len(b"%d %b=%b\n" % (length, key, value)) != length:
            length += 1
        lines += b"%d %b=%b\n" % (length, key, value)
    return member(b"PaxHeaders/x", lines, kind=kind)


OK = member(b"pkg/ok.py", b"x = 1\n")


def tar(*members: bytes, end: bytes = END) -> bytes:
    return b"".join(members) + end


def gzip(data: bytes) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    return deflate.compress(data) + deflate.flush()


class Item(NamedTuple):
    """A member of a zip archive; what is None follows from the rest."""

    name: bytes
    content: bytes = b""
    method: int = 0
    packed: bytes | None = None
    flags: int = 0
    mode: int = 0o100644
    crc: int | None = None
    size: int | None = None
    local_name: bytes | None = None
    local_method: int | None = None
    local_size: int | None = None
    extra: bytes = b""
    offset: int | None = None
    gap: bytes = b""


def zipped(
    *items: Item,
    before: bytes = b"",
    after: bytes = b"",
    comment: bytes = b"",
    count: int | None = None,
    directory_size: int | None = None,
    disk: int = 0,
    stated_before: bool = True,
) -> bytes:
    """Return a zip archive whose every number can lie."""
    data, directory = before, b""
    for item in items:
        packed = item.content if item.packed is None else item.packed
        if item.method == 8 and item.packed is None:
            deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = deflate.compress(item.content) + deflate.flush()
        crc = zlib.crc32(item.content) if item.crc is None else item.crc
        size = len(item.content) if item.size is None else item.size
        local = item.name if item.local_name is None else item.local_name
        method = item.method if item.local_method is None else item.local_method
        here = size if item.local_size is None else item.local_size
        data += item.gap
        offset = len(data) - (0 if stated_before else len(before))
        offset = offset if item.offset is None else item.offset
        data += pack("<4s5H3L2H", b"PK\3\4", 20, item.flags, method, 0, 33, crc,
                     len(packed), here, len(local), 0) + local + packed  # fmt: skip
        directory += pack("<4s6H3L5H2L", b"PK\1\2", 788, 20, item.flags, item.method, 0, 33,
                          crc, len(packed), size, len(item.name), len(item.extra), 0, 0, 0,
                          item.mode << 16, offset) + item.name + item.extra  # fmt: skip
    start = len(data) - (0 if stated_before else len(before))
    number = len(items) if count is None else count
    length = len(directory) if directory_size is None else directory_size
    end = pack(
        "<4s4H2LH", b"PK\5\6", disk, disk, number, number, length, start, len(comment)
    )
    return data + directory + end + comment + after


GOOD = Item(b"pkg/ok.py", b"x = 1\n", 8)


def kinds() -> Iterator[Hostile]:
    """Yield each kind; the bytes are made when they are asked for."""
    for family in (
        _tar_kinds,
        _tar_headers,
        _streams,
        _zip_kinds,
        _zip_fields,
        _nested,
    ):
        yield from family()


def _tar_paths() -> Iterator[tuple[str, str, bytes]]:
    yield "above", "leaves", b"../evil.py"
    yield "above, from within", "leaves", b"pkg/../../evil.py"
    yield "absolute", "absolute", b"/etc/evil.py"
    yield "backslashes", "backslash", b"..\\evil.py"
    yield "drive", "drive", b"C:evil.py"
    yield "escape sequence", "control", b"\x1b[2Jevil.py"
    yield "newline", "control", b"a\nevil.py"
    yield "read from the right", "control", "evil\u202eyp.exe".encode()
    yield "nested deeply", "deeper", b"/".join([b"a"] * 50)
    yield "not UTF-8", HARMLESS, b"evil\xff.py"
    yield "dot in front", HARMLESS, b"./evil.py"


def _tar_kinds() -> Iterator[Hostile]:
    for name, reason, path in _tar_paths():
        make = functools.partial(tar, OK, member(path, EVIL))
        yield Hostile(f"tar path: {name}", reason, make)
    link = functools.partial(member, kind=b"2")
    for name, reason, members in (
        ("link that leaves", "leaves", [link(b"l", link=b"../out")]),
        ("link to an absolute path", "absolute", [link(b"l", link=b"/etc/passwd")]),
        ("link that winds", "went down", [link(b"l", link=b"a/../../x")]),
        ("link to nothing", "nothing", [link(b"l")]),
        ("file through a link", "through a link", [link(b"l", link=b"pkg"), member(b"l/e", EVIL)]),
        ("file over a link", "there twice", [link(b"l", link=b"pkg"), member(b"l", EVIL)]),
        ("link over a folder", "a folder has", [member(b"d/x", EVIL), link(b"d", link=b"pkg")]),
        ("link inside", HARMLESS, [link(b"l", link=b"pkg/ok.py")]),
        ("hard link outside", "hard link", [member(b"h", kind=b"1", link=b"/etc/passwd")]),
        ("hard link to what comes", "hard link",
         [member(b"h", kind=b"1", link=b"z"), member(b"z", EVIL)]),
        ("hard link with content", "content",
         [member(b"h", EVIL, kind=b"1", link=b"pkg/ok.py")]),
        ("hard link inside", HARMLESS, [member(b"h", kind=b"1", link=b"pkg/ok.py")]),
        ("character device", "device", [member(b"d", kind=b"3")]),
        ("block device", "device", [member(b"d", kind=b"4")]),
        ("named pipe", "pipe", [member(b"p", kind=b"6")]),
        ("unknown kind", "unknown", [member(b"u", EVIL, kind=b"Z")]),
        ("sparse file", "sparse", [member(b"s", EVIL, kind=b"S")]),
        ("part of a file", "part of", [member(b"m", EVIL, kind=b"M")]),
        ("dump of a folder", "dump", [member(b"m", EVIL, kind=b"D")]),
        ("folder with content", "content", [member(b"d", EVIL, kind=b"5")]),
        ("one name twice", "there twice", [member(b"e.py", b"a"), member(b"./e.py", EVIL)]),
        ("setuid", HARMLESS, [member(b"e.py", EVIL, mode=b"0004755\0")]),
        ("padding", HARMLESS, [member(b"e.py", EVIL, pad=b"#")]),
        ("case", HARMLESS, [member(b"e.py", EVIL), member(b"E.py", EVIL)]),
    ):  # fmt: skip
        yield Hostile(f"tar: {name}", reason, functools.partial(tar, OK, *members))


def _tar_headers() -> Iterator[Hostile]:
    after = member(b"safe.py", EVIL)
    long = functools.partial(member, b"././@LongLink", kind=b"L")
    giant = b"%011o\0" % (64 * MIB)
    for name, reason, members in (
        ("path", "two names", [pax((b"path", b"other.py")), after]),
        ("path above", "leaves", [pax((b"path", b"../" * 40 + b"evil")), after]),
        ("size", "two sizes", [pax((b"size", b"0")), after]),
        ("size that is none", "no number", [pax((b"size", b"-1")), after]),
        ("one key twice", "say the same", [pax((b"size", b"14"), (b"size", b"14")), after]),
        ("two headers", "say the same", [pax((b"mtime", b"1")), pax((b"mtime", b"2")), after]),
        ("global path", "global", [pax((b"path", b"../x"), kind=b"g"), after]),
        ("sparse", "sparse", [pax((b"GNU.sparse.name", b"../x")), after]),
        ("damaged records", "damaged", [member(b"x", b"99 path=evil\n", kind=b"x"), after]),
        ("giant", "more than 1 MiB", [member(b"x", kind=b"x", size=giant)]),
        ("before nothing", "about nothing", [pax((b"path", b"other.py"))]),
        ("long name above", "leaves", [long(b"../evil.py\0"), member(b"../evil.py", EVIL)]),
        ("long name, other", "two names", [long(b"other.py\0"), after]),
        ("long name, giant", "more than 1 MiB", [long(size=giant)]),
        ("comment", HARMLESS, [pax((b"comment", b"abc"), kind=b"g"), after]),
        ("long path", HARMLESS, [pax((b"path", b"p/" * 30 + b"x" * 90)), after]),
    ):  # fmt: skip
        yield Hostile(
            f"tar header: {name}", reason, functools.partial(tar, OK, *members)
        )
    for name, reason, entry in (
        ("checksum", "damaged", member(b"e.py", EVIL, more=1)),
        ("size with a sign", "several ways", member(b"e.py", EVIL, size=b"+0000000016\0")),
        ("size is negative", "several ways", member(b"e.py", EVIL, size=b"\xff" * 12)),
        ("size beyond the end", "ends within", member(b"e.py", EVIL, size=b"00077777777\0")),
        ("size of 2**80", "ends within", member(b"e.py", EVIL, size=b"\x80\1" + bytes(10))),
        ("size too small", "damaged", member(b"e.py", EVIL, size=b"%011o\0" % 0)),
        ("prefix above", "leaves", member(b"evil.py", EVIL, prefix=b"..")),
        ("prefix in an old header", "two names",
         member(b"evil.py", EVIL, prefix=b"x", magic=b"ustar  \0")),
        ("no magic", HARMLESS, member(b"evil.py", EVIL, magic=bytes(8))),
        ("size in base 256", HARMLESS,
         member(b"e.py", EVIL, size=b"\x80" + bytes(10) + bytes([len(EVIL)]))),
    ):  # fmt: skip
        yield Hostile(f"tar field: {name}", reason, functools.partial(tar, OK, entry))
    hidden = member(b"hidden.py", EVIL)
    for name, reason, end in (
        ("members behind it", "follows the end", END + hidden + END),
        ("members behind one block", "follows the end", bytes(512) + hidden + END),
        ("garbage behind it", "follows the end", END + EVIL),
        ("within a header", "within a header", hidden[:300]),
        ("within a member", "ends within", hidden[:515]),
        ("none", HARMLESS, b""),
        ("ten blocks", HARMLESS, END * 5),
    ):
        yield Hostile(f"tar end: {name}", reason, functools.partial(tar, OK, end=end))


def _zeros(mebibytes: int) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    made = [deflate.compress(bytes(MIB)) for _ in range(mebibytes)]
    return b"".join(made) + deflate.flush()


def _streams() -> Iterator[Hostile]:
    whole = tar(OK)
    other = tar(member(b"hidden.py", EVIL))
    yield Hostile(
        "gzip: second member", "more than one", lambda: gzip(whole) + gzip(other)
    )
    yield Hostile(
        "gzip: garbage behind", "follows its comp", lambda: gzip(whole) + EVIL
    )
    yield Hostile("gzip: cut short", "too early", lambda: gzip(whole)[:-9])
    yield Hostile(
        "gzip: damaged", "compressed data", lambda: gzip(whole)[:20] + b"\xff" * 40
    )
    yield Hostile("gzip: checksum", "damaged", lambda: gzip(whole)[:-8] + bytes(8))
    yield Hostile("gzip: zeros behind", HARMLESS, lambda: gzip(whole) + bytes(512))
    yield Hostile("gzip: empty members", "follows its comp", lambda: gzip(b"") * 3000)
    yield Hostile("gzip: bomb", "times its size", lambda: _zeros(40))
    yield Hostile("gzip: bomb behind the end", "times its size",
                  lambda: gzip(whole + bytes(40 * MIB)))  # fmt: skip
    yield Hostile("bzip2: second stream", "more than one",
                  lambda: bz2.compress(whole) + bz2.compress(other))  # fmt: skip
    yield Hostile(
        "bzip2: bomb", "times its size", lambda: bz2.compress(bytes(40 * MIB))
    )
    yield Hostile("xz: bomb", "times its size", lambda: lzma.compress(bytes(40 * MIB)))
    yield Hostile(
        "xz: damaged", "damaged", lambda: lzma.compress(whole)[:30] + b"\xff" * 60
    )


def _zip_kinds() -> Iterator[Hostile]:
    for name, reason, path in (
        *_tar_paths(),
        ("NUL", "NUL", b"ok.py\0evil"),
        ("nothing", "no name", b""),
    ):
        make = functools.partial(zipped, GOOD, Item(path, EVIL))
        yield Hostile(f"zip path: {name}", reason, make)
    one = Item(b"evil.py", EVIL, 8)
    for name, reason, item in (
        ("link that leaves", "leaves", Item(b"l", b"../../x", mode=0o120777)),
        ("link to an absolute path", "absolute", Item(b"l", b"/etc/passwd", mode=0o120777)),
        ("device", "device", one._replace(mode=0o020644)),
        ("encrypted", "encrypted", one._replace(flags=1)),
        ("method 97", "method 97", one._replace(method=97, packed=b"x")),
        ("checksum", "checksum", one._replace(crc=1)),
        ("damaged data", "damaged", one._replace(packed=b"\xff" * 20)),
        ("cut data", "too early", one._replace(packed=b"\x4b")),
        ("holds more", "more than it says", one._replace(size=3, local_size=3)),
        ("holds less", "less than it says", one._replace(size=99, local_size=99)),
        ("stored, two sizes", "two sizes", Item(b"e.py", EVIL, size=3)),
        ("folder with content", "folder that has", Item(b"d/", EVIL)),
        ("name twice", "there twice", Item(b"pkg/ok.py", EVIL)),
        ("file over a folder", "name of its folder", Item(b"pkg", EVIL)),
        ("other name in front", "another name", one._replace(local_name=b"safe.py")),
        ("other method in front", "another method", one._replace(local_method=0)),
        ("other size in front", "other sizes", one._replace(local_size=2)),
        ("two names by Unicode", "two names",
         one._replace(extra=pack("<HHBL", 0x7075, 12, 1, 0) + b"hide.py")),
        ("bad UTF-8", "UTF-8", one._replace(name=b"\xff.py", flags=0x800)),
        ("case", HARMLESS, Item(b"PKG/OK.py", EVIL)),
        ("link inside", HARMLESS, Item(b"l", b"pkg/ok.py", mode=0o120777)),
    ):  # fmt: skip
        yield Hostile(f"zip: {name}", reason, functools.partial(zipped, GOOD, item))


def _zip_fields() -> Iterator[Hostile]:
    one = Item(b"evil.py", EVIL, 8)
    many = [Item(b"a%d" % n, EVIL, offset=0) for n in range(4)]
    bomb = Item(b"zeros", bytes(4 * MIB), 8)
    make: dict[str, tuple[str, Callable[[], bytes]]] = {
        "members that overlap": ("share the same", lambda: zipped(GOOD, *many)),
        "ratio": ("times its size", lambda: zipped(bomb)),
        "ratio, stated": ("times its size", lambda: zipped(one._replace(size=1 << 31))),
        "data in front": ("precedes", lambda: zipped(one, before=b"GIF89a" * 9)),
        "data in front, not counted": (
            "precedes",
            lambda: zipped(one, before=b"GIF89a" * 9, stated_before=False),
        ),
        "data behind": ("follows the end", lambda: zipped(one, after=EVIL)),
        "two ends": (
            "two ends",
            lambda: zipped(GOOD, comment=_second_end(zipped(one))),
        ),
        "hidden member": (
            "belong to none",
            lambda: zipped(GOOD, one._replace(gap=zipped(one))),
        ),
        "no directory": ("no directory", lambda: zipped(one)[:60]),
        "more members than said": (
            "another number",
            lambda: zipped(GOOD, one, count=1),
        ),
        "fewer members than said": ("another number", lambda: zipped(GOOD, count=2)),
        "members without number": ("more than", lambda: zipped(GOOD, count=65535)),
        "giant directory": ("too large", lambda: zipped(GOOD, directory_size=1 << 31)),
        "part of several": ("part of", lambda: zipped(GOOD, disk=1)),
        "member elsewhere": ("no member", lambda: zipped(GOOD._replace(offset=9))),
        "comment": (HARMLESS, lambda: zipped(one, comment=b"hello")),
        "launcher": (HARMLESS, lambda: zipped(one, before=b"#!/usr/bin/python3\n")),
    }
    for name, (reason, function) in make.items():
        yield Hostile(f"zip field: {name}", reason, function)


def _second_end(data: bytes) -> bytes:
    return data[-22:]


def _nested() -> Iterator[Hostile]:
    evil = zipped(Item(b"../evil.py", EVIL))
    yield Hostile("zip in tar", "leaves", lambda: tar(OK, member(b"x.whl", evil)))
    yield Hostile("zip in gzip in tar", "leaves", lambda: tar(member(b"x", gzip(evil))))
    yield Hostile("four deep", "deep", lambda: gzip(gzip(gzip(gzip(tar(OK))))))
    yield Hostile(
        "bomb in zip", "times its size", lambda: zipped(Item(b"b.gz", _zeros(40)))
    )
