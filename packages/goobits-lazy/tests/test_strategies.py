"""Each strategy loads at another moment, and only predictive learns from past runs."""

import logging
import os
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

PATIENCE = 30.0


@pytest.fixture(autouse=True)
def _laziness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EAGER_IMPORT", raising=False)


@pytest.fixture
def usage(tmp_path: Path) -> UsageStore:
    """Return the usage of a command that always uses `often`, and `third` at each third run."""
    store = UsageStore(tmp_path / "usage", "build")
    for run in range(30):
        used = {"often": 0.05, "cheap": 0.00001}
        store.record(used | ({} if run % 3 else {"third": 0.05}))
    return store


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


def registry(strategy: LoadingStrategy, **loads: Callable[[], object]) -> LazyLoader:
    loader = LazyLoader(strategy)
    for name, load in loads.items():
        loader.register(name, load)
    return loader


def test_prediction_weighs_probability_cost_and_price(usage: UsageStore) -> None:
    """The rule is written down, so each of its terms must count."""
    components = dict.fromkeys(NAMES, dict)

    def predicted(price: float) -> tuple[str, ...]:
        strategy = PredictiveLoadingStrategy(usage, price=price)
        return strategy.predicted(registry(strategy, **components))

    assert predicted(1.0) == ("often", "cheap")
    assert predicted(0.3) == ("often", "third", "cheap")
    assert predicted(0.0) == ("often", "third", "cheap")
    assert predicted(1000.0) == ()


def test_what_is_not_worth_a_thread_is_not_preloaded(tmp_path: Path) -> None:
    """Starting a thread costs some milliseconds, which all components together must save."""
    usage = UsageStore(tmp_path, "build")
    names = [f"part {number}" for number in range(10)]
    for _ in range(30):
        usage.record(dict.fromkeys(names, 0.001))
    strategy = PredictiveLoadingStrategy(usage)
    assert (
        strategy.predicted(registry(strategy, **dict.fromkeys(names[:3], dict))) == ()
    )
    assert (
        len(strategy.predicted(registry(strategy, **dict.fromkeys(names, dict)))) == 10
    )


@pytest.mark.parametrize(("price", "threads"), [(-1.0, 1), (1.0, 0), (float("nan"), 1)])
def test_senseless_settings_are_refused(
    usage: UsageStore, price: float, threads: int
) -> None:
    """A negative price would preload what nobody uses."""
    with pytest.raises(ValueError, match="price"):
        PredictiveLoadingStrategy(usage, price=price, threads=threads)


def test_each_run_is_learned_with_what_its_components_need(tmp_path: Path) -> None:
    """What is used through another is needed as often; what was only preloaded is not used."""
    usage = UsageStore(tmp_path, "build", half_life=float("inf"))

    def run(*names: str) -> set[str]:
        loader = LazyLoader(PredictiveLoadingStrategy(usage))
        loader.register("settings", lambda: time.sleep(0.01))
        loader.register("page", lambda: time.sleep(0.01), depends_on=["settings"])
        loader.register("rare", dict)
        with loader:
            for name in names:
                loader.get(name)
            wait_for(lambda: threading.active_count() == before)
            return {name for name in loader if loader.is_loaded(name)}

    before = threading.active_count()
    assert [run("page"), run("page"), run("page")] == [{"page", "settings"}] * 3
    assert run() == {"page", "settings"}
    known = usage.read()
    assert (known.runs, set(known.components)) == (4, {"page", "settings"})
    assert [known.components[one][0] for one in ("page", "settings")] == [3, 3]
    assert 0.01 <= known.seconds("settings") < 1.0


def test_preloading_is_joined_when_the_loader_is_left(usage: UsageStore) -> None:
    """No thread outlives the command; what has not begun is not begun any more."""
    begun = threading.Event()
    ended: list[str] = []

    def slow() -> None:
        begun.set()
        time.sleep(0.05)
        ended.append("often")

    usage.record({"third": 0.05})
    loader = registry(
        PredictiveLoadingStrategy(usage, price=0.1),
        third=lambda: ended.append("third"),
        often=slow,
    )
    before = threading.active_count()
    with loader:
        assert begun.wait(PATIENCE)
    assert ended == ["often"]
    assert threading.active_count() == before


def test_threads_preload_at_the_same_time(usage: UsageStore) -> None:
    """Two components that wait for the network wait together."""
    both = threading.Barrier(2)

    def load() -> int:
        return both.wait(PATIENCE)

    strategy = PredictiveLoadingStrategy(usage, price=0.1, threads=2)
    loader = registry(strategy, often=load, third=load)
    with loader:
        assert {loader.get("often"), loader.get("third")} == {0, 1}


def test_failure_in_the_background_is_raised_where_it_is_used(
    usage: UsageStore,
) -> None:
    """A component that nobody uses must not break a command, one that is used must."""

    def fail() -> None:
        raise OSError("no such device")

    loader = registry(PredictiveLoadingStrategy(usage), often=fail)
    with loader:
        wait_for(lambda: loader.statistics["often"].failures == 1)
        with pytest.raises(OSError, match="no such device"):
            loader.get("often")


def test_use_waits_for_what_is_being_preloaded(usage: UsageStore) -> None:
    """It is loaded once, and the command waits only for the rest."""
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> object:
        begun.set()
        assert go_on.wait(PATIENCE)
        return object()

    loader = registry(PredictiveLoadingStrategy(usage), often=slow)
    with loader:
        assert begun.wait(PATIENCE)
        threading.Timer(0.02, go_on.set).start()
        loader.get("often")
    assert loader.statistics["often"].loads == 1


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


def test_run_that_fails_is_learned_and_raises_its_own_error(usage: UsageStore) -> None:
    """A wrong option does not make the components less used."""

    def fail() -> None:
        raise ZeroDivisionError

    loader = registry(PredictiveLoadingStrategy(usage), rare=dict, broken=fail)
    with pytest.raises(ZeroDivisionError), loader:
        [loader.get(name) for name in ("rare", "broken")]
    assert "rare" in usage.read().components


def test_usage_that_cannot_be_kept_does_not_break_the_command(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A home may be read-only, and standard error is for messages that matter."""
    (tmp_path / "file").touch()
    usage = UsageStore(tmp_path / "file" / "folder", "build")
    loader = registry(PredictiveLoadingStrategy(usage), rare=dict)
    with caplog.at_level(logging.INFO, "goobits_lazy"), loader:
        assert loader.get("rare") == {}
    assert "Usage is not kept" in caplog.text


def test_system_without_threads_loads_at_use(
    usage: UsageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no thread can be had, preloading is what can be done without."""

    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    loader = registry(PredictiveLoadingStrategy(usage), often=lambda: "there")
    with loader:
        assert loader.get("often") == "there"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_child_of_a_fork_leaves_without_waiting_or_counting(usage: UsageStore) -> None:
    """It has no preloading thread to join, and the run is its parent's."""
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> bool:
        begun.set()
        return go_on.wait(PATIENCE)

    before = usage.read().runs
    with registry(PredictiveLoadingStrategy(usage), often=slow) as loader:
        assert begun.wait(PATIENCE)
        child = os.fork()
        if not child:
            go_on.set()
            try:
                loader.__exit__(None, None, None)
                os._exit(usage.read().runs != before or not loader.get("often"))
            finally:
                os._exit(3)
        assert os.waitpid(child, 0)[1] == 0
        go_on.set()


# What 480 real runs of pip used, and what each strategy makes of them.

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
