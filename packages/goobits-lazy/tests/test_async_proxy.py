"""A value that a coroutine makes when it is first awaited: once, whichever task goes away."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import pytest
from goobits_lazy import AsyncLazyProxy, CycleError

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds after which a task hangs."""

TASKS = 100


class Counter:
    """A coroutine function that lets other tasks run, and knows how often it was run."""

    def __init__(self, *failures: BaseException, seconds: float = 0.01) -> None:
        self.failures = list(failures)
        self.seconds = seconds
        self.runs = 0

    async def __call__(self) -> list[int]:
        self.runs += 1
        await asyncio.sleep(self.seconds)
        if self.failures:
            raise self.failures.pop(0)
        return [self.runs]


async def value_of(proxy: Awaitable[T]) -> T:
    return await proxy


def run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(asyncio.wait_for(work, PATIENCE))


def test_tasks_share_one_run() -> None:
    """All of them get the very same object."""
    make = Counter()

    async def work() -> list[list[int]]:
        proxy = AsyncLazyProxy(make)
        return await asyncio.gather(*(value_of(proxy) for _ in range(TASKS)))

    values = run(work())
    assert (make.runs, len({id(value) for value in values})) == (1, 1)


def test_later_await_does_not_wait() -> None:
    """An await that lets other tasks run would cost every use."""

    async def work() -> object:
        proxy = AsyncLazyProxy(Counter())
        await proxy
        try:
            proxy.__await__().send(None)
        except StopIteration as end:
            return end.value
        return "waited"

    assert run(work()) == [1]


@pytest.mark.parametrize("cancelled", [(0,), (1, 50), tuple(range(TASKS - 1))])
def test_cancelled_task_takes_nothing_from_the_others(
    cancelled: tuple[int, ...],
) -> None:
    """The task that came first is a request like any other, and its client may hang up."""
    make = Counter()

    async def work() -> list[Any]:
        proxy = AsyncLazyProxy(make)
        tasks = [asyncio.create_task(value_of(proxy)) for _ in range(TASKS)]
        await asyncio.sleep(0.001)
        for number in cancelled:
            tasks[number].cancel()
        return await asyncio.gather(*tasks, return_exceptions=True)

    for number, result in enumerate(run(work())):
        if number in cancelled:
            assert isinstance(result, asyncio.CancelledError)
        else:
            assert result == [1]
    assert make.runs == 1


def test_run_goes_on_when_nobody_waits_any_more() -> None:
    """What was begun is there for who comes next."""
    make = Counter()

    async def work() -> list[int]:
        proxy = AsyncLazyProxy(make)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(proxy, 0.001)
        return await proxy

    assert run(work()) == [1]


def test_error_arrives_in_every_task_and_is_retried() -> None:
    """A server that was down may be up at the next use."""
    error = KeyError("down")
    make = Counter(error)

    async def work() -> tuple[list[Any], list[int]]:
        proxy = AsyncLazyProxy(make)
        tasks = [asyncio.create_task(value_of(proxy)) for _ in range(TASKS)]
        results = await asyncio.gather(*tasks, return_exceptions=True)
        return results, await proxy

    results, value = run(work())
    assert (results, value) == ([error] * TASKS, [2])
    [note] = error.__notes__
    assert f'deferred in File "{__file__}", line ' in note


def test_error_does_not_grow_with_those_who_see_it() -> None:
    """Each raise would add its frames to the one traceback that all share."""
    error = KeyError("down")

    async def work() -> int:
        proxy = AsyncLazyProxy(Counter(error))
        tasks = [asyncio.create_task(value_of(proxy)) for _ in range(TASKS)]
        await asyncio.gather(*tasks, return_exceptions=True)
        depth, traceback = 0, error.__traceback__
        while traceback is not None:
            depth, traceback = depth + 1, traceback.tb_next
        return depth

    assert run(work()) < 10


def test_cancelled_run_is_cancelled_for_who_began_it_alone() -> None:
    """The others begin anew, as nobody cancelled them."""
    make = Counter(asyncio.CancelledError())

    async def work() -> list[Any]:
        proxy = AsyncLazyProxy(make)
        tasks = [asyncio.create_task(value_of(proxy)) for _ in range(3)]
        return await asyncio.gather(*tasks, return_exceptions=True)

    first, *others = run(work())
    assert isinstance(first, asyncio.CancelledError)
    assert others == [[2], [2]]


def test_event_loops_in_threads_share_one_run(
    all_at_once: Callable[..., list[object]],
) -> None:
    """Configuration is read once, whichever loop asks."""
    make = Counter(seconds=0.05)
    proxy = AsyncLazyProxy(make)
    assert all_at_once(*[lambda: run(value_of(proxy))] * 8) == [[1]] * 8
    assert make.runs == 1


def test_event_loops_one_after_another_share_the_value() -> None:
    """asyncio.run makes a new loop every time."""
    make = Counter()
    proxy = AsyncLazyProxy(make)
    assert run(value_of(proxy)) is run(value_of(proxy))
    assert make.runs == 1


def test_run_that_ends_with_its_loop_is_run_again_by_the_next() -> None:
    """asyncio.run cancels what is left when its main task returns."""
    runs: list[int] = []

    async def make() -> int:
        runs.append(1)
        if len(runs) == 1:
            await asyncio.Event().wait()
        return len(runs)

    async def leave_early() -> None:
        asyncio.ensure_future(value_of(proxy))  # noqa: RUF006 # left behind
        while not runs:
            await asyncio.sleep(0)

    proxy = AsyncLazyProxy(make)
    asyncio.run(leave_early())
    assert run(value_of(proxy)) == 2


