"""The programs in Rust: ours, clap's, and an empty one."""

from __future__ import annotations

import resource
import shutil
import statistics
from pathlib import Path

from rivals._installed import HERE, Group, Installed, call, generate, tool

BUILDS = 3


def group(folder: Path) -> Group:
    """Build ours and its rival below a folder, from nothing, with their crates at hand."""
    cargo, rustc = tool("cargo"), tool("rustc")
    (folder / "empty.rs").write_text("fn main() {}\n")
    empty = folder / "empty"
    call(rustc, "-O", "-C", "strip=symbols", "-o", empty, folder / "empty.rs")
    ours = generate(folder / "ours", "rust")
    clap = folder / "clap"
    shutil.copytree(HERE / "rust" / "clap", clap)
    _take_profile(clap / "Cargo.toml", ours / "Cargo.toml")
    for project in (ours, clap):
        shutil.copy(HERE / "rust" / "show.rs", project / "src")
    programs = (_built(cargo, ours, "goobits"), _built(cargo, clap, "clap"))
    runtime = "Rust " + call(rustc, "--version").split()[1]
    return Group(runtime, "fn main() {}", (empty,), programs)


def _take_profile(manifest: Path, other: Path) -> None:
    """Build with the release profile of another manifest, where it stands last."""
    text = other.read_text(encoding="utf-8")
    with manifest.open("a", encoding="utf-8") as file:
        file.write("\n" + text[text.index("[profile.release]") :])


def _built(cargo: str, project: Path, library: str) -> Installed:
    """Build a project a few times; the CPU time is the median."""
    call(cargo, "fetch", folder=project)
    seconds = [_clean_build(cargo, project) for _ in range(BUILDS)]
    program = project / "target" / "release" / "depot"
    crates = _crates(cargo, project)
    version = next(
        (crate for crate in crates if crate.startswith(f"{library} ")), library
    )
    return Installed(
        name=version,
        start=(program,),
        dependencies=len(crates),
        size=program.stat().st_size,
        build_seconds=statistics.median(seconds),
    )


def _clean_build(cargo: str, project: Path) -> float:
    """Build a project for release, from nothing; return the CPU seconds of all that it took."""
    target = project / "target"
    shutil.rmtree(target, ignore_errors=True)
    manifest = project / "Cargo.toml"
    words = (cargo, "build", "--release", "--frozen", "--manifest-path", manifest)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call(*words, "--target-dir", target)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _crates(cargo: str, project: Path) -> set[str]:
    """Return the crates that are built before the program, each as `name version`."""
    words = (cargo, "tree", "--offline", "--prefix=none", "--no-dedupe")
    lines = call(*words, "--edges=normal,build", folder=project).splitlines()
    crates = (line.split()[:2] for line in lines[1:])
    return {f"{name} {version.removeprefix('v')}" for name, version in crates}
