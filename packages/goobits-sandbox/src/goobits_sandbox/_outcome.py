"""How a guest ended, what it used and what it changed."""

from __future__ import annotations

from goobits_sandbox._frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Reason = Literal[
        "exited",
        "signalled",
        "timed_out",
        "cpu",
        "memory",
        "processes",
        "disk",
        "output",
        "cancelled",
    ]


class Usage(Frozen):
    """What a guest used: `wall` and `cpu` seconds, `memory` bytes at the peak, `output` bytes.

    `memory` is the larger of its largest process and of all together: what a control group says,
    or what was seen when they were looked at, every 10 to 100 ms.
    """

    wall: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    output: int = 0


class Refused(Frozen):
    """What a guest wrote and the host did not take: its path, and why."""

    path: str
    why: str


class Changes(Frozen):
    """What a guest changed on the host: absolute paths.

    `written` holds new and changed files, links and folders, `deleted` what is gone, `refused` what
    was not allowed, `conflicts` what somebody else changed meanwhile and was left as it is.
    """

    written: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    conflicts: tuple[str, ...] = ()


class Decision(Frozen):
    """What the proxy said to one request for `host` and `port`: allowed, or why not."""

    host: str
    port: int
    allowed: bool
    why: str = ""


class Outcome(Frozen):
    """How a guest ended.

    `exit_code` is the guest's own where `reason` is "exited", 128 and the number of the signal
    where it is "signalled", 124 where it is "timed_out", 130 where it is "cancelled", 137 where
    another limit ended it. `stdout` and `stderr` hold what no sink took. `message` says in one
    sentence what the host did, where it did something.
    """

    reason: Reason
    exit_code: int
    message: str = ""
    stdout: bytes = b""
    stderr: bytes = b""
    usage: Usage = Usage()
    changes: Changes = Changes()
    decisions: tuple[Decision, ...] = ()