def test_waiting_loop_takes_over_from_one_that_stands_still(
    monkeypatch: pytest.MonkeyPatch, all_at_once: Callable[..., list[object]]
) -> None:
    """A loop that was stopped in the middle may never run again."""
    monkeypatch.setattr("goobits_lazy._async_proxy._LOOP_CHECKED_EVERY", 0.01)
    runs: list[int] = []
    begun, joined = threading.Event(), threading.Event()
    stopped = asyncio.new_event_loop()

    async def make() -> list[int]:
        runs.append(len(runs))
        if len(runs) == 1:
            begun.set()
            await go_on.wait()
        return [len(runs)]

    async def leave_early() -> None:
        asyncio.ensure_future(value_of(proxy))  # noqa: RUF006 # left behind
        await asyncio.to_thread(joined.wait, PATIENCE)

    async def take_over() -> list[int]:
        await asyncio.to_thread(begun.wait, PATIENCE)
        waiting = asyncio.ensure_future(value_of(proxy))
        await asyncio.sleep(0)
        joined.set()
        return await waiting

    go_on = asyncio.Event()
    proxy = AsyncLazyProxy(make)
    thread = threading.Thread(target=stopped.run_until_complete, args=(leave_early(),))
    thread.start()
    [taken] = all_at_once(lambda: run(take_over()))
    thread.join()
    go_on.set()
    stopped.run_until_complete(asyncio.sleep(0.01))
    stopped.run_until_complete(stopped.shutdown_default_executor())
    stopped.close()
    assert runs == [0, 1]
    assert run(value_of(proxy)) is taken


def test_loop_that_waited_and_ended_is_not_called_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What it no longer waits for must not be reported as an error."""
    inside, go_on = threading.Event(), threading.Event()

    async def make() -> None:
        inside.set()
        await asyncio.to_thread(go_on.wait, PATIENCE)

    async def give_up() -> None:
        await asyncio.to_thread(inside.wait, PATIENCE)
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(proxy, 0.01)

    proxy = AsyncLazyProxy(make)
    other = threading.Thread(target=lambda: run(value_of(proxy)))
    other.start()
    run(give_up())
    go_on.set()
    other.join()
    assert caplog.messages == []


def test_factory_that_awaits_its_own_proxy_is_a_cycle() -> None:
    """Waiting for oneself is for ever."""

    async def make() -> object:
        return await proxy

    proxy: AsyncLazyProxy[object] = AsyncLazyProxy(make)
    with pytest.raises(CycleError):
        run(value_of(proxy))


def test_factories_that_await_each_other_are_a_cycle() -> None:
    """Each run waits for the other one."""

    async def make_one() -> object:
        await asyncio.sleep(0)
        return await other

    async def make_other() -> object:
        await asyncio.sleep(0)
        return await one

    async def work() -> list[object]:
        both = asyncio.gather(one, other, return_exceptions=True)
        return list(await both)

    one: AsyncLazyProxy[object] = AsyncLazyProxy(make_one)
    other: AsyncLazyProxy[object] = AsyncLazyProxy(make_other)
    assert [type(error) for error in run(work())] == [CycleError, CycleError]


def test_async_with_and_async_for_use_the_value() -> None:
    """A lazy connection pool is used like the pool."""

    class Pool:
        """An asynchronous context manager and iterable."""

        left = False

        async def __aenter__(self) -> str:
            return "entered"

        async def __aexit__(self, *error: object) -> None:
            self.left = True

        async def __aiter__(self) -> AsyncIterator[int]:
            yield 1
            yield 2

    async def make() -> Pool:
        return Pool()

    async def work() -> tuple[str, list[int], bool]:
        proxy = AsyncLazyProxy(make)
        async with proxy as entered:
            pass
        return entered, [item async for item in proxy], (await proxy).left

    assert run(work()) == ("entered", [1, 2], True)


def test_repr_says_what_is_not_loaded() -> None:
    """Who sees it in a log wants to know whose it is."""
    proxy = AsyncLazyProxy(value_of)  # type: ignore[arg-type, var-annotated]
    assert repr(proxy).startswith(f"<AsyncLazyProxy of value_of, {__file__}:")
    proxy = AsyncLazyProxy(Counter())
    run(value_of(proxy))
    assert repr(proxy) == "<AsyncLazyProxy of [1]>"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_child_of_a_fork_while_loading_loads_itself() -> None:
    """The loop that loads does not exist in the child, and would never be done."""
    program = (
        "import asyncio, os, threading\n"
        "from goobits_lazy import AsyncLazyProxy\n"
        "inside = threading.Event()\n"
        "async def make():\n"
        "    inside.set()\n"
        "    await asyncio.sleep(0.2)\n"
        "    return os.getpid()\n"
        "proxy = AsyncLazyProxy(make)\n"
        "async def use():\n"
        "    return await proxy\n"
        "thread = threading.Thread(target=lambda: asyncio.run(use()))\n"
        "thread.start()\n"
        "inside.wait()\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os._exit(0 if asyncio.run(use()) == os.getpid() else 1)\n"
        "assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0\n"
        "assert asyncio.run(use()) == os.getpid()\n"
        "thread.join()\n"
    )
    command = [sys.executable, "-W", "ignore", "-c", program]
    subprocess.run(command, check=True, timeout=PATIENCE)


def test_making_one_imports_no_asyncio() -> None:
    """It takes longer than the rest of many a program's start."""
    program = (
        "import sys\n"
        "from goobits_lazy import AsyncLazyProxy\n"
        "proxy = AsyncLazyProxy[int](int)\n"
        "print({'asyncio', 'typing', 'concurrent.futures', 'threading'} & {*sys.modules})\n"
    )
    command = [
        sys.executable,
        "-S",
        "-c",
        f"import sys; sys.path[:] = {sys.path!r}\n{program}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
