"""The usage of a command outlives crashes, and many processes can add to it at once."""

import logging
import math
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_lazy import UsageStore
from hypothesis import given
from hypothesis import strategies as st

FOREVER = math.inf
LIMIT = 16384

needs_fcntl = pytest.mark.skipif(
    sys.platform == "win32", reason="usage is not kept on Windows"
)
pytestmark = needs_fcntl


@pytest.fixture
def store(tmp_path: Path) -> UsageStore:
    return UsageStore(tmp_path, "build", half_life=FOREVER)


def test_what_was_recorded_is_read_by_others(tmp_path: Path) -> None:
    """The next run of a command is another process."""
    first = UsageStore(tmp_path / "new" / "folder", "build", half_life=FOREVER)
    first.record({"json": 0.25, "rich": 0.5})
    first.record({"json": 0.75})
    usage = UsageStore(tmp_path / "new" / "folder", "build", half_life=FOREVER).read()
    assert usage.runs == 2
    assert usage.components == {"json": (2, 0.5), "rich": (1, 0.5)}
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o777 == 0o700


def test_nothing_is_known_before_the_first_run(store: UsageStore) -> None:
    """Reading must neither fail nor leave a file."""
    usage = store.read()
    assert (usage.runs, usage.components) == (0, {})
    assert (usage.probability("json"), usage.seconds("json")) == (0.5, 0.0)
    assert not os.path.exists(store.path)


def test_probability_grows_with_the_runs_that_say_so(store: UsageStore) -> None:
    """One run is no habit, twenty are."""
    for _ in range(20):
        store.record({"json": 0.1})
    usage = store.read()
    assert usage.probability("json") == 20.5 / 21
    assert usage.probability("rich") == 0.5 / 21


def test_run_counts_half_after_its_half_life(tmp_path: Path) -> None:
    """What a user did last year must not outweigh what the user does now."""
    store = UsageStore(tmp_path, "build", half_life=2)
    store.record({"old": 0.1})
    for _ in range(4):
        store.record({"new": 0.1})
    usage = store.read()
    assert usage.components["old"][0] == pytest.approx(0.25)
    assert usage.runs == pytest.approx(sum(0.5 ** (age / 2) for age in range(5)))


@pytest.mark.parametrize("half_life", [0, -1, math.nan])
def test_half_life_is_positive(tmp_path: Path, half_life: float) -> None:
    """Else the past would grow instead of fade."""
    with pytest.raises(ValueError, match="not positive"):
        UsageStore(tmp_path, "build", half_life=half_life)


def test_commands_are_kept_apart(tmp_path: Path) -> None:
    """Their files are their own, whatever they are called and whatever the file system."""
    commands = [
        "",
        ".",
        "..",
        "a/b",
        "a b",
        "Build",
        "build",
        "build\n",
        "%",
        "ö",
        "\udcff",
    ]
    commands += ["x" * 300, "x" * 301, "nul\0"]
    paths = [UsageStore(tmp_path, command).path for command in commands]
    assert len({path.lower() for path in paths}) == len(commands)
    for path, command in zip(paths, commands, strict=True):
        UsageStore(tmp_path, command).record({"json": 0.1})
        assert os.path.dirname(path) == str(tmp_path)
    assert len(list(tmp_path.iterdir())) == len(commands)


@given(st.dictionaries(st.text(), st.floats(0, 1e6), max_size=20))
def test_any_name_comes_back(
    tmp_path_factory: pytest.TempPathFactory, used: dict[str, float]
) -> None:
    """Names are their owners' business."""
    store = UsageStore(tmp_path_factory.mktemp("any"), "build", half_life=FOREVER)
    store.record(used)
    store.record({})
    usage = store.read()
    assert usage.runs == 2
    assert usage.components == {
        name: (1, pytest.approx(cost, rel=1e-5)) for name, cost in used.items()
    }


