"""Writes the rules as literals that load in a millisecond.

Run it after any change of a rule, a mark or a capability: what is scanned with are the tables
`_rules/_table_<language>.py`, not the rules that people read and write.
"""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "src" / "goobits_scanner" / "_rules"
LANGUAGES = ("python", "javascript", "rust")


def table_text(language: str) -> str:
    """Return the module of one language."""
    from goobits_scanner._rules._tabulate import tabulate

    entries, *others = tabulate(language)
    lines = "".join(f"        {entry!r},\n" for entry in entries)
    rest = "".join(f"    {other!r},\n" for other in others)
    return (
        f'"""The patterns of {language}: written by write_tables.py, from the rules."""\n\n'
        f"TABLE = (\n    (\n{lines}    ),\n{rest})\n"
    )


def main() -> None:
    sys.path.insert(0, str(FOLDER.parents[1]))
    for language in LANGUAGES:
        path = FOLDER / f"_table_{language}.py"
        path.write_text(table_text(language), "utf-8")


if __name__ == "__main__":
    main()
