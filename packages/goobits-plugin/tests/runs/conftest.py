"""Plugins that misbehave, run by a real host in the real sandbox, with and without a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from goobits_plugin import make_record, read_manifest

MANIFEST = """\
schema = 1
name = "acme/odd"
version = "1.0.0"
summary = "Misbehaves"
license = "MIT"
language = "python"
entry = "odd.py"
{more}
[limits]
memory = "128 MiB"
wall = {wall}
output = "64 KiB"
processes = 16

[commands.odd]
desc = "Misbehave"
"""
# A plugin without an SDK: `say` sends a message, `hear` returns the next one.
RAW = """\
import json, os, socket, sys, time
rpc = socket.socket(fileno=int(os.environ["GOOBITS_RPC_FD"]))
lines = rpc.makefile("rb")
def send(data):
    rpc.sendall(data)
def say(**message):
    send((json.dumps({"jsonrpc": "2.0", **message}) + "\\n").encode())
def hear():
    return json.loads(lines.readline())
def greet():
    hello = hear()
    say(id=1, result={"protocol": 1, "cookie": hello["params"]["cookie"], "sdk": "raw/1"})
    return hear()
def end(code=0):
    say(id=2, result={"exit_code": code, "data": None})
"""
RUN = """\
import sys
from goobits_plugin import Record, run_command
record = Record.load(sys.argv[1])
sys.exit(run_command(record, "demo", "1.0", sys.argv[2:]))
"""


@dataclass(slots=True)
class Ended:
    """How a run ended: its exit code, as `subprocess` says it, and what was seen."""

    code: int
    stdout: str
    stderr: str
    seconds: float
    before: list[object] = field(default_factory=list)
    after: list[object] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stage:
    """Runs plugins below a folder."""

    folder: Path

    def record(
        self, source: str, *, wall: float = 10, more: str = "", raw: bool = True
    ) -> Path:
        """Write a plugin and its record, and return the path of that."""
        plugin = self.folder / "plugin"
        shutil.rmtree(plugin, ignore_errors=True)
        plugin.mkdir()
        text = MANIFEST.format(wall=wall, more=more)
        (plugin / "goobits-plugin.toml").write_text(text)
        (plugin / "odd.py").write_text((RAW if raw else "") + source)
        manifest = read_manifest(text, folder=plugin)
        path = self.folder / "record.json"
        path.write_bytes(make_record(manifest, plugin, {}, linked=True))
        (self.folder / "work").mkdir(exist_ok=True)
        return path

    def command(self, record: Path, *words: str) -> list[str]:
        return [sys.executable, "-c", RUN, str(record), *(words or ("odd",))]

    def run(self, source: str, *words: str, **options: object) -> Ended:
        """Run a plugin without a terminal."""
        record = self.record(source, **options)  # type: ignore[arg-type]
        start = time.monotonic()
        done = subprocess.run(
            self.command(record, *words),
            cwd=self.folder / "work",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        seconds = time.monotonic() - start
        shown = (done.stdout.decode(), done.stderr.decode(errors="replace"))
        return Ended(done.returncode, *shown, seconds)

    def typed(
        self,
        source: str,
        keys: bytes = b"",
        *words: str,
        when: bytes = b"",
        number: int = 0,
        controlling: bool = False,
        **options: object,
    ) -> Ended:
        """Run a plugin on a terminal; once `when` is seen, type `keys` or send a signal."""
        record = self.record(source, **options)  # type: ignore[arg-type]
        ours, theirs = pty.openpty()
        before = termios.tcgetattr(theirs)
        start = time.monotonic()
        with subprocess.Popen(
            self.command(record, *words),
            cwd=self.folder / "work",
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
            if controlling
            else None,
        ) as process:
            seen = _watched(process, ours, when, keys, number)
            code = process.wait(30)
        seconds = time.monotonic() - start
        after = termios.tcgetattr(theirs)
        os.close(theirs)
        os.close(ours)
        return Ended(code, seen.decode(errors="replace"), "", seconds, before, after)


def _watched(
    process: subprocess.Popen[bytes], ours: int, when: bytes, keys: bytes, number: int
) -> bytes:
    seen, end = b"", time.monotonic() + 30
    while time.monotonic() < end:
        is_ready = select.select([ours], [], [], 0.1)[0]
        if is_ready:
            try:
                seen += os.read(ours, 65536)
            except OSError:
                break
        elif process.poll() is not None:
            break
        if (keys or number) and when in seen:
            if keys:
                os.write(ours, keys)
            if number:
                process.send_signal(signal.Signals(number))
            keys, number = b"", 0
    return seen


@pytest.fixture(autouse=True)
def _heard_signals() -> Iterator[None]:
    """Let signals end what is started, also where who started the tests ignores them."""
    before = {number: signal.getsignal(number) for number in (1, 2, 15)}
    for number, handler in before.items():
        if handler == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Return where plugins misbehave; without a sandbox there is nothing to test."""
    if not shutil.which("bwrap"):
        if os.environ.get("CI"):
            pytest.fail("bwrap is not installed")
        pytest.skip("bwrap is not installed")
    return Stage(tmp_path)


@pytest.fixture
def odd(stage: Stage) -> Callable[..., Ended]:
    """Return what runs a plugin without a terminal."""
    return stage.run
