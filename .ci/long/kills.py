"""Kill `goobits build` at random moments and look at what is left; see the script `kills`."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import goobits_engine

CONFIG = """\
package_name: tool
command_name: tool
version: {version}.0.0
languages: [python, nodejs]
cli: {{commands: {{run: {{desc: Run it}}, stop: {{desc: Stop it}}}}}}
"""
FILES = ("python/tool/cli.py", "nodejs/cli.cjs", "python/tool/app_hooks.py")


def main(times: int) -> int:
    """Kill that many builds; 1 when one of them left anything half-done."""
    chance = random.Random(1)
    killed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        config = folder / "goobits.yaml"
        config.write_text(CONFIG.format(version=0))
        goobits_engine.build(config)
        began = time.monotonic()
        command = [sys.executable, "-m", "goobits", "build", str(config)]
        config.write_text(CONFIG.format(version=1))
        subprocess.run(command, check=True, capture_output=True)
        longest = 1.2 * (time.monotonic() - began)
        for version in range(2, times + 2):
            old = {path: (folder / path).read_bytes() for path in FILES}
            config.write_text(CONFIG.format(version=version))
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, longest))
            process.kill()
            killed += process.wait() != 0
            found = {path: (folder / path).read_bytes() for path in FILES}
            goobits_engine.build(config)
            new = {path: (folder / path).read_bytes() for path in FILES}
            leftovers = list(folder.rglob(".*goobits-new*"))
            if any(found[p] not in (old[p], new[p]) for p in FILES) or leftovers:
                print(f"build {version} left {leftovers or 'half a file'}")
                return 1
    print(f"{killed} of {times} builds were killed in time; every file was old or new")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
