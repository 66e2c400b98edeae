"""What a configuration says beside its commands: names, languages, paths, pages."""

from __future__ import annotations

from goobits_engine._config._commands import read_row
from goobits_engine._config._diagnostics import place
from goobits_engine._config._drafts import HeadingDraft, SectionDraft
from goobits_engine._config._names import is_name, nearest, quote
from goobits_engine._config._nodes import is_empty_list
from goobits_engine._config._places import Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._blocks import Block
    from goobits_engine._config._diagnostics import Report
    from goobits_engine._config._drafts import CommandDraft
    from goobits_engine._config._nodes import Node

OLDEST_PYTHON = (3, 11)
_WIDTHS = range(60, 121)
_WIDTH = 80


class Settings:
    """What was read; the texts are still in `root` and `cli`."""

    def __init__(self, root: Block, cli: Block, report: Report) -> None:
        self.root = root
        self.cli = cli
        self._report = report
        self.package_name = root.text("package_name") or root.text("command_name")
        self.command_name = self._command_name()
        self.languages = self._languages()
        self.python_minimum = self._python()
        self.width = self._width()
        self.cli_path = self._path("cli_path")
        self.hooks_path = self._path("cli_hooks_path")
        self.types_path = self._path("cli_types_path")
        self.sections = [
            SectionDraft(
                section.text("title"),
                section.text("icon"),
                [read_row(item) for item in section.items("items")],
            )
            for section in cli.blocks("header_sections")
        ]
        self.headings: list[HeadingDraft] = []

    def _command_name(self) -> str:
        root = self.root
        name = root.text("command_name") or root.text("package_name")
        if {"command_name", "package_name"} & root.broken:
            return name
        if not name:
            message = "the file lacks the key 'package_name' or 'command_name'"
            self._report.error("G011", message, root.spot)
        elif not is_name(name):
            message = f"the package name {quote(name)} cannot be a command's name"
            node = root.node("package_name")
            self._report.error("G015", message, node, help="add a 'command_name'")
        return name

    def check_places(self, languages: tuple[str, ...]) -> None:
        """Report what is wrong with where files go in any of the languages."""
        paths = {
            "cli_path": self.cli_path,
            "cli_hooks_path": self.hooks_path,
            "cli_types_path": self.types_path,
        }
        places = Places(self.root, paths, self._report)
        places.check(self.package_name, languages)

    def _languages(self) -> tuple[str, ...]:
        root = self.root
        single = root.text("language")
        several: dict[str, Node] = {}
        for field in root.items("languages"):
            word = str(field.value)
            first = several.setdefault(word, field.node)
            if first is not field.node:
                message = f"the language {word} is listed twice"
                related = (place(first, "first listed here"),)
                self._report.warn("G055", message, field.node, related=related)
        if "languages" in root.broken or "languages" not in root.fields:
            return (single or "python",)
        if single and single not in several:
            message = f"the language {single} is not one of the 'languages'"
            related = (place(root.fields["languages"].key, "they are listed here"),)
            node = root.node("language")
            self._report.error("G035", message, node, related=related)
        if is_empty_list(root.raw("languages")):
            message = "'languages' lists no language"
            self._report.error("G034", message, root.fields["languages"].key)
        return tuple(several)

    def _python(self) -> str:
        """Return the oldest Python; warn once of what `python` says in vain."""
        oldest = ".".join(map(str, OLDEST_PYTHON))
        block = self.root.block("python")
        if block is None:
            return oldest
        notes = []
        wanted = block.text("minimum_version")
        if wanted and tuple(map(int, wanted.split("."))) < OLDEST_PYTHON:
            notes.append(f"the oldest Python is {oldest}, not {wanted}")
            wanted = ""
        if block.text("maximum_version"):
            notes.append("'maximum_version' has no effect in this version")
        if notes:
            message = "in 'python', " + ", and ".join(notes)
            self._report.warn("G052", message, block.spot)
        return wanted or oldest

    def _width(self) -> int:
        config = self.cli.block("config")
        width = None if config is None else config.integer("max_width")
        if config is None or width is None or width in _WIDTHS:
            return width or _WIDTH
        message = f"pages cannot be {width} columns wide: {_WIDTH} is used"
        node = config.node("max_width")
        self._report.warn("G054", message, node, help="60 to 120 is possible")
        return _WIDTH

    def _path(self, key: str) -> str:
        text = self.root.text(key)
        package = self.package_name.replace("-", "_").replace(".", "_")
        text = text.replace("{package_name}", package)
        if "{" in text or "}" in text:
            message = f"'{key}' cannot hold {quote(self.root.text(key))}"
            hint = "only {package_name} is filled in"
            self._report.error("G016", message, self.root.node(key), help=hint)
            self.root.broken.add(key)
        return "/".join(part for part in text.split("/") if part not in ("", "."))

    def read_headings(self, commands: CommandDraft) -> None:
        """Read the command groups, which name children of `commands`."""
        sure = "commands" not in self.cli.broken
        names = [child.name for child in commands.children]
        taken: dict[str, Node] = {}
        for block in self.cli.blocks("command_groups"):
            kept = []
            for field in block.items("commands"):
                word = str(field.value)
                if word not in names and sure:
                    self._no_command(block, word, field.node, commands)
                elif taken.setdefault(word, field.node) is not field.node:
                    message = (
                        f"the command {quote(word)} stands under a heading already"
                    )
                    related = (place(taken[word], "it stands here"),)
                    self._report.warn("G055", message, field.node, related=related)
                else:
                    kept.append(word)
            self.headings.append(
                HeadingDraft(block.text("name"), block.text("icon"), tuple(kept))
            )

    def _no_command(
        self, block: Block, word: str, node: Node, commands: CommandDraft
    ) -> None:
        meant = nearest(word, (child.name for child in commands.children))
        for child in commands.children:
            if word in child.block.texts("aliases"):
                meant = child.name
        hint = f"did you mean '{meant}'?" if meant else ""
        message = f"{block.label} names no command: {quote(word)}"
        self._report.error("G027", message, node, help=hint)
