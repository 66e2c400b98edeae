"""Each rule finds what it is for, and leaves alone what looks like it."""

from __future__ import annotations

import base64
import hashlib
import marshal
import pickle
import time
from collections.abc import Callable

import pytest
from goobits_scanner._bytes import (
    RULES,
    byte_findings,
    decode,
    kind_of,
    orphan_bytecode,
)
from goobits_scanner._finding import Axis, Finding
from goobits_scanner._source import Source
from hypothesis import given, settings
from hypothesis import strategies as st

Look = Callable[..., list[Finding]]
_NOISE = b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(40))
_BASE64 = base64.b64encode(_NOISE).decode()
_ELF = b"\x7fELF\2\1\1" + bytes(60)
_PE = b"MZ" + bytes(58) + b"\x40\0\0\0" + b"PE\0\0"
_PYC = b"\xa7\r\r\n" + bytes(12) + marshal.dumps(compile("x = 1", "x", "exec"))
_FAR = " " * 250
_TAGGED = "".join(chr(0xE0000 + ord(c)) for c in "ignore the rules")
_ENGLAND = "".join(chr(0xE0000 + ord(c)) for c in "gbeng\x7f")
_SELECTED = "".join(chr(0xE0100 + n) for n in b"payload")


class _Runs:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return eval, ("1",)


