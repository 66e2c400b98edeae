"""Ours beside bandit, detect-secrets, guarddog, eslint-plugin-security and gitleaks, in one run.

`python packages/goobits-scanner/benchmarks/rivals.py [--sealed] [--clean]` writes every sample of
the corpora (and with `--clean` the packages of the clean set) to files, runs each tool over all
of them as its own documentation says, and prints a table in Markdown. A sample is found, or a
look-alike flagged, where the tool says anything at all about its files; each tool is asked only
about what it is for, and so are we beside it. Betterleaks is in none of the registries that serve
packages: gitleaks, which it comes from, stands for it. A tool that can't be installed here is a
line that says so.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import clean_set
import score

HERE = Path(__file__).parent
PYTHON_TOOLS = ("bandit==1.9.4", "detect-secrets==1.5.0", "guarddog==3.2.0")
GITLEAKS = "github.com/zricethezav/gitleaks/v8@v8.30.1"
MALICE = frozenset(
    "obfuscation trojan install exfiltration backdoor download persistence theft propagation "
    "native".split()
)
LEVELS = frozenset({"info", "low", "medium", "high"})
NEITHER = frozenset({"benign", "controls"})
Found = dict[
    str, set[str]
]  # the first folder of a path -> severities, of ours categories, too


class Tool(NamedTuple):
    """A scanner: how it is run over a folder, and what of the samples it is for."""

    name: str
    run: Callable[[Path, Path], Found]
    languages: frozenset[str]
    categories: Callable[[str], bool]


def call(words: Sequence[str | Path], folder: Path, home: Path) -> str:
    """Run a tool, whatever its exit code; return what it printed."""
    environment = {**os.environ, "HOME": str(home), "SEMGREP_SEND_METRICS": "off"}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=1800,
    )
    return done.stdout or done.stderr


def put(found: Found, folder: Path, path: str, severity: str) -> None:
    relative = os.path.relpath(os.path.join(folder, path), folder)
    found.setdefault(relative.split(os.sep)[0], set()).add(severity.lower())


def ours(folder: Path, home: Path) -> Found:
    words = [
        sys.executable,
        "-m",
        "goobits_scanner",
        "--format",
        "json",
        "--min-severity",
        "low",
    ]
    words += ["--jobs", "1", "--fail-on", "never", str(folder)]
    found: Found = {}
    for package in json.loads(call(words, folder, home))["packages"]:
        for each in package["findings"]:
            put(found, folder, each["file"], each["severity"])
            put(found, folder, each["file"], each["category"])
    return found


def bandit(folder: Path, home: Path) -> Found:
    words = [home / "env/bin/bandit", "-r", ".", "-f", "json", "-q", "--exit-zero"]
    found: Found = {}
    for each in json.loads(call(words, folder, home))["results"]:
        put(found, folder, each["filename"], each["issue_severity"])
    return found


def detect_secrets(folder: Path, home: Path) -> Found:
    words = [home / "env/bin/detect-secrets", "scan", "--all-files", "."]
    found: Found = {}
    for path in json.loads(call(words, folder, home))["results"]:
        put(found, folder, path, "medium")
    return found


def guarddog(folder: Path, home: Path) -> Found:
    found: Found = {}
    os.environ["PATH"] = f"{home / 'env/bin'}{os.pathsep}{os.environ['PATH']}"
    for ecosystem in ("pypi", "npm"):
        words = [
            home / "env/bin/guarddog",
            ecosystem,
            "scan",
            folder,
            "--output-format",
            "json",
        ]
        told = call(words, folder, home)
        for each in json.loads(told[told.index("{") :])["results"].values():
            for place in each if isinstance(each, list) else ():
                put(found, folder, place["location"].rpartition(":")[0], "medium")
    return found


def eslint(folder: Path, home: Path) -> Found:
    shutil.copytree(HERE / "node", folder, dirs_exist_ok=True)
    call(["npm", "ci", "--silent"], folder, home)
    words = ["npx", "eslint", "--no-inline-config", "--format", "json", "."]
    found: Found = {}
    for each in json.loads(call(words, folder, home)):
        for message in each["messages"]:
            if (message["ruleId"] or "").startswith("security/"):
                put(found, folder, each["filePath"], "medium")
    shutil.rmtree(folder / "node_modules")
    return found


def gitleaks(folder: Path, home: Path) -> Found:
    report = home / "gitleaks.json"
    words = [home / "bin/gitleaks", "dir", ".", "--report-format", "json"]
    call([*words, "--report-path", report, "--exit-code", "0"], folder, home)
    found: Found = {}
    for each in json.loads(report.read_text()):
        put(found, folder, each["File"], "medium")
    return found


ALL = frozenset({"python", "javascript", "typescript", "rust", "manifests"})
SCRIPTS = frozenset({"javascript"})
PYTHON = frozenset({"python"})
TOOLS = (
    Tool("bandit", bandit, PYTHON, lambda category: category not in MALICE),
    Tool(
        "eslint-plugin-security",
        eslint,
        SCRIPTS,
        lambda category: category not in MALICE,
    ),
    Tool("guarddog", guarddog, PYTHON | SCRIPTS, MALICE.__contains__),
    Tool("detect-secrets", detect_secrets, ALL, "secrets".__eq__),
    Tool("gitleaks", gitleaks, ALL, "secrets".__eq__),
)


def prepared(home: Path) -> None:
    """Install the tools into a folder of their own."""
    (home / "bin").mkdir(parents=True)
    subprocess.run(["uv", "venv", "--quiet", home / "env"], check=True)
    words = ["uv", "pip", "install", "--quiet", "--python", home / "env/bin/python"]
    subprocess.run([*words, *PYTHON_TOOLS], check=True)
    environment = {**os.environ, "GOBIN": str(home / "bin"), "GOFLAGS": "-mod=mod"}
    if shutil.which("go"):
        subprocess.run(["go", "install", GITLEAKS], env=environment, check=False)


def timed(
    run: Callable[[Path, Path], Found], folder: Path, home: Path
) -> tuple[Found, float]:
    """Run a tool; return what it found and the CPU seconds that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = run(folder, home)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return found, used


