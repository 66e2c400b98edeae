"""The options that every program has, as far as its author did not take their names."""

from __future__ import annotations

from dataclasses import replace

from goobits_engine._messages import BUILTIN_HELP
from goobits_engine._program import Option, Program, Scalar

_COLOURS = tuple(Scalar(text, text) for text in ("auto", "always", "never"))


def builtin_options(program: Program) -> tuple[Option, ...]:
    """Return the built-ins of the root, in the order of its page.

    A user's root option takes a short name away, or `verbose` altogether; one of the root's
    default command, whose options are typed without its name, takes a short name.
    """
    root = program.root
    names = {option.long for option in root.options}
    names |= {option.name for option in root.options}
    typed = [root, *(child for child in root.children if child.name == root.default)]
    shorts = {option.short for command in typed for option in command.options}
    enabled = {"help-all": program.help_all, "help-json": program.help_json}
    return tuple(
        replace(option, short="") if option.short in shorts else option
        for option in _ALL
        if option.long not in names and enabled.get(option.long, True)
    )


def _flag(name: str, short: str = "") -> Option:
    return Option(
        name,
        name.replace("-", "_"),
        name,
        short,
        kind="flag",
        type="bool",
        desc=BUILTIN_HELP[name],
    )


_ALL = (
    _flag("verbose", "v"),
    Option(
        "color",
        "color",
        "color",
        desc=BUILTIN_HELP["color"],
        choices=_COLOURS,
        default=_COLOURS[:1],
    ),
    _flag("help", "h"),
    _flag("help-all"),
    _flag("help-json"),
    _flag("version", "V"),
)
