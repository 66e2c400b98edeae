"""Which thread is loading which component, and who waits for whom."""

from __future__ import annotations

import os
from _thread import RLock, allocate_lock, get_ident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _thread import LockType
    from types import TracebackType
    from typing import Protocol

    class Named(Protocol):
        """What can be claimed, and is told by its name."""

        @property
        def name(self) -> str: ...


class Claims:
    """Gives each component to one thread at a time, and refuses what would wait for ever.

    A thread that claims a component while it holds others needs it to finish those. Threads that
    wait in a circle are therefore components that need each other, and who would close the circle
    gets a `CycleError`. `guard` is for moments: nothing is loaded or waited for under it.
    """

    __slots__ = ("_claims", "_held", "_wanted", "guard")

    def __init__(self) -> None:
        self.guard = RLock()
        self._claims: dict[Named, tuple[int, LockType]] = {}
        self._held: dict[int, list[Named]] = {}
        self._wanted: dict[int, Named] = {}

    def holding(self, *components: Named) -> _Holding:
        """Return a context in which the calling thread alone holds the components.

        Raises:
            CycleError: on entry, when this thread holds one of them already, or when the thread
                that does waits for this one.
        """
        return _Holding(self, components)

    def forget_other_threads(self) -> None:
        """Go on in the child of a fork, in which only the thread that forked lives."""
        me = get_ident()
        self.guard = RLock()
        self._claims = {one: by for one, by in self._claims.items() if by[0] == me}
        self._held = {me: self._held[me]} if self._claims else {}
        self._wanted = {}

    def claim(self, component: Named) -> None:
        me = get_ident()
        while True:
            with self.guard:
                claim = self._claims.get(component)
                if claim is None:
                    gate = allocate_lock()
                    gate.acquire()
                    self._claims[component] = me, gate
                    self._held.setdefault(me, []).append(component)
                    return
                self._refuse_circle(me, component)
                self._wanted[me] = component
            try:
                with claim[1]:
                    pass
            finally:
                with self.guard:
                    del self._wanted[me]

    def give_up(self, component: Named) -> None:
        with self.guard:
            owner, gate = self._claims.pop(component)
            held = self._held[owner]
            held.remove(component)
            if not held:
                del self._held[owner]
            gate.release()

    def _refuse_circle(self, me: int, component: Named) -> None:
        """Follow the waiting threads, and raise when they lead back to this one."""
        way: list[Named] = []
        wanted: Named | None = component
        while wanted in self._claims:
            owner = self._claims[wanted][0]
            held = self._held[owner]
            way += held[held.index(wanted) :]
            if owner == me:
                from goobits_lazy._errors import CycleError

                raise CycleError(tuple(one.name for one in (*way, component)))
            wanted = self._wanted.get(owner)


class _Holding:
    """The time in which one thread holds some components."""

    __slots__ = ("_claims", "_components", "_held")

    def __init__(self, claims: Claims, components: tuple[Named, ...]) -> None:
        self._claims = claims
        self._components = components
        self._held: list[Named] = []

    def __enter__(self) -> None:
        try:
            for component in self._components:
                self._claims.claim(component)
                self._held.append(component)
        except BaseException:
            self._let_go()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._let_go()

    def _let_go(self) -> None:
        while self._held:
            self._claims.give_up(self._held.pop())


CLAIMS = Claims()
"""Those of all loaders, as a component of one may need a component of another."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=CLAIMS.forget_other_threads)
