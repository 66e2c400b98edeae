"""Record a first value again and again, killed one line later in `_history/` each time.

Usage: killed_creators.py FOLDER. The histories are FOLDER/1/history, FOLDER/2/history ...
It ends with the one that was not killed, and prints how many were.
"""

import os
import signal
import sys
from itertools import count
from pathlib import Path
from types import FrameType

from goobits_monitor._history import _monitor

CODE = Path(_monitor.__file__).parent


def record(path: Path, lines: int) -> None:
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

    monitor = _monitor.PerformanceMonitor(path, machine="test")
    sys.settrace(trace)
    monitor.record("start-up", 1.0)
    sys.settrace(None)
    monitor.close()


for lines in count(1):
    child = os.fork()
    if not child:
        record(Path(sys.argv[1], str(lines), "history"), lines)
        os._exit(0)
    if os.waitpid(child, 0)[1] != signal.SIGKILL:
        print(lines - 1)
        break
