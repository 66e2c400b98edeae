"""Python: one `cli.py` of the standard library only, hooks, and a `pyproject.toml`."""

from goobits_engine.languages.python._renderer import render

__all__ = ["render"]
