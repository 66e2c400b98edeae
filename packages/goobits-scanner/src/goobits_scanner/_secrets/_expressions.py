"""Regular expressions that are compiled when they are first asked for."""

from __future__ import annotations

import re
from functools import cache


@cache
def expression(source: str) -> re.Pattern[str]:
    """Compile an expression over ASCII; many a scan needs none of them."""
    return re.compile(source, re.ASCII)
