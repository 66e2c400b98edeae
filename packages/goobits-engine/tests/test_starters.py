"""What a new project begins with has to build as it is."""

from pathlib import Path

import pytest
from goobits_engine import STARTERS, OutputError, check, parse, starter, write_starter


@pytest.mark.parametrize("kind", STARTERS)
def test_starter_has_nothing_to_complain_about(kind: str) -> None:
    """The first build of a newcomer shows no error and no warning."""
    assert list(check(starter(kind, "spark"))) == []


@pytest.mark.parametrize("kind", STARTERS)
def test_starter_is_a_program_of_the_given_name(kind: str) -> None:
    """The name is in every place, and the one in the template in none."""
    text = starter(kind, "spark")
    program = parse(text).program
    assert (program.root.name, program.package.name) == ("spark", "spark")
    assert "my-tool" not in text


def test_starters_differ() -> None:
    """A kind that is a copy of another would be no choice."""
    assert len({starter(kind, "spark") for kind in STARTERS}) == len(STARTERS)


@pytest.mark.parametrize("kind", ["unknown", "", "Basic", "basic.yaml", "../basic"])
def test_unknown_kind_is_a_key_error(kind: str) -> None:
    """Only a listed name is read, never a path."""
    with pytest.raises(KeyError) as caught:
        starter(kind, "spark")
    assert caught.value.args == (kind,)


def test_written_starter_is_the_starter(tmp_path: Path) -> None:
    """The file is `goobits.yaml`, where `goobits build` looks for it."""
    path = write_starter("basic", "spark", tmp_path)
    assert path == tmp_path / "goobits.yaml"
    assert path.read_text(encoding="utf-8") == starter("basic", "spark")


def test_existing_file_is_not_replaced(tmp_path: Path) -> None:
    """Somebody's configuration is not to be lost by a second `goobits init`."""
    path = tmp_path / "goobits.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError):
        write_starter("basic", "spark", tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"
    assert [entry.name for entry in tmp_path.iterdir()] == ["goobits.yaml"]


def test_dangling_link_is_not_replaced(tmp_path: Path) -> None:
    """A link to a file that is away for a while is also somebody's."""
    path = tmp_path / "goobits.yaml"
    path.symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(OutputError):
        write_starter("basic", "spark", tmp_path)
    assert path.is_symlink()


def test_existing_file_is_replaced_when_asked(tmp_path: Path) -> None:
    """`--force` says so."""
    path = tmp_path / "goobits.yaml"
    path.write_text("mine", encoding="utf-8")
    write_starter("advanced", "spark", tmp_path, replace=True)
    assert path.read_text(encoding="utf-8") == starter("advanced", "spark")


def test_unknown_kind_writes_nothing(tmp_path: Path) -> None:
    """A mistyped kind leaves the folder as it was."""
    with pytest.raises(KeyError):
        write_starter("unknown", "spark", tmp_path)
    assert list(tmp_path.iterdir()) == []
