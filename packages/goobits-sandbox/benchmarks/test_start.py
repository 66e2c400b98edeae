"""What a sandbox adds to the start of a program, beside bare bwrap and its rivals.

Wall time as a user feels it: each way runs each program once a round, in an order that turns with
the rounds, and the figures are medians.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from goobits_sandbox import Limits, Policy, Sandbox, _sandbox
from pytest_benchmark.fixture import BenchmarkFixture

Run = Callable[[], object]
ROUNDS = 41
# The kernel takes down a namespace of networks after its last process, and makes no other one
# meanwhile: who comes next must not pay for who came before.
REST = 0.03
MAIN = 'fn main() { println!("hello"); }\n'
WRAP = """
import { SandboxManager } from MODULE;
const filesystem = {denyRead: [], allowWrite: ['.'], denyWrite: []};
await SandboxManager.initialize({network: {allowedDomains: [], deniedDomains: []}, filesystem});
console.log(await SandboxManager.wrapWithSandbox(process.argv[2]));
console.log('END');
process.stdin.on('end', () => process.exit(0)).resume();
"""
BARE = (
    "/usr/bin/bwrap --unshare-all --die-with-parent --new-session --ro-bind /usr /usr "
    "--symlink usr/bin /bin --symlink usr/lib /lib --symlink usr/lib64 /lib64 "
    "--proc /proc --dev /dev --tmpfs /tmp"
).split()


@pytest.fixture
def programs(tmp_path: Path) -> dict[str, list[str]]:
    """Return what is started: nothing, two runtimes, and a compiled program."""
    found = {"true": ["/usr/bin/true"], "python": ["/usr/bin/python3", "-c", "pass"]}
    node, rustc = shutil.which("node"), shutil.which("rustc")
    if node:
        found["node"] = [os.path.realpath(node), "-e", "0"]
    if rustc:
        source = tmp_path / "project" / "hello.rs"
        source.parent.mkdir()
        source.write_text(MAIN)
        target = source.with_suffix("")
        subprocess.run([rustc, "-O", "-o", target, source], check=True)
        found["rust"] = [str(target)]
    return found


def plain(words: list[str]) -> Run:
    """Return what starts a program as `subprocess` does."""
    found = {"PATH": os.environ["PATH"]}
    return lambda: subprocess.run(words, capture_output=True, check=True, env=found)


def held(policy: Policy, words: list[str], *, group: bool = False) -> Run:
    """Return what starts a program in the sandbox; `group`: in a control group, as root has one."""

    def run() -> None:
        outcome = Sandbox(policy).run(words)
        assert outcome.exit_code == 0, outcome

    def run_alone() -> None:
        make, _sandbox.make_cgroup = _sandbox.make_cgroup, lambda limits: None
        try:
            run()
        finally:
            _sandbox.make_cgroup = make

    return run if group else run_alone


def in_group(policy: Policy, words: list[str]) -> Run | None:
    """Return what starts a program in a control group, where this user may make one."""
    found = _sandbox.make_cgroup(policy.limits)
    if found is None:
        return None
    found.close()
    return held(policy, words, group=True)


def sandlock(project: str, words: list[str]) -> Run | None:
    """Return what starts a program under sandlock, where that is installed."""
    try:
        import sandlock as rival
    except ImportError:
        return None
    readable = ["/usr", "/lib", "/lib64", "/bin", "/etc", "/proc", "/dev", project]

    def run() -> None:
        sandbox = rival.Sandbox(fs_readable=readable, fs_writable=["/tmp"])
        result = sandbox.run(words, timeout=20)
        assert result.success, result

    return run


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Callable[[list[str]], Run | None]]:
    """Return what starts a program as sandbox-runtime does, whose proxies run meanwhile.

    SANDBOX_RUNTIME names its module (in node_modules, @anthropic-ai/sandbox-runtime/dist/index.js);
    it needs ripgrep and socat besides.
    """
    module, node = os.environ.get("SANDBOX_RUNTIME"), shutil.which("node")
    script = tmp_path / "wrap.mjs"
    script.write_text(WRAP.replace("MODULE", repr(module)))
    started: list[subprocess.Popen[str]] = []

    def make(words: list[str]) -> Run | None:
        if not module or not node:
            return None
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        manager = subprocess.Popen(
            [node, script, " ".join(words)], cwd=tmp_path, text=True, **pipes
        )
        started.append(manager)
        assert manager.stdout is not None
        command = "".join(iter(manager.stdout.readline, "END\n"))
        return plain(["sh", "-c", command])

    yield make
    for manager in started:
        manager.communicate()


def medians(runs: dict[str, Run]) -> dict[str, float]:
    """Return how long each takes: seconds, the median of rounds that took turns."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    order = list(runs)
    for number in range(ROUNDS + 2):
        for name in order[number % len(order) :] + order[: number % len(order)]:
            start = time.perf_counter()
            runs[name]()
            taken[name].append(time.perf_counter() - start)
            time.sleep(REST)
    return {name: statistics.median(values[2:]) for name, values in taken.items()}


def test_start(
    programs: dict[str, list[str]],
    tmp_path: Path,
    tell: Callable[[str], None],
    benchmark: BenchmarkFixture,
    planning: bool,
    runtime: Callable[[list[str]], Run | None],
) -> None:
    """Milliseconds above a plain start, and the ratio to it."""
    project = str(tmp_path / "project")
    os.makedirs(project, exist_ok=True)
    limits = Limits(memory=1 << 30)
    reads = Policy(project=project, read=(".",), limits=limits)
    writes = Policy(project=project, read=(".",), write=("out",), limits=limits)
    for name, words in programs.items():
        ways: dict[str, Run | None] = {
            "plain": plain(words),
            "bare bwrap": plain([*BARE, "--ro-bind", project, project, *words]),
            "ours, read": held(reads, words),
            "ours, write": held(writes, words),
            "ours, read, in a control group": in_group(reads, words),
            "sandlock": sandlock(project, words),
            "sandbox-runtime": runtime(words),
        }
        runs = {way: run for way, run in ways.items() if run is not None}
        if planning:
            continue
        found = medians(runs)
        base = found.pop("plain")
        tell(f"{name}: plain {base * 1000:.1f} ms")
        for way, taken in found.items():
            tell(f"  {way:31} +{(taken - base) * 1000:5.1f} ms  {taken / base:6.2f}")
    benchmark.pedantic(held(reads, ["/usr/bin/true"]), rounds=20)


def test_import(measure: Callable[..., None]) -> None:
    """What a program pays that may never start a guest, and one that starts one."""
    python = shutil.which("python") or "python"
    measure(
        "goobits-sandbox",
        [python, "-c", "pass"],
        {
            "import goobits_sandbox": [python, "-c", "import goobits_sandbox"],
            "and a policy and a sandbox": [
                python,
                "-c",
                "from goobits_sandbox import Policy, Sandbox; Sandbox(Policy())",
            ],
            "goobits-sandbox --help": [python, "-m", "goobits_sandbox", "--help"],
        },
    )
