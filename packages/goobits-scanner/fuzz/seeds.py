"""Write the archives of the tests into a folder, as what a fuzzer begins with."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests" / "inventory" / "hostile.py"
LARGEST = 1 << 16


def main(folder: Path) -> None:
    spec = importlib.util.spec_from_file_location("hostile", TESTS)
    assert spec is not None
    assert spec.loader is not None
    hostile = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = hostile
    spec.loader.exec_module(hostile)
    for number, kind in enumerate(hostile.kinds()):
        data = kind.make()
        if len(data) < LARGEST:
            (folder / f"{number:03}").write_bytes(b"\1" + data)
    (folder / "python").write_bytes(b"\0# coding: utf-7\nprint('\xff')\n")
    (folder / "pth").write_bytes(b"\3import os; exec('')\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
