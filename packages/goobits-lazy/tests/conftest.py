"""What the tests of several modules share."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from goobits_lazy import LazyLoader, UsageStore

PATIENCE = 60.0
"""Seconds after which a thread hangs."""


@pytest.fixture(autouse=True)
def _laziness(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the tests as if nobody had turned laziness off, also in new processes."""
    monkeypatch.delenv("EAGER_IMPORT", raising=False)


@pytest.fixture
def loader() -> LazyLoader:
    return LazyLoader()


@pytest.fixture
def restless() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def all_at_once() -> Callable[..., list[object]]:
    """Return a function that begins calls together, each in a thread of its own.

    It gives what each returned or raised.
    """

    def run_all(*calls: Callable[[], object]) -> list[object]:
        results: list[object] = [None] * len(calls)
        barrier = threading.Barrier(len(calls))

        def run(number: int) -> None:
            barrier.wait(PATIENCE)
            try:
                results[number] = calls[number]()
            except Exception as error:  # noqa: BLE001 # it is a result
                results[number] = error

        threads = [
            threading.Thread(target=run, args=(number,), daemon=True)
            for number in range(len(calls))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a thread hangs"
        return results

    return run_all


@pytest.fixture
def usage(tmp_path: Path) -> UsageStore:
    """Return the usage of a command that always uses `often`, and `third` at each third run."""
    store = UsageStore(tmp_path / "usage", "build")
    for run in range(30):
        used = {"often": 0.05, "cheap": 0.00001}
        store.record(used | ({} if run % 3 else {"third": 0.05}))
    return store


@pytest.fixture
def run_python() -> Callable[[str], str]:
    """Return a function that runs a program in a new process, and gives what it prints."""

    def run(code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
