"""Node.js: one `cli.cjs` without dependencies, hooks, and a `package.json`."""

from goobits_engine.languages.nodejs._renderer import render

__all__ = ["render"]
