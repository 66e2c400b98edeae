#: bad crontab
import subprocess
import sys

line = f"*/10 * * * * {sys.executable} -m pixelkit.sync\n"
current = subprocess.run(["crontab", "-l"], capture_output=True, text=True).stdout
subprocess.run(["crontab", "-"], input=current + line, text=True)  #!

#: good crontab
import subprocess
import sys

line = f"{sys.executable} -m pixelkit.sync\n"
current = subprocess.run(["crontab", "-l"], capture_output=True, text=True).stdout
print("scheduled" if line in current else "not scheduled")

#: bad git-hooks
import os
import stat
from pathlib import Path

for repository in Path.home().glob("*/.git"):
    hook = repository / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\npython3 -m pixelkit.agent &\n")  #!
    os.chmod(hook, hook.stat().st_mode | stat.S_IXUSR)

#: good git-hooks
import subprocess
from pathlib import Path

for repository in Path.cwd().glob("*/.git"):
    hook = repository / "hooks" / "pre-commit"
    if not hook.exists():
        print("no hook in", repository.parent)
        subprocess.run(["git", "-C", repository.parent, "status", "--short"])
