"""What a command imports is told by the interpreter, among whatever else it writes."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from goobits_monitor._errors import (
    CommandError,
    CommandNotFoundError,
    CommandTimeoutError,
)
from goobits_monitor._programs._imports import (
    Import,
    ImportTree,
    import_tree,
    parse_import_times,
)
from goobits_monitor._programs._runtimes import find_runtime
from hypothesis import given
from hypothesis import strategies as st

HEADER = "import time: self [us] | cumulative | imported package"
posix = pytest.mark.skipif(os.name == "nt", reason="needs sh, or signals")


def node(name: str, own: int, *children: Import) -> Import:
    """An import with times in microseconds, as they come from the interpreter."""
    seconds = own / 1e6
    total = seconds + sum(child.total for child in children)
    return Import(name, seconds, total, children)


def tree(*roots: Import) -> ImportTree:
    return ImportTree(roots, 1)


def render(module: Import, depth: int = 0) -> list[str]:
    """Write an import as CPython does: after its children, two spaces for each level."""
    own, total = round(module.own * 1e6), round(module.total * 1e6)
    lines = [line for child in module.children for line in render(child, depth + 1)]
    line = f"import time: {own:9} | {total:10} | {'  ' * depth}{module.name}"
    return [*lines, line]


names = st.from_regex(r"[a-zé_][a-z _]*(\.[a-z_]+)*", fullmatch=True)
costs = st.integers(0, 10**12)
modules = st.recursive(
    st.builds(node, names, costs),
    lambda inner: st.builds(
        lambda name, own, children: node(name, own, *children),
        names,
        costs,
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)
forests = st.lists(modules, max_size=4).map(tuple)
noise = st.text(max_size=30).filter(lambda text: "import time" not in text)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A program whose imports cost what their names say."""
    sources = {
        "main.py": "import importer\nimport package.inner.module\n"
        "def late():\n    import in_function\nlate()\n",
        "importer.py": "import slow\n",
        "slow.py": "import time\nend = time.process_time() + 0.03\n"
        "while time.process_time() < end: pass\n",
        "in_function.py": "",
        "package/__init__.py": "from package import first\n",
        "package/first.py": "import time\ntime.sleep(0.01)\n",
        "package/inner/__init__.py": "",
        "package/inner/module.py": "from package import first\n",
    }
    for name, source in sources.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    return tmp_path


def script(folder: Path, source: str) -> list[str]:
    path = folder / "program.py"
    path.write_text(source)
    return [sys.executable, str(path)]


def named(tree: ImportTree) -> dict[str, Import]:
    return {module.name: module for module in tree.walk()}


def pythons() -> list[str]:
    """Return every Python that is found and runs, this one first."""
    found = [sys.executable]
    for name in ("python3.12", "python3.13", "python3.14", "python3.15"):
        ask = [name, "-c", "import sys; print('python%d.%d' % sys.version_info[:2])"]
        with suppress(FileNotFoundError):
            done = subprocess.run(ask, capture_output=True, text=True, timeout=30)
            found += [name] if done.stdout.strip() == name else []
    return found


@pytest.fixture(params=pythons())
def interpreter(request: pytest.FixtureRequest) -> str:
    """Return one of several Pythons, as each release may write in another way."""
    name = request.param
    assert isinstance(name, str)
    return shutil.which(name) or name


def test_children_are_what_a_module_imported_first() -> None:
    """The lines come as imports end, so that parents stand below."""
    lines = [
        "import time:        10 |         10 |     a.x",
        "import time:         5 |          5 |     a.y",
        "import time:       100 |        115 |   a",
        "import time:         1 |        116 | top",
        "import time:         7 |          7 | other",
    ]
    a = node("a", 100, node("a.x", 10), node("a.y", 5))
    expected = node("top", 1, a), node("other", 7)
    assert parse_import_times("\n".join([HEADER, *lines])) == expected
    assert expected[0].total == pytest.approx(116e-6)


