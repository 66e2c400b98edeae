"""TypeScript: the entry of Node.js, hooks with types, and what compiles them."""

from goobits_engine.languages.typescript._renderer import render

__all__ = ["render"]
