"""The gate on noise that was recorded on real machines (record_noise.py), replayed."""

import json
import random
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from goobits_monitor import judge
from goobits_monitor._measuring._rounds import interleave, repeats_needed
from goobits_monitor._measuring._usage import Command, Series, Usage, words_of

RECORDED = sorted((Path(__file__).parent / "noise").glob("*.json"))
PAIRS = 20
TRIALS = 400


class ReplayedRunner:
    """Gives runs the CPU times of a record, one after the other from a place on.

    The last word of a command is the factor by which it is slower than what was recorded.
    """

    memory_floor = 0

    def __init__(self, costs: list[float], place: int) -> None:
        self._costs = costs
        self._place = place

    def run(self, command: Command) -> Usage:
        cost = self._costs[self._place % len(self._costs)]
        self._place += 1
        cost *= float(words_of(command)[-1])
        return Usage(cpu=cost, wall=cost, memory=1, code=0, started=0.0)


@pytest.fixture(params=RECORDED, ids=lambda path: path.stem)
def costs(request: pytest.FixtureRequest) -> list[float]:
    """Return the seconds of CPU that one command took, time after time."""
    return [micro / 1e6 for micro in json.loads(request.param.read_text())["cpu_us"]]


def trials(costs: list[float], factor: str) -> Iterator[tuple[Series, Series, int]]:
    """Yield what 20 pairs of equal length show, from many places of a record on."""
    for place in random.Random(20).choices(range(len(costs)), k=TRIALS):
        runner = ReplayedRunner(costs, place)
        commands = (["base", "1"], ["head", factor])
        repeats = repeats_needed(runner, commands)
        base, head = interleave(runner, commands, PAIRS, repeats=repeats)
        yield base, head, repeats


def count(costs: list[float], factor: str) -> int:
    """Return in how many trials the gate finds a command slower that costs `factor` times."""
    return sum(
        judge(base.cpu, head.cpu).outcome == "slower"
        for base, head, _ in trials(costs, factor)
    )


def test_records_are_there() -> None:
    """Without them the tests below would pass for want of anything to do."""
    assert len(RECORDED) >= 6


def test_noise_raises_no_alarm(costs: list[float]) -> None:
    """Bursts, drifts and neighbours are in the records; none of them is a regression."""
    alarms = count(costs, "1")
    print(f"{alarms} alarms in {TRIALS} trials")
    assert alarms < 0.01 * TRIALS, f"{alarms} alarms in {TRIALS} trials"


def test_slowdown_of_5_percent_is_found_in_noise(costs: list[float]) -> None:
    """Silence alone is easy."""
    found = count(costs, "1.05")
    print(f"found in {found} of {TRIALS} trials")
    assert found >= 0.95 * TRIALS, f"found in {found} of {TRIALS} trials"


def test_usual_rules_cry_wolf_on_the_same_noise() -> None:
    """The records are noisy enough to tell rules apart: this is what the gate is measured by."""
    alarms = dict.fromkeys(USUAL_RULES, 0)
    total = 0
    for path in RECORDED:
        micros = json.loads(path.read_text())["cpu_us"]
        for place in random.Random(20).choices(range(len(micros)), k=TRIALS):
            runs = [micros[(place + at) % len(micros)] for at in range(2 * PAIRS)]
            total += 1
            for rule, alarm in USUAL_RULES.items():
                alarms[rule] += alarm(runs[:PAIRS], runs[PAIRS:])
    print({rule: f"{count / total:.1%}" for rule, count in alarms.items()})
    assert all(count > 0.01 * total for count in alarms.values()), (alarms, total)


def means_differ(base: list[float], head: list[float]) -> bool:
    """Call 5 % more in the mean slower."""
    return statistics.fmean(head) > 1.05 * statistics.fmean(base)


def ranks_differ(base: list[float], head: list[float]) -> bool:
    """Call it slower when Mann and Whitney's test does at 5 %, one-sided."""
    above = sum((new > old) + (new == old) / 2 for old in base for new in head)
    count = len(base)
    deviation = (count * count * (2 * count + 1) / 12) ** 0.5
    return (above - count * count / 2) / deviation > 1.645


USUAL_RULES: dict[str, Callable[[list[float], list[float]], bool]] = {
    "mean more than 5 % above": means_differ,
    "rank test, head after base": ranks_differ,
}
