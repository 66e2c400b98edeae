"""What past runs used is loaded ahead, and each run is learned from."""

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_lazy import (
    LazyLoader,
    LoadingStrategy,
    PredictiveLoadingStrategy,
    UsageStore,
)

PATIENCE = 60.0
"""Seconds after which a thread hangs."""


def registry(strategy: LoadingStrategy, **loads: Callable[[], object]) -> LazyLoader:
    loader = LazyLoader(strategy)
    for name, load in loads.items():
        loader.register(name, load)
    return loader


def join_preloading() -> None:
    for thread in threading.enumerate():
        if thread.name == "goobits-lazy preloading":
            thread.join(PATIENCE)


def test_prediction_weighs_probability_cost_and_price(usage: UsageStore) -> None:
    """The rule is written down, so each of its terms must count."""
    components = dict.fromkeys(("rare", "third", "often", "cheap"), dict)

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

    def ten_milliseconds() -> None:
        now[0] += 0.01

    def run(*names: str) -> set[str]:
        strategy = PredictiveLoadingStrategy(usage)
        loader = LazyLoader(strategy, clock=lambda: now[0])
        loader.register("settings", ten_milliseconds)
        loader.register("page", ten_milliseconds, depends_on=["settings"])
        loader.register("rare", dict)
        with loader:
            for name in names:
                loader.get(name)
            join_preloading()
            return {name for name in loader if loader.is_loaded(name)}

    now = [100.0]
    assert [run("page"), run("page"), run("page")] == [{"page", "settings"}] * 3
    assert run() == {"page", "settings"}
    known = usage.read()
    assert (known.runs, set(known.components)) == (4, {"page", "settings"})
    assert [known.components[one][0] for one in ("page", "settings")] == [3, 3]
    assert known.seconds("settings") == pytest.approx(0.01)


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
        join_preloading()
        assert loader.statistics["often"].failures == 1
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


def test_system_without_locks_keeps_nothing_and_loads_at_use(
    tmp_path: Path, run_python: Callable[[str], str]
) -> None:
    """Windows has no fcntl; and who does not log must not pay for logging."""
    output = run_python(
        "import sys; sys.modules['fcntl'] = None\n"
        "from goobits_lazy import LazyLoader, PredictiveLoadingStrategy, UsageStore\n"
        f"usage = UsageStore({str(tmp_path)!r}, 'build')\n"
        "with LazyLoader(PredictiveLoadingStrategy(usage)) as loader:\n"
        "    loader.register('rare', dict)\n"
        "    print(loader.get('rare'), end=' ')\n"
        "print(usage.read().runs, 'logging' in sys.modules)"
    )
    assert output == "{} 0.0 False\n"


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