@given(forests, st.data())
def test_rendered_trees_are_read_back(
    roots: tuple[Import, ...], data: st.DataObject
) -> None:
    """Whatever the program itself writes stands between the lines, or glued to them."""
    lines = [HEADER, *(line for root in roots for line in render(root))]
    text = "".join(f"{data.draw(noise)}{line}\n" for line in lines)
    assert parse_import_times(text + data.draw(noise)) == roots
    assert parse_import_times(text.replace("\n", "\r\n")) == roots


def test_lines_of_another_process_are_left_out() -> None:
    """A second interpreter imports the same again, and it would count twice."""
    line = "import time:         1 |          1 | {}\n"
    first, second = line.format("first"), line.format("second")
    text = f"{HEADER}\n{first}{HEADER}\n{second}"
    assert parse_import_times(text) == (node("first", 1),)
    assert parse_import_times(first) == (node("first", 1),)
    assert parse_import_times("no import time: 1 | 2 |\n") == ()


def test_times_below_zero_are_none() -> None:
    """Threads that take turns make the interpreter subtract what it never added."""
    text = "import time:       -12 |          8 | a\n"
    assert parse_import_times(text) == (node("a", 0),)


def test_import_that_never_ended_leaves_its_children() -> None:
    """A program may leave, or be killed, while it imports."""
    text = "import time:         3 |          3 |     deep\n"
    assert parse_import_times(text) == (node("deep", 3),)


def test_cached_imports_cost_nothing() -> None:
    """Python 3.14 lists them when it is asked for -X importtime=2."""
    cached = "import time: cached    | cached     |   sys\n"
    text = f"{HEADER}\n{cached}import time:         3 |          3 | a\n"
    assert parse_import_times(text) == (node("a", 3),)


def test_deep_imports_do_not_overflow() -> None:
    """A generated package can be nested deeper than Python's own stack."""
    depth = 2_000
    line = "import time:         1 |          1 | "
    text = "\n".join(line + "  " * level + "m" for level in reversed(range(depth)))
    deep = ImportTree(parse_import_times(text), 1)
    assert deep.count == depth
    assert deep.total == pytest.approx(depth / 1e6)
    assert deep.by_package() == {"m": pytest.approx(depth / 1e6)}
    assert deep.without(tree(node("m", 1))).count == 0
    assert deep.without(tree()).count == depth
    assert "children" not in repr(deep)


def test_packages_are_ranked_by_their_own_time() -> None:
    """A parent's total would count its children's packages as its own."""
    roots = node("b.x", 5, node("a", 7)), node("b", 1), node("c", 7)
    costs = tree(*roots).by_package()
    assert list(costs) == ["a", "c", "b"]
    assert costs["b"] == pytest.approx(6e-6)


def test_children_take_the_place_of_what_is_left_out() -> None:
    """`site` may import, by a .pth file, what only this environment has."""
    site = node(
        "site", 9, node("os", 9), node("hook", 2, node("os", 4), node("own", 3))
    )
    own = tree(site, node("main", 1)).without(
        tree(node("x", 1, node("site", 2)), node("os", 1))
    )
    assert own == tree(node("hook", 2, node("own", 3)), node("main", 1))


@given(forests, forests)
def test_without_keeps_every_other_module(
    roots: tuple[Import, ...], bare: tuple[Import, ...]
) -> None:
    """Nothing is lost, turned round or counted twice."""
    whole, known = tree(*roots), {module.name for module in tree(*bare).walk()}
    rest = whole.without(tree(*bare))
    kept = [module for module in whole.walk() if module.name not in known]
    assert [(it.name, it.own) for it in rest.walk()] == [
        (it.name, it.own) for it in kept
    ]
    assert rest.total == pytest.approx(sum(it.own for it in kept))
    for module in rest.walk():
        below = sum(child.total for child in module.children)
        assert module.total == pytest.approx(module.own + below)
    assert whole.without(tree()) == whole


