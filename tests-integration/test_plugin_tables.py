"""The table of plugin commands, as programs of four languages read it: one answer from all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from toolchain import cargo, goobits, run, tool, tsc

PROGRAM = """\
package_name: rack
command_name: rack
version: 2.1.0
languages: [python, nodejs, typescript, rust]
plugins: {enabled: true, allow: ["acme/*", "other/one"]}
cli:
  enable_recursive_help: true
  options: [{name: place, short: p, desc: Which rack}]
  commands:
    tidy: {desc: Put things back, aliases: [clean]}
    put: {desc: Put, commands: {back: {desc: Put back}}}
"""
LANGUAGES = ("python", "nodejs", "typescript", "rust")
ROW = "  \x03go\x07  Goes"


@pytest.fixture(scope="module")
def rack(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Build the program, and return how it is run in each language."""
    folder = tmp_path_factory.mktemp("rack")
    (folder / "goobits.yaml").write_text(PROGRAM)
    built = goobits("build", "--json", folder=folder)
    entries = {
        file["language"]: str(folder / file["path"])
        for file in json.loads(built.stdout)
        if file["role"] == "entry"
    }
    assert tsc(folder / "typescript").returncode == 0
    assert cargo("build", folder / "rust", folder / "target").returncode == 0
    return {
        "python": [sys.executable, entries["python"]],
        "nodejs": [tool("node"), entries["nodejs"]],
        "typescript": [tool("node"), entries["typescript"]],
        "rust": [str(folder / "target/debug/rack")],
    }


class Scene:
    """A user's plugins: a table, and a program that says what it was run with."""

    def __init__(self, folder: Path, rack: dict[str, list[str]]) -> None:
        self.folder = folder
        self.rack = rack
        self.plugins = folder / "data/goobits/plugins"
        self.current = self.plugins / "current"
        self.current.mkdir(parents=True)
        self.host = folder / "host"
        self.host.write_text('#!/bin/sh\nprintf "[%s]" "$@"\nexit 42\n')
        self.host.chmod(0o755)

    def table(self, *rows: tuple[str, ...], end: str = "\n") -> None:
        """Write rows of program, word, plugin and help; the host is ours."""
        lines = ("\t".join((*row, str(self.host))[:5]) for row in rows)
        text = end.join(lines) + end
        (self.current / "commands.tsv").write_bytes(text.encode())

    def answers(self, *words: str, **environment: str) -> tuple[int, str, str]:
        """Run all four, and return what they agree on."""
        found = {
            language: self.answer(language, *words, **environment)
            for language in LANGUAGES
        }
        assert len(set(found.values())) == 1, found
        return found["python"]

    def answer(
        self, language: str, *words: str, **environment: str
    ) -> tuple[int, str, str]:
        variables = {"XDG_DATA_HOME": str(self.folder / "data"), **environment}
        done = run(*self.rack[language], *words, folder=self.folder, **variables)
        return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture(autouse=True)
def _heard_signals() -> Iterator[None]:
    """Let signals end what is started, also where who started the tests ignores them."""
    before = {number: signal.getsignal(number) for number in (1, 2, 15)}
    for number, handler in before.items():
        if handler == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def scene(tmp_path: Path, rack: dict[str, list[str]]) -> Scene:
    return Scene(tmp_path, rack)


GO = ("*", "go", "acme/go", ROW)
RUN = "[plugin][exec][--cli][rack][--cli-version][2.1.0][go][--]"


@pytest.mark.parametrize(
    "words",
    [
        ["go"],
        ["go", "--unknown", "-x", "", "a b", "--", "é"],
        ["--color", "always", "go", "--color=never"],
        ["-v", "go"],
        ["--verbose", "go", "help"],
        ["help", "go"],
        ["help", "go", "deeper"],
    ],
)
def test_all_words_are_handed_on(scene: Scene, words: list[str]) -> None:
    """The host reads them once, by the grammar of the program."""
    scene.table(GO)
    handed = "".join(f"[{word}]" for word in words)
    assert scene.answers(*words) == (42, RUN + handed, "")


@pytest.mark.parametrize(
    "row",
    [
        ("rack", "go", "acme/go", ROW),
        ("*", "go", "other/one", ROW),
        ("*", "go", "acme/go", ""),
    ],
)
def test_rows_that_count(scene: Scene, row: tuple[str, ...]) -> None:
    """Those for this program, of plugins that it lets in; a hidden command runs as well."""
    scene.table(row)
    assert scene.answers("go")[:2] == (42, RUN + "[go]")


