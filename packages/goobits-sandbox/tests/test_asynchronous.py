"""Guests of programs that wait in an asyncio loop."""

from __future__ import annotations

import asyncio
import os
import subprocess
import time

import pytest
from goobits_sandbox import CommandNotFoundError, Policy, Sandbox, run_async


def test_guests_run_beside_each_other() -> None:
    """The loop goes on while they run."""

    async def run() -> float:
        sandbox = Sandbox(Policy())
        start = time.monotonic()
        outcomes = await asyncio.gather(
            *(
                run_async(sandbox, ["sh", "-c", f"sleep 0.5; exit {n}"])
                for n in range(4)
            )
        )
        assert [outcome.exit_code for outcome in outcomes] == [0, 1, 2, 3]
        return time.monotonic() - start

    assert asyncio.run(run()) < 1.5


def test_output_comes_in_the_loop() -> None:
    """What a sink does to a program's state is done where that state lives."""
    seen: list[tuple[bytes, bool]] = []

    async def run() -> None:
        here = asyncio.get_running_loop()

        def sink(data: bytes) -> None:
            seen.append((data, asyncio.get_running_loop() is here))

        await run_async(Sandbox(Policy()), ["echo", "hello"], on_stdout=sink)

    asyncio.run(run())
    assert seen == [(b"hello\n", True)]


def test_cancelled_task_ends_its_guest() -> None:
    """When the task is over, nothing of it runs on."""
    mark = f"86403.{os.getpid()}"

    async def run() -> None:
        task = asyncio.create_task(
            run_async(Sandbox(Policy()), ["sleep", mark], grace=0.2)
        )
        await asyncio.sleep(0.5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    found = subprocess.run(["pgrep", "-f", f"sleep {mark}"], capture_output=True)
    assert found.stdout == b""


def test_error_is_raised_in_the_task() -> None:
    """A program that is not there is the caller's business."""
    with pytest.raises(CommandNotFoundError):
        asyncio.run(run_async(Sandbox(Policy()), ["no-such-program"]))
