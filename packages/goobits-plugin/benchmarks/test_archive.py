"""What packing, reading and extracting cost beside tarfile, which checks nothing of it.

A plugin of 3 files, and one of 500 as it is with vendored libraries.
"""

from __future__ import annotations

import io
import itertools
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_plugin import extract, pack, read_archive
from pytest_benchmark.fixture import BenchmarkFixture

_TEXT = Path(os.__file__).read_bytes()


@pytest.fixture(params=[3, 500], ids=["3 files", "500 files"])
def plugin(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Make the folder of a plugin, of Python text in files of 1 to 16 KiB."""
    folder = tmp_path / "plugin"
    folder.mkdir()
    (folder / "goobits-plugin.toml").write_text("schema = 1\n")
    for number in range(request.param - 1):
        above = folder / f"vendored/package{number // 20}"
        above.mkdir(parents=True, exist_ok=True)
        start = number * 61
        text = _TEXT[start : start + 1024 * (1 + number % 16)]
        (above / f"module{number}.py").write_bytes(text)
    return folder


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Path]:
    """Return a function that makes one more empty folder."""
    numbers = itertools.count()

    def function() -> Path:
        folder = tmp_path / f"into{next(numbers)}"
        folder.mkdir()
        return folder

    return function


def _tarfile_pack(folder: Path) -> bytes:
    written = io.BytesIO()
    with tarfile.open(
        fileobj=written, mode="w:gz", format=tarfile.USTAR_FORMAT
    ) as opened:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                opened.add(path, path.relative_to(folder).as_posix())
    return written.getvalue()


def _tarfile_read(data: bytes) -> list[bytes]:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as opened:
        files = [opened.extractfile(member) for member in opened]
        return [file.read() for file in files if file]


def _tarfile_extract(data: bytes, into: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as opened:
        opened.extractall(into, filter="data")


@pytest.mark.parametrize("how", [pack, _tarfile_pack], ids=["goobits", "tarfile"])
def test_pack(
    benchmark: BenchmarkFixture, plugin: Path, how: Callable[[Path], object]
) -> None:
    benchmark(how, plugin)


@pytest.mark.parametrize("how", ["goobits", "tarfile"])
def test_read(benchmark: BenchmarkFixture, plugin: Path, how: str) -> None:
    packed = pack(plugin)
    if how == "goobits":
        benchmark(read_archive, packed.data, sha256=packed.sha256)
    else:
        benchmark(_tarfile_read, packed.data)


@pytest.mark.parametrize("how", ["goobits", "tarfile"])
def test_read_and_extract(
    benchmark: BenchmarkFixture, plugin: Path, fresh: Callable[[], Path], how: str
) -> None:
    packed = pack(plugin)

    def ours(into: Path) -> None:
        descriptor = os.open(into, os.O_RDONLY)
        extract(read_archive(packed.data, sha256=packed.sha256), descriptor)
        os.close(descriptor)

    def theirs(into: Path) -> None:
        _tarfile_extract(packed.data, into)

    run = ours if how == "goobits" else theirs
    benchmark.pedantic(run, setup=lambda: ((fresh(),), {}), rounds=30)
