"""Run one command line, with the streams in the state that its vector asks for."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from .vector_files import Vector

TIME_LIMIT = 60.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program did. A negative code is the signal that ended it."""

    code: int
    stdout: bytes
    stderr: bytes
    calls: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The working directory and the environment that every vector starts from."""

    cwd: Path
    env: Mapping[str, str]
    locales: Mapping[str, Mapping[str, str]]


class _Capture:
    """The reading end of a stream, drained by a thread of its own."""

    def __init__(self, reader: int, writer: int) -> None:
        self.writer = writer
        self._reader = reader
        self._chunks: list[bytes] = []
        self._thread = threading.Thread(target=self._drain)

    def start(self) -> None:
        os.close(self.writer)
        self._thread.start()

    def finish(self) -> bytes:
        self._thread.join()
        os.close(self._reader)
        return b"".join(self._chunks)

    def _drain(self) -> None:
        try:
            while chunk := os.read(self._reader, 65536):
                self._chunks.append(chunk)
        except OSError:
            """A pseudo terminal says with EIO that its other end was closed."""


def run(command: Sequence[str], vector: Vector, surroundings: Surroundings) -> Outcome:
    """Run `command` with the vector's words and return what came of it."""
    with tempfile.TemporaryDirectory(prefix="vector-") as folder, ExitStack() as stack:
        record = Path(folder) / "calls"
        captures = {name: _capture(vector, name) for name in ("stdout", "stderr")}
        stdout, close_stdout = _stdout(vector, captures["stdout"].writer, stack)
        words = [os.fsencode(word) for word in command]
        if close_stdout:
            words = [b"/bin/sh", b"-c", b'exec "$@" >&-', b"sh", *words]
        process = subprocess.Popen(
            [*words, *vector.argv],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=captures["stderr"].writer,
            cwd=surroundings.cwd,
            env=_environment(vector, surroundings, record),
        )
        for capture in captures.values():
            capture.start()
        code = _wait(process)
        output = {name: capture.finish() for name, capture in captures.items()}
        calls = tuple(record.read_bytes().splitlines()) if record.exists() else ()
        return Outcome(code, output["stdout"], output["stderr"], calls)


def _wait(process: subprocess.Popen[bytes]) -> int:
    """Return the exit code; a program that does not end is killed, which shows in it."""
    try:
        return process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _environment(
    vector: Vector, surroundings: Surroundings, record: Path
) -> dict[bytes, bytes]:
    text = {
        **surroundings.env,
        **surroundings.locales.get(vector.locale, {}),
        "GOOBITS_RECORD": str(record),
        "GOOBITS_BEHAVIOUR": json.dumps(vector.behaviour),
    }
    encoded = {os.fsencode(name): os.fsencode(value) for name, value in text.items()}
    return encoded | {name.encode(): value for name, value in vector.env.items()}


def _capture(vector: Vector, name: str) -> _Capture:
    if name not in vector.tty:
        return _Capture(*os.pipe())
    import termios

    reader, writer = os.openpty()
    settings = termios.tcgetattr(writer)
    settings[1] &= ~termios.OPOST
    termios.tcsetattr(writer, termios.TCSANOW, settings)
    return _Capture(reader, writer)


def _stdout(vector: Vector, writer: int, stack: ExitStack) -> tuple[int, bool]:
    """Return the child's standard output, and whether a shell must close it first."""
    if vector.stdio == "full":
        descriptor = os.open("/dev/full", os.O_WRONLY)
    elif vector.stdio == "epipe":
        reader, descriptor = os.pipe()
        os.close(reader)
    else:
        return writer, vector.stdio == "closed-stdout"
    stack.callback(os.close, descriptor)
    return descriptor, False
