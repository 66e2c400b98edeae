"""Record the noise of this machine, for the tests of the gate.

    python record_noise.py NAME RUNS [--pin] [--busy N] -- COMMAND

It writes noise/NAME.json: the CPU time, in microseconds, of one command that is run back to back,
optionally on one CPU, and beside N processes that keep the machine busy in bursts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
from goobits_monitor._measuring._runners import open_runner

BURSTS = """
import random, time
while True:
    until = time.perf_counter() + random.uniform(0.01, 0.5)
    while time.perf_counter() < until:
        sum(n * n for n in range(1000))
    time.sleep(random.uniform(0.01, 0.5))
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("runs", type=int)
    parser.add_argument("--pin", action="store_true")
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    others = [
        subprocess.Popen([sys.executable, "-c", BURSTS]) for _ in range(options.busy)
    ]
    try:
        with open_runner(pin=options.pin) as runner:
            usages = [runner.run(options.command) for _ in range(options.runs)]
    finally:
        for other in others:
            other.kill()
            other.wait()
    recorded = {
        "command": " ".join(options.command).replace(sys.executable, "python"),
        "pinned": options.pin,
        "busy": options.busy,
        "cpus": psutil.cpu_count(),
        "python": sys.version.split()[0],
        "system": f"{os.uname().sysname} {os.uname().machine}",
        "cpu_us": [round(usage.cpu * 1e6) for usage in usages],
    }
    path = Path(__file__).with_name("noise") / f"{options.name}.json"
    path.write_text(json.dumps(recorded) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
