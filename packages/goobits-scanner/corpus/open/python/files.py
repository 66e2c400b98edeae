#: bad spool
import os
from pathlib import Path

SPOOL = Path("/var/spool/printer")


def prepare():
    SPOOL.mkdir(parents=True, exist_ok=True)
    os.chmod(SPOOL, 0o777) #!
#: good spool
import os
from pathlib import Path

SPOOL = Path("/var/spool/printer")


def prepare():
    SPOOL.mkdir(parents=True, exist_ok=True)
    os.chmod(SPOOL, 0o750)
#: bad lockfile
import os


class Lock:
    path = "/tmp/indexer.lock"

    def acquire(self):
        with open(self.path, "w") as handle: #!
            handle.write(str(os.getpid()))

    def release(self):
        os.unlink(self.path)
#: good lockfile
import os


class Lock:
    path = os.path.join(os.environ.get("XDG_RUNTIME_DIR", "."), "indexer.lock")

    def acquire(self):
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        with os.fdopen(os.open(self.path, flags, 0o600), "w") as handle:
            handle.write(str(os.getpid()))

    def release(self):
        os.unlink(self.path)
