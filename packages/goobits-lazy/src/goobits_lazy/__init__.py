"""Load modules and components when they are first used, and learn what to preload.

`LazyProxy`, `AsyncLazyProxy` and `lazy_import` stand for an object or a module, `lazy_exports` for
the names of a package. `LazyLoader` holds components by name, and a `LoadingStrategy` decides when
each is loaded. The names of this package are imported when they are first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_lazy._async_proxy import AsyncLazyProxy
    from goobits_lazy._errors import (
        ComponentExistsError,
        ComponentNotFoundError,
        CycleError,
        DeferredImportError,
        GoobitsLazyError,
        LoaderError,
    )
    from goobits_lazy._exports import lazy_exports
    from goobits_lazy._loader import LazyLoader
    from goobits_lazy._modules import lazy_import
    from goobits_lazy._predictive import PredictiveLoadingStrategy
    from goobits_lazy._proxy import LazyProxy
    from goobits_lazy._runs import Usage
    from goobits_lazy._statistics import ComponentStatistics
    from goobits_lazy._strategies import (
        EagerLoadingStrategy,
        LazyLoadingStrategy,
        LoadingStrategy,
        PriorityLoadingStrategy,
    )
    from goobits_lazy._usage import UsageStore

_MODULES = {
    "_async_proxy": ("AsyncLazyProxy",),
    "_errors": (
        "ComponentExistsError",
        "ComponentNotFoundError",
        "CycleError",
        "DeferredImportError",
        "GoobitsLazyError",
        "LoaderError",
    ),
    "_exports": ("lazy_exports",),
    "_loader": ("LazyLoader",),
    "_modules": ("lazy_import",),
    "_predictive": ("PredictiveLoadingStrategy",),
    "_proxy": ("LazyProxy",),
    "_runs": ("Usage",),
    "_statistics": ("ComponentStatistics",),
    "_strategies": (
        "EagerLoadingStrategy",
        "LazyLoadingStrategy",
        "LoadingStrategy",
        "PriorityLoadingStrategy",
    ),
    "_usage": ("UsageStore",),
}

__all__ = [
    "AsyncLazyProxy",
    "ComponentExistsError",
    "ComponentNotFoundError",
    "ComponentStatistics",
    "CycleError",
    "DeferredImportError",
    "EagerLoadingStrategy",
    "GoobitsLazyError",
    "LazyLoader",
    "LazyLoadingStrategy",
    "LazyProxy",
    "LoaderError",
    "LoadingStrategy",
    "PredictiveLoadingStrategy",
    "PriorityLoadingStrategy",
    "Usage",
    "UsageStore",
    "lazy_exports",
    "lazy_import",
]


def __getattr__(name: str) -> object:
    for module, names in _MODULES.items():
        if name in names:
            found = __import__(f"{__name__}.{module}", None, None, names)
            value: object = getattr(found, name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
