"""Record until the disk is full, which a limit on the file size stands for; then free it.

Usage: filled_disk.py PATH. Prints the error, its hint, and how many values were recorded.
"""

import resource
import sys

from goobits_monitor._errors import HistoryError
from goobits_monitor._history._monitor import PerformanceMonitor

with PerformanceMonitor(sys.argv[1], machine="test") as monitor:
    monitor.record("start-up", 0)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    recorded = 1
    try:
        for number in range(1, 10_000):
            monitor.record("start-up", number, label="x" * 100)
            recorded += 1
    except HistoryError as error:
        print(error)
        print(error.hint)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    monitor.record("start-up", recorded)
    print(recorded + 1)
