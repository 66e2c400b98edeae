"""The message catalogue: every sentence that a generated program can say, for all languages.

A `{name}` is filled in at run time. The codes are those of the contract of a generated program.
"""

from __future__ import annotations

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "U1": "argument {n} is not valid UTF-8",
    "U2": "unknown command {q}",
    "U3": "unknown option {q}",
    "U4": "option '{opt}' needs a value",
    "U5": "option '{opt}' takes no value",
    "U6": "invalid value {q} for {place}: {reason}",
    "U7": "unexpected argument {q}",
    "U8": "missing argument <{A}>",
    "U9": "argument <{A}> needs {n} values, got {m}",
    "U10": "missing option '{opt}'",
    "U11": "option '{opt}' cannot be used with option '{other}'",
    "U12": "option '{opt}' needs option '{other}'",
    "U13": "environment variable {V} is not valid UTF-8",
    "U14": "option '{opt}' cannot be used with the plugin command {q}",
    "F1": "no function {function} in {file}",
    "F3": "cannot write to standard output",
    "F4": "function {function} never finished",
    "F5": "{file} is not compiled yet: run 'npm run build' to make {path}",
    "F6": "cannot run the plugin command {q}: there is no {path} any more",
    "foreign": "plugins are ignored: others than you own {path} or can write to it",
    "not-int": "not an integer",
    "not-float": "not a number",
    "not-bool": "use true or false",
    "not-choice": "choose from {choices}",
    "not-path": "no such path",
    "out-of-range": "out of range",
    "in-option": "option '{opt}'",
    "in-argument": "argument <{A}>",
    "in-environment": "environment variable {V}",
    "suggestion": "Did you mean '{name}'?",
    "usage": "Try '{path} --help'.",
    "old-command": "command '{path}' is deprecated: {text}",
    "old-option": "option '{opt}' is deprecated: {text}",
}
"""Message templates by code."""

BUILTIN_HELP: Final[dict[str, str]] = {
    "verbose": "Say more, and show traces",
    "color": "When to use colour",
    "help": "Show this help",
    "help-all": "Show the help of every command",
    "help-json": "Show this help as JSON",
    "version": "Show the version",
}
"""Descriptions of the built-in options, in the order of the root page."""
