"""Where a program and its hooks go: never to one file, and where Python can import them."""

from __future__ import annotations

from goobits_engine._config._diagnostics import place
from goobits_engine._config._names import quote
from goobits_engine._modules import RESERVED, STANDARD, module_of, package_of, stem_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._blocks import Block
    from goobits_engine._config._diagnostics import Report

_HOOKS = "app_hooks"
_SPECIAL = frozenset({"__init__", "__main__"})


class Places:
    """The files of one program; a path that is not given is the language's own."""

    def __init__(self, root: Block, entry: str, hooks: str, report: Report) -> None:
        self._root = root
        self._entry = entry
        self._hooks = hooks
        self._report = report

    def check(self, package: str, languages: tuple[str, ...]) -> None:
        """Report what is wrong with them in any of the languages."""
        if {"cli_path", "cli_hooks_path", "package_name"} & self._root.broken:
            return
        defaults = {"nodejs": "cli", "python": f"{package_of(package)}/cli"}
        for language in languages:
            entry = self._entry or defaults.get(language, "")
            hooks = self._hooks or f"{entry.rpartition('/')[0]}/{_HOOKS}".lstrip("/")
            if stem_of(entry).casefold() == stem_of(hooks).casefold():
                self._one_file(entry)
                return
            if language == "python":
                self._check_entry()
                self._check_hooks(entry)

    def _one_file(self, entry: str) -> None:
        message = "the program and its hooks cannot be one file"
        if self._entry and self._hooks:
            related = (place(self._root.node("cli_path"), "the program goes here"),)
            node = self._root.node("cli_hooks_path")
            self._report.error("G016", message, node, related=related)
        else:
            key = "cli_hooks_path" if self._hooks else "cli_path"
            hint = f"both would be {stem_of(entry)}: choose another name"
            self._report.error("G016", message, self._root.node(key), help=hint)

    def _check_entry(self) -> None:
        names = module_of(self._entry)
        for name in names if self._entry else ():
            if not name.isidentifier() or name in RESERVED or name == "__init__":
                hint = "use letters, digits and '_', and no keyword"
                self._no_module("cli_path", name, "cannot be a module's name", hint)
                return
        if names[0] in STANDARD:
            self._standard("cli_path", names[0])

    def _check_hooks(self, entry: str) -> None:
        if not self._hooks:
            return
        folder, slash, _ = entry.rpartition("/")
        below = self._hooks.startswith(folder + slash)
        stem = stem_of(self._hooks)
        start = len(folder + slash) if below else stem.rfind("/") + 1
        names = stem[start:].split("/")
        program = module_of(entry)[-1 if below else 0]
        for name in names:
            if "." in name or name in _SPECIAL:
                hint = "choose another name"
                self._no_module(
                    "cli_hooks_path", name, "cannot be a module's name", hint
                )
                return
        if names[0] in STANDARD:
            self._standard("cli_hooks_path", names[0])
        elif names[0] == program:
            hint = "choose another name for the hooks"
            self._no_module("cli_hooks_path", program, "is the program itself", hint)

    def _standard(self, key: str, name: str) -> None:
        hint = "choose another name"
        self._no_module(key, name, "is a module of its standard library", hint)

    def _no_module(self, key: str, name: str, reason: str, hint: str) -> None:
        message = f"Python cannot import what is in '{key}': {quote(name)} {reason}"
        self._report.error("G017", message, self._root.node(key), help=hint)
