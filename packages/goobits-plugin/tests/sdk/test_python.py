"""What the vectors do not show of the Python SDK; they say what goes over the wire."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SOURCES = Path(__file__).parents[2] / "src"
PATIENCE = 20.0
Message = dict[str, Any]


class _Played:
    """What a plugin said, printed and ended with."""

    def __init__(self, said: list[Message], process: subprocess.Popen[str]) -> None:
        self.said = said
        self.stdout, self.stderr = process.communicate(timeout=PATIENCE)
        self.code = process.returncode
        found = [line for line in said if line.get("id") == 2 and "method" not in line]
        (self.answer,) = found

    @property
    def data(self) -> Any:
        return self.answer["result"]["data"]


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., _Played]:
    def _play(
        hooks: str,
        *,
        answers: dict[str, Message] | None = None,
        kill: bool = False,
        run: str = "run()",
        close_stdout: bool = False,
        **arguments: object,
    ) -> _Played:
        """Run the hook `hello` of a plugin; `kill` sends SIGTERM at its first log line."""
        entry = tmp_path / "plugin.py"
        imports = "from goobits_plugin.sdk import *\nfrom goobits_plugin import sdk\n"
        entry.write_text(f"{imports}{textwrap.dedent(hooks)}\n{run}\n")
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.settimeout(PATIENCE)
            process = subprocess.Popen(
                [sys.executable, "-S", "-B", str(entry)],
                env={
                    **os.environ,
                    "PYTHONPATH": str(SOURCES),
                    "GOOBITS_RPC_FD": str(theirs.fileno()),
                },
                pass_fds=[theirs.fileno()],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            theirs.close()
            if close_stdout:
                assert process.stdout is not None
                process.stdout.close()
                process.stdout = None
            said = _talk(ours, process, answers or {}, arguments, kill)
            return _Played(said, process)

    return _play


def _talk(
    ours: socket.socket,
    process: subprocess.Popen[str],
    answers: dict[str, Message],
    arguments: dict[str, object],
    kill: bool,
) -> list[Message]:
    def send(**message: object) -> None:
        ours.sendall(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")

    hello = {"protocol": 1, "cookie": "c", "plugin": "a/b", "granted": {}}
    send(id=1, method="initialize", params=hello)
    params = {"command": "hello", "arguments": arguments, "tty": {}}
    send(id=2, method="command/run", params=params)
    said = []
    with ours.makefile("rb") as lines:
        for line in lines:
            message = json.loads(line)
            said.append(message)
            if message.get("method") in answers:
                send(id=message["id"], **answers[message["method"]])
            elif message.get("method") == "$/log" and kill:
                process.send_signal(signal.SIGTERM)
            elif message.get("id") == 2 and "method" not in message:
                ours.shutdown(socket.SHUT_WR)
    return said


def test_hook_gets_every_value_and_its_command(play: Callable[..., _Played]) -> None:
    """A hook of a plugin is written like one of a program."""
    played = play("def on_hello(**values): return values", name="x", verbose=True)
    assert played.data == {"name": "x", "verbose": True, "command_name": "hello"}


def test_system_exit_is_the_exit_code(play: Callable[..., _Played]) -> None:
    """`sys.exit` means what it means elsewhere."""
    assert play("def on_hello(**_): raise SystemExit(9)").code == 9
    assert play("def on_hello(**_): raise SystemExit").code == 0
    played = play("async def on_hello(**_): raise SystemExit('no branch')")
    assert (played.answer["result"]["exit_code"], played.stderr) == (1, "no branch\n")


def test_trace_is_that_of_the_author(play: Callable[..., _Played]) -> None:
    """An author looks for their own line, not for ours."""
    played = play("def on_hello(**_): nothing['there']")
    trace = played.answer["error"]["data"]["trace"]
    assert "plugin.py" in trace
    assert "sdk.py" not in trace
    assert played.stderr == ""


def test_error_without_a_text_is_called_by_its_name(
    play: Callable[..., _Played],
) -> None:
    """A line that says nothing helps nobody."""
    failing = "def on_hello(**_): raise ZeroDivisionError"
    assert play(failing).answer["error"]["message"] == "ZeroDivisionError"
    worse = """
        class Bad(Exception):
            def __str__(self): raise ValueError
        def on_hello(**_): raise Bad
    """
    assert "failed" in play(worse).answer["error"]["message"]


def test_long_errors_are_cut(play: Callable[..., _Played]) -> None:
    """An error must fit a line, whatever it quotes."""
    played = play("def on_hello(**_): raise ValueError('\\0' * 2_000_000)")
    assert set(played.answer["error"]["message"]) == {"\0"}


@pytest.mark.parametrize("value", ["float('nan')", "object()", "{1, 2}", "b''"])
def test_data_that_is_no_json_fails_the_command(
    value: str, play: Callable[..., _Played]
) -> None:
    """The host must not have to guess what is meant."""
    played = play(f"def on_hello(**_): return {{'value': {value}}}")
    assert (played.answer["error"]["code"], played.code) == (-32000, 1)


def test_halves_of_characters_are_replaced(play: Callable[..., _Played]) -> None:
    """Names of files need not be Unicode, and must not break the line."""
    assert play("def on_hello(**_): return {'a': 'x\\udcffy漢'}").data == {
        "a": "x\ufffdy漢"
    }


def test_sigterm_interrupts_the_hook_and_its_cleanup_runs(
    play: Callable[..., _Played],
) -> None:
    """A run that is cancelled may leave things as they were."""
    played = play(
        """
        import time
        def on_hello(**_):
            try:
                sdk.log.info("ready")
                time.sleep(30)
            finally:
                print("cleaned up")
        """,
        kill=True,
    )
    assert (played.code, played.stdout) == (130, "cleaned up\n")


def test_sigterm_interrupts_an_asynchronous_hook(play: Callable[..., _Played]) -> None:
    """Its tasks are cancelled, and their cleanup runs, too."""
    played = play(
        """
        import asyncio
        async def on_hello(**_):
            try:
                sdk.log.info("ready")
                await asyncio.sleep(30)
            finally:
                print("cleaned up")
        """,
        kill=True,
    )
    assert (played.code, played.stdout, played.stderr) == (130, "cleaned up\n", "")


def test_hook_that_wants_to_be_told_is_not_interrupted(
    play: Callable[..., _Played],
) -> None:
    """A plugin with its own loop ends it in order."""
    played = play(
        """
        import threading
        stop = threading.Event()
        def on_hello(**_):
            sdk.log.info("ready")
            return 7 if stop.wait(20) else 1
        """,
        kill=True,
        run="run(cancelled=stop.set)",
    )
    assert played.code == 7


def test_interrupt_never_cuts_a_line(play: Callable[..., _Played]) -> None:
    """Half a line would be a lie in the protocol, and end the plugin as one."""
    played = play(
        """
        def on_hello(**_):
            for _ in range(100_000):
                sdk.log.info("x" * 300_000)
        """,
        kill=True,
    )
    assert played.code == 130


def test_threads_may_speak_and_ask_at_once(play: Callable[..., _Played]) -> None:
    """Lines of two threads in one would be no JSON, and their answers must not be swapped."""
    played = play(
        """
        from concurrent.futures import ThreadPoolExecutor
        def speak(number):
            for _ in range(50):
                sdk.log.info("x" * 1000)
                assert sdk.system.metrics() == {"uptime": 1}
                assert sdk.ui.prompt("?") == "yes"
        def on_hello(**_):
            with ThreadPoolExecutor(8) as pool:
                return {"done": len(list(pool.map(speak, range(8))))}
        """,
        answers={
            "system/metrics": {"result": {"uptime": 1}},
            "ui/prompt": {"result": {"value": "yes"}},
        },
    )
    assert played.data == {"done": 8}
    assert len(played.said) == 2 + 8 * 50 * 3


def test_reader_that_is_gone_ends_the_command_with_141(
    play: Callable[..., _Played],
) -> None:
    """`program hello | head -1` is no failure of the plugin."""
    played = play(
        "def on_hello(**_):\n    for _ in range(9999): print('x' * 100)",
        close_stdout=True,
    )
    assert (played.code, played.stderr) == (141, "")
    assert play("def on_hello(**_): print('x')", close_stdout=True).code == 141


def test_broken_pipe_of_the_hooks_own_is_its_failure(
    play: Callable[..., _Played],
) -> None:
    """Only stdout's reader may go unnoticed."""
    played = play("def on_hello(**_): raise BrokenPipeError('mine')")
    assert played.answer["error"]["message"] == "mine"


