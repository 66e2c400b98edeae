"""Signals by number: `signal` makes enumerations of them, which costs 5 ms of every start."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]

SIGHUP, SIGINT, SIGKILL, SIGPIPE, SIGTERM, SIGXCPU = 1, 2, 9, 13, 15, 24


def send(process: int, number: int) -> None:
    """Send a signal to the process of a pidfd, if it is still there."""
    try:
        _signal.pidfd_send_signal(process, number)
    except ProcessLookupError:
        return


def handle(number: int, handler: object) -> object:
    """Have a signal handled, and return what handled it before."""
    before: object = _signal.signal(number, handler)
    return before


def name(number: int) -> str:
    """Return the name of a signal."""
    import signal

    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
