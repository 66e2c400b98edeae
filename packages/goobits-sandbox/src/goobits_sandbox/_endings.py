"""How a run ended, told from what the launcher said and what the host did."""

from __future__ import annotations

import os

from goobits_sandbox._refusals import check
from goobits_sandbox._signals import SIGXCPU, name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._outcome import Reason
    from goobits_sandbox._policy import Limits
    from goobits_sandbox._running import Running

_KILLED = 137
_CODES = {"timed_out": 124, "cancelled": 130}


def how_it_ended(running: Running, limits: Limits) -> tuple[Reason, int, str]:
    """Return why a guest ended, its exit code, and what the host did, in a sentence.

    Raises:
        UnavailableError: it never began.
        CommandNotFoundError: it is no program.
    """
    if running.reason is not None:
        code = _CODES.get(running.reason, _KILLED)
        return running.reason, code, _limit(running.reason, limits)
    check(running)
    status = running.status
    if status is None:
        return "signalled", _KILLED, "the guest's own init was killed"
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == SIGXCPU:
            return "cpu", _KILLED, _limit("cpu", limits)
        return "signalled", 128 + number, f"killed by {name(number)}"
    return "exited", os.WEXITSTATUS(status), ""


def _limit(reason: Reason, limits: Limits) -> str:
    return {
        "timed_out": f"ended after {limits.wall:g} s, all the time it had",
        "cpu": f"ended after {limits.cpu:g} s of CPU, all it had",
        "memory": f"ended: it used more than {limits.memory} bytes of memory",
        "processes": f"ended: it had more than {limits.processes} processes",
        "disk": f"ended: it made more than {limits.entries} files and folders",
        "output": f"ended: it wrote more than {limits.output} bytes of output",
        "cancelled": "ended, as it was cancelled",
    }[reason]
