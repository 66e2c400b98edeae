"""Random programs, and random command lines for them, from a seed.

A specimen is what no author would write and every author could: few words with many
meanings, options that shadow each other, texts that break careless quoting.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

import goobits_engine
from goobits_engine import ConfigError, Program

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"
Block: TypeAlias = dict[str, Json]

_WORDS = """
    a b x y go get set run list new config confg steam stream stop dry-run log-level e5 E
    class import from type def return None true self kwargs command function async await
    constructor toString hasOwnProperty prototype length name arguments default then key
    help verbose completion no-cache cache very-long-name-of-something-that-wraps-a-line
""".split()
_TEXTS = (
    "Copy files",
    'say "hi" it\'s',
    'ends in \\ and """',
    "`tick` ${x} #{y} {0} %s {{ z }} {% raw %}",
    "[bold]loud[/bold] [red]red[/] [OPTIONS] [/]",
    "*/ // --> ]]>",
    "日本語のテキスト",
    "👨‍👩‍👧 👍🏽 🇩🇪 ⚙️",
    "עברית العربية",
    "\u202ertl\u202c a\u00a0b\u200bc\u2028d e\u0301",
    "Words that go on until the line is full, and then a little further than that.",
    "x" * 70,
)
_ICONS = ("", "", "🧰", "⚙️", "日", "->", "\u202e")
VALUES = {
    "str": "a b = 1 help é -x --go ' \" \\ [bold]b[/] 日本 👍🏽 \u202e".split(" "),
    "path": ". / file ./file .. file/ nowhere dangling ~ naïve".split(),
    "int": "0 -0 +5 007 -12 9007199254740991 9007199254740992 -9007199254740991"
    " 00000000000000000000001 1_0 1.0 1e3 ١ 0x1".split(),
    "float": "0 -0 2 1.10 .5 -5. 1e3 1E-400 -1e-400 4.9e-324 0.1 1e400 12345678901234567"
    " -.5e+2 inf nan 1e 1_0 0x1 1.7976931348623157e308 1.7976931348623159e308".split(),
    "bool": "true YES 1 False no 0 on ｔrue yes_".split(),
}
_GOOD = {
    "str": ("", "a b", *VALUES["str"][:8]),
    "path": ("", *VALUES["path"]),
    "int": tuple(VALUES["int"][:6]),
    "float": tuple(VALUES["float"][:11]),
    "bool": tuple(VALUES["bool"][:6]),
}
_TYPES = ("str", "int", "float", "path", "choice")


@dataclass(frozen=True, slots=True)
class Specimen:
    """A random configuration, and the program that it describes."""

    text: str
    program: Program


def specimen(seed: str) -> Specimen:
    """Return the specimen of a seed."""
    random = Random(seed)
    while True:
        text = json.dumps(_Author(random).root(), ensure_ascii=False, indent=1)
        text = text.replace("\u2028", "\\u2028")
        try:
            return Specimen(text, goobits_engine.parse(text).program)
        except ConfigError:
            """Names clashed by chance; such a file is no program."""