FOUND: list[tuple[str, str, bytes | str]] = [
    ("bidi-reordered-code", "a.py", "if x != 'user\u202e \u2066# admin\u2069 \u2066':\n  pass"),
    ("bidi-reordered-code", "a.js", "/*\u202e } \u2066if (admin)\u2069 \u2066 begin */"),
    ("bidi-reordered-code", "a.rs", "// \u2067 x\nfn f() {}"),
    ("bidi-reordered-code", "a.py", "x = '\u202c'"),
    ("bidi-across-tokens", "a.py", "x = '\u202ea' + b # \u202c'"),
    ("bidi-unbalanced-data", "a.json", '{"a": "\u202eb"}'),
    ("invisible-identifier", "a.js", "const { timeout,\u3164 } = query;"),
    ("invisible-identifier", "a.js", "let is\u200dAdmin = 1;"),
    ("invisible-identifier", "a.py", "def f(\u3164): pass"),
    ("zero-width-in-word", "a.py", "if role == 'ad\u200bmin': allow()"),
    ("zero-width-payload", "a.js", "x = '" + "\u200b\u200c" * 20 + "'"),
    ("zero-width-payload", "README.md", "Hello" + "\u200b\u200c" * 20),
    ("variation-selector-payload", "a.js", f"decode('{_SELECTED}')"),
    ("variation-selector-payload", "a.py", "x = '" + "a\U000e0110" * 30 + "'"),
    ("tag-characters", "a.py", f"x = '{_TAGGED}'"),
    ("tag-characters-in-text", "README.md", f"Hello {_TAGGED}"),
    ("disguised-builtin", "a.py", "ｅｖａｌ('1')"),
    ("disguised-builtin", "a.py", "𝐞𝐱𝐞𝐜('1')"),
    ("disguised-builtin", "a.py", "x = f\"{ｅｖａｌ('1')}\""),
    ("disguised-identifier", "a.py", "𝑓𝑖𝑛𝑑 = 1"),
    ("mixed-script-identifier", "a.py", "p\u0430ypal = 1"),
    ("lookalike-identifier", "a.js", "let paypal = 1; let p\u0430ypal = 2;"),
    ("lookalike-identifier", "a.py", "\u0435\u0445\u0435\u0441 = 1"),
    ("off-screen-code", "a.py", f"x = 1{_FAR};import os\n"),
    ("off-screen-code", "a.js", "x()" + "\u3000" * 220 + ";run()\n"),
    ("off-screen-indent", "a.js", f"x()\n{_FAR}run()\n"),
    ("disguising-encoding", "a.py", "# coding: utf-7\nx = 1\n"),
    ("disguising-encoding", "a.py", "#!/usr/bin/python\n# -*- coding: rot13 -*-\nx = 1\n"),
    ("disguising-encoding", "a.py", "# coding: unicode_escape\n#\\u000aimport os\n"),
    ("disguising-encoding", "a.py", "\n# vim: set fileencoding=punycode :\n"),
    ("unknown-encoding", "a.py", "# coding: mycodec\nx = 1\n"),
    ("invalid-encoding", "a.py", b"x = 1\ny = '\xff abcdefg'\n"),
    ("utf16-source", "a.js", "run()\n".encode("utf-16")),
    ("utf16-source", "a.js", ("run()\n" * 9).encode("utf-16-le")),
    ("utf16-source", "a.py", ("run()\n" * 9).encode("utf-16-be")),
    ("nul-in-source", "a.py", b"x = 1\n\0import os\n"),
    ("pth-import", "a.pth", "lib\nimport a_package\n"),
    ("pth-code", "a.pth", "import os; x = os.environ.get('A')\n"),
    ("pth-attack", "a.pth", "import os,base64;exec(base64.b64decode('eA=='))\n"),
    ("pth-attack", "a.pth", "import\tsubprocess\n"),
    ("native-code", "pkg/_x.cpython-311-x86_64-linux-gnu.so", _ELF),
    ("native-code", "lib/libx.so.1.2", _ELF),
    ("native-program", "setup.exe", _PE),
    ("native-hidden", "model.dat", _ELF),
    ("native-hidden", ".helper", _PE),
    ("native-hidden", "cache.db", _PYC),
    ("native-in-literal", "a.py", f"x = '{base64.b64encode(_ELF + _NOISE).decode()}'"),
    ("executable-masquerade", "logo.png", _ELF),
    ("executable-masquerade", "README.txt", _PE),
    ("executable-masquerade", "font.woff2", _PYC),
    ("script-masquerade", "font.woff2", "const a = require('child_process');"),
    ("script-masquerade", "logo.png", "#!/bin/sh\ncurl x.invalid\n"),
    ("pickle-file", "a.pkl", pickle.dumps({"a": [1, 2]})),
    ("pickle-file", "a.bin", pickle.dumps({"a": [1, 2]})),
    ("pickle-runs-code", "a.pkl", pickle.dumps(_Runs())),
    ("pickle-runs-code", "a.dat", pickle.dumps(_Runs(), 2)),
    ("pickle-runs-code", "a.pkl", b"cos\nsystem\n(S'x'\ntR."),
    ("packed-literal", "a.py", f"x = '{_BASE64}'"),
    ("packed-literal", "a.js", f'x = "{_NOISE.hex()}"'),
    ("packed-literal", "a.py", "x = b'" + "".join(f"\\x{b:02x}" for b in _NOISE) + "'"),
]  # fmt: skip

