"""Source distributions of other projects, fetched for a test and never committed.

They come from the package index that pip and uv are told to use, are checked against a pinned
hash, and unpacked below a folder of the test. Without a network that is a skip outside of CI.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

import pytest

_INDEX = "https://pypi.org/simple"
_FORM = "application/vnd.pypi.simple.v1+json"


def unpacked(name: str, version: str, sha256: str, folder: Path) -> Path:
    """Return the folder of a project's source distribution, unpacked below `folder`.

    Raises:
        ValueError: what came is not what was pinned.
    """
    try:
        archive = _fetched(name, version)
    except OSError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"{name} {version} cannot be fetched: {error}")
    found = hashlib.sha256(archive).hexdigest()
    if found != sha256:
        raise ValueError(f"{name} {version} has the hash {found}, not {sha256}")
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        opened.extractall(folder, filter="data")
    [only] = (path for path in folder.iterdir() if path.is_dir())
    return only


def _fetched(name: str, version: str) -> bytes:
    page = f"{_index().rstrip('/')}/{name}/"
    request = urllib.request.Request(page, headers={"Accept": _FORM})
    with urllib.request.urlopen(request, timeout=60) as answer:
        files = json.load(answer)["files"]
        base = answer.url
    stem = f"{name.replace('-', '_')}-{version}.tar.gz"
    [url] = (
        file["url"] for file in files if file["filename"].lower().replace("-", "_")
        == stem.replace("-", "_")
    )  # fmt: skip
    with urllib.request.urlopen(urljoin(base, url), timeout=120) as answer:
        content: bytes = answer.read()
    return content


def _index() -> str:
    names = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
    return next((os.environ[name] for name in names if os.environ.get(name)), _INDEX)
