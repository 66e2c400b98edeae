"""Fuzz the scan of one file with arbitrary bytes: no exception, no file written, in bounds.

Run by `.ci/long/scanner-fuzz`; by hand:
python fuzz_scan.py scan|inventory [options of libFuzzer] [corpus]
"""

from __future__ import annotations

import os
import sys
import tempfile

import atheris

with atheris.instrument_imports(include=["goobits_scanner"]):
    from goobits_scanner._bytes import byte_findings, decode, kind_of
    from goobits_scanner._finding import Finding
    from goobits_scanner._inventory import _tar, _zip, inventory  # noqa: F401, loaded lazily
    from goobits_scanner._limits import MIB, Limits
    from goobits_scanner._source import Unread

    if sys.argv.pop(1) == "scan":
        from goobits_scanner import PluginSecurityScanner

        WHOLE = PluginSecurityScanner(jobs=1)
    else:
        WHOLE = None

LIMITS = Limits(
    file_size=MIB // 4, total_size=8 * MIB, files=2000, ratio=50, depth=8, nesting=2
)
NAMES = ("a.py", "a.whl", "a.tar.gz", "a.pth", "a.js", "a.rs", "a.ts", "a.json", "a")


def scan_once(data: bytes) -> None:
    """Scan the bytes under a name that the first of them chooses."""
    if not data:
        return
    path = os.path.join(FOLDER, NAMES[data[0] % len(NAMES)])
    with open(path, "wb") as file:
        file.write(data[1:])
    try:
        read = 0
        for found in inventory(path, LIMITS):
            if isinstance(found, Unread):
                assert found.name.isprintable()
                continue
            assert len(found.data) <= LIMITS.file_size
            read += len(found.data)
            kind = kind_of(found)
            for finding in byte_findings(found, decode(found, kind), kind):
                assert isinstance(finding, Finding)
                assert finding.evidence.isprintable()
        assert read <= LIMITS.total_size + LIMITS.file_size
        if WHOLE is not None:
            for finding in WHOLE.scan(path).findings:
                assert "the scanner failed on it" not in finding.evidence, finding
        assert os.listdir(FOLDER) == [os.path.basename(path)]
    finally:
        os.unlink(path)


if __name__ == "__main__":
    FOLDER = tempfile.mkdtemp(prefix="goobits-fuzz-")
    atheris.Setup(sys.argv, scan_once)
    atheris.Fuzz()