def test_tree_of_a_project(project: Path, interpreter: str) -> None:
    """The most expensive module is found, with who imported it and what it cost."""
    command = [interpreter, "main.py"]
    whole = import_tree(command, runs=1, folder=project)
    bare = import_tree(find_runtime(command).bare, runs=1, folder=project)
    rest = whole.without(bare)
    found = named(rest)
    assert max(rest.walk(), key=lambda module: module.own).name == "slow"
    assert 0.03 <= found["slow"].own < 1
    assert [child.name for child in found["importer"].children] == ["slow"]
    assert found["importer"].total >= found["slow"].total
    assert "in_function" in found
    # time.sleep costs no CPU: what is measured is the time that passes.
    assert found["package.first"].own >= 0.01
    assert "package" in [child.name for child in found["package.inner"].children]
    assert next(iter(rest.by_package())) == "slow"
    assert "site" in named(whole)
    assert "site" not in found


def test_modules_that_threads_import_are_all_found(tmp_path: Path) -> None:
    """Their places in the tree are chance, but none may be lost."""
    for number in range(8):
        source = f"import time; time.sleep(0.00{number}); import leaf{number}"
        (tmp_path / f"branch{number}.py").write_text(source)
        (tmp_path / f"leaf{number}.py").write_text("import time; time.sleep(0.001)")
    source = """
import threading
def load(number): __import__(f"branch{number}")
threads = [threading.Thread(target=load, args=(number,)) for number in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""
    found = named(import_tree(script(tmp_path, source), runs=1))
    expected = {f"{kind}{number}" for kind in ("branch", "leaf") for number in range(8)}
    assert expected <= set(found)
    assert all(module.own >= 0 for module in found.values())


def test_median_is_taken_module_by_module(tmp_path: Path) -> None:
    """One run that the machine held up must not count; nor must a rare import."""
    (tmp_path / "varying.py").write_text(
        "import os, time\nfrom pathlib import Path\n"
        "run = Path('runs').stat().st_size if Path('runs').exists() else 0\n"
        "Path('runs').write_text('x' * (run + 1))\n"
        "time.sleep([0.3, 0.01, 0.05][run])\n"
        "import leaf\n"
        "if run == 1: import rare\n"
        "if run != 1: import common\n"
    )
    for name in ("leaf", "rare", "common"):
        (tmp_path / f"{name}.py").touch()
    result = import_tree(script(tmp_path, "import varying"), runs=3, folder=tmp_path)
    found = named(result)
    assert result.runs == 3
    assert (tmp_path / "runs").stat().st_size == 3
    assert 0.05 <= found["varying"].own < 0.3
    children = [child.name for child in found["varying"].children]
    assert children[-2:] == ["leaf", "common"]
    assert "rare" not in found


@pytest.mark.parametrize("program", ["pytest", "mypy"])
def test_console_script_tells_its_imports(program: str) -> None:
    """These are what users measure: launchers, packages, compiled modules."""
    command = Path(sys.executable).with_name(program)
    if not command.exists():
        pytest.skip(f"there is no {program}")
    result = import_tree([command, "--version"], runs=1)
    bare = import_tree(find_runtime([command]).bare, runs=1)
    rest = result.without(bare)
    assert {"pytest": "_pytest", "mypy": "mypy"}[program] in rest.by_package()
    assert 0 < rest.total < result.total
    assert rest.count > 50


def test_module_run_by_name_tells_its_imports(interpreter: str) -> None:
    """`python -m` imports the package before it runs the module."""
    result = import_tree([interpreter, "-m", "json.tool", "--help"], runs=1)
    assert {"json", "argparse"} <= set(named(result))


def test_what_is_no_python_has_no_imports() -> None:
    """An empty tree would say that a native program imports nothing."""
    ruff = shutil.which("ruff", path=os.path.dirname(sys.executable)) or "ls"
    with pytest.raises(CommandError, match="told of no imports") as caught:
        import_tree([ruff, "--version"])
    assert caught.value.words == (ruff, "--version")
    assert "CPython" in caught.value.hint
    assert "native" in caught.value.hint


def test_python_that_only_prints_its_version_has_no_imports() -> None:
    """It ends before the first import."""
    with pytest.raises(CommandError, match="told of no imports") as caught:
        import_tree([sys.executable, "--version"])
    assert "options of the interpreter" in caught.value.hint


@posix
def test_first_python_behind_a_wrapper_counts(tmp_path: Path) -> None:
    """A shell script cannot be given an option, but a variable reaches its children."""
    wrapper = tmp_path / "wrapper"
    python = shlex.quote(sys.executable)
    wrapper.write_text(
        f"#!/bin/sh\n{python} -c 'import json'\n{python} -c 'import decimal'\n"
    )
    wrapper.chmod(0o755)
    found = named(import_tree([wrapper], runs=1))
    assert "json" in found
    assert "decimal" not in found
    with pytest.raises(CommandError, match="told of no imports"):
        import_tree(["env", "A=1", sys.executable, "-I", "-c", "import json"], runs=1)


@pytest.mark.parametrize("variable", [{}, {"PYTHONPROFILEIMPORTTIME": "1"}])
def test_children_of_the_program_do_not_count(
    variable: dict[str, str], tmp_path: Path
) -> None:
    """What a child process imports is another command's cost."""
    source = (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'import wave'])\nimport json\n"
    )
    environment = {**os.environ, **variable}
    command = script(tmp_path, source)
    found = named(import_tree(command, runs=1, environment=environment))
    assert "json" in found
    assert "wave" not in found


