"""Checking a file stays cheap: what it does not need is not imported."""

import subprocess
import sys
from pathlib import Path

import goobits_engine

from .documents import MINIMAL

COSTLY = (
    "dataclasses",
    "inspect",
    "typing",
    "json",
    "jinja2",
    "goobits_engine._program",
)


def imported(code: str) -> set[str]:
    """Return the modules that `code` has imported at its end, in a fresh interpreter.

    The package's own `__init__` is left out: it offers much more than configurations.
    """
    folder = Path(goobits_engine.__file__).parent
    script = (
        "import sys, types\n"
        "package = types.ModuleType('goobits_engine')\n"
        f"package.__path__ = [{str(folder)!r}]\n"
        "sys.modules['goobits_engine'] = package\n"
        f"{code}\nprint(*sys.modules)"
    )
    command = [sys.executable, "-I", "-S", "-c", script]
    if "yaml" in code or "check" in code:
        command.remove("-S")
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(result.stdout.split())


def test_import_loads_no_yaml() -> None:
    """Commands that read no configuration must not pay for the parser."""
    modules = imported("import goobits_engine._config")
    assert "goobits_engine._config._parse" in modules
    assert modules.isdisjoint({"yaml", "re", *COSTLY})


def test_checking_builds_no_program() -> None:
    """`validate` needs the diagnostics alone."""
    code = f"from goobits_engine._config import check\nassert check({MINIMAL!r}) == ()"
    bare = imported("import yaml")
    assert (imported(code) - bare).isdisjoint(COSTLY)


def test_public_names_are_all_there() -> None:
    """Names that are imported late are as public as the others."""
    import goobits_engine._config as config

    for name in config.__all__:
        assert (
            getattr(config, name).__name__ if callable(getattr(config, name)) else name
        )
    assert not hasattr(config, "nope")
