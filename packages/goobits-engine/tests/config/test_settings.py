"""Names, languages, paths, versions and the width of pages."""

import pytest

from .documents import (
    HEAD,
    MINIMAL,
    codes,
    only,
    only_error,
    program,
    with_cli,
    with_root,
)


@pytest.mark.parametrize(
    ("names", "package", "command"),
    [
        ("package_name: my-app\n", "my-app", "my-app"),
        ("command_name: app\n", "app", "app"),
        ("package_name: my-app\ncommand_name: my_app\n", "my-app", "my_app"),
        ("package_name: my.app\ncommand_name: app\n", "my.app", "app"),
    ],
)
def test_package_and_command_default_to_each_other(
    names: str, package: str, command: str
) -> None:
    """One name is enough for a small program."""
    read = program(names + "cli: {commands: {run: }}\n")
    assert (read.package.name, read.root.name) == (package, command)


def test_package_name_that_is_no_command_asks_for_one() -> None:
    """A dot may stand in a package's name, not in a command's."""
    found = only("package_name: my.app\ncli: {commands: {run: }}\n")
    assert (found.code, found.help) == ("G015", "add a 'command_name'")


@pytest.mark.parametrize(
    ("body", "languages"),
    [
        ("version: '1'", ("python",)),
        ("language: rust", ("rust",)),
        ("languages: [rust, python]", ("rust", "python")),
        ("language: python\nlanguages: [rust, python]", ("rust", "python")),
    ],
)
def test_languages_keep_their_order(body: str, languages: tuple[str, ...]) -> None:
    """The list wins over the single key that it contains."""
    assert codes(with_root(body)) == []
    assert program(with_root(body)).languages == languages


def test_language_outside_of_languages_is_an_error() -> None:
    """Which of the two was meant is anybody's guess."""
    found = only(with_root("language: nodejs\nlanguages: [rust]"))
    assert (found.code, found.line, found.related[0][0]) == ("G035", 1, 2)


def test_repeated_language_is_written_once() -> None:
    """Two outputs in one folder would overwrite each other."""
    text = with_root("languages: [rust, python, rust]")
    assert codes(text) == ["G055"]
    assert program(text).languages == ("rust", "python")


def test_empty_languages_are_an_error() -> None:
    """Building nothing is never what was meant."""
    assert codes(with_root("languages: []")) == ["G034"]


def test_unknown_language_is_one_mistake() -> None:
    """The rest of the list is not judged by it."""
    assert codes(with_root("language: go\nlanguages: [go, rust]")) == ["G013", "G013"]
    assert codes(with_root("language: rust\nlanguages: go")) == ["G010"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/{package_name}/cli.py", "src/my_app/cli.py"),
        ("./src//cli.py", "src/cli.py"),
        ("cli", "cli"),
    ],
)
def test_path_is_expanded_and_normalised(path: str, expected: str) -> None:
    """The renderers get a plain path below the output folder."""
    text = f"package_name: my-app\ncli_path: '{path}'\ncli: {{commands: {{run: }}}}\n"
    assert program(text).cli_path == expected


@pytest.mark.parametrize(
    "hooks", ["src/cli.py", "./src/cli.py", "src/cli.mjs", "src/CLI.py", "src/cli"]
)
def test_program_and_hooks_are_two_files(hooks: str) -> None:
    """Extensions follow the language, and some systems ignore case."""
    found = only(with_root(f"cli_path: src/cli.py\ncli_hooks_path: {hooks}"))
    assert found.code == "G016"
    assert len(found.related) == 1


def test_paths_in_different_folders_are_different() -> None:
    """Equal names alone are no clash."""
    assert codes(with_root("cli_path: a/x.py\ncli_hooks_path: b/x.py")) == []


@pytest.mark.parametrize(
    ("body", "minimum", "said"),
    [
        ("python: {minimum_version: '3.12'}", "3.12", []),
        ("python: {minimum_version: 3.11}", "3.11", []),
        ("python: {}", "3.11", []),
        ("python: {minimum_version: 3.8}", "3.11", ["G052"]),
        ("python: {minimum_version: '3.8', maximum_version: '3.13'}", "3.11", ["G052"]),
        ("python: {maximum_version: '3.13'}", "3.11", ["G052"]),
    ],
)
def test_oldest_python_is_the_one_that_programs_need(
    body: str, minimum: str, said: list[str]
) -> None:
    """A manifest that promises 3.8 would install where nothing runs."""
    assert codes(with_root(body)) == said
    assert program(with_root(body)).package.python_minimum == minimum


@pytest.mark.parametrize(
    ("width", "used", "said"),
    [(60, 60, []), (120, 120, []), (59, 80, ["G054"]), (0, 80, ["G054"])],
)
def test_width_outside_of_its_range_is_replaced(
    width: int, used: int, said: list[str]
) -> None:
    """Pages are pinned to widths that terminals have."""
    text = with_cli(f"config: {{max_width: {width}}}")
    assert codes(text) == said
    assert program(text).width == used


def test_width_is_eighty_when_nothing_is_said() -> None:
    """The contract's page is 80 columns wide."""
    assert program(MINIMAL).width == 80


@pytest.mark.parametrize(
    ("root", "cli", "shown", "packaged"),
    [
        ("", "", "0.0.0", "0.0.0"),
        ("version: 1.10\n", "", "1.10", "1.10"),
        ("", "version: '2'", "2", "2"),
        ("version: '1'\n", "version: '2'", "2", "1"),
    ],
)
def test_version_is_looked_up_in_order(
    root: str, cli: str, shown: str, packaged: str
) -> None:
    """`--version` prints the program's, a manifest the package's."""
    read = program(root + (with_cli(cli) if cli else MINIMAL))
    assert (read.version, read.package.version) == (shown, packaged)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("version: '1'", "demo"),
        ("display_name: Demo!", "Demo!"),
        ("command_name: d", "d"),
    ],
)
def test_title_has_a_default(body: str, title: str) -> None:
    """Every page begins with something."""
    assert program(with_root(body)).title == title


def test_title_of_cli_comes_first() -> None:
    """The nearest text wins."""
    assert program("display_name: A\n" + with_cli("name: B")).title == "B"


def test_unfit_path_and_names_do_not_cascade() -> None:
    """One slip in a name is not also a clash of paths."""
    text = HEAD.replace("demo", "1x") + "cli_path: '/a'\ncli: {commands: {run: }}\n"
    assert codes(text) == ["G015", "G016"]
    assert only_error(with_root("comand_name: x").replace(HEAD, "")).code == "G012"
