"""A value that a coroutine makes when it is first awaited."""

from __future__ import annotations

import os
import sys
from _thread import allocate_lock

from goobits_lazy._deferral import Registration

TYPE_CHECKING = False
if TYPE_CHECKING:
    import asyncio
    from collections.abc import (
        AsyncIterable,
        AsyncIterator,
        Awaitable,
        Callable,
        Generator,
    )
    from concurrent.futures import Future
    from contextlib import AbstractAsyncContextManager
    from types import TracebackType
    from typing import Any, Generic, TypeVar

    T = TypeVar("T")
    V = TypeVar("V")
else:
    T = None

    class Generic:
        """What typing.Generic does for a subscript, without importing typing."""

        def __class_getitem__(cls, parameter):
            return cls


_LOOP_CHECKED_EVERY = 1.0  # seconds


class AsyncLazyProxy(Generic[T]):
    """Stand for what the coroutine function `factory` returns, and run it once: `await proxy`.

    All tasks that come while it runs share one run, also those of event loops in other threads. It
    runs in a task of its own: a waiting task that is cancelled takes nothing from the others, and
    the run goes on. What it raises arrives in every task that waited, and the next `await` runs it
    again; so it does when the loop that ran it has ended. `async with proxy` and `async for ... in
    proxy` await the value and use that.

    The value is made once for all event loops: where it belongs to a loop, give each its own
    proxy. A factory that awaits its own proxy, also through others, raises a CycleError; this is
    not seen across further tasks that a factory starts.
    """

    def __init__(self, factory: Callable[[], Awaitable[T]]) -> None:
        frame = sys._getframe(1)
        self._registration: Registration | None = Registration(factory, frame)
        self._run: _Run | None = None
        self._value: T

    def __await__(self) -> Generator[object, None, T]:
        if self._registration is not None:
            yield from self._loaded().__await__()
        return self._value

    async def __aenter__(self: AsyncLazyProxy[AbstractAsyncContextManager[V]]) -> V:
        target = await self
        return await type(target).__aenter__(target)

    async def __aexit__(
        self: AsyncLazyProxy[AbstractAsyncContextManager[V]],
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool | None:
        target = await self
        return await type(target).__aexit__(target, kind, error, traceback)

    async def __aiter__(self: AsyncLazyProxy[AsyncIterable[V]]) -> AsyncIterator[V]:
        async for item in await self:
            yield item

    def __repr__(self) -> str:
        if self._registration is None:
            return f"<AsyncLazyProxy of {self._value!r}>"
        return self._registration.describe("AsyncLazyProxy")

    async def _loaded(self) -> None:
        import asyncio
        from functools import partial

        while (registration := self._registration) is not None:
            run, is_mine = self._join(registration, asyncio.get_running_loop())
            if is_mine:
                task: asyncio.Task[T] = run.loop.create_task(run.make())
                task.add_done_callback(partial(self._end, run))
            await run.wait()
            if run.error is not None:
                raise run.error.with_traceback(run.traceback)
            if is_mine and self._registration is not None:
                raise asyncio.CancelledError

    def _join(
        self, registration: Registration, loop: asyncio.AbstractEventLoop
    ) -> tuple[_Run, bool]:
        """Return the run that goes on, or a new one for the caller to start."""
        with _lock:
            if self._run is not None and not self._run.is_lost(loop):
                return self._run, False
            self._run = _Run(registration, loop)
            return self._run, True

    def _end(self, run: _Run, task: asyncio.Task[T]) -> None:
        """Keep what came of a run, and let those know who wait."""
        _by_task.pop(task, None)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            run.registration.tell(error)
            run.error, run.traceback = error, error.__traceback__
        with _lock:
            if self._run is run:
                self._run = None
            is_made = error is None and not task.cancelled()
            if is_made and self._registration is not None:
                self._value = task.result()
                self._registration = None
        run.over.set_result(None)


class _Run:
    """One run of a factory: over when `over` is; with neither error nor value it was cancelled."""

    def __init__(
        self, registration: Registration, loop: asyncio.AbstractEventLoop
    ) -> None:
        from concurrent.futures import Future

        self.registration = registration
        self.loop = loop
        self.process = os.getpid()
        self.over: Future[None] = Future()
        self.over.set_running_or_notify_cancel()  # so that no waiting task can cancel it
        self.awaited: _Run | None = None
        self.error: BaseException | None = None
        self.traceback: TracebackType | None = None

    def is_lost(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Return whether this will never be over, seen from a running loop."""
        if self.process != os.getpid():
            return True
        return self.loop is not loop and not self.loop.is_running()

    async def make(self) -> Any:
        import asyncio

        _by_task[asyncio.current_task()] = self
        return await self.registration.factory()

    async def wait(self) -> None:
        """Wait until this is over or lost.

        Raises:
            CycleError: the calling task is a run that this one waits for.
        """
        import asyncio

        waiting = asyncio.wrap_future(self.over)
        here = asyncio.get_running_loop()
        caller = _by_task.get(asyncio.current_task())
        if caller is not None:
            caller.await_run(self)
        try:
            while not self.over.done() and not self.is_lost(here):
                await asyncio.wait((waiting,), timeout=_LOOP_CHECKED_EVERY)
        finally:
            if caller is not None:
                caller.awaited = None

    def await_run(self, other: _Run) -> None:
        """Note that this run waits for another one, unless that one waits for this."""
        with _lock:
            way = [self]
            following: _Run | None = other
            while following is not None:
                way.append(following)
                if following is self:
                    from goobits_lazy._errors import CycleError

                    raise CycleError(tuple(run.registration.name for run in way))
                following = following.awaited
            self.awaited = other


_by_task: dict[asyncio.Task[Any] | None, _Run] = {}
_lock = allocate_lock()
"""Held for moments, and never while a factory runs."""


def _renew_lock() -> None:
    """Forget, in the child of a fork, another thread of the parent that held the lock."""
    global _lock
    _lock = allocate_lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)
