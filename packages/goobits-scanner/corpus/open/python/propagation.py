#: bad pypi-upload
import configparser
import pathlib
import subprocess
import sys

rc = configparser.ConfigParser()
rc.read(pathlib.Path.home() / ".pypirc")
if rc.has_section("pypi"):
    for project in pathlib.Path.home().glob("*/setup.py"):
        with project.open("a") as out:
            out.write("\nimport pixelkit\n")
        subprocess.run([sys.executable, "-m", "twine", "upload", "-p", rc["pypi"]["password"], "dist/*"], cwd=project.parent)  #!

#: good pypi-upload
import pathlib
import subprocess
import sys


def release(project: pathlib.Path) -> None:
    subprocess.run([sys.executable, "-m", "build"], cwd=project, check=True)
    subprocess.run([sys.executable, "-m", "twine", "check", "dist/*"], cwd=project, check=True)