class _Author:
    """Writes one configuration, with a small vocabulary of its own."""

    def __init__(self, random: Random) -> None:
        self._random = random
        words = random.sample(_WORDS, 10)
        near = [word + end for word in words[:4] for end in "stx"]
        self._words = list(dict.fromkeys([*words, *near]))
        self._names = [word for word in self._words if word != "help"]

    def root(self) -> Block:
        """Return the whole document."""
        options = self._options([], 0.7)
        commands = self._commands(1, _names(options))
        places: Block = {"cli_path": "cli.py", "cli_hooks_path": "hooks.cjs"}
        return {
            "command_name": "demo",
            "version": self._random.choice(["1.10", "2.0-\"q'"]),
            "description": self._text(),
            "author": self._line(),
            "keywords": [self._line() for _ in range(self._random.randint(0, 3))],
            "languages": ["python", "nodejs", "typescript", "rust"],
            **(places if self._chance(0.5) else {}),
            "cli": {
                "name": self._line(),
                "tagline": self._text(),
                "description": self._text(),
                "footer_note": self._text(),
                "icon": self._random.choice(_ICONS),
                "display_version": self._chance(0.8),
                "enable_recursive_help": self._chance(0.7),
                "enable_help_json": self._chance(0.7),
                "config": {"max_width": self._random.randint(60, 120)},
                "header_sections": self._sections(),
                "command_groups": self._headings(list(commands)),
                "options": options,
                "commands": commands,
            },
        }

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _line(self) -> str:
        return " ".join(self._random.choices(_TEXTS, k=self._random.randint(0, 3)))

    def _text(self) -> str:
        glue = self._random.choice([" ", "\n", "\n\n  "])
        return glue.join(self._line() for _ in range(self._random.randint(1, 2)))

    def _sections(self) -> list[Json]:
        return [
            {
                "title": f"S{self._line()}",
                "icon": self._random.choice(_ICONS),
                "items": self._rows(),
            }
            for _ in range(self._random.randint(0, 2))
        ]

    def _rows(self) -> list[Json]:
        return [
            {
                "item": f"demo {self._line()}",
                "desc": self._text(),
                "style": self._random.choice(["example", "setup", "command"]),
            }
            for _ in range(self._random.randint(0, 2))
        ]

    def _headings(self, names: list[str]) -> list[Json]:
        if self._chance(0.5):
            return []
        some: list[Json] = [*self._random.sample(names, len(names) // 2)]
        return [{"name": f"H{self._line()}", "commands": some}]

    def _commands(self, depth: int, outer: list[str]) -> Block:
        """Return one to four commands; their names and aliases are all different."""
        words = self._random.sample(self._words, 8)
        count = self._random.randint(1, 4)
        default = words[self._random.randrange(count)] if self._chance(0.5) else ""
        commands: Block = {}
        for name in words[:count]:
            command = self._command(depth, outer, leaf=name == default)
            command["is_default"] = name == default
            if self._chance(0.3):
                command["aliases"] = [words.pop() for _ in range(2) if len(words) > 4]
            commands[name] = command
        return commands

    def _command(self, depth: int, outer: list[str], *, leaf: bool) -> Block:
        options = self._options(outer, 0.5)
        taken = _names(options)
        command: Block = {
            "desc": self._text(),
            "icon": self._random.choice(_ICONS),
            "hidden": self._chance(0.1),
            "args": self._arguments(taken),
            "examples": self._rows(),
            "options": options,
        }
        if self._chance(0.2):
            command["help"] = self._text()
        if self._chance(0.1):
            command["deprecated"] = f"gone {self._line()}"
        if depth < 3 and not leaf and self._chance(0.5):
            command["subcommands"] = self._commands(depth + 1, [*outer, *taken])
            if self._chance(0.7):
                del command["args"]
        return command

    def _arguments(self, taken: list[str]) -> list[Json]:
        """Return up to three arguments: optional ones behind, an endless one last."""
        free = [word for word in self._words if word not in taken]
        names = self._random.sample(free, self._random.randint(0, 3))
        needed = self._random.randint(0, len(names))
        arguments: list[Json] = []
        for place, name in enumerate(names):
            nargs = ["", "", "1", "2", "3"] + ["?"] * (place >= needed)
            if place == len(names) - 1:
                nargs += ["*", "+"]
            argument = self._valued(*_TYPES, "bool")
            argument |= {"name": name, "required": place < needed}
            if self._chance(0.4):
                argument["name"] = name.upper()
            if chosen := self._random.choice(nargs):
                argument["nargs"] = int(chosen) if chosen.isdigit() else chosen
            if place < needed:
                argument.pop("default", None)
            arguments.append(argument)
        return arguments

    def _options(self, outer: list[str], share: float) -> list[Json]:
        """Return options; some shadow an outer one, some know each other."""
        if not self._chance(share):
            return []
        count = self._random.randint(1, 4)
        names = self._random.sample(self._names, count)
        if outer and self._chance(0.7):
            names = list(dict.fromkeys([self._random.choice(outer), *names]))
        letters = self._random.sample("abcxyhvVE", len(names))
        in_force = [*outer, *names, "verbose"]
        return [
            self._option(name, letter, [word for word in in_force if word != name])
            for name, letter in zip(names, letters, strict=True)
        ]

    def _option(self, name: str, letter: str, others: list[str]) -> Block:
        kind = self._random.choice(["flag", "count", "value", "value"])
        option = self._valued(*_TYPES) if kind == "value" else {}
        if kind == "flag":
            option["type"] = self._random.choice(["flag", "bool"])
            option["default"] = self._chance(0.3)
            option["negatable"] = bool(option["default"]) or self._chance(0.3)
        elif kind == "count":
            option["count"] = True
        else:
            option["required"] = self._chance(0.2)
            option["multiple"] = self._chance(0.3)
            if option["multiple"] and "default" in option and self._chance(0.5):
                option["default"] = [option["default"], option["default"]]
        option |= {"name": name, "hidden": self._chance(0.1)}
        if self._chance(0.6):
            option["short"] = letter
        if self._chance(0.1):
            option["long"] = self._random.choice([f"{name}-2", *self._names])
        if self._chance(0.3):
            option["env"] = f"DEMO_{name.replace('-', '_')}"
        if self._chance(0.1):
            option["deprecated"] = f"use {self._line()}"
        for relation in ("conflicts_with", "requires"):
            if others and self._chance(0.12):
                option[relation] = [self._random.choice(others)]
        return option

    def _valued(self, *kinds: str) -> Block:
        """Return what options with a value and arguments have in common."""
        kind = self._random.choice(kinds)
        block: Block = {"type": kind, "desc": self._text()}
        good = list(_GOOD["str" if kind == "choice" else kind])
        if kind == "choice" or (kind != "bool" and self._chance(0.2)):
            good = self._random.sample(good, 3)
            block["choices"] = [*good]
        if kind == "path" and self._chance(0.3):
            block["path_exists"] = True
        if self._chance(0.4):
            block["default"] = self._random.choice(good)
        return block


def _names(options: list[Json]) -> list[str]:
    return [str(option["name"]) for option in options if isinstance(option, dict)]
