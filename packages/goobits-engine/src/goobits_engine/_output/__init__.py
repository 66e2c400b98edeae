"""From artifacts to files on a disk: what has to be written, and writing it all or nothing."""

from goobits_engine._output._lock import LOCK_NAME
from goobits_engine._output._plan import (
    Change,
    lock_content,
    lock_state,
    plan,
    refuse_edited,
)
from goobits_engine._output._writer import staged, write_all

__all__ = [
    "LOCK_NAME",
    "Change",
    "lock_content",
    "lock_state",
    "plan",
    "refuse_edited",
    "staged",
    "write_all",
]
