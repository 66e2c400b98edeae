"""Plugins that are a few lines of Python, run by the host in the real sandbox."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

DRIVER = Path(__file__).with_name("driver.py")
# What every plugin of the tests begins with: the protocol, spoken by hand.
PRELUDE = """
import json, os, socket, sys, time
link = socket.socket(fileno=int(os.environ["GOOBITS_RPC_FD"]))
incoming = link.makefile("rb")
def raw(data): link.sendall(data)
def send(**message): raw(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\\n")
def hear():
    line = incoming.readline()
    return json.loads(line) if line else None
def tell(method, **params): send(method=method, params=params)
def ask(ident, method, **params): send(id=ident, method=method, params=params)
def say(text, end=1): os.write(end, text.encode())
def hello(**other):
    first = hear()["params"]
    global command
    command = hear()["params"]
    result = {"protocol": 1, "cookie": first["cookie"], "sdk": "test/1"} | other
    send(id=1, result=result)
    return first
def done(code=0): send(id=2, result={"exit_code": code, "data": None})
"""


@dataclass(frozen=True, slots=True)
class Played:
    """How a run ended: `out` is all that a terminal showed, where there was one."""

    code: int
    out: str
    err: str
    seconds: float
    modes_kept: bool = True

    @property
    def said(self) -> str:
        """What the host said, without the help."""
        text = (self.out + self.err).replace("\r\n", "\n")
        return "".join(
            line.partition("demo: error: ")[2]
            for line in text.split("\n")
            if "demo: error: " in line
        )


@dataclass(slots=True)
class Stage:
    """Writes plugins and runs them; `folder` is where the user is."""

    root: Path
    folder: Path
    limits: dict[str, float] = field(
        default_factory=lambda: {
            "memory": 256 << 20,
            "wall": 20.0,
            "cpu": 10.0,
            "processes": 32,
            "output": 1 << 20,
            "disk": 16 << 20,
        }
    )

    def words(
        self,
        script: str,
        *,
        prelude: str = PRELUDE,
        permissions: dict[str, list[str]] | None = None,
        limits: dict[str, float] | None = None,
        protocol: str = "rpc",
        program: str = "",
        **given: object,
    ) -> list[str]:
        """Write the plugin, and return what runs it."""
        (self.root / "plugin.py").write_text(prelude + script)
        lists = ("read", "write", "run", "network", "services", "system", "env")
        record = {
            "schema": 1,
            "name": "acme/x",
            "version": "1.0",
            "sha256": "",
            "language": "python",
            "protocol": protocol,
            "folder": str(self.root),
            "linked": False,
            "program": program or os.path.realpath(sys.executable),
            "runtime": "",
            "words": [] if program else ["-S", "-B", "/plugin/plugin.py"],
            "mounts": [[str(self.root), "/plugin"]],
            "variables": [],
            "permissions": {name: (permissions or {}).get(name, []) for name in lists},
            "limits": self.limits | (limits or {}),
            "files": [],
            "tables": {"root": {}, "builtins": [], "pages": {}, "help_json": ""},
        }
        path = self.root.parent / "record.json"
        path.write_text(json.dumps(record))
        return [sys.executable, str(DRIVER), str(path), json.dumps(given)]

    def run(self, script: str, *, stdin: bytes = b"", **options: object) -> Played:
        """Run a plugin where there is no terminal."""
        words = self.words(script, **options)  # type: ignore[arg-type]
        since = time.monotonic()
        done = subprocess.run(
            words,
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=60,
        )
        seconds = time.monotonic() - since
        return Played(
            done.returncode, done.stdout.decode(), done.stderr.decode(), seconds
        )

    def show(
        self,
        script: str,
        *typed: tuple[str, str],
        signals: Sequence[tuple[str, int]] = (),
        size: tuple[int, int] = (24, 80),
        **options: object,
    ) -> Played:
        """Run a plugin on a terminal; each of `typed` is typed when a text has been shown.

        So are the `signals` sent to the host, the numbers of them.
        """
        words = self.words(script, **options)  # type: ignore[arg-type]
        ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        before = termios.tcgetattr(theirs)
        since = time.monotonic()
        child = subprocess.Popen(
            ["setsid", "-c", *words],
            cwd=self.folder,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        shown = _converse(ours, child, list(typed), list(signals))
        code, seconds = child.wait(), time.monotonic() - since
        kept = termios.tcgetattr(theirs) == before
        os.close(ours)
        os.close(theirs)
        return Played(code, shown, "", seconds, kept)


def _converse(
    ours: int,
    child: subprocess.Popen[bytes],
    typed: list[tuple[str, str]],
    signals: list[tuple[str, int]],
) -> str:
    """Type and send what is to be, and return all that was shown."""
    shown, seen = "", 0
    deadline = time.monotonic() + 50
    while time.monotonic() < deadline:
        ready = select.select([ours], [], [], 0.05)[0]
        if ready:
            shown += os.read(ours, 65536).decode(errors="replace")
        elif child.poll() is not None:
            return shown
        if typed and (found := shown.find(typed[0][0], seen)) >= 0:
            seen = found + len(typed[0][0])
            os.write(ours, typed.pop(0)[1].encode())
        if signals and signals[0][0] in shown:
            child.send_signal(signals.pop(0)[1])
    child.kill()
    pytest.fail(f"the host did not end; it showed {shown!r}")


@pytest.fixture(scope="session", autouse=True)
def sandboxes() -> None:
    """Skip where no sandbox can be made, but never in CI."""
    if sys.platform.startswith("linux") and shutil.which("bwrap"):
        return
    if "CI" in os.environ:
        pytest.fail("bubblewrap is not installed")
    pytest.skip("bubblewrap is not installed")


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    root, folder = tmp_path / "plugin", tmp_path / "project"
    root.mkdir()
    folder.mkdir()
    return Stage(root, folder)


@pytest.fixture
def play(stage: Stage) -> Callable[..., Played]:
    """Return what runs a plugin without a terminal."""
    return stage.run


@pytest.fixture
def show(stage: Stage) -> Callable[..., Played]:
    """Return what runs a plugin on a terminal."""
    return stage.show
