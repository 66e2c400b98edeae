"""Runs of a sandbox for programs that wait in an asyncio loop."""

from __future__ import annotations

import asyncio
import os
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from goobits_sandbox._outcome import Outcome
    from goobits_sandbox._sandbox import Sandbox


async def run_async(
    sandbox: Sandbox,
    argv: Sequence[str],
    *,
    input: bytes | int = b"",
    on_stdout: Callable[[bytes], object] | None = None,
    on_stderr: Callable[[bytes], object] | None = None,
    keep: Mapping[int, int] | None = None,
    grace: float = 0.0,
) -> Outcome:
    """Run one guest as `Sandbox.run` does, while the loop goes on.

    `on_stdout` and `on_stderr` are called in the loop. A task that is cancelled ends its guest,
    and is cancelled when that is gone, after `grace` seconds at most. Costs one thread, which ends
    with the guest.

    Raises:
        PolicyError, CommandNotFoundError, UnavailableError: as `Sandbox.run`.
    """
    loop = asyncio.get_running_loop()
    over: asyncio.Future[Outcome] = loop.create_future()
    cancel = os.eventfd(0, os.EFD_CLOEXEC)

    def hand_on(sink: Callable[[bytes], object]) -> Callable[[bytes], object]:
        return lambda data: loop.call_soon_threadsafe(sink, data)

    def run() -> None:
        try:
            outcome = sandbox.run(
                argv,
                input=input,
                on_stdout=on_stdout and hand_on(on_stdout),
                on_stderr=on_stderr and hand_on(on_stderr),
                keep=keep,
                cancel=cancel,
                grace=grace,
            )
        except BaseException as error:  # noqa: BLE001 - handed to the task that waits
            loop.call_soon_threadsafe(over.set_exception, error)
        else:
            loop.call_soon_threadsafe(over.set_result, outcome)

    thread = threading.Thread(target=run, name="goobits-sandbox")
    thread.start()
    try:
        return await _end(over, cancel)
    finally:
        thread.join()
        os.close(cancel)


async def _end(over: asyncio.Future[Outcome], cancel: int) -> Outcome:
    """Wait for the end of a run, also when the task that waits is cancelled."""
    cancelled = False
    while not over.done():
        try:
            await asyncio.shield(over)
        except asyncio.CancelledError:
            if over.done():
                raise
            cancelled = True
            os.eventfd_write(cancel, 1)
    if cancelled:
        over.exception()
        raise asyncio.CancelledError
    return over.result()
