"""Processes that write a cache and are killed, and what they leave.

`kill_at_random` kills a process that writes without end; `python -m killed_writers FOLDER`
kills one at each line of the cache's code, and prints at how many.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from types import FrameType

from goobits_cache import PersistentCache, _persistent

SIZES = (1, 500, 4000, 4096, 20_000, 400_000)
LONGEST = 0.05  # seconds that a writer writes before it is killed
CODE = Path(_persistent.__file__).parent

WRITE = """
import os, sys
from itertools import count
from killed_writers import SIZES, value
from goobits_cache import PersistentCache

cache = PersistentCache(sys.argv[1])
for number in count(int(sys.argv[2])):
    for size in SIZES:
        cache[str(size)] = value(number, size)
        os.write(1, b"%d %d\\n" % (number, size))
    cache.get_or_create(f"new {number}", lambda: b"x" * 5000)
"""


def value(number: int, size: int) -> bytes:
    return number.to_bytes(8, "little") * (1 + size // 8)


def kill_at_random(folder: Path, times: int, seed: int = 1) -> int:
    """Kill that many writers, look at what each left, and return how many had written.

    Every entry must be the last one that was written, or the next one.
    """
    chance = random.Random(seed)
    last = dict.fromkeys(SIZES, 0)
    reader = PersistentCache(folder)
    for size in SIZES:
        reader[str(size)] = value(0, size)
    busy = 0
    for _ in range(times):
        written = _write_and_kill(folder, max(last.values()) + 1, chance)
        busy += bool(written)
        last |= written
        for size in SIZES:
            found = reader[str(size)]
            number = int.from_bytes(found[:8], "little")
            following = max(last.values()) + 1
            assert last[size] <= number <= following, (size, number, last)
            assert found == value(number, size)
            last[size] = number
        fresh = f"after {following}"
        assert reader.get_or_create(fresh, lambda: b"y") == b"y"
        assert reader.statistics.failures == 0
    return busy


def _write_and_kill(folder: Path, first: int, chance: random.Random) -> dict[int, int]:
    """Return which number each size was last written with."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE, str(folder), str(first)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    with process.stdout as lines:
        begun = lines.readline()
        time.sleep(chance.uniform(0, LONGEST))
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, "it was not killed"
        said = [line for line in (begun, *lines) if line.endswith(b"\n")]
    pairs = (map(int, line.split()) for line in said)
    return {size: number for number, size in pairs}


def kill_at_each_line(folder: Path) -> int:
    """Kill a process at each line of its way; return how many were killed."""
    for lines in count(1):
        place = folder / str(lines)
        cache = PersistentCache(place)
        old = {"short": b"old", "long": b"old" * 3000}
        cache.update(old)
        child = os.fork()
        if not child:
            _use(PersistentCache(place), lines)
            os._exit(0)
        killed = os.waitpid(child, 0)[1] == signal.SIGKILL
        found = dict(cache.items())
        new = {"short": b"new", "long": b"new" * 3000, "fresh": b"new", "made": b"new"}
        assert found.keys() >= old.keys(), found
        assert all(found[key] in (old.get(key), new[key]) for key in found), found
        assert cache.get_or_create("made", lambda: b"new") == b"new"
        assert cache.statistics.failures == 0
        if not killed:
            assert found == new
            return lines - 1
    raise AssertionError


def _use(cache: PersistentCache[bytes], lines: int) -> None:
    left = lines

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal left
        if Path(frame.f_code.co_filename).parent != CODE:
            return None
        if event == "line":
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    cache["short"] = b"new"
    cache["long"] = b"new" * 3000
    cache["fresh"] = b"new"
    cache.get_or_create("made", lambda: b"new")
    sys.settrace(None)


if __name__ == "__main__":
    print(kill_at_each_line(Path(sys.argv[1])))