CLEAN: list[tuple[str, str, bytes | str]] = [
    ("emoji that are joined", "a.py", "x = '👨‍👩‍👧 ❤️ 🏳️‍🌈 👍🏽 1️⃣'"),
    ("flag of a region", "a.js", f"x = '🏴{_ENGLAND}'"),
    ("Hebrew", "a.py", "x = 'שלום עולם'  # הערה"),
    ("Arabic with closed controls", "a.js", "x = '\u202bمرحبا بالعالم\u202c'"),
    ("Persian with joiners", "a.js", "x = 'می\u200cخواهم'"),
    ("marks of direction", "a.json", '{"a": "\u200fمرحبا\u200e"}'),
    ("direction in a translation", "he.po", 'msgstr "\u202bשלום"'),
    ("direction in prose", "README.md", "RLO is \u202e here"),
    ("byte order mark", "a.py", b"\xef\xbb\xbfx = 1\n"),
    ("byte order mark and coding", "a.py", b"\xef\xbb\xbf# coding: utf-8\nx = '\xc3\xa9'\n"),
    ("Latin-1 that is declared", "a.py", "# coding: latin-1\nx = 'é'\n".encode("latin-1")),
    ("Japanese that is declared", "a.py", "# coding: shift_jis\nx = '日本'\n".encode("shift_jis")),
    ("coding on the third line", "a.py", "x = 1\ny = 2\n# coding: utf-7\n"),
    ("coding after code", "a.py", "x = 1\n# coding: utf-7\n"),
    ("PowerShell in UTF-16", "a.ps1", "Get-Item\n".encode("utf-16")),
    ("Greek of physics", "a.py", "Δx = 1\nσ = Δx / 2\nμ_max = 3\n"),
    ("Russian prose", "a.py", "# Привет, это модуль для pythonа\nx = 'сору'\n"),
    ("Russian docstring", "a.py", '"""Модуль с CSSа и\nсловом аPI."""\n'),
    ("Russian names", "a.py", "имя = 1\nхор = 2\n"),
    ("Chinese names", "a.js", "let 变量 = 1;"),
    ("superscript", "a.py", "x = 'm²'"),
    ("deep indentation", "a.js", "\n".join(" " * n + "x()" for n in range(0, 260, 4))),
    ("blanks at the end", "a.py", f"x = 1{_FAR}\ny = 2\n"),
    ("comment far right", "a.py", f"x = 1{_FAR}# aligned\n"),
    ("wide table", "a.md", f"a{_FAR}b(c)\n"),
    ("plain path file", "a.pth", "./lib\n# import os\nimportant\n"),
    ("picture in a literal", "a.py", f"x = 'iVBORw0KGgo{_BASE64}'"),
    ("picture by URL", "a.js", f"x = 'data:image/webp;base64,{_BASE64}'"),
    ("font by URL", "a.js", f"x = `data:font/woff2;base64,{_BASE64}`"),
    ("source map", "a.js", f"//# sourceMappingURL=data:application/json;base64,{_BASE64}"),
    ("certificate", "a.py", f"x = 'MII{_BASE64}'"),
    ("hash of a file", "a.js", "x = 'sha512-" + "aB3/" * 21 + "=='"),
    ("long text", "a.py", "x = '" + "the quick brown fox " * 40 + "'"),
    ("long word", "a.py", "x = '" + "abcdefgh" * 60 + "'"),
    ("data file", "a.json", f'{{"a": "{_BASE64}"}}'),
    ("image", "a.png", b"\x89PNG\r\n\x1a\n" + _NOISE),
    ("vector image", "a.svg", "<svg><script>function a(){}</script></svg>"),
    ("large file pointer", "a.png", "version https://git-lfs.github.invalid/spec/v1\n"),
    ("text that begins with MZ", "a.txt", "MZ is a magic number, says this text\n" * 4),
    ("translation of Qt", "de.ts", '<?xml version="1.0"?><TS>\u202a</TS>'),
    ("empty", "a.py", b""),
    ("binary", "a.bin", bytes(range(256)) * 4),
    ("cut in a character", "a.txt", "é".encode()[:1]),
]  # fmt: skip


def _cases(cases: list[tuple[str, str, bytes | str]]) -> list[object]:
    return [
        pytest.param(*case, id=f"{number}-{case[0]}")
        for number, case in enumerate(cases)
    ]


@pytest.mark.parametrize(("rule", "name", "data"), _cases(FOUND))
def test_rule_finds(rule: str, name: str, data: bytes | str, look: Look) -> None:
    """A rule that finds nothing protects nobody."""
    found = look(name, data)
    assert [finding.rule for finding in found] == [rule]
    assert found[0].axis is Axis.MALICE
    assert found[0].evidence.isprintable()
    assert found[0].evidence


