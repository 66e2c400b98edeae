"""Names of a package that are imported from its modules when they are first used."""

from __future__ import annotations

import sys

from goobits_lazy._deferral import eager, reraise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType

    Source = tuple[str, str]
    """A module, and a name in it or the name of a module below it."""

_FLAG = "TYPE_CHECKING"
_IMPORT_FLAGS = 2 if sys.version_info >= (3, 15) else 0
"""How many bits below the name say whether an import is lazy: those of PEP 810."""


def lazy_exports() -> None:
    """Make what the calling package imports `if TYPE_CHECKING` its attributes, on first use.

    The package says `from ... import ...` there, once, where type checkers, editors and packagers
    read it; at run time nothing parses source, as the compiled block is read. A used name becomes
    an ordinary variable of the package. `dir` shows the names, and `__all__` holds those without
    an underscore, unless the package has one. `EAGER_IMPORT=1` imports all of them at once.

    A name that is also that of its module (`from ._run import run` is fine, `from .run import run`
    is not) is imported at once, as Python itself sets `package.run` to the module.

    Raises:
        ValueError: the calling module imports no name in a block `if TYPE_CHECKING:`.
    """
    frame = sys._getframe(1)
    variables = frame.f_globals
    package: str = variables["__package__"] or ""
    sources = dict(_sources(frame.f_code, package))
    if not sources:
        raise ValueError(f"{variables['__name__']} imports no name if {_FLAG}")
    resolve = _resolver(variables, sources, variables.get("__getattr__"))
    variables["__getattr__"] = resolve
    variables["__dir__"] = lambda: sorted({*variables, *sources})
    public = sorted(name for name in sources if not name.startswith("_"))
    variables.setdefault("__all__", public)
    at_once = eager()
    for name, (module, attribute) in sources.items():
        if at_once or module == f"{package}.{attribute}":
            resolve(name)


def _resolver(
    variables: dict[str, object],
    sources: dict[str, Source],
    otherwise: Callable[[str], object] | None,
) -> Callable[[str], object]:
    """Return the `__getattr__` of a package."""
    package = variables["__name__"]

    def resolve(name: str) -> object:
        source = sources.get(name)
        if source is None:
            if otherwise is not None:
                return otherwise(name)
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        try:
            value = variables[name] = _imported(*source, package)
        except AttributeError as error:
            reraise(error, sys._getframe(1))
        return value

    return resolve


def _imported(module: str, attribute: str, package: object) -> object:
    """Return what `from module import attribute` imports."""
    if module != package:
        __import__(module)
        found = sys.modules[module]
        value = getattr(found, attribute, _imported)
        if value is not _imported:
            return value
    below = f"{module}.{attribute}"
    try:
        __import__(below)
    except ModuleNotFoundError as error:
        if error.name != below:
            raise
        why = " (most likely due to a circular import)" if _is_loading(module) else ""
        message = f"cannot import name {attribute!r} from {module!r}{why}"
        raise ImportError(message, name=module) from None
    return sys.modules[below]


def _is_loading(module: str) -> bool:
    spec = getattr(sys.modules.get(module), "__spec__", None)
    return getattr(spec, "_initializing", False)


def _sources(code: CodeType, package: str) -> Iterator[tuple[str, Source]]:
    """Yield the names that a block `if TYPE_CHECKING:` imports, with where from."""
    constants: list[object] = [0, None]
    module = attribute = ""
    for operation, argument in _block(code):
        if operation == "LOAD_CONST":
            constants = [constants[-1], code.co_consts[argument]]
        elif operation == "LOAD_SMALL_INT":
            constants = [constants[-1], argument]
        elif operation == "IMPORT_NAME":
            name = code.co_names[argument >> _IMPORT_FLAGS]
            module = _absolute(name, constants[0], package)
        elif operation == "IMPORT_FROM":
            attribute = code.co_names[argument]
        elif operation == "STORE_NAME" and attribute:
            yield code.co_names[argument], (module, attribute)
            attribute = ""


def _absolute(name: str, level: object, package: str) -> str:
    if not isinstance(level, int) or not level:
        return name
    base = package.rsplit(".", level - 1)[0]
    return f"{base}.{name}" if name else base


def _block(code: CodeType) -> Iterator[tuple[str, int]]:
    """Yield the instructions below `if TYPE_CHECKING:`, which jump nowhere else."""
    end = 0
    flagged = False
    for after, operation, argument in _instructions(code.co_code):
        if after <= end:
            yield operation, argument
        elif operation in ("LOAD_NAME", "LOAD_GLOBAL"):
            flagged = code.co_names[argument] == _FLAG
        elif operation.startswith("POP_JUMP") and flagged:
            end = after + 2 * argument
            flagged = False


def _instructions(compiled: bytes) -> Iterator[tuple[int, str, int]]:
    """Yield the end, the name and the argument of each instruction."""
    from opcode import opname

    argument = 0
    for start in range(0, len(compiled), 2):
        argument = argument << 8 | compiled[start + 1]
        operation = opname[compiled[start]]
        if operation != "EXTENDED_ARG":
            yield start + 2, operation, argument
            argument = 0
