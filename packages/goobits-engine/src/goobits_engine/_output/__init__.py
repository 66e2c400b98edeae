"""From artifacts to files on a disk: what has to be written, and writing it all or nothing."""

from goobits_engine._output._lock import LOCK_NAME, Lock
from goobits_engine._output._plan import Change, State, lock_state, plan, refuse_edited
from goobits_engine._output._writer import staged, write_all

__all__ = [
    "LOCK_NAME",
    "Change",
    "Lock",
    "State",
    "lock_state",
    "plan",
    "refuse_edited",
    "staged",
    "write_all",
]
