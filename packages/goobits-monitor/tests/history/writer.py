"""Record values one by one, and say on stdout when each is recorded.

Usage: writer.py PATH LABEL COUNT. It begins when a line arrives on stdin.
"""

import sys
from itertools import count

from goobits_monitor._history._monitor import PerformanceMonitor

path, label, records = sys.argv[1], sys.argv[2], int(sys.argv[3])
with PerformanceMonitor(path, machine="test") as monitor:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(records) if records else count():
        monitor.record("start-up", number, label=label)
        print(number, flush=True)
