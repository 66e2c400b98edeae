"""What templates cost: compiled each time, with Jinja's own bytecode cache, and with ours."""

from __future__ import annotations

import marshal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import jinja2
import pytest
import template_corpus
from goobits_cache import TemplateCache
from harness import Measure
from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS = 15

# A program that renders: the folder of this benchmark, the mode, how many pages.
PROGRAM = """
import marshal, sys
folder, mode, pages = sys.argv[1:]
with open(folder + "/context", "rb") as file:
    names, context = marshal.load(file)
if mode == "goobits":
    from goobits_cache import TemplateCache
    env = TemplateCache(folder + "/codes").environment(folder + "/site", autoescape=True)
else:
    from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
    codes = FileSystemBytecodeCache(folder + "/jinja") if mode == "jinja" else None
    loader = FileSystemLoader(folder + "/site")
    env = Environment(loader=loader, autoescape=True, bytecode_cache=codes)
for name in names[: int(pages)]:
    sys.stdout.write(env.get_template(name).render(context))
"""


class Run(Protocol):
    """Makes the command that renders so many pages in one mode."""

    def __call__(self, mode: str, pages: int) -> tuple[str | Path, ...]: ...


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with the site, its context and the program that renders it."""
    for name in ("site", "codes", "jinja"):
        (tmp_path / name).mkdir(mode=0o700)
    template_corpus.write(tmp_path / "site")
    context = template_corpus.context("measured")
    known = marshal.dumps((template_corpus.PAGES, context))
    (tmp_path / "context").write_bytes(known)
    (tmp_path / "render.py").write_text(PROGRAM, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(tree: Path, site: Path) -> Run:
    """Return what makes the commands, for an installation as pip leaves it."""
    python = site / "env" / "bin" / "python"
    package = f"{tree / 'packages' / 'goobits-cache'}[jinja2]"
    wanted = (package, f"jinja2=={jinja2.__version__}")
    for words in (
        ("uv", "venv", "--python", sys.executable, site / "env"),
        ("uv", "pip", "install", "--compile-bytecode", "--python", python, *wanted),
    ):
        subprocess.run([str(word) for word in words], check=True, capture_output=True)

    def command(mode: str, pages: int) -> tuple[str | Path, ...]:
        return python, site / "render.py", site, mode, str(pages)

    return command


@pytest.mark.parametrize("pages", [1, len(template_corpus.PAGES)])
def test_fresh_process(run: Run, pages: int, measure: Measure) -> None:
    """The whole process, from the start of the interpreter, everything compiled before."""
    outputs = {
        subprocess.run(run(mode, pages), check=True, capture_output=True).stdout
        for mode in ("compiled", "jinja", "goobits", "jinja", "goobits")
    }
    assert len(outputs) == 1
    candidates = {
        "python -c pass": (run("compiled", pages)[0], "-c", "pass"),
        "Jinja's bytecode cache": run("jinja", pages),
        "TemplateCache": run("goobits", pages),
    }
    measure(
        f"{pages} of {len(template_corpus.PAGES)} pages, against compiling them",
        run("compiled", pages),
        candidates,
        pairs=ROUNDS,
    )


def test_one_process(
    site: Path, benchmark: BenchmarkFixture, tell: Callable[[str], None]
) -> None:
    """All pages with a new environment, in a process that has imported everything."""
    context = template_corpus.context("measured")
    loader = jinja2.FileSystemLoader(site / "site")
    codes = jinja2.FileSystemBytecodeCache(str(site / "jinja"))
    cache = TemplateCache(site / "codes")

    def plain(codes: jinja2.BytecodeCache | None = None) -> list[str]:
        env = jinja2.Environment(loader=loader, autoescape=True, bytecode_cache=codes)
        return [env.get_template(n).render(context) for n in template_corpus.PAGES]

    def ours() -> list[str]:
        env = cache.environment(loader, autoescape=True)
        return [env.get_template(n).render(context) for n in template_corpus.PAGES]

    assert plain() == plain(codes) == ours()
    ways = {"no cache": plain, "Jinja's": lambda: plain(codes), "TemplateCache": ours}
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            before = time.process_time()
            way()
            costs[name].append(time.process_time() - before)
    medians = {name: sorted(found)[ROUNDS // 2] for name, found in costs.items()}
    tell("all pages in one process, how many times faster than without a cache")
    for name in ("Jinja's", "TemplateCache"):
        tell(f"  {name:32} {medians['no cache'] / medians[name]:.1f}")
    benchmark.pedantic(ours, rounds=ROUNDS)
