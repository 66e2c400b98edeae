"""What a component has cost, and how often it was wanted."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_lazy._loader import Component


class ComponentStatistics:
    """Counts of one component, as they stand; times in seconds of the loader's clock.

    `seconds` were spent in its own loader, failures included and what it depends on not;
    `waited` were spent by those who used it until it was there. `loaded_at` is when it was last
    loaded. Uses are counted without a lock: a Python without the GIL may miss some.
    """

    __slots__ = ("failures", "loaded_at", "loads", "seconds", "uses", "waited")

    def __init__(self, component: Component) -> None:
        self.loads = component.loads
        self.failures = component.failures
        self.uses = component.uses
        self.seconds = component.seconds
        self.waited = component.waited
        self.loaded_at = component.loaded_at

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"ComponentStatistics({counts})"