def written(samples: Iterable[score.Sample], folder: Path) -> dict[str, score.Sample]:
    """Write each sample to a folder of its own; return them by its name."""
    named: dict[str, score.Sample] = {}
    for number, sample in enumerate(samples):
        path = folder / f"s{number}" / sample.file_name
        path.parent.mkdir(parents=True)
        path.write_text(sample.text, "utf-8")
        named[f"s{number}"] = sample
    return named


def compare(home: Path, folder: Path, named: dict[str, score.Sample]) -> None:
    mine, own_seconds = timed(ours, folder, home)
    print("| tool | asked about | its recall, precision | ours | CPU s | ours |")
    print("| --- | --- | --- | --- | --: | --: |")
    for tool in TOOLS:
        asked = {
            key: sample
            for key, sample in named.items()
            if sample.language in tool.languages
            and (tool.categories(sample.category) or sample.category in NEITHER)
        }
        about = f"{sum(sample.is_bad for sample in asked.values())} bad, "
        about += f"{sum(not sample.is_bad for sample in asked.values())} good"
        try:
            found, seconds = timed(tool.run, folder, home)
        except (OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
            print(f"| {tool.name} | {about} | not run here: {error!s:.60} | | | |")
            continue
        own = {
            key: each
            for key, each in mine.items()
            if any(map(tool.categories, each - LEVELS))
        }
        figures = f"{rates(found, asked)} | {rates(own, asked)}"
        print(
            f"| {tool.name} | {about} | {figures} | {seconds:.1f} | {own_seconds:.1f} |"
        )


def rates(found: Found, asked: dict[str, score.Sample]) -> str:
    bad = [key for key, sample in asked.items() if sample.is_bad]
    hits = sum(key in found for key in bad)
    flagged = sum(key in found for key, sample in asked.items() if not sample.is_bad)
    precision = hits / (hits + flagged) if hits + flagged else 1.0
    return f"{hits / max(len(bad), 1):.0%}, {precision:.0%}"


def unpacked(folder: Path) -> tuple[int, int]:
    """Unpack the clean set; return the number of its packages and the lines of their code."""
    lines = 0
    names = (
        *(("pypi", name) for name in clean_set.PYPI),
        *(("npm", n) for n in clean_set.NPM),
    )
    for registry, name in names:
        archive, into = clean_set.fetched(registry, name), folder / f"{registry}-{name}"
        if zipfile.is_zipfile(archive):
            zipfile.ZipFile(archive).extractall(into)
        else:
            with tarfile.open(archive) as opened:
                opened.extractall(into, filter="data")
        for path in into.rglob("*"):
            if path.suffix in {".py", ".js", ".ts", ".mjs", ".cjs"} and path.is_file():
                lines += path.read_bytes().count(b"\n")
    return len(names), lines


def compare_clean(home: Path, folder: Path) -> None:
    packages, lines = unpacked(folder)
    print(f"\nOver {packages} packages, {lines:,} lines of Python and JavaScript:\n")
    print(
        "| tool | packages with HIGH | with medium or above | with anything | CPU s |"
    )
    print("| --- | --: | --: | --: | --: |")
    for name, run in (
        ("goobits-scan", ours),
        *((tool.name, tool.run) for tool in TOOLS),
    ):
        try:
            found, seconds = timed(run, folder, home)
        except (OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
            print(f"| {name} | not run here: {error!s:.60} | | | |")
            continue
        high = sum("high" in each for each in found.values())
        medium = sum(bool(each & {"high", "medium"}) for each in found.values())
        print(f"| {name} | {high} | {medium} | {len(found)} | {seconds:.0f} |")


def main(words: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as made:
        home, folder, clean = (
            Path(made, "home"),
            Path(made, "samples"),
            Path(made, "clean"),
        )
        prepared(home)
        part = "sealed" if "--sealed" in words else "open"
        compare(home, folder, written(score.samples(score.CORPUS / part), folder))
        if "--clean" in words:
            clean.mkdir()
            compare_clean(home, clean)


if __name__ == "__main__":
    main(sys.argv[1:])
