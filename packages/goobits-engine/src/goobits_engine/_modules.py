"""Names of Python modules: which a program cannot have, and which its package has by default.

Fixed lists, so that every interpreter decides alike.
"""

from __future__ import annotations

RESERVED = frozenset(
    "False None True and as assert async await break class continue def del elif else"
    " except finally for from global if import in is lambda nonlocal not or pass raise"
    " return try while with yield".split()
)
"""The keywords: `import class` is no Python."""

STANDARD = frozenset(
    "abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore"
    " atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb"
    " chunk cmath cmd code codecs codeop collections colorsys compileall compression"
    " concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes"
    " curses dataclasses datetime dbm decimal difflib dis distutils doctest email"
    " encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch"
    " fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp"
    " gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io"
    " ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox"
    " mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing"
    " netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os"
    " ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib"
    " posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data"
    " pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched"
    " secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr"
    " socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat"
    " statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog"
    " tabnanny tarfile telnetlib tempfile termios test textwrap this threading time"
    " timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle"
    " turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave"
    " weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile"
    " zipimport zlib zoneinfo".split()
)
"""The standard library: whatever else has such a name cannot be imported."""


def package_of(name: str) -> str:
    """Return the folder of the importable package of a distribution of this name."""
    package = name.replace("-", "_").replace(".", "_")
    taken = package in RESERVED or package in STANDARD
    return f"{package}_cli" if taken else package


def stem_of(path: str) -> str:
    """Return a path without the extension of its file."""
    folder, slash, name = path.rpartition("/")
    return folder + slash + (name.rpartition(".")[0] or name)


def module_of(path: str) -> tuple[str, ...]:
    """Return the names by which Python imports a file; a `src` folder is none of them."""
    parts = stem_of(path).split("/")
    return tuple(parts[1:] if parts[0] == "src" and len(parts) > 1 else parts)
