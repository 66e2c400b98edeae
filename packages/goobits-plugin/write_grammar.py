"""Write `_grammar.py`: the runtime of a generated Python program, without its commands."""

from __future__ import annotations

from pathlib import Path

from goobits_engine import parse, render

TARGET = Path(__file__).parent / "src/goobits_plugin/_grammar.py"
CONFIG = """\
package_name: goobits-program
command_name: goobits-program
description: A program that a plugin appears in
language: python
cli_path: goobits_plugin/_grammar.py
cli:
  enable_help_json: true
  commands:
    plugin: {desc: Whatever a plugin adds}
"""


def grammar() -> str:
    """Return the text of the module."""
    files = render(parse(CONFIG).program, "python")
    return next(file.content for file in files if file.role == "entry")


if __name__ == "__main__":
    TARGET.write_text(grammar(), encoding="utf-8")
