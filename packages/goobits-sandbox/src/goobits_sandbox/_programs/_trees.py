"""The folders of the host that a runtime needs: its prefix, and nothing above it."""

from __future__ import annotations

import os

from goobits_sandbox._errors import CommandNotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_LONGEST = 65536


def is_of_system(path: str) -> bool:
    """Tell whether every guest sees the path anyway."""
    return any(path == root or path.startswith(f"{root}/") for root in SYSTEM)


def environment(file: str) -> str:
    """Return the virtual environment that a file in a bin folder belongs to, or ""."""
    folder = os.path.dirname(os.path.dirname(file))
    return folder if os.path.isfile(f"{folder}/pyvenv.cfg") else ""


def base_prefix(folder: str, name: str) -> str:
    """Return the prefix of the Python that a virtual environment was made with.

    Raises:
        CommandNotFoundError: what the environment names is no Python's prefix.
    """
    home = ""
    with open(f"{folder}/pyvenv.cfg", encoding="utf-8", errors="replace") as file:
        for line in file.read(_LONGEST).splitlines():
            key, _, value = line.partition("=")
            if key.strip().lower() == "home":
                home = value.strip()
    prefix = os.path.dirname(os.path.realpath(home)) if home.startswith("/") else ""
    if is_of_system(prefix):
        return ""
    if not prefix or not _is_python(prefix) or is_too_wide(prefix):
        raise CommandNotFoundError(
            f"{folder}/pyvenv.cfg: home = {home!r} is no Python",
            name,
            hint="make the virtual environment again",
        )
    return prefix


def prefix_of(real: str) -> str:
    """Return the prefix of the runtime whose program this is, or "" where it stands alone."""
    folder, bin_name = os.path.split(os.path.dirname(real))
    if bin_name not in ("bin", "sbin", "libexec"):
        package = real.rpartition("/lib/node_modules/")[0]
        return (
            package
            if package and _is_node(package) and not is_too_wide(package)
            else ""
        )
    is_runtime = _is_python(folder) or _is_node(folder) or _is_rust(folder)
    return folder if is_runtime and not is_too_wide(folder) else ""


def parts_of(real: str) -> Iterator[str]:
    """Yield what a Python in a prefix that is too wide needs of it."""
    folder = os.path.dirname(os.path.dirname(real))
    yield real
    for library in _python_libraries(folder):
        yield library
        shared = os.path.join(folder, "lib", f"lib{os.path.basename(library)}.so.1.0")
        if os.path.exists(shared):
            yield shared


def is_too_wide(folder: str) -> bool:
    """Tell whether a folder holds more than a runtime: a home, or what is above one."""
    homes = {os.path.realpath(os.path.expanduser("~")), os.environ.get("HOME", "")}
    inside = folder.rstrip("/") + "/"
    wide = ("/", "/home", "/root", "/opt", "/var", "/etc", "/tmp", "/srv", "/mnt")
    return folder in wide or any(
        f"{home}/".startswith(inside) for home in homes if home
    )


def _is_python(folder: str) -> bool:
    return bool(_python_libraries(folder))


def _python_libraries(folder: str) -> list[str]:
    library = os.path.join(folder, "lib")
    try:
        names = [name for name in os.listdir(library) if name.startswith("python3.")]
    except OSError:
        return []
    found = [os.path.join(library, name) for name in sorted(names)]
    return [path for path in found if os.path.isfile(f"{path}/os.py")]


def _is_node(folder: str) -> bool:
    return os.path.isfile(f"{folder}/bin/node")


def _is_rust(folder: str) -> bool:
    return os.path.isdir(f"{folder}/lib/rustlib")
