"""All three SDKs say what the vectors of the wire protocol say."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
from pathlib import Path

import pytest

VECTORS = Path(__file__).parents[2] / "protocol" / "vectors.json"
COOKIE = "c00c1e-é"
PATIENCE = 20.0
BY_HAND = """\
this is a goobits plugin: it is run by the programs that it is installed for
try it with: goobits plugin try FOLDER COMMAND
"""


def _vectors() -> list[object]:
    vectors = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
    return [pytest.param(vector, id=vector["name"]) for vector in vectors]


def _filled(value: object) -> object:
    """Return a value of the vectors as a host sends it."""
    if isinstance(value, dict) and set(value) == {"repeat"}:
        text, times = value["repeat"]
        return text * times
    if isinstance(value, dict):
        return {key: _filled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item) for item in value]
    return value.replace("{cookie}", COOKIE) if isinstance(value, str) else value


class _Expected:
    """Holds what a plugin says against a vector; a token stays the same throughout."""

    def __init__(self) -> None:
        self._token: object = None

    def matches(self, expected: object, said: object) -> bool:
        if isinstance(expected, dict):
            return (
                isinstance(said, dict)
                and set(expected) == set(said)
                and all(self.matches(expected[key], said[key]) for key in expected)
            )
        if isinstance(expected, list):
            return (
                isinstance(said, list)
                and len(expected) == len(said)
                and all(map(self.matches, expected, said))
            )
        if expected == "{token}":
            self._token = said if self._token is None else self._token
            return isinstance(said, str | int) and said == self._token
        if expected == "{sdk}":
            return (
                re.fullmatch(r"(python|nodejs|rust)/\d+\.\d+\.\d+", str(said))
                is not None
            )
        if isinstance(expected, str) and expected.startswith("{text"):
            return isinstance(said, str) and expected[6:-1] in said
        is_flag = isinstance(expected, bool) or isinstance(said, bool)
        return expected == said and (not is_flag or expected is said)


class _Host:
    """The scripted end of the socket."""

    def __init__(self, started: tuple[list[str], dict[str, str]]) -> None:
        words, variables = started
        self._socket, theirs = socket.socketpair()
        self._socket.settimeout(PATIENCE)
        with theirs:
            fd = theirs.fileno()
            self.process = subprocess.Popen(
                words,
                env={**os.environ, **variables, "GOOBITS_RPC_FD": str(fd)},
                pass_fds=[fd],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
            )
        self.lines = self._socket.makefile("rb")

    def __enter__(self) -> _Host:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()
        self.lines.close()
        self._socket.close()

    def step(self, step: dict[str, object], expected: _Expected) -> None:
        (kind, what), *_ = step.items()
        if kind == "expect":
            line = self.lines.readline()
            assert len(line) <= 1 << 20
            assert line.endswith(b"\n"), "the plugin said nothing more"
            said = json.loads(line)
            assert expected.matches(_filled(what), said), (
                str(what)[:500],
                str(said)[:500],
            )
        elif kind == "signal":
            self.process.send_signal(getattr(signal.Signals, str(what)))
        elif kind == "raw":
            found = re.fullmatch(r"\{bytes:([0-9a-f]+)\}", str(what))
            raw = bytes.fromhex(found[1]) if found else str(what).encode()
            self._socket.sendall(raw + b"\n")
        else:
            assert kind == "send"
            text = json.dumps(_filled(what), ensure_ascii=False)
            self._socket.sendall(text.encode() + b"\n")

    def finish(self) -> tuple[bytes, str, int]:
        """Return what the plugin still says, what it printed, and its exit code."""
        self._socket.shutdown(socket.SHUT_WR)
        try:
            rest = self.lines.read()
        except ConnectionResetError:  # it ended without reading all that was sent
            rest = b""
        printed, _ = self.process.communicate(timeout=PATIENCE)
        return rest, printed.decode(), self.process.returncode


@pytest.mark.parametrize("vector", _vectors())
def test_sdk_answers_as_the_vector_says(
    vector: dict[str, object], started: tuple[list[str], dict[str, str]]
) -> None:
    """A host and a plugin that each follow the page understand each other."""
    expected = _Expected()
    with _Host(started) as host:
        steps = vector["steps"]
        assert isinstance(steps, list)
        for step in steps:
            host.step(step, expected)
        finished = host.finish()
    assert finished == (b"", vector.get("stdout", ""), vector["exit"])


@pytest.mark.parametrize("fd", [None, "", "x", "-1", "999", "99999999999999999999"])
def test_plugin_that_is_started_by_hand_says_what_it_is(
    fd: str | None, started: tuple[list[str], dict[str, str]]
) -> None:
    """Whoever starts an entry in a shell learns how it is run, and sees no trace."""
    words, variables = started
    environment = {**os.environ, **variables}
    if fd is not None:
        environment["GOOBITS_RPC_FD"] = fd
    done = subprocess.run(
        words,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", BY_HAND)


def test_there_are_enough_vectors() -> None:
    """A vector that went missing would pass unseen."""
    assert len(_vectors()) >= 70
