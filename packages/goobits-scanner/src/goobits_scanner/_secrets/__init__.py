"""Find secrets: some 330 patterns behind one automaton over their keywords."""

from __future__ import annotations

from ._find import find_secrets
from ._table import KEYWORDS, PATTERNS, Pattern, Secret
from ._text import scan_text

__all__ = ["KEYWORDS", "PATTERNS", "Pattern", "Secret", "find_secrets", "scan_text"]
