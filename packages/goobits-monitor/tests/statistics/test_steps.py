"""What counts as news in a history, and how often noise is taken for it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from math import inf, nan, sqrt
from statistics import median

import pytest
from goobits_monitor._errors import ResultError
from goobits_monitor._statistics._drift import Drift, find_drift
from goobits_monitor._statistics._series import trend
from goobits_monitor._statistics._steps import Step, _critical, find_steps

Series = list[float]
Noise = Callable[[random.Random, int], Series]

SERIES = 400


def gaussian(share: float) -> Noise:
    return lambda chance, count: [
        100 * (1 + chance.gauss(0, share)) for _ in range(count)
    ]


def heavy_tailed(chance: random.Random, count: int) -> Series:
    """2 % noise; one value in twenty is 10 to 40 % higher, as on a busy machine."""
    return [
        value * (1 + chance.uniform(0.1, 0.4) if chance.random() < 0.05 else 1)
        for value in gaussian(0.02)(chance, count)
    ]


def autocorrelated(by: float) -> Noise:
    """2 % noise of which each value inherits a part, as on a machine that warms up."""

    def make(chance: random.Random, count: int) -> Series:
        now, values = chance.gauss(0, 0.02), []
        for _ in range(count):
            values.append(100 * (1 + now))
            now = by * now + chance.gauss(0, 0.02 * sqrt(1 - by * by))
        return values

    return make


def restless(chance: random.Random, count: int) -> Series:
    """8 % noise that is autocorrelated: it wanders far without getting anywhere."""
    return [4 * value - 300 for value in autocorrelated(0.5)(chance, count)]


def scaled(values: Series, factor: Callable[[int], float]) -> Series:
    return [value * factor(at) for at, value in enumerate(values)]


def stepped(values: Series, place: int, factor: float) -> Series:
    return scaled(values, lambda at: factor if at >= place else 1.0)


def many(noise: Noise, count: int = 100, series: int = SERIES) -> Iterator[Series]:
    chance = random.Random(20260)
    for _ in range(series):
        yield noise(chance, count)


@pytest.mark.parametrize(
    ("noise", "allowed"),
    [
        pytest.param(gaussian(0.01), 0.01, id="1%"),
        pytest.param(gaussian(0.02), 0.01, id="2%"),
        pytest.param(gaussian(0.03), 0.01, id="3%"),
        pytest.param(gaussian(0.05), 0.01, id="5%"),
        pytest.param(heavy_tailed, 0.01, id="heavy tails"),
        pytest.param(autocorrelated(0.3), 0.01, id="autocorrelated 0.3"),
        pytest.param(autocorrelated(0.5), 0.01, id="autocorrelated 0.5"),
        pytest.param(autocorrelated(0.7), 0.03, id="autocorrelated 0.7"),
    ],
)
def test_quiet_series_are_quiet(noise: Noise, allowed: float) -> None:
    """An alarm that rings for nothing is soon switched off."""
    alarms = sum(bool(find_steps(values)) for values in many(noise))
    print(f"{alarms} alarms in {SERIES} quiet series")
    assert alarms < allowed * SERIES, f"{alarms} alarms in {SERIES} quiet series"


@pytest.mark.parametrize(("noise", "at_least"), [(0.02, 0.9), (0.03, 0.98)])
def test_comparison_with_previous_value_cries_wolf(
    noise: float, at_least: float
) -> None:
    """The usual rule alarms on series in which nothing happens: ours is needed."""
    alarms = sum(
        any(new > 1.05 * old for old, new in pairwise(values))
        for values in many(gaussian(noise))
    )
    print(f"{alarms} alarms in {SERIES} quiet series")
    assert alarms > at_least * SERIES, f"{alarms} alarms in {SERIES} quiet series"


@pytest.mark.parametrize(
    ("noise", "factor", "at_least"),
    [
        pytest.param(gaussian(0.02), 1.05, 0.97, id="5% up"),
        pytest.param(gaussian(0.02), 0.95, 0.97, id="5% down"),
        pytest.param(gaussian(0.03), 1.10, 0.99, id="10% up in 3%"),
        pytest.param(heavy_tailed, 1.05, 0.80, id="5% up in heavy tails"),
        pytest.param(heavy_tailed, 1.10, 0.93, id="10% up in heavy tails"),
        pytest.param(autocorrelated(0.5), 1.05, 0.70, id="5% up in correlated noise"),
        pytest.param(autocorrelated(0.5), 1.10, 0.99, id="10% up in correlated noise"),
    ],
)
def test_step_is_found_at_its_place(
    noise: Noise, factor: float, at_least: float
) -> None:
    """A slower start is noticed wherever ten values lie on both sides of it."""
    chance = random.Random(1)
    found = near = 0
    for values in many(noise):
        place = chance.randint(10, 90)
        steps = find_steps(stepped(values, place, factor))
        off = [abs(step.index - place) for step in steps]
        found += min(off, default=inf) <= 10
        near += min(off, default=inf) <= 3
    print(f"{found} of {SERIES} steps found")
    assert found >= at_least * SERIES, f"{found} of {SERIES} steps found"
    assert near >= 0.9 * found, f"{near} of {found} found within three values"


def test_clear_step_is_found_at_its_exact_place() -> None:
    """The place names the commit that is to blame."""
    chance = random.Random(1)
    exact = 0
    for values in many(gaussian(0.02)):
        place = chance.randint(10, 90)
        steps = find_steps(stepped(values, place, 1.10))
        exact += place in [step.index for step in steps]
    assert exact >= 0.96 * SERIES, f"{exact} of {SERIES} steps at their exact place"


def test_levels_of_every_step_differ_by_least() -> None:
    """A step of less than the user asked for must not be told, however sure it is."""
    ratios = [
        step.ratio
        for values in many(gaussian(0.005))
        for step in find_steps(stepped(values, 50, 1.029))
    ]
    assert len(ratios) > 20, f"{len(ratios)} steps: the test is too easy"
    assert min(ratios) > 1.03


def test_levels_of_a_step_are_told() -> None:
    """A user asks by how much, and compares the levels with a target."""
    values = stepped(gaussian(0.02)(random.Random(3), 100), 60, 1.2)
    (step,) = find_steps(values)
    assert step.index == 60
    assert (step.before, step.after) == (median(values[:60]), median(values[60:]))
    assert step.ratio == step.after / step.before
    assert 1.18 < step.ratio < 1.22


@pytest.mark.parametrize(("second", "at_least"), [(65, 0.95), (45, 0.95), (42, 0.9)])
def test_two_steps_are_two(second: int, at_least: float) -> None:
    """A slowdown that was mended half must not hide in one average."""
    right = 0
    for values in many(gaussian(0.02)):
        twice = stepped(stepped(values, 30, 1.10), second, 0.95)
        places = [step.index for step in find_steps(twice)]
        right += (
            len(places) == 2
            and abs(places[0] - 30) <= 5
            and abs(places[1] - second) <= 5
        )
    assert right >= at_least * SERIES, f"{right} of {SERIES} pairs of steps found"


def test_number_of_values_until_a_step_is_found() -> None:
    """The docstring promises this delay."""
    delays = {}
    for factor in (1.05, 1.10):
        waits = [_wait(values, factor) for values in many(gaussian(0.02), 90, 100)]
        delays[factor] = (sorted(waits)[50], sorted(waits)[94])
    print(f"median and 95 %: {delays}")
    assert delays[1.05][0] <= 7, f"median and 95 %: {delays}"
    assert delays[1.05][1] <= 15, f"median and 95 %: {delays}"
    assert delays[1.10][0] <= 7, f"median and 95 %: {delays}"
    assert delays[1.10][1] <= 7, f"median and 95 %: {delays}"


def _wait(values: Series, factor: float) -> float:
    """Return how many values after place 60 were needed to find the step there."""
    values = stepped(values, 60, factor)
    return next((n - 60 for n in range(61, 91) if find_steps(values[:n])), inf)


@pytest.mark.parametrize("length", [1, 2, 3])
@pytest.mark.parametrize("height", [1.5, 20.0])
def test_outliers_are_no_step(length: int, height: float) -> None:
    """A backup job that ran during three measurements is not a regression."""
    alarms = {50: 0, 100 - length: 0}
    for values in many(gaussian(0.02)):
        for place in alarms:
            factors = [1.0] * 100
            factors[place : place + length] = [height] * length
            spoilt = scaled(values, factors.__getitem__)
            alarms[place] += bool(find_steps(spoilt))
    within, at_the_end = alarms.values()
    assert within < 0.01 * SERIES, f"{within} alarms in {SERIES} series"
    assert at_the_end < 0.02 * SERIES, f"{at_the_end} alarms in {SERIES} series"


@pytest.mark.parametrize("per_value", [0.0005, 0.001, -0.0005, -0.001])
def test_slow_drift_is_no_step(per_value: float) -> None:
    """No change is to blame for a drift, so none must be named."""
    alarms = sum(
        bool(find_steps(scaled(values, lambda at: 1 + per_value * at)))
        for values in many(gaussian(0.02), series=800)
    )
    print(f"{alarms} alarms in 800 drifting series")
    assert alarms < 0.015 * 800, f"{alarms} alarms in 800 drifting series"


def test_step_in_a_drifting_series_is_found() -> None:
    """Whoever lives with a drift still wants to hear of a regression."""
    found = 0
    for values in many(gaussian(0.02)):
        drifting = scaled(stepped(values, 50, 1.10), lambda at: 1 + 0.0005 * at)
        found += any(abs(step.index - 50) <= 3 for step in find_steps(drifting))
    assert found >= 0.95 * SERIES, f"{found} of {SERIES} steps found"


@pytest.mark.parametrize("per_value", [0.001, -0.001])
def test_drift_is_told(per_value: float) -> None:
    """Many small losses add up without any one being seen."""
    found = [
        find_drift(scaled(values, lambda at: 1 + per_value * at))
        for values in many(gaussian(0.02))
    ]
    drifts = [drift for drift in found if drift]
    assert len(drifts) >= 0.97 * SERIES, f"{len(drifts)} of {SERIES} drifts told"
    assert median(drift.slope for drift in drifts) == pytest.approx(
        100 * per_value, rel=0.05
    )
    assert median(drift.ratio for drift in drifts) == pytest.approx(
        1 + 99 * per_value, abs=0.01
    )


@pytest.mark.parametrize(
    "noise", [gaussian(0.02), heavy_tailed, autocorrelated(0.5), restless]
)
def test_quiet_series_do_not_drift(noise: Noise) -> None:
    """A drift that is always told is not read."""
    told = sum(find_drift(values) is not None for values in many(noise))
    assert told < 0.02 * SERIES, f"{told} drifts told in {SERIES} quiet series"


def test_drift_begins_at_the_last_step() -> None:
    """What was before a step says nothing about the level of today."""
    values = stepped(gaussian(0.01)(random.Random(5), 140), 60, 1.5)
    drifting = scaled(values, lambda at: 1 + 0.002 * max(0, at - 60))
    drift = find_drift(drifting)
    assert drift is not None
    assert abs(drift.start - 60) <= 3
    assert drift.ratio == pytest.approx(1.16, abs=0.02)
    assert find_drift(drifting, steps=[Step(135, 1.0, 2.0)]) is None


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([], id="empty"),
        pytest.param([1.0], id="one"),
        pytest.param([1.0, 5.0, 5.0], id="three"),
        pytest.param([1.0] * 4 + [5.0] * 4, id="eight"),
        pytest.param([2.5] * 200, id="constant"),
        pytest.param([0.0] * 200, id="zeros"),
        pytest.param([0.0, 1.0] * 100, id="alternating"),
        pytest.param([0.0] * 50 + [3.0] + [0.0] * 50, id="one non-zero"),
        pytest.param([10.0, 10.0, 11.0] * 40, id="ties"),
    ],
)
def test_nothing_is_found_where_nothing_can_be_known(values: Series) -> None:
    """A new or constant history is the usual case, and no error."""
    assert find_steps(values) == ()
    assert find_drift(values) is None


def test_step_from_zero_is_infinite() -> None:
    """A cost that appears is news, though no ratio describes it."""
    (up,) = find_steps([0.0] * 30 + [3.0] * 30)
    assert up == Step(30, 0.0, 3.0)
    assert up.ratio == inf
    (down,) = find_steps([3.0] * 30 + [0.0] * 30)
    assert (down.index, down.ratio) == (30, 0.0)
    assert Drift(0, 0.0, 0.0, 0.0, 1.0).ratio == 1.0


def test_step_without_noise_is_found_though_values_tie() -> None:
    """Counts and sizes repeat exactly; ranks must bear ties."""
    (step,) = find_steps([100.0] * 40 + [104.0] * 12)
    assert step == Step(40, 100.0, 104.0)


def test_least_is_obeyed() -> None:
    """A change below what the user cares about is not told, above it is."""
    values = stepped(gaussian(0.005)(random.Random(7), 100), 50, 1.05)
    assert len(find_steps(values, least=0.03)) == 1
    assert find_steps(values, least=0.08) == ()
    drifting = scaled(values[:50], lambda at: 1 + 0.001 * at)
    assert find_drift(drifting, least=0.03) is not None
    assert find_drift(drifting, least=0.08) is None


@pytest.mark.parametrize("value", [nan, inf, -1.0])
def test_what_is_no_cost_is_refused(value: float) -> None:
    """A rank test would silently sort such a value somewhere."""
    for find in (find_steps, find_drift):
        with pytest.raises(ResultError, match="value 1 "):
            find([1.0, value, 1.0])


def test_critical_excess_is_exact() -> None:
    """The normal approximation is wrong in the tail that decides here."""
    for before, after in ((6, 5), (7, 4), (9, 3)):
        everything = range(before + after)
        excesses = sorted(
            abs(2 * (sum(ranks) - sum(range(after))) - before * after)
            for ranks in combinations(everything, after)
        )
        at = _critical(before, after)
        beyond = sum(excess >= at for excess in excesses)
        more = sum(excess >= at - 2 for excess in excesses)
        assert beyond <= 0.001 * len(excesses) < more
    assert _critical(20, 5) == 100 - 2 * 5


def test_trend_is_that_of_mann_and_kendall() -> None:
    """Counts and sizes repeat, and ties narrow the chance of a trend."""
    slope, rising = trend([[1.0, 1.0, 2.0, 2.0]])
    # Of six pairs four rise, by 1, 1/2, 1/2 and 1/3; variance (4*3*13 - 2 * 2*1*9) / 18.
    assert slope == pytest.approx((1 / 3 + 1 / 2) / 2)
    assert rising == pytest.approx(4 / sqrt(120 / 18))


def test_long_history_is_read_in_well_under_a_second() -> None:
    """A report over a thousand releases must not make anyone wait."""
    values = gaussian(0.03)(random.Random(8), 1000)
    for place in (200, 500, 800):
        values = stepped(values, place, 1.1)
    begun = time.process_time()
    steps = find_steps(values)
    find_drift(values, steps=steps)
    assert time.process_time() - begun < 1.0
    assert len(steps) == 3
