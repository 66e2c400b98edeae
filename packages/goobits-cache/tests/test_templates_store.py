"""The folder of compiled templates: killed writers, many processes, no room, no trust."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from goobits_cache import TemplateCache

COUNT = 12
BEGIN = """
import sys
from goobits_cache import TemplateCache
cache = TemplateCache(sys.argv[1])
env = cache.environment(sys.argv[2])
"""
RENDER = f"""
out = [env.get_template(f"t{{n}}").render(x=n) for n in range({COUNT})]
assert out == [f"{{n}}: {{n}}" + "y" * 4000 for n in range({COUNT})], out
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of templates whose code is longer than a page of memory."""
    made = tmp_path / "templates"
    made.mkdir()
    for number in range(COUNT):
        (made / f"t{number}").write_text(f"{number}: {{{{ x }}}}" + "y" * 4000)
    return made


def start(script: str, *arguments: Path) -> subprocess.Popen[str]:
    """Start a script that has `cache` and `env`."""
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def output(process: subprocess.Popen[str]) -> str:
    """Return what a process prints that ends well."""
    out, error = process.communicate(timeout=60)
    assert process.returncode == 0, error
    return out


def test_killed_writer_leaves_nothing_that_breaks_the_next(
    tmp_path: Path, folder: Path
) -> None:
    """Twenty are killed somewhere on the way, and what they left is right or missing."""
    moments = random.Random(5)
    render = "print('ready', flush=True)\n" + RENDER
    for _ in range(20):
        process = start(render, tmp_path / "codes", folder)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.08))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        cache = TemplateCache(tmp_path / "codes")
        env = cache.environment(folder)
        for number in range(moments.randrange(COUNT)):
            wanted = f"{number}: {number}" + "y" * 4000
            assert env.get_template(f"t{number}").render(x=number) == wanted
        assert cache.statistics.failures == 0


def test_processes_at_once_agree(tmp_path: Path, folder: Path) -> None:
    """A pool of workers begins with an empty folder; none waits, and none needs to after it."""
    script = """
import goobits_cache._templates._compile as one
compile_template = one.compile_template
def counted(*arguments):
    print("compiled", flush=True)
    return compile_template(*arguments)
one.compile_template = counted
"""
    several = [start(script + RENDER, tmp_path / "codes", folder) for _ in range(4)]
    assert sum(output(one).count("compiled") for one in several) >= COUNT
    later = start(script + RENDER, tmp_path / "codes", folder)
    assert output(later).count("compiled") == 0


def test_folder_without_room_only_compiles(tmp_path: Path, folder: Path) -> None:
    """A full disk costs time, and nothing else."""
    script = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
"""
    process = start(
        script + RENDER + "print(cache.statistics.failures > 0)",
        tmp_path / "codes",
        folder,
    )
    assert output(process).strip() == "True"
    output(start(RENDER, tmp_path / "codes", folder))


def test_folder_that_cannot_be_written_still_serves(
    tmp_path: Path, folder: Path
) -> None:
    """An image is built with a warm folder and run read-only."""
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    codes = tmp_path / "codes"
    output(start(RENDER, codes, folder))
    for one in (codes, *codes.iterdir()):
        one.chmod(0o500)
    try:
        checks = "print(cache.problem is None, cache.statistics.hits)"
        found = output(start(RENDER + checks, codes, folder)).strip()
        assert found == f"True {COUNT}"
    finally:
        for one in (codes, *codes.iterdir()):
            one.chmod(0o700)


def test_folder_that_others_can_write_is_refused(
    tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever writes there chooses what we execute."""
    codes = tmp_path / "codes"
    output(start(RENDER, codes, folder))
    codes.chmod(0o777)
    cache = TemplateCache(codes)
    assert "chmod 700" in (cache.problem or "")
    assert cache.environment(folder).get_template("t1").render(x=1)[:4] == "1: 1"
    assert cache.statistics.hits == 0
    assert len(caplog.records) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_folder_of_another_user_is_refused(tmp_path: Path, folder: Path) -> None:
    """Its owner chooses what we execute."""
    codes = tmp_path / "codes"
    output(start(RENDER, codes, folder))
    os.chown(codes, 65534, 65534)
    cache = TemplateCache(codes)
    assert "belongs to another user" in (cache.problem or "")
    assert cache.environment(folder).get_template("t1").render(x=1)[:4] == "1: 1"
    assert cache.statistics.hits == 0


def test_entry_that_is_a_pickle_is_not_read(tmp_path: Path, folder: Path) -> None:
    """A foreign file in the place of an entry is a miss, whatever it holds."""
    codes = tmp_path / "codes"
    output(start(RENDER, codes, folder))
    marker = tmp_path / "executed"
    attack = f"cos\nmkdir\n(S'{marker}'\ntR.".encode()
    for path in codes.rglob("*"):
        if path.is_file():
            path.write_bytes(attack)
    output(start(RENDER, codes, folder))
    assert not marker.exists()


def test_entry_under_the_name_of_another_is_not_used(
    tmp_path: Path, folder: Path
) -> None:
    """An entry knows its key: a file that was renamed is none of another template."""
    codes = tmp_path / "codes"
    output(start(RENDER, codes, folder))
    files = sorted(path for path in codes.rglob("*") if path.is_file())
    contents = [path.read_bytes() for path in files]
    for path, content in zip(files, [contents[-1], *contents], strict=False):
        path.write_bytes(content)
    output(start(RENDER, codes, folder))


def test_forked_children_use_the_cache(tmp_path: Path, folder: Path) -> None:
    """Servers fork after they have rendered something."""
    script = """
import os
env.get_template("t0").render()
children = []
for _ in range(4):
    child = os.fork()
    if not child:
        assert env.get_template("t1").render(x=1)[:4] == "1: 1"
        os._exit(0)
    children.append(child)
assert all(os.waitpid(child, 0)[1] == 0 for child in children)
"""
    output(start(script, tmp_path / "codes", folder))


def test_threads_share_an_environment(tmp_path: Path, folder: Path) -> None:
    """All render the same, and each template is compiled once."""
    script = f"""
import threading
sys.setswitchinterval(1e-6)
wrong = []
def work():
    for n in range({COUNT}):
        if env.get_template(f"t{{n}}").render(x=n) != f"{{n}}: {{n}}" + "y" * 4000:
            wrong.append(n)
threads = [threading.Thread(target=work) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert not wrong
"""
    output(start(script, tmp_path / "codes", folder))


def test_no_folder_keeps_code_for_the_process(tmp_path: Path) -> None:
    """Where nothing may be kept, or templates come compiled, there is nothing to write."""
    (tmp_path / "page").write_text("{{ x }}")
    cache = TemplateCache(None)
    for _ in range(2):
        page = cache.environment(tmp_path).get_template("page")
        assert page.render(x=1) == "1"
    assert cache.problem is None
    assert (cache.statistics.hits, cache.statistics.misses) == (1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["page"]


STOPPED = """
import goobits_cache._templates._compile as compiling
def stop(*_):
    print("compiling", flush=True)
    sys.stdin.read()
compiling.compile_template = stop
env.get_template("t0")
"""


def test_process_that_is_stopped_while_compiling_keeps_nobody_waiting(
    folder: Path, tmp_path: Path
) -> None:
    """Ctrl-Z in one terminal must not hang the next one."""
    command = [sys.executable, "-c", BEGIN + STOPPED, str(tmp_path / "codes"), folder]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as stopped:
        assert stopped.stdout is not None
        assert stopped.stdout.readline() == b"compiling\n"
        try:
            output(start(RENDER, tmp_path / "codes", folder))
        finally:
            stopped.kill()