@pytest.mark.parametrize(
    "row",
    [
        ("rac", "go", "acme/go", ROW),
        ("", "go", "acme/go", ROW),
        ("*", "go", "other/two", ROW),
        ("*", "go", "acm/e", ROW),
        ("*", "go", "acmeX/go", ROW),
        ("*", "go", "acme", ROW),
        ("*", "go", "acme/go"),
        ("*", "go"),
        ("go",),
        (" *", "go", "acme/go", ROW),
        ("\ufeff*", "go", "acme/go", ROW),
    ],
)
def test_rows_that_do_not_count(scene: Scene, row: tuple[str, ...]) -> None:
    """A broken line, another program's, or a plugin's that was not let in adds nothing."""
    scene.table(row)
    code, stdout, stderr = scene.answers("go")
    assert (code, stdout) == (2, "")
    assert stderr.startswith("rack: error: unknown command 'go'\n")
    assert "Plugin commands" not in scene.answers("--help")[1]


@pytest.mark.parametrize("word", ["go\x00", "-go", "1go", "gö", "g o", "", "../go"])
def test_words_that_no_command_could_have(scene: Scene, word: str) -> None:
    """They can be in a file that somebody has damaged, and are never shown."""
    scene.table(("*", word, "acme/go", ROW))
    assert "Plugin commands" not in scene.answers("--help")[1]


def test_page_lists_what_can_be_run(scene: Scene) -> None:
    """In the order of the table, each word once, and none that means something else here."""
    scene.table(
        ("*", "go", "acme/go", ROW),
        ("*", "hidden", "acme/go", ""),
        ("*", "tidy", "acme/go", "  tidy  Never shown"),
        ("*", "clean", "acme/go", "  clean  Never shown"),
        ("*", "go", "acme/other", "  go  Never shown"),
        ("*", "wide", "acme/go", "  wide\x0b        On two lines"),
    )
    code, page, _ = scene.answers("--help")
    block = "\n\nPlugin commands\n  go  Goes\n  wide\n        On two lines\n\n"
    assert code == 0
    assert block in page
    assert "Never shown" not in page
    assert scene.answers("--help-all")[1].startswith(page)
    assert scene.answers()[2] == page
    coloured = scene.answers("--color=always", "--help")[1]
    assert "\x1b[1;4mPlugin commands\x1b[0m\n  \x1b[36mgo\x1b[0m  Goes\n" in coloured


def test_page_without_plugins_is_the_one_that_was_built(scene: Scene) -> None:
    """Nothing is left of the place where they would stand."""
    page = scene.answers("--help")[1]
    assert "\x0e" not in page
    assert "\n\n\n" not in page


def test_own_commands_come_first(scene: Scene) -> None:
    """A plugin can take nothing away from a program."""
    scene.table(
        ("*", "tidy", "acme/go", ROW),
        ("*", "help", "acme/go", ROW),
        ("*", "back", "acme/go", ROW),
    )
    code, stdout, _ = scene.answers("help")
    assert (code, "[plugin]" in stdout) == (0, False)
    for words in (["tidy", "--help"], ["clean", "--help"], ["put", "back", "--help"]):
        code, stdout, _ = scene.answers(*words)
        assert (code, "[plugin]" in stdout) == (0, False)


def test_word_below_a_group_is_no_plugins(scene: Scene) -> None:
    """Plugins add to the root alone."""
    scene.table(GO)
    code, _, stderr = scene.answers("put", "go")
    assert code == 2
    assert "unknown command 'go'" in stderr


def test_option_of_the_program_before_a_plugins_command(scene: Scene) -> None:
    """It would be dropped in silence."""
    scene.table(GO)
    said = (
        "rack: error: option '--place' cannot be used with the plugin command 'go'\n"
        "Try 'rack --help'.\n"
    )
    assert scene.answers("-p", "top", "go") == (2, "", said)
    assert scene.answers("-v", "--place=x", "go") == (2, "", said)


def test_commands_of_plugins_are_suggested(scene: Scene) -> None:
    """But not those that no page shows."""
    scene.table(
        ("*", "gather", "acme/go", ROW),
        ("*", "scatter", "acme/go", ""),
    )
    assert "Did you mean 'gather'?" in scene.answers("gahter")[2]
    assert "Did you mean" not in scene.answers("scater")[2]


