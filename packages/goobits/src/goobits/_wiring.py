"""How the whole is put together: the engine, and what it is handed.

The engine knows no cache and no monitor. What it asks of them is filled in here and nowhere else:
compiled templates come from goobits-cache, which serves them without Jinja2's compiler; programs
that were read and builds that are settled are kept by goobits-cache on the disk; phases are told
to goobits-monitor when somebody measures. goobits-lazy loads each part when it is first used.
"""

from __future__ import annotations

import os
import sys

from goobits_lazy import LazyLoader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from goobits_cache import PersistentCache
    from goobits_engine import Build, Settled, Templates

FOLDER = "GOOBITS_CACHE"
"""Names the folder of the caches; when it is empty, nothing is kept."""

_PHASES = "GOOBITS_MONITOR_PHASES"


_parts = LazyLoader()


def cache_folder(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return where everything is kept that can be made again, or None for nowhere."""
    named = environment.get(FOLDER)
    if named is not None:
        return named or None
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
        return os.path.join(base, "goobits", "Cache")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches/goobits")
    base = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.expanduser("~/.cache")
    return os.path.join(base, "goobits") if os.path.isabs(base) else None


@_parts.component("kept")
def kept() -> PersistentCache[bytes] | None:
    """Return where programs and settled builds are kept, or None for nowhere."""
    from goobits_cache import PersistentCache

    folder = cache_folder()
    return PersistentCache(os.path.join(folder, "builds")) if folder else None


@_parts.component("templates")
def templates() -> Templates:
    """Return the engine's templates, as its wheel or the cache has them compiled."""
    from goobits_cache import TemplateCache
    from goobits_engine import Templates, precompiled

    folder = cache_folder()
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


def settled(
    config: str, output: str | None, only: Sequence[str], add_missing_hooks: bool
) -> Settled | None:
    """Return what a build would find when it has nothing to do, else None."""
    from goobits_engine import settled

    store = kept()
    if store is None:
        return None
    return settled(
        config, output, only=only, add_missing_hooks=add_missing_hooks, kept=store
    )


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
        templates=templates(),
        kept=kept(),
        phase=phase(),
    )
