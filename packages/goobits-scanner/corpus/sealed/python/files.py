#: bad report
import os
import tempfile


def write_report(lines):
    path = tempfile.mktemp(suffix=".csv") #!
    with open(path, "w") as out:
        out.writelines(lines)
    return path
#: good report
import os
import tempfile


def write_report(lines):
    handle, path = tempfile.mkstemp(suffix=".csv")
    with os.fdopen(handle, "w") as out:
        out.writelines(lines)
    return path
#: bad keystore
import stat
from pathlib import Path


def store_private_key(folder, pem):
    path = Path(folder) / "id_signing"
    path.write_bytes(pem)
    path.chmod(stat.S_IRUSR | stat.S_IWUSR | stat.S_IROTH | stat.S_IWOTH) #!
#: good keystore
import stat
from pathlib import Path


def store_private_key(folder, pem):
    path = Path(folder) / "id_signing"
    path.touch(mode=0o600)
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    path.write_bytes(pem)
