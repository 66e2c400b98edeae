"""The JSON help: one command and all that is below it, for scripts and editors.

Absent things are left out, hidden ones are marked. Values are the texts that the page shows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from goobits_engine._help._builtins import builtin_options
from goobits_engine._help._markup import plain
from goobits_engine._program import Argument, Command, Option, Program

Json = str | int | bool | Sequence["Json"] | Mapping[str, "Json"] | None
Fields = dict[str, Json]


def help_json(program: Program) -> str:
    """Render the root as one indented JSON document and a newline.

    A program cuts the object of another command out of it: that object begins two lines above
    its `"path"`, and ends with the brace of the same indent.
    """
    root = program.root
    document = _command(root, [root.name])
    document["version"] = program.version
    document["options"] = _options(root.options + builtin_options(program))
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _command(command: Command, words: Sequence[str]) -> Fields:
    return _present(
        {
            "name": command.name,
            "path": " ".join(words),
            "aliases": command.aliases,
            "description": plain(command.description or command.summary),
            "deprecated": plain(command.deprecated),
            "default": command.default,
            "arguments": [_argument(argument) for argument in command.arguments],
            "options": _options(command.options),
            "commands": [
                _command(child, [*words, child.name]) for child in command.children
            ],
            "hidden": command.hidden,
        }
    )


def _argument(argument: Argument) -> Fields:
    return _present(
        {
            "name": argument.name,
            "description": plain(argument.desc),
            "type": argument.type,
            "required": argument.required,
            "minimum": argument.minimum if argument.is_list else None,
            "maximum": argument.maximum if argument.is_list else None,
            "choices": [choice.text for choice in argument.choices],
            "default": argument.default.text if argument.default else None,
        }
    )


def _options(options: Sequence[Option]) -> list[Json]:
    return [_option(option) for option in options]


def _option(option: Option) -> Fields:
    texts = [value.text for value in option.default]
    return _present(
        {
            "name": f"--{option.long}",
            "short": f"-{option.short}" if option.short else "",
            "negation": f"--no-{option.long}" if option.negatable else "",
            "description": plain(option.desc),
            "type": option.type if option.kind == "value" else option.kind,
            "required": option.required,
            "multiple": option.multiple,
            "choices": [choice.text for choice in option.choices],
            "default": texts if option.multiple else "".join(texts),
            "env": option.env,
            "deprecated": plain(option.deprecated),
            "conflicts_with": option.conflicts_with,
            "requires": option.requires,
            "hidden": option.hidden,
        }
    )


def _present(fields: Fields) -> Fields:
    return {
        name: value
        for name, value in fields.items()
        if value not in ("", None, False, (), [])
    }
