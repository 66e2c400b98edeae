"""One thing that is wrong in a goobits.yaml, and the collection of all of them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from goobits_engine._config._nodes import Node

    Severity = Literal["error", "warning"]
    Place = tuple[int, int, str]

CODES: dict[str, str] = {
    "G001": "the file is not valid YAML",
    "G002": "a tab stands where YAML wants spaces",
    "G003": "a key is given twice in one mapping",
    "G004": "the file is too large, too deep, or grows too much by its aliases",
    "G005": "an alias names no anchor, or the value that it stands in",
    "G006": "the file holds more than one document",
    "G007": "a tag is not one of YAML's own",
    "G008": "a character has no place in a configuration",
    "G009": "the file holds no mapping",
    "G010": "a value is of the wrong kind",
    "G011": "a required key is missing",
    "G012": "a key is unknown",
    "G013": "a value is not among the allowed ones",
    "G014": "a number is out of range",
    "G015": "a name does not obey the grammar of names",
    "G016": "a path leaves the output folder, or two paths are one file",
    "G017": "Python cannot import a file by its path, or cargo takes it for another",
    "G020": "two options of one command share a word",
    "G021": "two values of one command share a key",
    "G022": "two commands of one group share a word",
    "G023": "two commands share a hook",
    "G024": "a name is reserved",
    "G025": "a group has two default commands",
    "G026": "a group cannot be a default command",
    "G027": "a heading names no command",
    "G028": "an option names an option that is not in force",
    "G030": "an argument stands in the wrong place",
    "G031": "two keys do not go together",
    "G032": "a default or choice is not a value of its type",
    "G033": "a default is not one of the choices",
    "G034": "a list is empty or repeats itself",
    "G035": "'language' is not one of 'languages'",
    "G050": "an old key is read as its successor",
    "G051": "a key of other programs has no effect",
    "G052": "a key has no effect in this version",
    "G053": "an old spelling of a value is read as its successor",
    "G054": "a number is out of range and another is used",
    "G055": "a repetition is ignored",
    "G056": "a default is ignored",
}
"""Every code with its meaning; a code keeps its meaning for ever."""


class Diagnostic:
    """One mistake (or one thing to know) with its place.

    `line`, `column` and `end_column` count from 1, columns in code points; `source` is
    the text of the line; `related` are other places, each as (line, column, label).
    """

    __slots__ = (
        "code",
        "column",
        "end_column",
        "help",
        "line",
        "message",
        "name",
        "related",
        "severity",
        "source",
    )

    def __init__(
        self,
        code: str,
        severity: Severity,
        message: str,
        name: str,
        line: int,
        column: int,
        end_column: int,
        source: str,
        help: str = "",
        related: tuple[Place, ...] = (),
    ) -> None:
        self.code = code
        self.severity = severity
        self.message = message
        self.name = name
        self.line = line
        self.column = column
        self.end_column = end_column
        self.source = source
        self.help = help
        self.related = related

    def _astuple(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Diagnostic):
            return NotImplemented
        return self._astuple() == other._astuple()

    def __hash__(self) -> int:
        return hash(self._astuple())

    def __repr__(self) -> str:
        place = f"{self.name}:{self.line}:{self.column}"
        return f"<{self.severity} {self.code} {place} {self.message!r}>"


class Report:
    """Collects diagnostics about one text; says a thing about a place only once."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.failed = False
        self._lines = text.split("\n")
        self._found: dict[tuple[int, int, str, str], Diagnostic] = {}

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found, sorted by place."""
        return tuple(
            sorted(self._found.values(), key=lambda d: (d.line, d.column, d.code))
        )

    def error(
        self,
        code: str,
        message: str,
        node: Node,
        *,
        help: str = "",
        related: tuple[Place, ...] = (),
    ) -> None:
        """Add an error about `node`."""
        span = (node.line, node.column, node.end_column)
        self.error_at(code, message, span, help=help, related=related)

    def error_at(
        self,
        code: str,
        message: str,
        span: tuple[int, int, int],
        *,
        help: str = "",
        related: tuple[Place, ...] = (),
    ) -> None:
        """Add an error about a (line, column, end column)."""
        self.failed = True
        self._add(code, "error", message, span, help, related)

    def warn(
        self,
        code: str,
        message: str,
        node: Node,
        *,
        help: str = "",
        related: tuple[Place, ...] = (),
    ) -> None:
        """Add a warning about `node`."""
        span = (node.line, node.column, node.end_column)
        self._add(code, "warning", message, span, help, related)

    def _add(
        self,
        code: str,
        severity: Severity,
        message: str,
        span: tuple[int, int, int],
        help: str,
        related: tuple[Place, ...],
    ) -> None:
        line, column, end = span
        source = self._lines[line - 1] if line <= len(self._lines) else ""
        found = Diagnostic(
            code, severity, message, self.name, line, column, end, source, help, related
        )
        self._found.setdefault((line, column, code, message), found)


def place(node: Node, label: str) -> Place:
    """Return the place of `node` as a related place of a diagnostic."""
    return (node.line, node.column, label)
