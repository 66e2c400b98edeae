"""What is in the wheels and sdists that are published."""

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml"))
NAMES = [package.name for package in PACKAGES]


@pytest.fixture(scope="module", params=PACKAGES, ids=NAMES)
def package(request: pytest.FixtureRequest) -> Path:
    """Return the folder of one distribution."""
    path = request.param
    assert isinstance(path, Path)
    return path


@pytest.fixture(scope="module")
def built(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the sdist of the distribution."""
    folder = tmp_path_factory.mktemp(package.name)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", folder],
        cwd=package,
        check=True,
        capture_output=True,
        timeout=60,
    )
    return folder


def sources(package: Path) -> set[str]:
    """Return every file of the import package, templates and data included."""
    files = {
        path.relative_to(package / "src").as_posix()
        for path in (package / "src").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert f"{package.name.replace('-', '_')}/py.typed" in files
    return files


def test_wheel_holds_every_source_file(package: Path, built: Path) -> None:
    """A template that stays behind is noticed only by the user who installs."""
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    made = {
        name for name in names if re.search(r"/_precompiled/[0-9a-f]{32}\.py$", name)
    }
    sdks = {name for name in names if "/_sdks/" in name}
    assert names - made - sdks == sources(package)
    for name in sdks:
        with zipfile.ZipFile(wheel) as archive:
            source = package / "sdk" / name.partition("/_sdks/")[2]
            assert archive.read(name) == source.read_bytes()
    templates = [*package.glob("src/*/languages/*/templates/*.j2")]
    assert len(made) == len(templates)


def test_sdist_holds_every_source_file(package: Path, built: Path) -> None:
    """Distributions of Linux build from the sdist alone."""
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/src/")[2] for name in archive.getnames()}
    assert sources(package) <= names


def test_metadata_names_licence_and_readme(built: Path) -> None:
    """The page on the package index is made from them."""
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith("/METADATA"))
        metadata = archive.read(name).decode()
    assert "License-Expression: MIT\n" in metadata
    assert "License-File: LICENSE\n" in metadata
    assert "Description-Content-Type: text/markdown\n" in metadata


RENDER = """
import sys
import jinja2

compiled = []
compile_source = jinja2.Environment.compile
def compile_noted(self, source, name=None, *words, **options):
    compiled.append(name)
    return compile_source(self, source, name, *words, **options)
jinja2.Environment.compile = compile_noted
jinja2.__version__ = sys.argv[2] or jinja2.__version__

from pathlib import Path
import goobits_engine
program = goobits_engine.read(Path(sys.argv[1])).program
for language in goobits_engine.language_names():
    for artifact in goobits_engine.render(program, language):
        print(artifact.path, artifact.content)
print(len(compiled), file=sys.stderr)
"""


def test_wheel_renders_without_compiling(tmp_path: Path) -> None:
    """What was compiled beforehand renders the same; for another Jinja2 it is left alone."""
    package = ROOT / "packages/goobits-engine"
    config = ROOT / "packages/goobits-monitor/goobits.yaml"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    command += ["-d", str(tmp_path)]
    subprocess.run(command, cwd=package, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "wheel")

    def rendered(folder: Path, version: str) -> tuple[bytes, int]:
        done = subprocess.run(
            [sys.executable, "-c", RENDER, config, version],
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True,
            check=True,
        )
        return done.stdout, int(done.stderr)

    text, compiled = rendered(package / "src", "")
    assert compiled > 10
    assert rendered(tmp_path / "wheel", "") == (text, 0)
    assert rendered(tmp_path / "wheel", "3.1.0") == (text, compiled)