def test_file_stays_small_and_forgets_the_least_used(tmp_path: Path) -> None:
    """It is read at each start, so it must not grow with the years."""
    store = UsageStore(tmp_path, "build")
    for run in range(600):
        rare = {f"rare {run} {'x' * 50} {number}": 0.001 for number in range(5)}
        store.record({"often": 0.1, **rare})
        assert os.path.getsize(store.path) <= LIMIT
    store.record({f"{'y' * 50} {number}": 0.1 for number in range(10_000)})
    assert os.path.getsize(store.path) <= LIMIT
    assert store.read().components["often"][0] > 25
    assert len(list(tmp_path.iterdir())) == 1


def test_summing_up_changes_no_count(store: UsageStore) -> None:
    """When the file is rewritten is an accident of its size."""
    for run in range(3000):
        store.record({"odd" if run % 2 else "even": 1.0, "all": run})
    usage = store.read()
    assert usage.runs == 3000
    counts = {name: uses for name, (uses, _) in usage.components.items()}
    assert counts == {"odd": 1500, "even": 1500, "all": 3000}
    assert usage.seconds("all") == pytest.approx(1499.5, rel=1e-4)


def test_cost_that_is_none_counts_as_nothing(store: UsageStore) -> None:
    """A clock that is set back must not cost the whole file."""
    costs = {"back": -1.0, "ever": math.inf, "nan": math.nan, "big": 1e9, "json": 0.5}
    store.record(costs)
    usage = store.read()
    assert {name: usage.seconds(name) for name in costs} == {
        **dict.fromkeys(costs, 0.0),
        "json": 0.5,
    }


USELESS: dict[str, bytes] = {
    "foreign": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "other version": b"goobits-usage 2\n\nrun\t0.1 json\t.\n",
    "no number": b"goobits-usage 1\n\nrun\tabc json\t.\n",
    "not finite": b"goobits-usage 1\n\nrun\tnan json\t.\n",
    "negative": b"goobits-usage 1\n\nrun\t-1 json\t.\n",
    "too few fields": b"goobits-usage 1\n\npast\t1.0\tjson\t.\n",
    "unknown line": b"goobits-usage 1\n\nwalk\t0.1 json\t.\n",
    "not ASCII": b"goobits-usage 1\n\nrun\t0.1 j\xffson\t.\n",
    "bad escape": b"goobits-usage 1\n\nrun\t0.1 j\\x1\t.\n",
    "too big": b"goobits-usage 1\n" + b"\n" * LIMIT,
    "zeroes": bytes(4096),
}


@pytest.mark.parametrize("data", USELESS.values(), ids=USELESS)
def test_useless_file_is_replaced_and_told_of_once(
    store: UsageStore, caplog: pytest.LogCaptureFixture, data: bytes
) -> None:
    """A file of statistics must never break the command that it is about."""
    Path(store.path).write_bytes(data)
    with caplog.at_level(logging.DEBUG):
        assert store.read().components == {}
        assert store.read().runs == 0
        store.record({"json": 0.5})
    assert [(one.name, one.levelname) for one in caplog.records] == [
        ("goobits_lazy", "WARNING")
    ]
    assert store.path in caplog.text
    again = UsageStore(Path(store.path).parent, "build", half_life=FOREVER).read()
    assert (again.runs, again.components) == (1, {"json": (1, 0.5)})


@pytest.mark.parametrize("kind", ["folder", "fifo", "link", "loop"])
def test_what_is_no_file_is_neither_read_nor_written(
    store: UsageStore, tmp_path: Path, kind: str
) -> None:
    """A link could make the command write to any file of its user, a pipe could hold it up."""
    target = tmp_path / "target"
    target.write_text("precious")
    if kind == "folder":
        os.mkdir(store.path)
    elif kind == "fifo":
        os.mkfifo(store.path)
    else:
        os.symlink(target if kind == "link" else store.path, store.path)
    assert store.read().runs == 0
    with pytest.raises(OSError, match=r"\[Errno"):
        store.record({"json": 0.1})
    assert target.read_text() == "precious"


