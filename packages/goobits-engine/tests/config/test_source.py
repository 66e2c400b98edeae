"""Files that are no text, or too much of it, are refused before they are parsed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from goobits_engine._config import read
from goobits_engine._config._source import MAX_BYTES
from goobits_engine._errors import ConfigError, ConfigFileError, GoobitsEngineError

from .documents import MINIMAL, codes, only, program


def test_missing_file_is_named(tmp_path: Path) -> None:
    """The commonest mistake of all deserves a plain sentence and a way on."""
    path = tmp_path / "goobits.yaml"
    with pytest.raises(ConfigFileError, match="does not exist") as caught:
        read(path)
    assert caught.value.path == str(path)
    assert "goobits init" in caught.value.hint


def test_folder_is_no_file(tmp_path: Path) -> None:
    """A folder given for a file is a slip that can be said in words."""
    with pytest.raises(ConfigFileError, match="is a folder"):
        read(tmp_path)


def test_path_with_nul_is_refused() -> None:
    """A path that no system takes must not end in a bare ValueError."""
    with pytest.raises(ConfigFileError, match="cannot be read"):
        read(Path("a\0b"))


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Be somebody for whom permissions count, also when root runs the tests."""
    user = os.geteuid()
    os.seteuid(user or 65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="no users on this system")
def test_unreadable_file_says_why() -> None:
    """The system's reason is the useful part of the message."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "goobits.yaml"
        path.write_text(MINIMAL)
        path.chmod(0)
        with ordinary_user():
            assert path.exists()
            with pytest.raises(ConfigFileError, match=r"(?i)permission denied"):
                read(path)


def test_errors_are_what_they_are_elsewhere(tmp_path: Path) -> None:
    """Callers that know only the built-in errors still catch ours."""
    with pytest.raises(OSError, match="does not exist") as caught:
        read(tmp_path / "x")
    assert isinstance(caught.value, GoobitsEngineError)
    assert issubclass(ConfigError, ValueError)


@pytest.mark.parametrize(
    ("data", "place"),
    [(b"a: 1\nb: \xff\n", "byte 8, in line 2"), (b"\xc3", "byte 0, in line 1")],
)
def test_bytes_outside_utf8_are_located(
    tmp_path: Path, data: bytes, place: str
) -> None:
    """One wrong byte in a long file is found by its place alone."""
    path = tmp_path / "goobits.yaml"
    path.write_bytes(data)
    with pytest.raises(ConfigFileError, match=place):
        read(path)


def test_utf16_is_recognised(tmp_path: Path) -> None:
    """Some editors save UTF-16 unasked; saying so saves a search."""
    path = tmp_path / "goobits.yaml"
    path.write_bytes(MINIMAL.encode("utf-16"))
    with pytest.raises(ConfigFileError) as caught:
        read(path)
    assert "UTF-16" in caught.value.hint


def test_size_limit_is_exact(tmp_path: Path) -> None:
    """A file of one mebibyte is read; one byte more is not."""
    path = tmp_path / "goobits.yaml"
    text = MINIMAL + "#"
    path.write_bytes(text.encode() + b"x" * (MAX_BYTES - len(text)))
    assert read(path).program.root.name == "demo"
    path.write_bytes(text.encode() + b"x" * (MAX_BYTES - len(text) + 1))
    with pytest.raises(ConfigFileError, match="larger than 1 MiB"):
        read(path)


def test_text_over_the_limit_is_refused() -> None:
    """The limit counts bytes of UTF-8, also for text that comes from elsewhere."""
    assert codes(MINIMAL + "#" + "é" * (MAX_BYTES // 2)) == ["G004"]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(end: str) -> None:
    """A checkout on Windows is the same configuration, at the same lines."""
    text = MINIMAL.replace("\n", end)
    assert program(text) == program(MINIMAL)
    assert only(text + f"nope: 1{end}").line == 5


def test_byte_order_mark_is_ignored(tmp_path: Path) -> None:
    """It takes no column, and is no part of the first key."""
    path = tmp_path / "goobits.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.encode())
    assert read(path).program == program(MINIMAL)
    assert only("\ufeffnope: 1\n" + MINIMAL).column == 1


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\ud800", "\u2028"]
)
def test_control_character_is_located(character: str) -> None:
    """What cannot be seen can only be found by its place."""
    found = only(MINIMAL + f"# é{character}\n")
    assert (found.code, found.line, found.column) == ("G008", 5, 4)


def test_direction_marks_are_allowed_in_texts() -> None:
    """Right-to-left descriptions need them; only names must not hold them."""
    text = MINIMAL + '      desc: "\u2067שלום\u2069"\n'
    assert program(text).root.children[0].summary == "\u2067שלום\u2069"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("# nothing\n", "empty"),
        ("---\n", "empty"),
        ("null\n", "empty"),
        ("- a\n", "a list"),
        ("just words\n", "'just words'"),
    ],
)
def test_file_that_is_no_mapping_gets_one_clear_message(text: str, words: str) -> None:
    """A cascade of missing keys would hide that the file is something else."""
    found = only(text)
    assert found.code == "G009"
    assert words in found.message
    assert "package_name" in found.help
