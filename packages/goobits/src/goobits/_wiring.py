"""How the whole is put together: the engine, and what it is handed.

The engine knows no cache and no monitor. What it asks of them is filled in here and nowhere else:
compiled templates come from goobits-cache, which serves them without Jinja2's compiler; programs
that were read and builds that are settled are kept by goobits-cache on the disk; phases are told
to goobits-monitor when somebody measures. goobits-lazy loads each part when it is first used, so a
configuration with a mistake in it never loads a template.
"""

from __future__ import annotations

import os

from goobits_lazy import LazyLoader, LazyProxy

from goobits import _caches as caches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from goobits_engine import Build, Templates

_PHASES = "GOOBITS_MONITOR_PHASES"


_parts = LazyLoader()


@_parts.component("templates")
def templates() -> Templates:
    """Return the engine's templates, as its wheel or the cache has them compiled."""
    from goobits_cache import TemplateCache
    from goobits_engine import Templates, precompiled

    folder = caches.folder()
    cache = TemplateCache(
        os.path.join(folder, "templates") if folder else None,
        compiled=lambda name, _digest: precompiled(name),
    )
    return Templates(
        lambda below, options: cache.environment(below, undefined="strict", **options)
    )


@_parts.component("phase")
def phase() -> Callable[[str], AbstractContextManager[object]]:
    """Return what makes the context of a phase, by its name."""
    if os.environ.get(_PHASES):
        from goobits_monitor import StartupBenchmark

        return StartupBenchmark().phase
    from contextlib import nullcontext

    return nullcontext


def build(
    config: str,
    output: str | None,
    only: Sequence[str],
    *,
    check: bool,
    add_missing_hooks: bool,
) -> Build:
    """Build a configuration with every part in its place; see `goobits_engine.build`."""
    from pathlib import Path

    from goobits_engine import build

    return build(
        Path(config),
        None if output is None else Path(output),
        only=only,
        check=check,
        add_missing_hooks=add_missing_hooks,
        templates=LazyProxy(templates),
        kept=caches.builds(),
        phase=phase(),
    )