@pytest.mark.parametrize("length", range(1, 40))
def test_half_written_run_is_as_if_it_had_not_been(
    store: UsageStore, length: int
) -> None:
    """The one before and the one after it count."""
    store.record({"json": 0.5})
    size = os.path.getsize(store.path)
    store.record({"json": 0.5, "rich": 0.25})
    os.truncate(store.path, min(size + length, os.path.getsize(store.path) - 2))
    assert store.read().runs == 1
    store.record({"json": 0.5})
    assert store.read().components == {"json": (2, 0.5)}


def test_writer_that_waits_too_long_says_so(
    store: UsageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was stopped while it wrote must not hang all others for good."""
    import fcntl

    monkeypatch.setattr("goobits_lazy._usage.PATIENCE", 0.05)
    store.record({"json": 0.5})
    with open(store.path) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert store.read().runs == 1
        with pytest.raises(TimeoutError, match="keep it locked"):
            store.record({"json": 0.5})
    store.record({"json": 0.5})
    assert store.read().runs == 2


@pytest.mark.parametrize("gone", [False, True])
def test_run_is_not_added_to_a_file_that_another_has_just_replaced(
    store: UsageStore, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    """Between opening a file and locking it others can sum it up, or delete it."""
    import fcntl

    lock = fcntl.flock
    moments = ["replaced"]

    def lock_late(descriptor: int, operation: int) -> None:
        if moments:
            moments.pop()
            data = Path(store.path).read_bytes()
            os.unlink(store.path)
            if not gone:
                Path(store.path).write_bytes(data)
        lock(descriptor, operation)

    store.record({"json": 0.5})
    monkeypatch.setattr(fcntl, "flock", lock_late)
    store.record({"json": 0.5})
    assert store.read().runs == (1 if gone else 2)


def start(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


MANY_RUNS = """
import os, sys
from goobits_lazy import UsageStore, _usage
_usage.PATIENCE = 60.0
folder, who = sys.argv[1:]
for run in range(50):
    store = UsageStore(folder, "build", half_life=float("inf"))
    store.read()
    store.record({"all": 0.5, f"own {who}": 0.25, "x" * 200: 0.125})
"""


def test_processes_that_record_at_once_lose_nothing(
    store: UsageStore, tmp_path: Path
) -> None:
    """A parallel build runs the command many times at once."""
    processes = [start(MANY_RUNS, tmp_path, who) for who in range(8)]
    assert [process.communicate() and process.returncode for process in processes] == [
        0
    ] * 8
    usage = store.read()
    assert usage.runs == usage.components["all"][0] == 400
    assert [usage.components[f"own {who}"][0] for who in range(8)] == [50] * 8


RUNS_UNTIL_KILLED = """
import os, sys
from goobits_lazy import UsageStore
store = UsageStore(sys.argv[1], "build", half_life=float("inf"))
while True:
    store.record({"json": 0.5, "x" * 1000: 0.25})
    os.write(1, b".")
"""


def test_killed_process_leaves_the_old_or_the_new_state(
    store: UsageStore, tmp_path: Path
) -> None:
    """Every seventeenth of these records rewrites the file, so kills hit that too."""
    chance = random.Random(7)
    told = 0
    for kills in range(1, 31):
        process = start(RUNS_UNTIL_KILLED, tmp_path)
        assert process.stdout is not None
        told += len(process.stdout.read(chance.randrange(1, 30)))
        time.sleep(chance.random() * 0.001)
        process.send_signal(signal.SIGKILL)
        told += len(process.stdout.read())
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        usage = store.read()
        assert told <= usage.runs <= told + kills
        assert usage.components["json"] == (usage.runs, 0.5)
    store.record({"json": 0.5})


def test_reading_imports_nothing_that_costs(
    store: UsageStore, tmp_path: Path, run_python: Callable[[str], str]
) -> None:
    """It stands in the start of every run."""
    store.record({"json": 0.5})
    output = run_python(
        "import sys; before = set(sys.modules)\n"
        "from goobits_lazy import UsageStore\n"
        f"assert UsageStore({str(tmp_path)!r}, 'build').read().runs == 1\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    ours = ["__future__", "goobits_lazy", "goobits_lazy._runs", "goobits_lazy._usage"]
    assert output.split() == ours
