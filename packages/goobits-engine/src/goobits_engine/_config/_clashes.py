"""Names that clash: each error shows both places."""

from __future__ import annotations

from goobits_engine._config._diagnostics import place
from goobits_engine._config._names import folded_key, hook_key, nearest, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._diagnostics import Report
    from goobits_engine._config._drafts import CommandDraft, OptionDraft
    from goobits_engine._config._nodes import Node

    Scope = tuple[CommandDraft, ...]
    Named = tuple[str, str, Node]

_HANDED = "command_name"
_BUILT_IN = "verbose"


class Clashes:
    """Walks a tree of commands and reports names that cannot stand together.

    `reserved` are the words of built-in options that nobody can replace; `camel` says that
    some language of the program writes keys in camel case.
    """

    def __init__(self, report: Report, reserved: frozenset[str], camel: bool) -> None:
        self._report = report
        self._reserved = reserved
        self._camel = camel
        self._hooks: dict[str, CommandDraft] = {}

    def check(self, command: CommandDraft, outer: Scope = ()) -> None:
        """Check `command` and all that is below it; `outer` is what encloses it."""
        self._options(command)
        self._keys(command, outer)
        self._references(command, outer)
        self._words(command)
        self._defaults(command)
        if command.path and command.runnable:
            self._hook(command)
        for child in command.children:
            self.check(child, (*outer, command))

    def _clash(
        self, code: str, message: str, node: Node, first: Node, help: str = ""
    ) -> None:
        places = (place(first, "first given here"),)
        self._report.error(code, message, node, help=help, related=places)

    def _options(self, command: CommandDraft) -> None:
        words: dict[str, Node] = {}
        for option in command.options:
            self._reserve(option)
            for word, node in _words_of(option):
                first = words.setdefault(word, node)
                if first is not node:
                    message = f"the option {word} is given twice in {command.label}"
                    self._clash("G020", message, node, first)
                    break

    def _reserve(self, option: OptionDraft) -> None:
        for word, node in (
            (option.name, option.block.node("name")),
            (option.long, option.long_node),
        ):
            if word in self._reserved:
                message = f"the option --{word} is built in and cannot be replaced"
                self._report.error("G024", message, node, help="choose another name")
                return

    def _keys(self, command: CommandDraft, outer: Scope) -> None:
        """Report two values that a hook would see under one key."""
        seen: dict[str, Named] = {}
        for argument in command.arguments:
            node = argument.block.node("name")
            self._key(("argument", argument.name, node), argument.key, seen)
        inherited = self._inherited(outer)
        for option in command.options:
            named = ("option", option.name, option.block.node("name"))
            if not self._key(named, option.key, seen):
                continue
            other = inherited.get(folded_key(option.key, camel=self._camel))
            if other is not None and other[1] != option.name:
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

    def _inherited(self, outer: Scope) -> dict[str, Named]:
        found: dict[str, Named] = {}
        for command in outer:
            for option in command.options:
                key = folded_key(option.key, camel=self._camel)
                found[key] = ("option", option.name, option.block.node("name"))
        return found

    def _references(self, command: CommandDraft, outer: Scope) -> None:
        scopes = (command, *reversed(outer))
        if any(scope.unsure for scope in scopes):
            return
        names = {option.name: None for scope in scopes for option in scope.options}
        names[_BUILT_IN] = None
        for option in command.options:
            for key in ("conflicts_with", "requires"):
                self._named(option, key, names)

    def _named(self, option: OptionDraft, key: str, names: dict[str, None]) -> None:
        for field in option.block.items(key):
            word = str(field.value)
            subject = f"'{key}' of {option.block.label}"
            if word == option.name:
                message = f"{subject} names the option itself"
                self._report.error("G028", message, field.node)
            elif word not in names:
                meant = nearest(word, names)
                hint = f"did you mean '{meant}'?" if meant else ""
                message = f"{subject} names no option in force: {quote(word)}"
                self._report.error("G028", message, field.node, help=hint)

    def _words(self, command: CommandDraft) -> None:
        words: dict[str, Node] = {}
        for child in command.children:
            words[child.name] = child.block.spot
        for child in command.children:
            for field in child.block.items("aliases"):
                word = str(field.value)
                first = words.setdefault(word, field.node)
                if first is not field.node:
                    message = f"two commands of {command.label} answer to {quote(word)}"
                    if first is child.block.spot:
                        message = f"{quote(word)} is the name of the command itself"
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
        fold = folded_key(key, camel=True) if self._camel else key
        first = self._hooks.setdefault(fold, command)
        if first is not command:
            message = f"{command.label} and {first.label} share the hook on_{key}"
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
