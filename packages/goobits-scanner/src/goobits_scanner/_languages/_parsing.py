"""Parsing with tree-sitter, within time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Parser, Tree

# Of this many nodes one may be an error before a file counts as not parsed.
_FEW = 20
_CHUNK = 1 << 14
_MOST_LOOKED_AT = 20_000
# What stands within an error, but was read as if it stood alone.
_READ = ("_statement", "_definition", "_declaration")


@cache
def grammar(package: str, function: str = "language") -> Language:
    """Return the grammar of a distribution's extension module.

    The package around it imports `importlib.resources` for queries that nobody asks for here,
    which costs more than parsing a plugin; the extension alone does not.
    """
    from importlib.machinery import PathFinder

    from tree_sitter import Language

    outer = PathFinder.find_spec(package)
    inner = outer and PathFinder.find_spec(
        f"{package}._binding", outer.submodule_search_locations
    )
    if inner is None or inner.loader is None:
        raise ModuleNotFoundError(f"{package} has no grammar", name=package)
    module = inner.loader.create_module(inner)
    assert module is not None
    inner.loader.exec_module(module)
    return Language(getattr(module, function)())


@cache
def _parser(language: Language) -> Parser:
    import tree_sitter

    return tree_sitter.Parser(language)


def parse(data: bytes, language: Language, deadline: Callable[[], bool]) -> Tree | None:
    """Parse a file; return None where time is over."""
    parser = _parser(language)
    try:
        tree: Tree | None = parser.parse(
            lambda offset, _: data[offset : offset + _CHUNK],
            progress_callback=lambda *_: deadline(),
        )
    except ValueError:
        parser.reset()
        return None
    if tree is None:
        parser.reset()
    return tree


def problem_of(root: Node) -> str:
    """Say where a file's syntax is broken for good; "" where it is not.

    One mistake, or syntax newer than the grammar, leaves the rest of a file readable; a file
    of which a twentieth of the text is unreadable is another thing. Only the parts of the
    tree that hold an error are looked at.
    """
    if not root.has_error:
        return ""
    broken, first, looked_at = 0, 0, 0
    waiting = [root]
    while waiting and looked_at < _MOST_LOOKED_AT:
        node = waiting.pop()
        looked_at += 1
        if node.is_error:
            broken += _unread(node)
            line = node.start_point.row + 1
            first = min(first or line, line)
        else:
            waiting += [child for child in node.children if child.has_error]
    if broken * _FEW <= root.end_byte and looked_at < _MOST_LOOKED_AT:
        return ""
    return f"it could not be parsed from line {first or 1} on"


def _unread(error: Node) -> int:
    """Return how many bytes of an error are in none of the nodes that were made of it."""
    size = error.end_byte - error.start_byte
    read = sum(
        child.end_byte - child.start_byte
        for child in error.named_children
        if child.type.endswith(_READ) and not child.has_error
    )
    return size - read
