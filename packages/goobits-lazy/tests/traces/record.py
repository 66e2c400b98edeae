"""Record which modules real runs of pip import, and what each costs: `record.py PYTHON FILE`.

PYTHON has pip 26. Each run is a process with `-X importtime`, without network, configuration and
home. Which runs there are follows Zipf's law, in an order of preference that changes in the middle,
as habits do. A module of the list counts as used when a run imports it; what it imports itself is
part of its cost, up to the next module of the list. The command is the first word after pip.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

RUNS = 480
SEED = 20

INVOCATIONS = [
    words.split()
    for words in """\
list
list --format json
list --not-required
list -v
show pip
show -f pip
show nothing
freeze
freeze --all
install --dry-run pip
install --dry-run --no-index nothing
install --dry-run --no-index --report report.json pip
install --dry-run -r requirements.txt
install --help
check
config list
config debug
config get global.index-url
uninstall -y nothing
uninstall --help
hash requirements.txt
cache dir
cache list
cache info
inspect
debug
help install
help
completion --bash
download --no-index nothing
wheel --no-index nothing
lock --no-index nothing
""".splitlines()
]

COMPONENTS = """\
concurrent.futures configparser csv decimal email.parser hashlib html.parser http.client json
logging.handlers mimetypes optparse sqlite3 ssl subprocess tarfile tempfile tomllib unittest.mock
urllib.request xmlrpc.client zipfile
pip._internal.build_env pip._internal.cache pip._internal.cli.progress_bars
pip._internal.configuration pip._internal.index.collector pip._internal.index.package_finder
pip._internal.locations pip._internal.metadata.importlib pip._internal.models.installation_report
pip._internal.network.auth pip._internal.network.session pip._internal.operations.build.wheel
pip._internal.operations.check pip._internal.operations.freeze
pip._internal.operations.install.wheel pip._internal.operations.prepare
pip._internal.req.constructors pip._internal.req.req_uninstall
pip._internal.resolution.resolvelib.resolver pip._internal.self_outdated_check
pip._internal.utils.subprocess pip._internal.vcs
pip._vendor.cachecontrol pip._vendor.distlib.scripts pip._vendor.idna pip._vendor.msgpack
pip._vendor.packaging.pylock pip._vendor.packaging.requirements pip._vendor.packaging.tags
pip._vendor.platformdirs pip._vendor.pygments.lexers pip._vendor.pyproject_hooks
pip._vendor.requests pip._vendor.resolvelib pip._vendor.rich.console pip._vendor.rich.markup
pip._vendor.rich.progress pip._vendor.rich.table pip._vendor.rich.traceback
pip._vendor.tomli_w pip._vendor.truststore pip._vendor.urllib3
""".split()


def main(python: str, file: str) -> None:
    costs: dict[str, list[int]] = defaultdict(list)
    runs = []
    with tempfile.TemporaryDirectory() as home:
        Path(home, "requirements.txt").write_text("pip>=20\n", encoding="utf-8")
        for invocation in drawn(random.Random(SEED)):
            used = imported(python, invocation, home)
            for name, cost in used.items():
                costs[name].append(cost)
            runs.append((invocation[0], used))
    names = sorted(costs)
    lines = [f"component {round(statistics.median(costs[one]))} {one}" for one in names]
    for command, used in runs:
        mask = sum(1 << place for place, name in enumerate(names) if name in used)
        lines.append(f"run {command} {mask:x}")
    Path(file).write_text("\n".join([*lines, ""]), encoding="ascii")


def drawn(chance: random.Random) -> list[list[str]]:
    """Return the invocations of all runs: the one preferred n-th is drawn with weight 1/n."""
    weights = [1 / rank for rank in range(1, len(INVOCATIONS) + 1)]
    invocations = []
    for _ in range(2):
        preferred = chance.sample(INVOCATIONS, len(INVOCATIONS))
        invocations += chance.choices(preferred, weights, k=RUNS // 2)
    return invocations


def imported(python: str, words: list[str], home: str) -> dict[str, int]:
    """Return the microseconds that importing each module of the list took in a run."""
    done = subprocess.run(
        [python, "-X", "importtime", "-m", "pip", *words],
        cwd=home,
        env={
            "HOME": home,
            "PATH": os.environ["PATH"],
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    used: dict[str, int] = {}
    enclosing: list[tuple[int, str]] = []
    for line in reversed(done.stderr.splitlines()):
        # What imports others is reported after them, so read backwards it comes before.
        if not line.startswith("import time:") or line.endswith("imported package"):
            continue
        cost, _, name = line.removeprefix("import time:").split("|")
        depth = len(name) - len(name.lstrip())
        while enclosing and enclosing[-1][0] >= depth:
            enclosing.pop()
        name = name.strip()
        if name in COMPONENTS:
            enclosing.append((depth, name))
            used.setdefault(name, 0)
        if enclosing:
            used[enclosing[-1][1]] += int(cost)
    return used


if __name__ == "__main__":
    main(*sys.argv[1:])
