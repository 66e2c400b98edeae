"""What is imported, and when."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"asyncio", "dataclasses", "pathlib", "subprocess", "threading", "typing"}
HEAVY |= {"jinja2", "packaging", "tomllib", "goobits_engine"}


def test_run_of_a_plugin_imports_nothing_heavy() -> None:
    """It stands before every command of every plugin."""
    lines = (
        "import sys, goobits_plugin as p\n"
        "p.execute, p.PluginHost, p.Record\n"
        "import goobits_plugin._host._channel, goobits_plugin._host._session\n"
        "print(*(name.partition('.')[0] for name in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path = {sys.path!r}\n{lines}"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert HEAVY & set(done.stdout.split()) == set()


def test_sdk_imports_nothing_of_the_host() -> None:
    """A plugin starts as fast as its interpreter lets it."""
    lines = "import goobits_plugin.sdk, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path = {sys.path!r}\n{lines}"],
        capture_output=True,
        check=True,
        text=True,
    )
    found = set(done.stdout.split())
    ours = {name for name in found if name.startswith("goobits")}
    assert ours == {"goobits_plugin", "goobits_plugin.sdk"}
    assert HEAVY & {name.partition(".")[0] for name in found} == set()
