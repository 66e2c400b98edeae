"""Where a history lies, and what the machine is called in it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 200
"""How many characters a name may have."""


def default_history_path(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Path:
    """Return where a user's history lies: among the state that programs keep."""
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        folder = Path(local) if local else Path.home() / "AppData" / "Local"
    elif platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        state = Path(environment.get("XDG_STATE_HOME", ""))
        folder = state if state.is_absolute() else Path.home() / ".local" / "state"
    return folder / "goobits" / "monitor.sqlite3"


def machine_name() -> str:
    """Describe the machine as far as it decides what something costs; it names no one."""
    import platform

    cores = os.cpu_count() or 1
    parts = [
        f"{platform.system()} {platform.machine()}",
        f"{cores} core{'s' * (cores != 1)}",
        _processor(),
    ]
    return ", ".join(part for part in parts if part)[:LONGEST]


def _processor(linux: Path = Path("/proc/cpuinfo")) -> str:
    """Return the name that the maker gave the processor, or nothing if none is told."""
    name = ""
    if sys.platform == "linux":
        with suppress(OSError):
            for line in linux.read_text(errors="replace").splitlines():
                key, _, value = line.partition(":")
                if key.strip() == "model name":
                    name = value
                    break
    elif sys.platform == "darwin":
        import subprocess

        question = ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]
        with suppress(OSError, subprocess.SubprocessError):
            name = subprocess.check_output(question, text=True, timeout=5)
    else:
        name = os.environ.get("PROCESSOR_IDENTIFIER", "")
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())
