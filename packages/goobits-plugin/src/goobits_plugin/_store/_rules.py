"""What has to hold of all that is installed, whatever a change made of it. No I/O.

one spelling    no two plugins have names that look the same
one owner       no word of a program is that of two plugins which are enabled
needs           what a plugin depends on is installed, in a version that will do

Only what a change touched is held against the rest: a state that was good stays good.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from packaging.specifiers import SpecifierSet

from goobits_plugin._errors import StoreError
from goobits_plugin._manifest import confusable_key
from goobits_plugin._store._values import EVERY_PROGRAM, Installed

Plugins = Mapping[str, Installed]


def check(plugins: Plugins, touched: Collection[str]) -> None:
    """See that every rule holds.

    Raises:
        StoreError: one does not; it names both plugins.
    """
    for name in sorted(touched):
        if name in plugins:
            _check_spelling(plugins[name], plugins)
            _check_words(plugins[name], plugins)
    _check_needs(plugins, touched)


def needed_by(name: str, plugins: Plugins) -> dict[str, Installed]:
    """Return all plugins that one needs, and those that they need, the nearest first."""
    found: dict[str, Installed] = {}
    waiting = [needed for needed, _ in plugins[name].dependencies]
    while waiting:
        needed = waiting.pop(0)
        if needed not in found and needed != name:
            found[needed] = plugins[needed]
            waiting += [further for further, _ in plugins[needed].dependencies]
    return found


def _check_spelling(plugin: Installed, plugins: Plugins) -> None:
    key = confusable_key(plugin.name)
    for other in plugins:
        if other != plugin.name and confusable_key(other) == key:
            raise StoreError(
                f"plugin '{plugin.name}' looks like '{other}', which is installed",
                hint=f"if it is the one that you want: goobits plugin remove {other}",
            )


def _check_words(plugin: Installed, plugins: Plugins) -> None:
    if not plugin.enabled:
        return
    mine = {word.name for word in plugin.words}
    for other in plugins.values():
        if other.name == plugin.name or not other.enabled or not plugin.shares(other):
            continue
        both = sorted(mine.intersection(word.name for word in other.words))
        if both:
            raise StoreError(
                f"plugin '{plugin.name}' adds the command '{both[0]}' to {_where(plugin, other)}, "
                f"and so does '{other.name}'",
                hint=f"choose one of them: goobits plugin disable {other.name}",
            )


def _where(plugin: Installed, other: Installed) -> str:
    for one, another in ((plugin, other), (other, plugin)):
        for program in one.programs:
            if program != EVERY_PROGRAM and (
                program in another.programs or EVERY_PROGRAM in another.programs
            ):
                return program
    return "every program"


def _check_needs(plugins: Plugins, touched: Collection[str]) -> None:
    for plugin in sorted(plugins.values(), key=lambda plugin: plugin.name):
        for name, versions in plugin.dependencies:
            if plugin.name not in touched and name not in touched:
                continue
            if name not in plugins:
                raise _missing(plugin.name, name, versions, plugin.name in touched)
            there = plugins[name].version
            if not SpecifierSet(versions, prereleases=True).contains(there):
                raise StoreError(
                    f"plugin '{plugin.name}' needs {name} {versions}, and that would be {there}",
                    hint=f"install versions of both that fit, {name} first",
                )


def _missing(plugin: str, name: str, versions: str, is_new: bool) -> StoreError:
    if is_new:
        return StoreError(
            f"plugin '{plugin}' needs {f'{name} {versions}'.rstrip()}, which is not installed",
            hint="install that first: goobits plugin install ARCHIVE",
        )
    return StoreError(
        f"plugin '{name}' is needed by '{plugin}'",
        hint=f"remove that first: goobits plugin remove {plugin}",
    )
