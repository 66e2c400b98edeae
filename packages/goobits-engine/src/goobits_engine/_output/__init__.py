"""From artifacts to files on a disk: what has to be written, and writing it all or nothing."""

from goobits_engine._output._lock import LOCK_NAME, Lock
from goobits_engine._output._plan import Change, plan, refuse_edited
from goobits_engine._output._writer import replace_file, write_all

__all__ = [
    "LOCK_NAME",
    "Change",
    "Lock",
    "plan",
    "refuse_edited",
    "replace_file",
    "write_all",
]
