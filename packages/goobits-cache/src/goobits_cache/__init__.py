"""Caches behind one mapping interface, in memory, on disk and shared, and compiled templates.

`MemoryCache`, `PersistentCache`, `RedisCache` and `TieredCache` are mutable mappings with
`get_or_create`; `CacheManager` shares a budget between caches; `ComponentCache` holds what
somebody uses; `TemplateCache` serves compiled Jinja2 templates to fresh processes. Names are
imported when they are first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_cache._cache import Cache
    from goobits_cache._codecs import BYTES, JSON, TEXT, Codec
    from goobits_cache._components import ComponentCache
    from goobits_cache._errors import (
        BudgetError,
        CodecError,
        ComponentError,
        ExtraMissingError,
        GoobitsCacheError,
    )
    from goobits_cache._manager import CacheManager
    from goobits_cache._memory import MemoryCache
    from goobits_cache._persistent import PersistentCache
    from goobits_cache._redis import RedisCache
    from goobits_cache._statistics import Statistics
    from goobits_cache._templates import TemplateCache
    from goobits_cache._tiered import TieredCache

_MODULES = {
    "_cache": ("Cache",),
    "_codecs": ("BYTES", "JSON", "TEXT", "Codec"),
    "_components": ("ComponentCache",),
    "_errors": (
        "BudgetError",
        "CodecError",
        "ComponentError",
        "ExtraMissingError",
        "GoobitsCacheError",
    ),
    "_manager": ("CacheManager",),
    "_memory": ("MemoryCache",),
    "_persistent": ("PersistentCache",),
    "_redis": ("RedisCache",),
    "_statistics": ("Statistics",),
    "_templates": ("TemplateCache",),
    "_tiered": ("TieredCache",),
}

__all__ = [
    "BYTES",
    "JSON",
    "TEXT",
    "BudgetError",
    "Cache",
    "CacheManager",
    "Codec",
    "CodecError",
    "ComponentCache",
    "ComponentError",
    "ExtraMissingError",
    "GoobitsCacheError",
    "MemoryCache",
    "PersistentCache",
    "RedisCache",
    "Statistics",
    "TemplateCache",
    "TieredCache",
]


def __getattr__(name: str) -> object:
    for module, names in _MODULES.items():
        if name in names:
            found = __import__(f"{__name__}.{module}", None, None, (name,))
            value: object = getattr(found, name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
