"""Each layer, taken away in turn, lets attacks through: none is there for show.

Where two layers hold the same attack, both are taken away.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_RUN = Path(__file__).parent / "attacks" / "attack_run.py"
_SOURCE = Path(__file__).parent.parent / "src"
_PYTHON = "/usr/bin/python3"
# The layers that are taken away, and the kinds of attacks that come through then.
LAYERS = {
    "pid namespace": "proc,signals",
    "net namespace+Landlock": "ipv6,tcp",
    "ipc namespace+seccomp": "sysv-ipc",
    "uts namespace": "identity",
    "file system": "files,plugin-store",
    "secrets masked": "files",
    "commit": "autorun,git,links",
    "seccomp": "keyrings,vsock",
    "Landlock": "proc,ptrace",
    "limits": "inodes",
    "environment": "environment",
    "proxy": "dns,tcp",
}


def _escapes(layers: str, kinds: str) -> dict[str, list[str]]:
    done = subprocess.run(
        [
            *("unshare", "--net", "--", _PYTHON, str(_RUN), "--mode=inside"),
            *(f"--without={layers}", f"--kind={kinds}"),
        ],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(_SOURCE)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    seen = {
        str(result["name"]): [
            said for said in result["inside"] if not said.startswith("error:")
        ]
        for result in found
    }
    return {name: said for name, said in seen.items() if said}


@pytest.mark.parametrize("layers", LAYERS)
def test_layer_that_is_missing_lets_attacks_through(
    layers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A layer whose removal frees nothing is not tested."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can make the world in which attacks are run")
    escapes = _escapes(layers, LAYERS[layers])
    with capsys.disabled():
        print(f"\nwithout {layers}: {len(escapes)} attacks come through")
    assert escapes


@pytest.mark.parametrize(
    ("layers", "attempt"),
    [
        ("pid namespace+Landlock", "reached a process of the host"),
        ("file system", "read a file of the host"),
        ("seccomp", "made a socket to a hypervisor"),
        ("Landlock", "read the environment of the sandbox's init"),
        ("net namespace+Landlock", "reached a port of the host"),
    ],
)
def test_self_test_misses_the_layer(
    layers: str, attempt: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked on systems where something does not hold as it does here."""
    import attack_layers
    from goobits_sandbox import UnavailableError, _bwrap, _plan, _selftest

    made = _selftest.test_plan
    for layer in layers.split("+"):
        change = attack_layers._CHANGES[layer]
        before = _selftest.test_plan
        monkeypatch.setattr(
            _selftest,
            "test_plan",
            lambda *words, change=change, before=before: change(before(*words)),
        )
        if layer == "Landlock":
            monkeypatch.setattr(_plan, "_OURS", _plan._OURS)
            attack_layers._remove_landlock(str(tmp_path))
    assert _selftest.test_plan is not made
    with pytest.raises(UnavailableError, match=attempt):
        _selftest.attack(_bwrap.find(), staged=False)