def test_output_of_the_program_does_not_disturb(tmp_path: Path) -> None:
    """A pipe would be full at 64 KiB, and the text before a line has no end."""
    source = (
        "import sys\nsys.stdout.write('x' * 2_000_000)\nsys.stderr.write('y' * 2_000_000)\n"
        "sys.stderr.flush()\nassert sys.stdin.read() == ''\nimport json\n"
        "sys.stderr.buffer.write(b'\\xff\\xfe')\n"
    )
    command = script(tmp_path, source)
    started = time.monotonic()
    found = named(import_tree(command, runs=1, timeout=30))
    assert time.monotonic() - started < 20
    assert [child.name for child in found["json"].children] == [
        "json.decoder",
        "json.encoder",
    ]


@pytest.mark.parametrize(
    "ending",
    [
        "raise SystemExit(3)",
        "raise ValueError",
        "os._exit(1)",
        pytest.param("os.kill(os.getpid(), 9)", marks=posix),
    ],
)
def test_exit_code_does_not_matter(ending: str, tmp_path: Path) -> None:
    """A usage error is as good a run as any to see the imports of a command."""
    (tmp_path / "ends.py").write_text(f"import json\nimport os\n{ending}\n")
    found = named(import_tree(script(tmp_path, "import ends"), runs=1))
    assert "json.decoder" in found


@posix
def test_command_that_does_not_end_is_killed_with_its_children(tmp_path: Path) -> None:
    """A forgotten server would disturb all that is measured later."""
    source = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(str(child.pid))
time.sleep(60)
"""
    number = tmp_path / "number"
    command = [*script(tmp_path, source), str(number)]
    with pytest.raises(CommandTimeoutError, match=r"within 1\.5 s") as caught:
        import_tree(command, runs=3, timeout=1.5)
    assert caught.value.seconds == 1.5
    assert caught.value.words == tuple(command)
    assert ends(int(number.read_text()))


def ends(number: int) -> bool:
    """Wait for the end of a process, which may be left as a zombie."""
    try:
        psutil.Process(number).wait(timeout=5)
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return psutil.Process(number).status() == psutil.STATUS_ZOMBIE
    return True


def test_command_that_cannot_start_is_an_error(tmp_path: Path) -> None:
    """Errors of the system come without the command they are about."""
    with pytest.raises(CommandNotFoundError):
        import_tree(["no-such-program"])
    with pytest.raises(CommandError, match="cannot be started") as caught:
        import_tree([sys.executable], folder=tmp_path / "missing")
    assert caught.value.words == (sys.executable,)
    with pytest.raises(ValueError, match="0 runs"):
        import_tree([sys.executable], runs=0)
