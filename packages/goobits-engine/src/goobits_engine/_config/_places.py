"""Where the files of a program go: never two to one, and where Python can import them."""

from __future__ import annotations

from goobits_engine._config._diagnostics import place
from goobits_engine._config._names import quote
from goobits_engine._modules import RESERVED, STANDARD, module_of, package_of, stem_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._blocks import Block
    from goobits_engine._config._diagnostics import Report

_DEFAULTS = {
    "cli_hooks_path": "app_hooks",
    "cli_types_path": "cli_types",
    "": "goobits",
}
_NOUNS = {
    "cli_path": "the program",
    "cli_hooks_path": "its hooks",
    "cli_types_path": "its types",
    "": "its runtime",
}
_TYPED = frozenset({"typescript", "rust"})
_TARGETS = frozenset({"src/lib", "/build"})
_TARGET_FOLDERS = frozenset({"tests", "examples", "benches"})
"""What cargo takes for a library, a build script, or programs of their own."""
_SPECIAL = frozenset({"__init__", "__main__"})


class Places:
    """The files of one program; a path that is not given is the language's own."""

    def __init__(self, root: Block, paths: dict[str, str], report: Report) -> None:
        self._root = root
        self._paths = paths
        self._entry = paths["cli_path"]
        self._hooks = paths["cli_hooks_path"]
        self._report = report

    def check(self, package: str, languages: tuple[str, ...]) -> None:
        """Report what is wrong with them in any of the languages."""
        if {*self._paths, "package_name"} & self._root.broken:
            return
        for language in languages:
            files = self._files(package, language)
            if self._meet(files):
                return
            if language == "python":
                self._check_entry()
                self._check_hooks(files["cli_path"])
            elif language == "rust":
                self._check_crate(files)

    def _files(self, package: str, language: str) -> dict[str, str]:
        """Return where each file goes, by the key that says so; the runtime has none."""
        own = f"{package_of(package)}/cli" if language == "python" else "cli"
        entry = self._entry or ("src/main" if language == "rust" else own)
        folder = entry.rpartition("/")[0]
        names = ["cli_hooks_path"]
        names += ["cli_types_path"] * (language in _TYPED)
        files = {"cli_path": entry}
        for key in names:
            files[key] = self._paths[key] or f"{folder}/{_DEFAULTS[key]}".lstrip("/")
        if language == "rust":
            files[""] = f"{folder}/{_DEFAULTS['']}".lstrip("/")
        return files

    def _meet(self, files: dict[str, str]) -> bool:
        """Report the first two that would be one file."""
        seen: dict[str, str] = {}
        for key, path in files.items():
            stem = _stem(key, path).casefold()
            first = seen.setdefault(stem, key)
            if first != key:
                self._one_file(first, key, _stem(key, path))
                return True
        return False

    def _one_file(self, first: str, second: str, path: str) -> None:
        message = f"{_NOUNS[first]} and {_NOUNS[second]} cannot be one file"
        if self._paths[first] and self._paths.get(second):
            related = (place(self._root.node(first), f"{_NOUNS[first]} goes here"),)
            node = self._root.node(second)
            self._report.error("G016", message, node, related=related)
        else:
            key = second if self._paths.get(second) else first
            hint = f"both would be {path}: choose another name"
            self._report.error("G016", message, self._root.node(key), help=hint)

    def _check_crate(self, files: dict[str, str]) -> None:
        """Report a file that cargo would take for another part of the crate."""
        for key, path in files.items():
            folder, _, name = _stem(key, path).rpartition("/")
            if f"{folder}/{name}" in _TARGETS or folder in _TARGET_FOLDERS:
                message = f"cargo takes what is in '{key}' for something else"
                hint = "choose another folder or another name"
                self._report.error("G017", message, self._root.node(key), help=hint)
                return

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


def _stem(key: str, path: str) -> str:
    """Return a path without what follows the language; of types all behind a dot does."""
    if key != "cli_types_path":
        return stem_of(path).removesuffix(".d")
    folder, slash, name = path.rpartition("/")
    return folder + slash + name[:1] + name[1:].partition(".")[0]
