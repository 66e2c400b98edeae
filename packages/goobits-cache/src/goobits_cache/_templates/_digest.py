"""What the code of a template depends on, as one digest.

Code is compiled by `_compile` so that it depends on nothing else: not on what filters, tests,
`finalize` and the class of undefined values do, only on how they want to be called.
"""

from __future__ import annotations

import sys

from jinja2.defaults import DEFAULT_POLICIES
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from goobits_cache._persistent._entries import blake2b
from goobits_cache._templates._later import LaterName
from goobits_cache._templates._runtime import version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2.environment import Environment

_FORM = 1
_OPTIONS = (
    "block_start_string",
    "block_end_string",
    "variable_start_string",
    "variable_end_string",
    "comment_start_string",
    "comment_end_string",
    "line_statement_prefix",
    "line_comment_prefix",
    "trim_blocks",
    "lstrip_blocks",
    "newline_sequence",
    "keep_trailing_newline",
    "optimized",
    "is_async",
    "sandboxed",
)
# What an environment holds besides and code does not depend on, or not on that alone.
_OTHERS = frozenset(("autoescape", "auto_reload", "overlayed", "shared"))
_SIMPLE = (bool, int, float, str, bytes)


class UnknownCodeError(Exception):
    """A class takes part in compiling whose source is nowhere to be read."""


def template_digest(
    environment: Environment, name: str | None, source: str
) -> str | None:
    """Return the digest of all that the code of a template depends on.

    That is its name and source, the version of Jinja2, every option of the environment that
    changes the code, and the files of foreign classes and extensions that take part in
    compiling. It is the same for every interpreter, machine and folder. None when such a file
    cannot be read: the code is not to be kept then.
    """
    try:
        parts = (_FORM, version(), name, *_described(environment, name))
    except UnknownCodeError:
        return None
    text = f"{parts!r}\0{source}"
    data = text.encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=20).hexdigest()


def place_digest(digest: str, filename: str | None) -> str:
    """Return the key of code whose tracebacks name that file."""
    data = repr(filename).encode("utf-8", "surrogatepass")
    return f"{digest} {blake2b(data, digest_size=8).hexdigest()}"


def _described(environment: Environment, name: str | None) -> Iterator[object]:
    own = environment.__dict__
    escape = environment.autoescape
    yield bool(escape(name) if callable(escape) else escape)
    for option in _OPTIONS:
        yield getattr(environment, option)
    yield wanted(environment.finalize)
    yield signatures(environment.filters, FILTERS)
    yield signatures(environment.tests, TESTS)
    if environment.policies != DEFAULT_POLICIES:
        yield sorted(_simple(environment.policies))
    yield tuple(_sources(type(environment)))
    if environment.sandboxed:
        yield sorted(getattr(environment, "intercepted_binops", ()))
        yield sorted(getattr(environment, "intercepted_unops", ()))
    generator = own.get("code_generator_class")
    if generator is not None:
        yield tuple(_sources(generator))
    for extension in environment.iter_extensions():
        yield tuple(_sources(type(extension)))
    # What extensions and foreign classes are configured with.
    known = _OTHERS.union(_OPTIONS)
    yield sorted(_simple({k: v for k, v in own.items() if k not in known}))


def _simple(values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, _SIMPLE):
            yield name, repr(value)


def wanted(function: object) -> str:
    """Return what a function wants to be passed first, and whether there is one."""
    if function is None:
        return "-"
    first = getattr(function, "jinja_pass_arg", None)
    return str(getattr(first, "name", ""))


def signatures(
    functions: Mapping[str, object],
    default: Mapping[str, object],
) -> list[tuple[str, str]]:
    """Return how the functions want to be called that are not Jinja's own, or are missing."""
    found = [
        (name, wanted(function))
        for name, function in functions.items()
        if default.get(name) is not function
    ]
    found.extend((name, "-") for name in default if name not in functions)
    return sorted(found)


def _sources(kind: type) -> Iterator[str]:
    """Yield the names of a class and its bases, and digests of the files of foreign ones."""
    for one in kind.__mro__:
        module = one.__module__
        if one is object or module.startswith(f"{__package__}."):
            continue
        yield f"{module}.{one.__qualname__}"
        if module.partition(".")[0] != "jinja2":
            yield _file_digest(module)
        generator = one.__dict__.get("code_generator_class")
        if isinstance(generator, type) and generator.__module__ != "jinja2.compiler":
            yield from _sources(generator)
        elif generator is not None and not isinstance(generator, type | LaterName):
            raise UnknownCodeError(repr(generator))


def _file_digest(module: str) -> str:
    path = getattr(sys.modules.get(module), "__file__", None)
    if path is None:
        raise UnknownCodeError(module)
    try:
        with open(path, "rb") as file:
            return blake2b(file.read(), digest_size=16).hexdigest()
    except OSError as error:
        raise UnknownCodeError(module) from error
