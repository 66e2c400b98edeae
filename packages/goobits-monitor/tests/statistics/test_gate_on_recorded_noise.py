"""The gate on noise that was recorded on real machines (record_noise.py), replayed."""

import json
import random
from pathlib import Path

import pytest
from goobits_monitor import judge
from goobits_monitor._measuring._rounds import interleave, repeats_needed
from goobits_monitor._measuring._usage import Command, Usage, words_of

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


def count(costs: list[float], factor: str) -> int:
    """Return in how many trials the gate finds a command slower that costs `factor` times."""
    places = random.Random(20).choices(range(len(costs)), k=TRIALS)
    found = 0
    for place in places:
        runner = ReplayedRunner(costs, place)
        commands = (["base", "1"], ["head", factor])
        repeats = repeats_needed(runner, commands)
        base, head = interleave(runner, commands, PAIRS, repeats=repeats)
        found += judge(base.cpu, head.cpu).outcome == "slower"
    return found


def test_records_are_there() -> None:
    """Without them the tests below would pass for want of anything to do."""
    assert len(RECORDED) >= 6


def test_noise_raises_no_alarm(costs: list[float]) -> None:
    """Bursts, drifts and neighbours are in the records; none of them is a regression."""
    alarms = count(costs, "1")
    assert alarms < 0.01 * TRIALS, f"{alarms} alarms in {TRIALS} trials"


def test_slowdown_of_5_percent_is_found_in_noise(costs: list[float]) -> None:
    """Silence alone is easy."""
    found = count(costs, "1.05")
    assert found >= 0.95 * TRIALS, f"found in {found} of {TRIALS} trials"
