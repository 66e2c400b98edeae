"""Run one control as the only program, but for a victim, of a throw-away process namespace.

python attack_confined.py SECONDS COMMAND...
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """Run the command, and tell whether the victim has outlived it."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    victim = subprocess.Popen(
        ["sleep", "60"], restore_signals=True, preexec_fn=_default, stdout=-3, stderr=-3
    )
    guest = subprocess.Popen(sys.argv[2:], preexec_fn=_default)
    with contextlib.suppress(subprocess.TimeoutExpired):
        guest.wait(float(sys.argv[1]))
    state = Path(f"/proc/{victim.pid}/stat").read_text().split()[2]
    if victim.poll() is not None or state in "Tt":
        print(f"VICTIM harmed: {victim.poll()} {state}", flush=True)


def _default() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


if __name__ == "__main__":
    main()
