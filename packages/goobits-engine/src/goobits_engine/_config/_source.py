"""From a file to text that is safe to parse: size, encoding, line ends, characters."""

from __future__ import annotations

from goobits_engine._config._names import is_control
from goobits_engine._errors import ConfigFileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

    from goobits_engine._config._diagnostics import Report

MAX_BYTES = 1024 * 1024
"""The size of the largest file that is read."""

_SEPARATORS = "\u2028\u2029\ufffe\uffff"


def read_text(path: str | PathLike[str]) -> str:
    """Return the text of the file at `path`.

    Raises:
        ConfigFileError: it cannot be opened, is larger than 1 MiB or not UTF-8.
    """
    try:
        with open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unreadable(str(path), error) from error
    if len(data) > MAX_BYTES:
        hint = "a configuration is text that people write: is this the right file?"
        raise ConfigFileError(f"{path} is larger than 1 MiB", str(path), hint=hint)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _undecodable(str(path), data, error.start) from error


def _unreadable(path: str, error: OSError | ValueError) -> ConfigFileError:
    if isinstance(error, FileNotFoundError):
        hint = "run 'goobits init' to write one, or name another file"
        return ConfigFileError(f"{path} does not exist", path, hint=hint)
    if isinstance(error, IsADirectoryError):
        hint = "name the file in it, such as goobits.yaml"
        return ConfigFileError(f"{path} is a folder, not a file", path, hint=hint)
    reason = getattr(error, "strerror", None) or str(error)
    return ConfigFileError(f"{path} cannot be read: {reason}", path)


def _undecodable(path: str, data: bytes, start: int) -> ConfigFileError:
    line = data.count(b"\n", 0, start) + 1
    hint = "save the file as UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = "the file looks like UTF-16: save it as UTF-8"
    return ConfigFileError(
        f"{path} is not valid UTF-8: byte {start}, in line {line}", path, hint=hint
    )


def normalise(text: str) -> str:
    """Drop a byte order mark and make every line end a newline."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def check_characters(text: str, report: Report) -> None:
    """Report the first forbidden character of every line of `text`."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.isprintable():
            continue
        for column, character in enumerate(line, 1):
            if is_control(character) or character in _SEPARATORS:
                code = f"U+{ord(character):04X}"
                report.error_at(
                    "G008",
                    f"the character {code} has no place in a configuration",
                    (number, column, column + 1),
                    help="take it out: it is invisible",
                )
                break
