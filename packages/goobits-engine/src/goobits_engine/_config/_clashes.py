"""Names that clash: each error shows both places."""

from __future__ import annotations

from goobits_engine._config._diagnostics import place
from goobits_engine._config._names import folded_key, hook_key, nearest, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from goobits_engine._config._blocks import Field
    from goobits_engine._config._diagnostics import Report
    from goobits_engine._config._drafts import CommandDraft, OptionDraft
    from goobits_engine._config._nodes import Node

    Named = tuple[str, str, Node]

_CAMEL = frozenset({"nodejs", "typescript"})
"""Languages that write the keys of a hook's values in camel case."""
_PASCAL = _CAMEL | {"rust"}
"""Languages that write the name of a hook, or of what it is called with, in such a case."""
_HANDED = "command_name"
_BUILT_IN = "verbose"


class _Scope:
    """The options of one command, by what others may call them."""

    __slots__ = ("keys", "names", "unsure")

    def __init__(self, command: CommandDraft, camel: bool) -> None:
        self.names = {option.name: None for option in command.options}
        self.unsure = command.unsure
        self.keys: dict[str, Named] = {}
        for option in command.options:
            named = ("option", option.name, option.block.node("name"))
            self.keys.setdefault(folded_key(option.key, camel=camel), named)


class Clashes:
    """Walks a tree of commands and reports names that cannot stand together.

    `reserved` are the words of built-in options that nobody can replace.
    """

    def __init__(
        self, report: Report, reserved: frozenset[str], languages: Iterable[str]
    ) -> None:
        self._report = report
        self._reserved = reserved
        self._camel = not _CAMEL.isdisjoint(languages)
        self._pascal = not _PASCAL.isdisjoint(languages)
        self._hooks: dict[str, CommandDraft] = {}

    def check(self, command: CommandDraft, outer: tuple[_Scope, ...] = ()) -> None:
        """Check `command` and all below it; `outer` encloses it, the nearest first."""
        self._options(command)
        self._keys(command, outer)
        scopes = (_Scope(command, self._camel), *outer)
        if not outer and all(option.long != _BUILT_IN for option in command.options):
            scopes[0].names[_BUILT_IN] = None
        if not any(scope.unsure for scope in scopes):
            self._references(command, scopes)
        self._words(command)
        self._defaults(command)
        if command.path and command.runnable:
            self._hook(command)
        for child in command.children:
            self.check(child, scopes)

    def _clash(
        self, code: str, message: str, node: Node, first: Node, help: str = ""
    ) -> None:
        places = (place(first, "first given here"),)
        self._report.error(code, message, node, help=help, related=places)

    def _options(self, command: CommandDraft) -> None:
        words: dict[str, Node] = {}
        negations = {f"--no-{o.long}": o.long for o in command.options if o.negatable}
        # Below the root, a command may ask for a version of its own.
        reserved = self._reserved - ({"version"} if command.path else set())
        for option in command.options:
            self._reserve(option, reserved)
            for word, node in _words_of(option):
                first = words.setdefault(word, node)
                if first is not node:
                    message = f"the option {word} is given twice in {command.label}"
                    help = ""
                    if word in negations:
                        help = f"{word} is what switches --{negations[word]} off"
                    self._clash("G020", message, node, first, help)
                    break

    def _reserve(self, option: OptionDraft, reserved: frozenset[str]) -> None:
        for word, node in (
            (option.name, option.block.node("name")),
            (option.long, option.long_node),
        ):
            if word in reserved:
                message = f"the option --{word} is built in and cannot be replaced"
                self._report.error("G024", message, node, help="choose another name")
                return

    def _keys(self, command: CommandDraft, outer: tuple[_Scope, ...]) -> None:
        """Report two values that a hook would see under one key."""
        seen: dict[str, Named] = {}
        for argument in command.arguments:
            node = argument.block.node("name")
            self._key(("argument", argument.name, node), argument.key, seen)
        for option in command.options:
            named = ("option", option.name, option.block.node("name"))
            if not self._key(named, option.key, seen):
                continue
            key = folded_key(option.key, camel=self._camel)
            other = next((s.keys[key] for s in outer if key in s.keys), named)
            if other[1] != option.name:
                self._key_clash(named, other)

    def _key(self, named: Named, key: str, seen: dict[str, Named]) -> bool:
        """Take a key for `named`; return whether it was free."""
        kind, name, node = named
        key = folded_key(key, camel=self._camel)
        if key == folded_key(_HANDED, camel=self._camel):
            message = f"the name {quote(name)} is taken: every hook gets it"
            self._report.error("G024", message, node, help="choose another name")
            return False
        first = seen.setdefault(key, named)
        if first is named:
            return True
        if not (kind == first[0] == "option" and name == first[1]):
            self._key_clash(named, first)
        return False

    def _key_clash(self, named: Named, first: Named) -> None:
        message = f"the {named[0]} {quote(named[1])} and the {first[0]} "
        message += f"{quote(first[1])} are one name to a hook"
        self._clash("G021", message, named[2], first[2], "rename one of them")

    def _references(self, command: CommandDraft, scopes: tuple[_Scope, ...]) -> None:
        """Report names of options in `conflicts_with` and `requires` that fit none."""
        for option in command.options:
            for key in ("conflicts_with", "requires"):
                for field in option.block.items(key):
                    subject = f"'{key}' of {option.block.label}"
                    self._reference(option.name, field, subject, scopes)

    def _reference(
        self, name: str, field: Field, subject: str, scopes: tuple[_Scope, ...]
    ) -> None:
        word = str(field.value)
        if word == name:
            message = f"{subject} names the option itself"
            self._report.error("G028", message, field.node)
        elif not any(word in scope.names for scope in scopes):
            candidates = [name for scope in scopes for name in scope.names]
            meant = nearest(word, candidates)
            hint = f"did you mean '{meant}'?" if meant else ""
            message = f"{subject} names no option in force: {quote(word)}"
            self._report.error("G028", message, field.node, help=hint)

    def _words(self, command: CommandDraft) -> None:
        """Report words that two commands of one group answer to."""
        words = {child.name: (child, child.block.spot) for child in command.children}
        for child in command.children:
            for field in child.block.items("aliases"):
                word = str(field.value)
                owner, first = words.setdefault(word, (child, field.node))
                if first is field.node:
                    continue
                message = f"two commands of {command.label} answer to {quote(word)}"
                if owner is child:
                    message = f"{child.label} answers to {quote(word)} already"
                self._clash("G022", message, field.node, first)

    def _defaults(self, command: CommandDraft) -> None:
        first: CommandDraft | None = None
        for child in command.children:
            if not child.block.truth("is_default"):
                continue
            node = child.block.fields["is_default"].key
            if child.is_group:
                message = (
                    f"{child.label} has commands of its own: it cannot be a default"
                )
                self._report.error("G026", message, node)
            elif first is not None:
                message = f"{command.label} has two default commands"
                self._clash("G025", message, node, first.block.fields["is_default"].key)
            else:
                first = child
                command.default = child.name

    def _hook(self, command: CommandDraft) -> None:
        key = hook_key("_".join(command.path))
        fold = folded_key(f"on_{key}", camel=True) if self._pascal else key
        first = self._hooks.setdefault(fold, command)
        if first is not command:
            message = f"{command.label} and {first.label} share the hook on_{key}"
            if key != hook_key("_".join(first.path)):
                message = f"the hooks of {command.label} and {first.label} are one name"
            node, other = command.block.spot, first.block.spot
            self._clash("G023", message, node, other, "rename one of them")


def _words_of(option: OptionDraft) -> list[tuple[str, Node]]:
    words = [(f"--{option.long}", option.long_node)]
    if option.negatable:
        words.append((f"--no-{option.long}", option.long_node))
    if "short" in option.block.fields:
        node = option.block.fields["short"].node
        words.append((f"-{option.block.text('short')}", node))
    return words
