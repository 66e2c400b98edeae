"""What a request of a plugin costs: sent by its SDK, answered, and read again.

The host here answers at once and is not in a sandbox, so the figure is that of the SDKs and the
socket. Run it with `hatch run bench packages/goobits-plugin/benchmarks/test_protocol.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).parents[1]
TRIPS = 20_000
ANSWER = b'{"jsonrpc":"2.0","id":%d,"result":{"uptime":1.5}}\n'
PYTHON = """
from goobits_plugin.sdk import run, system
def on_trips(trips, **_):
    for _ in range(trips):
        system.metrics()
run()
"""
BARE = """
import os
fd = int(os.environ["GOOBITS_RPC_FD"])
line = b'{"jsonrpc":"2.0","id":1,"method":"system/metrics","params":{}}\\n'
os.read(fd, 4096)
os.write(fd, b"cookie")
os.read(fd, 4096)
for _ in range(TRIPS):
    os.write(fd, line)
    os.read(fd, 4096)
os.write(fd, b'"exit_code":0')
"""
NODE = """
import { run, system } from "SDK";
run({
  async on_trips({ trips }) {
    for (let trip = 0; trip < trips; trip += 1) await system.metrics();
  },
});
"""


def _bare(folder: Path) -> list[str]:
    """Return the socket and two processes alone: what no SDK can be faster than."""
    entry = folder / "plugin.py"
    entry.write_text(BARE.replace("TRIPS", str(TRIPS)))
    return [sys.executable, "-S", "-B", str(entry)]


def _python(folder: Path) -> list[str]:
    entry = folder / "plugin.py"
    entry.write_text(PYTHON)
    return [sys.executable, "-S", "-B", str(entry)]


def _node(folder: Path) -> list[str]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not on the PATH")
    entry = folder / "plugin.mjs"
    entry.write_text(NODE.replace("SDK", (ROOT / "sdk/node/index.js").as_uri()))
    return [node, str(entry)]


@pytest.mark.parametrize("plugin", [_bare, _python, _node])
def test_round_trip(
    plugin: Callable[[Path], list[str]], benchmark: BenchmarkFixture, tmp_path: Path
) -> None:
    """A screen of processes asks many times a second. Reach: 14 us Python, 18 us Node."""
    words = plugin(tmp_path)

    def begun() -> tuple[
        tuple[socket.socket, subprocess.Popen[bytes]], dict[str, object]
    ]:
        return _begin(words), {}

    benchmark.extra_info["trips"] = TRIPS
    benchmark.pedantic(_trips, setup=begun, rounds=3)
    benchmark.extra_info["us per trip"] = round(
        benchmark.stats.stats.min / TRIPS * 1e6, 1
    )


def _begin(words: list[str]) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Start a plugin, and return when it has greeted."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            words,
            env={
                **os.environ,
                "GOOBITS_RPC_FD": str(theirs.fileno()),
                "PYTHONPATH": str(ROOT / "src"),
            },
            pass_fds=[theirs.fileno()],
        )
    hello = {"protocol": 1, "cookie": "c", "plugin": "a/b", "granted": {}}
    _send(ours, 1, "initialize", hello)
    assert b"cookie" in ours.recv(4096)
    return ours, process


def _send(ours: socket.socket, id: int, method: str, params: dict[str, object]) -> None:
    message = {"jsonrpc": "2.0", "id": id, "method": method, "params": params}
    ours.sendall(json.dumps(message).encode() + b"\n")


def _trips(ours: socket.socket, process: subprocess.Popen[bytes]) -> None:
    _send(ours, 2, "command/run", {"command": "trips", "arguments": {"trips": TRIPS}})
    for trip in range(1, TRIPS + 1):
        assert b"system/metrics" in ours.recv(4096)
        ours.sendall(ANSWER % trip)
    assert b'"exit_code":0' in ours.recv(4096)
    ours.close()
    assert process.wait() == 0
