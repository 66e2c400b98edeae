"""`bomb`: a probe that uses up what the host has, under small limits."""

from __future__ import annotations

from attack_probe import MIB, Probe

SMALL = (
    ("memory", 64 * MIB),
    ("disk", 4 * MIB),
    ("processes", 16),
    ("output", 64 * 1024),
    ("wall", 3.0),
)
_SHORT = (*SMALL[:4], ("wall", 1.0))
# Begin at once when all are there, so that the host sees them together.
_HOLD = """
def hold(seconds=1.5):
    sys.stdout.flush()
    time.sleep(seconds)


"""


def bomb(name: str, kind: str, why: str, source: str, **more: object) -> Probe:
    more = {"limits": SMALL, "control": "confined", **more}
    return Probe(name, kind, why, _HOLD + source, **more)


def late(name: str, kind: str, why: str, source: str, **more: object) -> Probe:
    """Return a probe that goes on for longer than its second."""
    return bomb(name, kind, why, source, limits=_SHORT, **more)
