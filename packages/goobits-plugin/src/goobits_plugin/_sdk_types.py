"""What the host tells a plugin of the machine, as `sdk` hands it on; nothing runs here."""

from __future__ import annotations

from typing import TypedDict


class Process(TypedDict):
    """Sizes are bytes; `cpu` is a share of one core, `started` seconds of Unix."""

    pid: int
    parent: int
    name: str
    state: str
    cpu: float
    memory: int
    threads: int
    started: float
    own: bool


class Metrics(TypedDict):
    """Sizes are bytes; `uptime` and what is in `cpu` are seconds."""

    cpu: dict[str, float]
    memory: dict[str, int]
    load: list[float]
    disk: dict[str, int]
    network: dict[str, int]
    uptime: float
