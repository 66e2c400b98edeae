"""The one line that says what a cache could not do."""

from __future__ import annotations


def warn(message: str) -> None:
    """Log a warning; where nobody has configured logging nothing is shown."""
    import logging

    logger = logging.getLogger("goobits_cache")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.warning("%s", message)
