"""What a guest writes to a terminal: as it is outside, as text and colours inside."""

from __future__ import annotations

import os
from pathlib import Path

import attack_terminal
import pytest
from attack_probe import Probe

PYTHON = "/usr/bin/python3"
SHARED = "import glob, os, sys, time\n"


@pytest.mark.parametrize("probe", attack_terminal.PROBES, ids=lambda probe: probe.name)
def test_terminal_obeys_it_outside_and_not_inside(
    probe: Probe, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal that obeys a guest types in the user's name, or shows what is not so."""
    if not os.path.exists(PYTHON):
        pytest.skip(f"there is no {PYTHON}")
    (project / "out").mkdir()
    monkeypatch.chdir(project)
    (project / "probe.py").write_text(SHARED + probe.source)
    command = (PYTHON, "probe.py", probe.name)
    control = attack_terminal.shown(command, 5)
    assert list(attack_terminal.obeyed(control))
    inside = attack_terminal.shown(
        attack_terminal.sandboxed(command, "/usr/bin/bwrap"), 10
    )
    assert list(attack_terminal.obeyed(inside)) == []
