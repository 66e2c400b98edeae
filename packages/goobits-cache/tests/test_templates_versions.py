"""Versions of Python and of Jinja2 side by side in one folder."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import goobits_cache
import pytest

CURRENT = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHONS = tuple(dict.fromkeys((CURRENT, "3.11", "3.12", "3.13")))
JINJAS = ("3.1.2", "3.1.6")
SCRIPT = """
import sys
from goobits_cache import TemplateCache
cache = TemplateCache(sys.argv[1])
env = cache.environment(sys.argv[2], extensions=["jinja2.ext.do"])
for name in ("page", "other"):
    sys.stdout.write(env.get_template(name).render(x=[3, 1, 2]))
compiled = "jinja2.compiler" in sys.modules
import jinja2
from importlib.metadata import version
assert jinja2.__version__ == version("jinja2") == sys.argv[3]
assert sys.version.startswith(sys.argv[4])
plain = jinja2.Environment(loader=env.loader, extensions=["jinja2.ext.do"])
for name in ("page", "other"):
    sys.stdout.write("|" + plain.get_template(name).render(x=[3, 1, 2]))
sys.stdout.write(f"|{compiled} {cache.statistics.hits} {cache.statistics.failures}")
"""


def interpreter(folder: Path, python: str, jinja: str) -> Path | None:
    """Return an interpreter of that version with that Jinja2, or None where there is none."""
    uv = shutil.which("uv")
    if uv is None:
        return _missing("uv is not on the PATH")
    made = folder / f"{python}-{jinja}"
    command = (uv, "venv", "--no-python-downloads", "--python", python, made)
    if subprocess.run(command, capture_output=True, check=False).returncode:
        return None
    words = ("--python", made / "bin" / "python", f"jinja2=={jinja}")
    command = (uv, "pip", "install", *words)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return _missing(done.stderr)
    return made / "bin" / "python"


def _missing(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def interpreters(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[str, str], Path]:
    """Return an interpreter for every pair of versions, of the Pythons that are there."""
    folder = tmp_path_factory.mktemp("interpreters")
    found = {
        versions: interpreter(folder, *versions)
        for versions in itertools.product(PYTHONS, JINJAS)
    }
    return {versions: path for versions, path in found.items() if path is not None}


def test_versions_share_a_folder_and_no_code(
    interpreters: dict[tuple[str, str], Path], tmp_path: Path
) -> None:
    """Code of another Python crashes, and code of another Jinja renders something else."""
    shutil.copytree(Path(goobits_cache.__file__).parent, tmp_path / "goobits_cache")
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "page").write_text(
        "{% extends 'base' %}{% block b %}{{ x|sort|join(',') }}{% do x.append(4) %}"
        "{% for y in x if y is odd %}{{ loop.index }}{{ y|string|upper }}{% endfor %}"
        "{% endblock %}"
    )
    (templates / "base").write_text("base {% block b %}{% endblock %} {{ 1|tojson }}")
    (templates / "other").write_text(
        "{% macro m(a, b=2) %}{{ a + b }}{% endmacro %}{{ m(1) }}"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}

    def answer(versions: tuple[str, str]) -> list[str]:
        python, jinja = versions
        command = (interpreters[versions], "-W", "error", "-c", SCRIPT)
        arguments = (tmp_path / "codes", templates, jinja, python)
        done = subprocess.run(
            (*command, *arguments),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split("|")

    for found in ("True 0 0", "False 3 0"):
        for versions in interpreters:
            rendered, *plain, counted = answer(versions)
            assert rendered == "".join(plain)
            assert counted == found, versions
    missing = [python for python in PYTHONS if (python, JINJAS[0]) not in interpreters]
    if missing:
        pytest.skip(f"this was without Python {', '.join(missing)}: not installed")
