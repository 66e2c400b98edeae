"""Escape sequences on a terminal: what a guest shows, and what a terminal would obey of it.

A terminal's evidence needs a terminal: these probes' controls and runs are started by `shown`, the
runs inside through the command line.
"""

from __future__ import annotations

import contextlib
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence

from attack_probe import Probe

# What may be shown: colours. Everything else that a terminal takes for more than text is obeyed.
_COLOUR = re.compile(rb"\x1b\[[0-9;:]{0,64}m")
_OBEYED = re.compile(
    rb"\x1b.{0,8}|[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]|\xc2[\x80-\x9f]"
    rb"|\xe2\x80[\xaa-\xae\x8b\x8e\x8f]|\xe2\x81[\xa6-\xa9]|\xf3\xa0[\x80\x81].",
    re.DOTALL,
)


def _probe(name: str, why: str, *written: str) -> Probe:
    source = "".join(f"os.write(1, {piece})\ntime.sleep(0.02)\n" for piece in written)
    return Probe(name, "escapes", why, source)


PROBES = (
    _probe(
        "terminal-title",
        "A title is read back by another sequence, and then is typed into the shell.",
        r"b'\x1b]0;evil\x07 text \x1b]2;evil\x1b\\ text \x1bkevil\x1b\\'",
    ),
    _probe(
        "terminal-clipboard",
        "What is put into the clipboard is pasted into a shell.",
        r"b'\x1b]52;c;cm0gLXJmIH4K\x07'",
    ),
    _probe(
        "terminal-questions",
        "A terminal types its answers as if the user had typed them.",
        r"b'\x1b[6n\x1b[c\x1b[>c\x1b[21t\x1bP$qm\x1b\\\x1b]10;?\x07\x05'",
    ),
    _probe(
        "terminal-cursor",
        "A cursor that goes up writes over what the host has said.",
        r"b'\x1b[2A\x1b[1;1Hhost: all is well\x1b[2J\x1b[?1049h\x1bc\x1b7\x1b8'",
    ),
    _probe(
        "terminal-hidden-link",
        "A link shows one address and leads to another.",
        r"b'\x1b]8;;https://evil.example/\x1b\\https://good.example/\x1b]8;;\x1b\\'",
    ),
    _probe(
        "terminal-controls-of-8-bits",
        "The same sequences begin with one character of another range.",
        r"'\x9d0;evil\x9c \x9b2J \x90evil\x9c'.encode()",
    ),
    _probe(
        "terminal-sequence-in-pieces",
        "A sequence that is cut passes by whoever looks at each piece.",
        r"b'\x1b'",
        "b']0;ev'",
        "b'il'",
        r"b'\x07\x1b['",
        "b'2'",
        "b'J'",
    ),
    _probe(
        "terminal-sequence-after-a-colour",
        "What looks like a colour goes on as something else.",
        r"b'\x1b[31\x1b]0;evil\x07m\x1b[0;31;2J\x1b[>4;1m\x1b[38;5;1\x18\x1b[2J'",
    ),
    _probe(
        "terminal-sequence-without-an-end",
        "A sequence that never ends swallows what the host says next.",
        r"b'\x1b]0;' + b'x' * 5000 + b'\x1b[2J\x1bPq'",
    ),
    _probe(
        "terminal-text-that-turns",
        "Characters that turn the direction of writing show a name as another one.",
        r"'\u202etxt.exe\u202c \u2066x\u2069 \u200bzero \U000e0041'.encode()",
    ),
    _probe(
        "terminal-modes",
        "Modes that stay change what the user's next keys mean.",
        r"b'\x1b[?1000h\x1b[?2004l\x1b[4h\x1b=\x0e\x1b(0\x1b#8\x1b[20l\x1b[?25l'",
    ),
    Probe(
        "terminal-by-standard-error",
        "escapes",
        "The other stream ends on the same terminal.",
        r"os.write(2, b'\x1b]0;evil\x07\x1b[2J')",
    ),
    Probe(
        "terminal-by-its-own-name",
        "escapes",
        "A terminal that is opened by its name is written to beside every filter.",
        r"""
for path in ("/dev/tty", "/proc/self/fd/1", "/proc/1/fd/1", *glob.glob("/dev/pts/[0-9]*")):
    try:
        os.write(os.open(path, os.O_WRONLY | os.O_NOCTTY), b"\x1b]0;evil\x07")
    except OSError as error:
        print(error)
""",
    ),
)


def shown(command: Sequence[str], seconds: float) -> bytes:
    """Run a command on a terminal of its own; return all that the terminal was given."""
    ours, theirs = pty.openpty()
    guest = subprocess.Popen(
        ["setsid", "-c", "timeout", "-k1", str(seconds), *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    given = b""
    with contextlib.suppress(OSError):  # EIO: nobody holds the other end any more
        while piece := os.read(ours, 65536):
            given += piece
    os.close(ours)
    guest.wait()
    return given


def sandboxed(command: Sequence[str], bwrap: str) -> tuple[str, ...]:
    """Return the words that run a command through the command line of the sandbox."""
    words = ("--bwrap", bwrap, "--read", ".", "--write", "out", "--", *command)
    return (sys.executable, "-B", "-m", "goobits_sandbox", *words)


def obeyed(given: bytes) -> Iterator[str]:
    """Yield what a terminal that was given these bytes would have done beside showing text."""
    for found in sorted(set(_OBEYED.findall(_COLOUR.sub(b"", given)))):
        yield f"terminal: {found!r}"
