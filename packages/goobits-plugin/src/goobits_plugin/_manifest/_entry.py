"""Whether what a manifest calls the entry is there and can be run."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from goobits_plugin._manifest._positions import Span
from goobits_plugin._manifest._report import Report, quote

TARGET = "{target}"
_TRIPLE = re.compile(r"[a-z0-9_]+(-[a-z0-9_.]+){1,3}")


def check_entry(entry: str, folder: Path, span: Span, report: Report) -> None:
    """Report an entry that is no file below the folder; one of Rust must be executable."""
    if TARGET not in entry:
        _check_file(entry, folder, span, report)
        return
    before, _, after = entry.partition(TARGET)
    found = [
        name
        for target in _targets(folder / before)
        if os.path.lexists(folder / (name := f"{before}{target}{after}"))
    ]
    if not found:
        message = f"the entry {quote(entry)} is there for no target"
        help = f"build it, and copy it to {before}x86_64-unknown-linux-gnu{after}"
        report.error("P016", message, span, help=help)
    for name in found:
        mode = _check_file(name, folder, span, report)
        if mode and not mode & 0o111:
            message = f"the entry {quote(name)} is not executable"
            report.error("P016", message, span, help=f"chmod +x {name}")


def _targets(folder: Path) -> list[str]:
    try:
        return sorted(filter(_TRIPLE.fullmatch, os.listdir(folder)))
    except OSError:
        return []


def _check_file(name: str, folder: Path, span: Span, report: Report) -> int:
    """Return the mode of a file, or 0 after reporting why there is none."""
    path = os.path.realpath(folder / name)
    root = os.path.realpath(folder)
    if not path.startswith(os.path.join(root, "")):
        message = f"the entry {quote(name)} leads out of the plugin's folder"
        report.error("P017", message, span, help="put the file itself there")
        return 0
    try:
        mode = os.stat(path).st_mode
    except OSError:
        mode = 0
    if not stat.S_ISREG(mode):
        report.error("P016", f"the entry {quote(name)} is no file", span)
        return 0
    return mode