def test_bar_goes_over_items_and_ends(play: Callable[..., _Played]) -> None:
    """A loop needs one call more, and leaves no bar behind."""
    played = play(
        "def on_hello(**_):\n    for n in sdk.progress('Bar').over([1, 2]): 1 / (2 - n)"
    )
    bars = [
        line["params"] for line in played.said if line.get("method") == "$/progress"
    ]
    assert [(bar["done"], bar["total"]) for bar in bars] == [(0, 2), (None, 2)]
    assert played.answer["error"]["message"] == "division by zero"


def test_steps_that_follow_fast_are_not_all_sent(play: Callable[..., _Played]) -> None:
    """A loop over a million items must not wait for a million lines."""
    played = play(
        "def on_hello(**_):\n    for _ in sdk.progress('Bar').over(range(100_000)): pass"
    )
    assert len(played.said) < 1000
    assert played.said[-3]["params"]["done"] == 100_000


def test_other_programs_do_not_inherit_the_socket(play: Callable[..., _Played]) -> None:
    """What a plugin starts must not speak to the host in its name."""
    played = play(
        """
        import os, subprocess
        def on_hello(**_):
            done = subprocess.run(["ls", "-l", "/proc/self/fd"], close_fds=False,
                                  capture_output=True, text=True)
            return {"fds": done.stdout, "named": "GOOBITS_RPC_FD" in os.environ}
        """
    )
    assert "socket:" not in played.data["fds"]
    assert played.data["named"] is False


