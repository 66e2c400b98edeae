"""From the text of a manifest to its values, or to all of its mistakes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from goobits_engine import Program

from goobits_plugin._errors import ManifestError
from goobits_plugin._manifest._commands import read_commands
from goobits_plugin._manifest._document import Document, read_document
from goobits_plugin._manifest._entry import check_entry
from goobits_plugin._manifest._fields import Fields
from goobits_plugin._manifest._report import Report
from goobits_plugin._manifest._rules import ENTRIES, split_dependency
from goobits_plugin._manifest._values import (
    FILE,
    Dependency,
    Language,
    Limits,
    Manifest,
    Permissions,
    Protocol,
)


def read_manifest(
    text: str, name: str = FILE, *, folder: Path | None = None
) -> Manifest:
    """Return the manifest that `text` is; `name` is what messages call it.

    With `folder`, where the plugin's files lie, the entry must be there, too.

    Raises:
        ManifestError: it holds mistakes; the error carries every one, and every warning.
    """
    text = text.replace("\r\n", "\n")
    report = Report(name, text)
    document = read_document(text, report)
    if document is None:
        raise ManifestError(report.diagnostics)
    reading = _Reading(document, report)
    if reading.fields.is_known_schema():
        reading.read(folder)
    if report.failed or reading.program is None:
        raise ManifestError(report.diagnostics)
    return reading.manifest(reading.program)


class _Reading:
    """What was read of one document."""

    def __init__(self, document: Document, report: Report) -> None:
        self.fields = Fields(document, report)
        self.program: Program | None = None
        self._document = document
        self._report = report
        self._texts: dict[str, str] = {}
        self._dependencies: tuple[Dependency, ...] = ()
        self._lists: dict[str, tuple[str, ...]] = {}
        self._permissions = Permissions()
        self._limits = Limits()

    def read(self, folder: Path | None) -> None:
        """Read everything; go on after mistakes."""
        fields = self.fields
        fields.check_keys()
        for name in _TEXTS:
            self._texts[name] = fields.text(name)
        for name in ("dependencies", "tags", "exclude"):
            self._lists[name] = fields.texts(name)
        self._dependencies = self._read_dependencies()
        self._permissions = fields.permissions()
        self._limits = fields.limits()
        self._check_language(folder)
        language = self._texts["language"]
        languages = (language,) if language else ()
        self.program = read_commands(self._document, languages, self._report)

    def manifest(self, program: Program) -> Manifest:
        """Return what was read, once nothing is wrong with it."""
        texts = self._texts
        return Manifest(
            name=texts["name"],
            version=texts["version"],
            summary=texts["summary"],
            license=texts["license"],
            language=cast(Language, texts["language"]),
            entry=texts["entry"],
            program=program,
            goobits=texts["goobits"],
            dependencies=self._dependencies,
            tags=self._lists["tags"],
            homepage=texts["homepage"],
            repository=texts["repository"],
            runtime=texts["runtime"],
            protocol=cast(Protocol, texts["protocol"] or "rpc"),
            exclude=self._lists["exclude"],
            permissions=self._permissions,
            limits=self._limits,
            warnings=self._report.diagnostics,
        )

    def _read_dependencies(self) -> tuple[Dependency, ...]:
        read: dict[str, Dependency] = {}
        for text in self._lists["dependencies"]:
            name, versions = split_dependency(text)
            index = _index(self._document.data["dependencies"], text)
            span = self._document.positions.value(("dependencies", index))
            if name in read:
                message = f"'dependencies' holds the plugin '{name}' twice"
                self._report.error("P010", message, span, help="join its versions")
            elif name == self._texts["name"]:
                self._report.error("P012", "a plugin cannot need itself", span)
            else:
                read[name] = Dependency(name, versions)
        return tuple(read.values())

    def _check_language(self, folder: Path | None) -> None:
        """Report what does not go with the language."""
        language, entry = self._texts["language"], self._texts["entry"]
        places, report = self._document.positions, self._report
        if language == "rust" and "runtime" in self._document.data:
            message = "a Rust plugin has no 'runtime': it is a program by itself"
            report.error("P012", message, places.key(("runtime",)), help="take it out")
        if not entry or not language:
            return
        pattern, wants = ENTRIES[language]
        span = places.value(("entry",))
        if not re.fullmatch(pattern, entry):
            message = f"the entry of a {language} plugin cannot be '{entry}'"
            report.error("P012", message, span, help=f"it must {wants}")
        elif folder is not None:
            check_entry(entry, folder, span, report)


_TEXTS = (
    "name",
    "version",
    "summary",
    "license",
    "language",
    "entry",
    "goobits",
    "homepage",
    "repository",
    "runtime",
    "protocol",
)


def _index(items: object, text: str) -> int:
    return items.index(text) if isinstance(items, list) else 0
