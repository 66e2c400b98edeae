"""What is in the wheels and sdists that are published."""

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
    assert names == sources(package)


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
