"""Kill writers of a cache on disk at random moments; every entry must be old or new.

Usage: hatch run python .ci/long/cache_kills.py [times]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "packages" / "goobits-cache" / "tests"))

import killed_writers


def main(times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        busy = killed_writers.kill_at_random(Path(folder), times)
    print(f"{times} writers were killed, {busy} while they wrote; each entry was whole")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
