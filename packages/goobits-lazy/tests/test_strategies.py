"""Each strategy loads at another moment, and only predictive learns from past runs."""

import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from goobits_lazy import (
    EagerLoadingStrategy,
    LazyLoader,
    LazyLoadingStrategy,
    LoadingStrategy,
    PredictiveLoadingStrategy,
    PriorityLoadingStrategy,
    UsageStore,
)

PATIENCE = 60.0
"""Seconds after which preloading hangs."""


NAMES = ("priority", "rare", "third", "often", "cheap", "first")


@pytest.fixture
def strategies(usage: UsageStore) -> dict[str, LoadingStrategy]:
    return {
        "eager": EagerLoadingStrategy(),
        "lazy": LazyLoadingStrategy(),
        "predictive": PredictiveLoadingStrategy(usage),
        "priority": PriorityLoadingStrategy("first", "priority"),
    }


def wait_for(condition: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last
        time.sleep(0.001)


Moments = tuple[list[str], list[str], list[str], set[str]]


def observed(strategy: LoadingStrategy) -> Moments:
    """Return what is loaded at registration, on entry, and at use, and what in other threads."""
    order: list[str] = []
    elsewhere: set[str] = set()

    def load(name: str) -> None:
        order.append(name)
        if threading.current_thread() is not threading.main_thread():
            elsewhere.add(name)

    loader = LazyLoader(strategy)
    for name in NAMES:
        loader.register(name, lambda name=name: load(name))
    registered = list(order)
    with loader:
        if isinstance(strategy, PredictiveLoadingStrategy):
            wait_for(lambda: loader.is_loaded("cheap"))
        entered = order[len(registered) :]
        loader.get("third")
    used = order[len(registered) + len(entered) :]
    return registered, entered, used, elsewhere


EXPECTED: dict[str, Moments] = {
    "eager": (list(NAMES), [], [], set()),
    "lazy": ([], [], ["third"], set()),
    "predictive": ([], ["often", "cheap"], ["third"], {"often", "cheap"}),
    "priority": ([], ["first", "priority"], ["third"], set()),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_strategy_loads_at_its_moment_and_no_other_does(
    strategies: dict[str, LoadingStrategy], name: str
) -> None:
    """Four names for one behaviour would be three too many."""
    found = {one: observed(strategy) for one, strategy in strategies.items()}
    assert [one for one in found if found[one] == EXPECTED[name]] == [name]


@pytest.mark.parametrize("name", EXPECTED)
def test_environment_turns_laziness_off(
    strategies: dict[str, LoadingStrategy],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    usage: UsageStore,
) -> None:
    """In CI every component must be seen to load, whatever the strategy."""
    monkeypatch.setenv("EAGER_IMPORT", "1")
    before = usage.read().runs
    loader = LazyLoader(strategies[name])
    for one in NAMES:
        loader.register(one, dict)
    assert all(loader.is_loaded(one) for one in NAMES)
    with loader:
        loader.get("third")
    assert usage.read().runs == before


@pytest.mark.parametrize("value", ["", "0"])
def test_environment_that_says_no_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """Who writes EAGER_IMPORT=0 means it."""
    monkeypatch.setenv("EAGER_IMPORT", value)
    loader = LazyLoader()
    loader.register("part", dict)
    assert not loader.is_loaded("part")


def test_eager_loads_when_the_last_dependency_is_registered() -> None:
    """Dependencies may be registered later, and the switch for CI must not forbid that."""
    order: list[str] = []
    loader = LazyLoader(EagerLoadingStrategy())
    loader.register("page", lambda: order.append("page"), depends_on=["users"])
    loader.register("users", lambda: order.append("users"), depends_on=["pool"])
    assert order == []
    loader.register("pool", lambda: order.append("pool"))
    assert order == ["pool", "users", "page"]


def test_eager_raises_what_a_loader_raises() -> None:
    """That is why CI loads everything."""
    loader = LazyLoader(EagerLoadingStrategy())
    with pytest.raises(ModuleNotFoundError, match="goobits_lazy_absent"):
        loader.register("part", "goobits_lazy_absent:name")
    loader.register("other", dict)
    assert list(loader) == ["part", "other"]


def test_priority_raises_what_a_loader_raises() -> None:
    """What a command cannot do without must not fail later; the loader can be entered again."""
    tries: list[int] = []

    def load() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("busy")

    loader = LazyLoader(PriorityLoadingStrategy("part"))
    loader.register("part", load)
    with pytest.raises(OSError, match="busy"):
        loader.__enter__()
    with loader:
        assert loader.is_loaded("part")


def test_own_strategy_needs_one_method() -> None:
    """The hooks are the interface: what the four do, a user can do otherwise."""

    class Dependencies(LoadingStrategy):
        """Load what others need as soon as it is there."""

        def registered(self, loader: LazyLoader, name: str) -> None:
            for needed in loader.dependencies(name):
                loader.load(needed)

    loader = LazyLoader(Dependencies())
    loader.register("settings", dict)
    loader.register("page", dict, depends_on=["settings"])
    with loader:
        assert loader.is_loaded("settings")
        assert not loader.is_loaded("page")


def test_loader_that_is_entered_within_itself_counts_one_run() -> None:
    """A command that calls another command in its process is one run."""

    class Told(LoadingStrategy):
        def started(self, loader: LazyLoader) -> None:
            told.append("started")

        def stopped(self, loader: LazyLoader) -> None:
            told.append("stopped")

    told: list[str] = []
    with LazyLoader(Told()) as loader:
        with loader:
            told.append("inner")
        told.append("outer")
    assert told == ["started", "inner", "outer", "stopped"]


TRACE = Path(__file__).with_name("traces") / "pip.txt"


Run = tuple[str, frozenset[str]]


def recorded() -> tuple[dict[str, float], list[Run]]:
    """Return what each component costs in seconds, and the command and use of each run."""
    costs: dict[str, float] = {}
    runs: list[Run] = []
    for line in TRACE.read_text(encoding="ascii").splitlines():
        kind, first, second = line.split()
        if kind == "component":
            costs[second] = int(first) / 1e6
        else:
            mask = int(second, 16)
            used = (name for place, name in enumerate(costs) if mask >> place & 1)
            runs.append((first, frozenset(used)))
    return costs, runs


class Replay:
    """Runs the trace again; loading a component takes the recorded time of a false clock.

    A command is taken to leave the processor idle for long enough before it uses anything: what
    is preloaded is there. `waited`, `ahead` and `wasted` are seconds per run.
    """

    def __init__(self, choose: Callable[[str], LoadingStrategy]) -> None:
        self._costs, runs = recorded()
        self._now = 0.0
        self.waited = self.ahead = self.wasted = 0.0
        for command, used in runs:
            self._run(choose(command), used, len(runs))

    @property
    def cost(self) -> float:
        return self.waited + self.wasted

    def _run(self, strategy: LoadingStrategy, used: frozenset[str], runs: int) -> None:
        loader = LazyLoader(strategy, clock=lambda: self._now)
        for name, cost in self._costs.items():
            loader.register(name, lambda cost=cost: self._take(cost))
        background: tuple[str, ...] = ()
        if isinstance(strategy, PredictiveLoadingStrategy):
            background = strategy.predicted(loader)
        with loader:
            wait_for(lambda: all(loader.is_loaded(name) for name in background))
            for name in sorted(used):
                loader.get(name)
        for name, one in loader.statistics.items():
            if name not in background:
                self.waited += one.seconds / runs
            elif name in used:
                self.ahead += one.seconds / runs
            if name not in used:
                self.wasted += one.seconds / runs

    def _take(self, seconds: float) -> None:
        self._now += seconds


@pytest.fixture
def replays(tmp_path: Path) -> dict[str, Replay]:
    costs, runs = recorded()
    total = {
        one: cost * sum(one in used for _, used in runs) for one, cost in costs.items()
    }
    few = sorted(total, key=lambda name: -total[name])[:5]

    def apart(command: str) -> LoadingStrategy:
        return PredictiveLoadingStrategy(UsageStore(tmp_path / "apart", command))

    def together(_: str) -> LoadingStrategy:
        return PredictiveLoadingStrategy(UsageStore(tmp_path / "together", "pip"))

    return {
        "eager": Replay(lambda _: EagerLoadingStrategy()),
        "lazy": Replay(lambda _: LazyLoadingStrategy()),
        "priority, 5": Replay(lambda _: PriorityLoadingStrategy(*few)),
        "predictive": Replay(apart),
        "predictive, commands together": Replay(together),
    }


def test_prediction_waits_least_on_recorded_commands(
    replays: dict[str, Replay],
) -> None:
    """It claims to save waiting at little waste, and to know commands by their own past."""
    print("\nms per run                      waited   ahead  wasted  waited + wasted")
    for name, replay in replays.items():
        figures = (replay.waited, replay.ahead, replay.wasted, replay.cost)
        print(f"{name:30}", "".join(f"{figure * 1e3:8.1f}" for figure in figures))
    best = replays["predictive"]
    rest = [replay for replay in replays.values() if replay is not best]
    assert best.waited < 0.1 * min(replays[name].waited for name in ("eager", "lazy"))
    assert best.wasted < 0.05 * best.ahead
    assert all(best.cost < 0.5 * replay.cost for replay in rest)
    assert replays["lazy"].wasted == 0.0
    costs = [replays[name].waited for name in ("eager", "priority, 5", "lazy")]
    assert all(more >= less for more, less in pairwise(costs))
