"""What is refused of a text before anybody asks what it says."""

import time

import pytest
from goobits_plugin import ManifestError, read_manifest

from .conftest import Build, Codes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("schema = 1\nname = acme\n", "P001 2:8-9"),
        ("schema = 1\nname =", "P001 2:7-8"),
        ("a = 1\na = 2\n", "P001 2:6-7"),
        ("a = [\n\n\n", "P001 1:6-7"),
        ("", "P005 1:1-2"),
        ("a = " + "9" * 5000, "P001 1:1-2"),
        ("a = 2000-02-31", "P001 1:5-6"),
        ("a = 1\r", "P003 1:6-7"),
    ],
)
def test_broken_toml_is_one_mistake_with_its_place(
    text: str, expected: str, codes: Codes
) -> None:
    """An author who forgot a quote is shown where, not a trace."""
    assert codes(text)[0] == expected
    if not expected.startswith("P005"):
        assert len(codes(text)) == 1


@pytest.mark.parametrize(
    "character",
    [
        "\u202e",
        "\u200b",
        "\u2066",
        "\x1b",
        "\x7f",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ufffe",
    ],
)
@pytest.mark.parametrize("key", ["summary", "commands"])
def test_invisible_character_is_refused_as_itself_and_as_an_escape(
    character: str, key: str, build: Build, codes: Codes
) -> None:
    """What turns text around or drives a terminal would lie to who consents to a plugin."""
    for written in (character, f"\\u{ord(character):04X}"):
        value = f'"a{written}b"'
        if key == "commands":
            value = f"[commands.hello]\ndesc = {value}"
        found = codes(build(**{key: value}))
        assert [code[:4] for code in found] == ["P003"], written


def test_invisible_character_is_refused_in_comments_and_keys(
    build: Build, codes: Codes
) -> None:
    """A comment can hide a line from a reviewer as well as a text can."""
    assert codes("# \u202e\n" + build())[0] == "P003 1:3-4"
    assert "P003 12:11-20" in codes(build(commands='[commands."a\\u202e"]'))


def test_joined_emoji_is_a_text_like_any_other(build: Build, codes: Codes) -> None:
    """The joiner in a family of emoji is no way to hide anything."""
    assert codes(build(commands='[commands.hello]\nicon = "👩\u200d💻"')) == []


def test_file_of_more_than_256_kib_is_refused(build: Build, codes: Codes) -> None:
    """Reading costs memory and time that a hostile archive chooses."""
    room = 256 * 1024 - len(build()) - 2
    assert codes(build() + "#" + "x" * room + "\n") == []
    assert codes(build() + "#" + "x" * (room + 1) + "\n") == ["P002 1:1-2"]
    assert codes(build() + "#" + "é" * (room // 2 + 2)) == ["P002 1:1-2"]


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "[" * 40 + "]" * 40,
        "a = " + "{a = " * 40 + "1" + "}" * 40,
        "a = " + "{a = " * 50_000,
        "a" + ".a" * 120_000 + " = 1",
        "[" + ".".join(['"a"'] * 60_000) + "]",
        "[" + " . ".join(["a"] * 60_000) + "]\n",
        "x = {" + "a." * 120_000 + "a = 1}",
        "[a" + ".a" * 31 + "]\nb" + ".b" * 31 + "=1",
    ],
)
def test_deep_text_is_refused_at_once(text: str, codes: Codes) -> None:
    """`tomllib` takes hours for a key of 100,000 parts, and no stack holds such a tree."""
    before = time.process_time()
    assert "P002" in " ".join(codes(text))
    assert time.process_time() - before < 5


@pytest.mark.parametrize(
    "text",
    [
        "a=1\n" * 60_000,
        "".join(f"a{i}=1\n" for i in range(25_000)),
        "commands={" + ",".join(f"a{i}={{}}" for i in range(20_000)) + "}",
        "tags=[" + "1," * 100_000 + "]",
        '"' * 200_000,
        "a='" + "'\"" * 100_000,
        "a" * 250_000,
        "a " * 120_000,
        "'a'" * 80_000,
        'a="""' + '\\"' * 100_000 + '"""',
    ],
)
def test_large_text_is_read_in_seconds(text: str) -> None:
    """A manifest is read when a plugin is looked at, before anybody trusts it."""
    before = time.process_time()
    with pytest.raises(ManifestError):
        read_manifest(text)
    assert time.process_time() - before < 10


def test_windows_line_ends_move_no_place(build: Build, codes: Codes) -> None:
    """Editors on Windows write them."""
    text = build(version='"x"')
    assert codes(text.replace("\n", "\r\n")) == codes(text) == ["P008 3:11-14"]


def test_long_key_is_refused(build: Build, codes: Codes) -> None:
    """YAML, in which the engine reads commands, ends keys at 1,024 characters."""
    assert [c[:4] for c in codes(build(commands=f"[commands.{'a' * 129}]"))] == ["P009"]
    assert codes(build(commands=f"[commands.{'a' * 128}]")) == []
    assert codes(build(commands=f"[commands.{'a' * 2000}]")) == ["P009 12:11-2011"]


def test_list_of_very_many_mistakes_is_told_in_few(build: Build, codes: Codes) -> None:
    """A hostile manifest must not fill the terminal of who looks at it."""
    assert len(codes(build(tags="[" + "1," * 50_000 + "]"))) == 11
