"""The cache on disk: one file per entry, in a folder that only its owner can write."""

from goobits_cache._persistent._cache import PersistentCache

__all__ = ["PersistentCache"]