@pytest.mark.parametrize("host", ["/nowhere/goobits", "goobits", "", "./goobits"])
def test_host_that_is_gone(scene: Scene, host: str) -> None:
    """One line says which path, and nothing else is run instead."""
    (scene.current / "commands.tsv").write_text(f"*\tgo\tacme/go\t{ROW}\t{host}\n")
    said = f"rack: error: cannot run the plugin command 'go': there is no {host} any more\n"
    assert scene.answers("go") == (127, "", said)


@pytest.mark.parametrize("what", ["folder", "table"])
def test_what_others_can_write_is_ignored(scene: Scene, what: str) -> None:
    """They would run what they like, as this user."""
    scene.table(GO)
    target = scene.plugins if what == "folder" else scene.current / "commands.tsv"
    target.chmod(0o777)
    warning = (
        "rack: warning: plugins are ignored: others than you own"
        f" {scene.plugins} or can write to it\n"
    )
    code, stdout, stderr = scene.answers("go")
    assert (code, stdout) == (2, "")
    assert stderr.startswith(warning + "rack: error: unknown command 'go'")
    assert scene.answers("--help")[2] == warning


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_table_of_another_user_is_ignored(scene: Scene) -> None:
    """Also when nobody but its owner can write to it."""
    scene.table(GO)
    os.chown(scene.current / "commands.tsv", 12345, 12345)
    assert scene.answers("go")[0] == 2


def test_table_that_is_no_file(scene: Scene) -> None:
    """Who opened a pipe would wait for somebody to write to it, for ever."""
    path = scene.current / "commands.tsv"
    os.mkfifo(path)
    assert scene.answers("go")[0] == 2
    path.unlink()
    path.mkdir()
    assert scene.answers("go")[0] == 2
    path.rmdir()
    path.symlink_to(path)
    assert scene.answers("go")[0] == 2


def test_table_that_is_not_unicode(scene: Scene) -> None:
    """Half of a table is worse than none."""
    path = scene.current / "commands.tsv"
    scene.table(GO)
    path.write_bytes(path.read_bytes() + b"*\tx\xff\tacme/go\t\t/x\n")
    assert scene.answers("go")[0] == 2


def test_ends_of_lines(scene: Scene) -> None:
    """A table without a last end of line is whole; only a line feed ends a line."""
    path = scene.current / "commands.tsv"
    scene.table(GO)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert scene.answers("go")[0] == 42
    scene.table(("*", "x", "acme/go", "a\u2028b\x85c\x0cd"), GO)
    assert scene.answers("go")[0] == 42


@pytest.mark.parametrize(
    ("data", "home", "code"),
    [
        ("", "{}/home", 42),
        ("relative", "{}/home", 42),
        ("", "relative", 2),
        ("", "", 2),
        ("{}/elsewhere", "{}/home", 2),
    ],
)
def test_where_plugins_are_looked_for(
    scene: Scene, data: str, home: str, code: int
) -> None:
    """XDG_DATA_HOME counts when it is absolute, else what is below HOME."""
    scene.table(GO)
    share = scene.folder / "home/.local"
    share.mkdir(parents=True)
    (share / "share").symlink_to(scene.folder / "data")
    names = {"XDG_DATA_HOME": data, "HOME": home}
    places = {name: text.format(scene.folder) for name, text in names.items()}
    assert scene.answers("go", **places)[0] == code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["INT", "TERM", "HUP", "PIPE"])
def test_program_ends_by_the_signal_that_ended_the_host(
    scene: Scene, language: str, name: str
) -> None:
    """Whoever waits for it sees no difference; a closed pipe may be told by its number."""
    scene.host.write_text(f"#!/bin/sh\nkill -{name} $$\nsleep 5\n")
    scene.table(GO)
    code, _, stderr = scene.answer(language, "go")
    number = {"INT": 2, "TERM": 15, "HUP": 1, "PIPE": 13}[name]
    assert code in ({-13, 141} if name == "PIPE" else {-number})
    assert stderr == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_signal_to_the_program_reaches_the_host(scene: Scene, language: str) -> None:
    """Node runs it beside itself; the other programs have become it."""
    scene.host.write_text(
        "#!/bin/sh\ntrap 'echo caught; exit 7' TERM\necho ready\n"
        "for _ in $(seq 100); do sleep 0.1; done\n"
    )
    scene.table(GO)
    with subprocess.Popen(
        [*scene.rack[language], "go"],
        env={
            "PATH": os.environ["PATH"],
            "XDG_DATA_HOME": str(scene.folder / "data"),
        },
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.terminate()
        assert process.wait(10) == 7
        assert process.stdout.read() == "caught\n"