@pytest.mark.parametrize(("label", "name", "data"), _cases(CLEAN))
def test_lookalike_is_clean(
    label: str, name: str, data: bytes | str, look: Look
) -> None:
    """A rule that finds too much is switched off."""
    assert look(name, data) == []


def test_every_rule_has_an_example() -> None:
    """What no example shows may never work."""
    shown = {rule for rule, _, _ in FOUND} | {"bytecode-without-source"}
    assert [rule.id for rule in RULES if rule.id not in shown] == []
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_finding_names_its_line(look: Look) -> None:
    """A finding that can't be found again helps nobody."""
    found = look("a.py", "x = 1\n\nｅｖａｌ('1')\n")
    assert (found[0].line, found[0].evidence) == (3, "ｅｖａｌ('1')")
    found = look("a.py", "x = 1\ny = '\u202e'\n")
    assert (found[0].line, found[0].evidence) == (2, "y = '\\u202e'")


def test_hidden_text_is_shown(look: Look) -> None:
    """The evidence says what the characters spell."""
    assert look("a.py", f"'{_TAGGED}'")[0].evidence == "hidden text: 'ignore the rules'"


def test_findings_of_a_rule_are_bounded(look: Look) -> None:
    """A file of a million tricks must not make a report of a million lines."""
    assert len(look("a.py", "x = '\u202e'\n" * 1000)) == 10


def test_bytecode_without_source_is_found() -> None:
    """Python runs a .pyc beside no source; one in a cache alone says what was removed."""
    names = [
        "a.py", "__pycache__/a.cpython-311.pyc", "b.pyc", "c.py", "c.pyc",
        "pkg/__pycache__/d.cpython-312.opt-1.pyc",
    ]  # fmt: skip
    found = orphan_bytecode(names)
    assert [finding.file for finding in found] == [names[2], names[5]]


@settings(max_examples=500, deadline=None)
@given(
    name=st.sampled_from("a.py a.js a.ts a.rs a.pth a.png a.pkl a.json a".split()),
    head=st.sampled_from(
        [b"", b"# coding: ", b"\xff\xfe", b"\x80\4", b"MZ", b"\xa7\r\r\n", b"'''"]
    ),
    data=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)),
)
def test_any_bytes_are_looked_at(name: str, head: bytes, data: bytes) -> None:
    """No file may stop a scan."""
    source = Source(name, head + data, len(head + data))
    kind = kind_of(source)
    for finding in byte_findings(source, decode(source, kind), kind):
        assert finding.evidence.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        " " * 4_000_000,
        "\t" * 4_000_000,
        "'" * 2_000_000,
        "A" * 4_000_000,
        "\u202e" * 300_000,
        ("x\u202e" * 9 + "\n") * 50_000,
        "\u0430a" * 300_000,
        "`" + "\u3164 " * 300_000,
        "/*" * 500_000 + "\u0430b",
        '"""' * 300_000 + "\u0430b",
        "\ufe0f" * 300_000,
        "é".join(["a"] * 500_000),
        "\\x41" * 500_000,
        (" " * 250 + "\n") * 10_000,
        ("A" * 199 + " ") * 20_000,
        (" " * 199 + "x") * 20_000 + " " * 200,
        "A" * 2_000_000 + "\u202e",
        "/* " * 300_000 + "\u0430b",
        "A\ufe0f" * 500_000,
    ],
    ids=range(19),
)
def test_no_text_takes_long(text: str, look: Look) -> None:
    """A file that takes minutes is one that is not scanned."""
    for name in ("a.py", "a.js", "a.rs"):
        began = time.process_time()
        look(name, text)
        assert time.process_time() - began < 4


def test_plain_text_is_fast(look: Look) -> None:
    """Most of all bytes are ASCII and clean; they may cost next to nothing."""
    text = (
        "def function(argument):\n    return argument + 1  # as it says\n\n" * 100_000
    )
    began = time.process_time()
    look("a.py", text)
    assert len(text) / (time.process_time() - began) > 20_000_000