def test_nothing_can_be_said_before_a_hook_runs() -> None:
    """The host ends a plugin that speaks out of turn; the author learns why before."""
    words = [
        sys.executable,
        "-S",
        "-c",
        "from goobits_plugin import sdk; sdk.log.info('x')",
    ]
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    done = subprocess.run(
        words, env=environment, capture_output=True, text=True, check=False
    )
    assert "before a hook runs" in done.stderr


def test_import_loads_nothing_that_is_not_needed() -> None:
    """Each module that is loaded at the start is waited for at every run."""
    code = """if True:
        import os, sys
        before = set(sys.modules)
        import goobits_plugin.sdk
        print(*set(sys.modules) - before)
    """
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(done.stdout.split()) == [
        "__future__",
        "goobits_plugin",
        "goobits_plugin.sdk",
    ]


def test_socket_that_the_host_closes_ends_the_plugin(tmp_path: Path) -> None:
    """A host that was killed leaves no plugin waiting for ever."""
    entry = tmp_path / "plugin.py"
    entry.write_text(
        "from goobits_plugin.sdk import run, ui\n"
        "def on_hello(**_): ui.prompt('Who')\n"
        "run()\n"
    )
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-S", "-B", str(entry)],
            env={
                **os.environ,
                "PYTHONPATH": str(SOURCES),
                "GOOBITS_RPC_FD": str(theirs.fileno()),
            },
            pass_fds=[theirs.fileno()],
            stderr=subprocess.PIPE,
        )
    hello = {"protocol": 1, "cookie": "c"}
    for number, method, params in (
        (1, "initialize", hello),
        (2, "command/run", {"command": "hello", "arguments": {}}),
    ):
        line = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        ours.sendall(json.dumps(line).encode() + b"\n")
    with ours, ours.makefile("rb") as lines:
        while b"ui/prompt" not in lines.readline():
            pass
    _, stderr = process.communicate(timeout=PATIENCE)
    assert (process.returncode, stderr) == (1, b"")
