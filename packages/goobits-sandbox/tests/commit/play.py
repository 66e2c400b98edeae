"""Do the same things on an overlay and in a plain folder, in a mount namespace of its own.

Reads a list of operations as JSON from stdin; the first argument is a folder to work in. The folder
`host` gets what was done on the overlay by a commit, `plain` by itself.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from goobits_sandbox._commit import commit


def do(root: Path, operation: list[str]) -> None:
    """Do one operation; what cannot be done is not done, alike on both."""
    kind, first, second = operation
    one, two = root / first, root / second
    try:
        if kind == "write":
            one.write_text(second)
        elif kind == "mkdir":
            one.mkdir()
        elif kind == "remove":
            shutil.rmtree(
                one
            ) if one.is_dir() and not one.is_symlink() else one.unlink()
        elif kind == "move" and not two.is_dir() and not one.is_dir():
            one.rename(two)
        elif kind == "move" and one.is_dir() and not one.is_symlink():
            if not two.exists() and not (second + "/").startswith(first + "/"):
                shutil.move(one, two)
        elif kind == "link" and not one.is_dir():
            os.link(one, two)
        elif kind == "symlink":
            two.symlink_to(Path(first).name)
    except OSError:
        return


def main() -> None:
    work = Path(sys.argv[1])
    host, plain, stage = work / "host", work / "plain", work / "stage"
    stage.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", stage], check=True)
    for name in ("upper", "work", "merged"):
        (stage / name).mkdir()
    options = f"lowerdir={host},upperdir={stage}/upper,workdir={stage}/work,userxattr"
    subprocess.run(
        ["mount", "-t", "overlay", "overlay", "-o", options, stage / "merged"],
        check=True,
    )
    for operation in json.load(sys.stdin):
        do(stage / "merged", operation)
        do(plain, operation)
    upper = os.open(stage / "upper", os.O_RDONLY)
    since = time.time_ns() + 10**12
    changes = commit(upper, str(host), allows=lambda _: True, since=since)
    json.dump([str(changes.refused), str(changes.conflicts)], sys.stdout)


if __name__ == "__main__":
    main()
