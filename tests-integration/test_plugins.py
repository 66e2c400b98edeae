"""What a user of plugins does, from `install` to the program in which they appear."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from plugin_home import Home, archive, hello
from toolchain import ROOT, cargo, goobits, tool, tsc

PROGRAM = """\
package_name: shelf
command_name: shelf
version: 2.1.0
languages: [python, nodejs, typescript, rust]
plugins: {enabled: true}
cli:
  options: [{name: place, desc: Which shelf}]
  commands:
    tidy: {desc: Put things back}
    ask: {desc: Ask, is_default: true, args: [{name: words, nargs: "*"}]}
"""
LANGUAGES = ("python", "nodejs", "typescript", "rust")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Build a program that lets plugins in, and return how it is run in each language."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "goobits.yaml").write_text(PROGRAM)
    built = goobits("build", "--json", folder=folder)
    assert built.returncode == 0, built.stderr.decode()
    entries = {
        file["language"]: str(folder / file["path"])
        for file in json.loads(built.stdout)
        if file["role"] == "entry"
    }
    assert tsc(folder / "typescript").returncode == 0
    made = cargo("build", folder / "rust", folder / "target")
    assert made.returncode == 0, made.stderr.decode()
    return {
        "python": [sys.executable, entries["python"]],
        "nodejs": [tool("node"), entries["nodejs"]],
        "typescript": [tool("node"), entries["typescript"]],
        "rust": [str(folder / "target/debug/shelf")],
    }


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.below(tmp_path)


@pytest.fixture
def installed(home: Home, tmp_path: Path) -> Home:
    """Return a home in which acme/hello is installed."""
    packed = archive(home, hello(tmp_path / "src"))
    done = home.plugin("install", packed, "--yes")
    assert done.returncode == 0, done.stderr.decode()
    return home


@pytest.mark.parametrize("language", LANGUAGES)
def test_command_of_a_plugin_is_one_of_the_program(
    installed: Home, shelf: dict[str, list[str]], language: str
) -> None:
    """Whoever types it need not know where it came from."""
    done = installed.run(*shelf[language], "hello", "Ada", "--loud")
    assert (done.stdout, done.stderr, done.returncode) == (b"HELLO, ADA!\n", b"", 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lists_the_commands_of_plugins(
    installed: Home, shelf: dict[str, list[str]], language: str
) -> None:
    """A command that no page names is never found."""
    page = installed.run(*shelf[language], "--help").stdout.decode()
    assert "Plugin commands\n  hello " in page
    assert page.index("Put things back") < page.index("Plugin commands")
    assert page.index("Plugin commands") < page.index("Global options")


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_a_plugins_command_is_that_of_the_program(
    installed: Home, shelf: dict[str, list[str]], language: str
) -> None:
    """It is reached by the same words, and says the same program's name."""
    pages = {
        installed.run(*shelf[language], *words).stdout
        for words in (["hello", "--help"], ["hello", "-h"], ["help", "hello"])
    }
    assert len(pages) == 1
    page = pages.pop().decode()
    assert "Usage: shelf hello [OPTIONS] [<WHO>]" in page
    assert page.endswith("Global options: see shelf --help\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_mistakes_are_those_of_the_program(
    installed: Home, shelf: dict[str, list[str]], language: str
) -> None:
    """A script that reads them must not care which command failed."""
    done = installed.run(*shelf[language], "hello", "--lout")
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "shelf: error: unknown option '--lout'\n"
        "Did you mean '--loud'?\n"
        "Try 'shelf hello --help'.\n"
    )
    version = installed.run(*shelf[language], "hello", "--version")
    assert version.stdout == b"shelf 2.1.0\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_ends_of_a_plugin_are_those_of_a_hook(
    installed: Home, shelf: dict[str, list[str]], language: str
) -> None:
    """An exception is a line and 1, a number is the exit code."""
    raised = installed.run(*shelf[language], "hello-fail")
    assert (raised.returncode, raised.stderr) == (1, b"shelf: error: it went wrong\n")
    code = installed.run(*shelf[language], "hello-fail", "--how", "code")
    assert (code.returncode, code.stderr) == (7, b"")
    traced = installed.run(*shelf[language], "--verbose", "hello-fail")
    assert b"Traceback" in traced.stderr
    assert traced.stderr.endswith(b"shelf: error: it went wrong\n")
    killed = installed.run(*shelf[language], "hello-fail", "--how", "kill")
    assert killed.returncode == 137
    assert killed.stderr.count(b"\n") == 1
    assert b"plugin 'acme/hello'" in killed.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_of_the_program_are_not_dropped_in_silence(
    installed: Home, shelf: dict[str, list[str]], language: str
) -> None:
    """Who gives one to a plugin's command expects it to do something."""
    done = installed.run(*shelf[language], "--place", "top", "hello")
    assert done.returncode == 2
    assert (
        b"option '--place' cannot be used with the plugin command 'hello'"
        in done.stderr
    )


def test_archive_is_installed_once_its_user_agrees(home: Home, tmp_path: Path) -> None:
    """Without a terminal there is nobody to ask: nothing is done, and nothing hangs."""
    packed = archive(home, hello(tmp_path / "src"))
    done = home.plugin("install", packed)
    assert done.returncode == 2
    assert b"--yes" in done.stderr
    assert home.plugin("list").stdout == b""
    assert home.plugin("install", packed, "--yes").returncode == 0
    assert home.plugin("list").stdout.split() == [b"acme/hello", b"1.0.0", b"*"]


def test_wrong_hash_is_refused(home: Home, tmp_path: Path) -> None:
    """The file is not what its user was told of."""
    packed = archive(home, hello(tmp_path / "src"))
    done = home.plugin("install", packed, "--yes", "--sha256", "0" * 64)
    assert done.returncode == 126
    assert home.plugin("list").stdout == b""


def test_update_and_rollback(installed: Home, tmp_path: Path) -> None:
    """The way back is one command."""
    newer = archive(installed, hello(tmp_path / "newer", version="1.1.0"))
    assert installed.plugin("install", newer, "--yes").returncode == 0
    assert b"1.1.0" in installed.plugin("list").stdout
    assert installed.plugin("rollback").returncode == 0
    assert b"1.0.0" in installed.plugin("list").stdout
    said = installed.plugin("run", "acme/hello", "--", "hello", "again")
    assert said.stdout == b"Hello, again!\n"


def test_older_version_is_installed_only_when_asked_for(
    installed: Home, tmp_path: Path
) -> None:
    """An old version with a known hole must not come back by accident."""
    older = archive(installed, hello(tmp_path / "older", version="0.9.0"))
    refused = installed.plugin("install", older, "--yes")
    assert refused.returncode != 0
    assert installed.plugin("install", older, "--yes", "--downgrade").returncode == 0


def test_removed_plugin_is_gone(installed: Home, shelf: dict[str, list[str]]) -> None:
    """Its word means what it meant before."""
    assert installed.plugin("remove", "acme/hello").returncode == 0
    done = installed.run(*shelf["python"], "hello")
    assert b"on_ask is not written yet" in done.stderr
    assert done.returncode == 1
    assert installed.plugin("remove", "acme/hello").returncode == 127


def test_disabled_plugin_adds_nothing_until_it_is_enabled(
    installed: Home, shelf: dict[str, list[str]]
) -> None:
    """Somebody finds out whether it is to blame."""
    assert installed.plugin("disable", "acme/hello").returncode == 0
    assert b"Plugin commands" not in installed.run(*shelf["python"], "--help").stdout
    assert installed.plugin("enable", "acme/hello").returncode == 0
    assert b"Plugin commands" in installed.run(*shelf["python"], "--help").stdout


def test_plugin_for_one_program_is_unknown_to_others(
    home: Home, tmp_path: Path, shelf: dict[str, list[str]]
) -> None:
    """Nobody wants every command everywhere."""
    packed = archive(home, hello(tmp_path / "src"))
    assert home.plugin("install", packed, "--yes", "--for", "other").returncode == 0
    assert b"Plugin commands" not in home.run(*shelf["rust"], "--help").stdout
    assert home.plugin("install", packed, "--yes", "--for", "shelf").returncode == 0
    assert b"Plugin commands" in home.run(*shelf["rust"], "--help").stdout


def test_changed_file_is_not_run(installed: Home, shelf: dict[str, list[str]]) -> None:
    """What was allowed is what was installed."""
    path = next(installed.data.glob("goobits/plugins/store/acme/hello/*/hello.py"))
    path.parent.chmod(0o755)
    path.chmod(0o644)
    path.write_text("print('changed')\n")
    done = installed.run(*shelf["python"], "hello")
    assert (done.returncode, done.stdout) == (126, b"")
    assert b"was changed" in done.stderr
    verified = installed.plugin("verify")
    assert verified.returncode == 1
    assert b"hello.py" in verified.stdout


def test_revoked_version_is_not_run(
    installed: Home, shelf: dict[str, list[str]]
) -> None:
    """Offline, too: the file of advisories lies beside the plugins."""
    advisories = installed.data / "goobits/plugins/advisories.tsv"
    advisories.write_text("acme/hello\t1.0.0\t*\tit steals tokens\n")
    done = installed.run(*shelf["nodejs"], "hello")
    assert (done.returncode, done.stdout) == (126, b"")
    assert b"was revoked: it steals tokens" in done.stderr
    by_name = installed.plugin("run", "acme/hello", "--", "hello")
    assert (by_name.returncode, by_name.stdout) == (126, b"")


def test_plugins_that_others_can_write_are_not_run(
    installed: Home, shelf: dict[str, list[str]]
) -> None:
    """They would run what somebody else put there."""
    (installed.data / "goobits/plugins").chmod(0o777)
    for language in LANGUAGES:
        done = installed.run(*shelf[language], "--help")
        assert b"Plugin commands" not in done.stdout
        assert b"plugins are ignored" in done.stderr
    assert installed.plugin("list").returncode != 0


def test_program_of_a_plugin_that_is_gone(
    home: Home, tmp_path: Path, shelf: dict[str, list[str]]
) -> None:
    """Its runtime was removed after it had been installed."""
    node = tmp_path / "bin/node"
    node.parent.mkdir()
    node.symlink_to(tool("node"))
    source = hello(tmp_path / "src", hooks="")
    manifest = source / "goobits-plugin.toml"
    text = manifest.read_text().replace('"python"', '"nodejs"')
    manifest.write_text(text.replace("hello.py", "hello.mjs"))
    (source / "hello.mjs").write_text("")
    path = f"{node.parent}{os.pathsep}{os.environ['PATH']}"
    linked = goobits(
        *("plugin", "link", source, "--yes"),
        folder=home.work,
        PATH=path,
        **home.environment,
    )
    assert linked.returncode == 0, linked.stderr.decode()
    node.unlink()
    done = home.run(*shelf["python"], "hello")
    assert (done.returncode, done.stdout) == (127, b""), done.stderr.decode()
    assert b"acme/hello" in done.stderr
    assert b"node" in done.stderr


def test_folder_that_is_worked_on(home: Home, tmp_path: Path) -> None:
    """An author sees each change at once, but a wider manifest only after a look at it."""
    source = hello(tmp_path / "src")
    tried = home.plugin("try", source, "--", "hello", "Bo")
    assert (tried.stdout, tried.returncode) == (b"Hello, Bo!\n", 0)
    assert home.plugin("link", source, "--yes").returncode == 0
    (source / "hello.py").write_text(
        "from goobits_plugin.sdk import run\ndef on_hello(**_): print('new')\nrun()\n"
    )
    said = home.plugin("run", "acme/hello", "--", "hello")
    assert said.stdout == b"new\n", said.stderr
    hello(source, more='[permissions]\nread = ["."]\n')
    refused = home.plugin("run", "acme/hello", "--", "hello")
    assert refused.returncode == 126
    assert b"link it again" in refused.stderr
    assert home.plugin("unlink", "acme/hello").returncode == 0


@pytest.mark.parametrize("language", ["python", "nodejs", "typescript", "rust"])
def test_plugin_to_begin_with_is_packed_or_built(
    language: str, home: Home, tmp_path: Path
) -> None:
    """The README of a starter is followed as it stands."""
    done = home.plugin("init", "--language", language, "acme/hello")
    assert done.returncode == 0, done.stderr.decode()
    folder = home.work / "hello"
    assert (folder / "README.md").exists()
    again = home.plugin("init", "--language", language, "acme/hello")
    assert again.returncode != 0
    if language in ("python", "nodejs"):
        tried = home.plugin("try", folder, "--", "hello", "Ada")
        assert (tried.returncode, tried.stderr) == (0, b"")
        assert b"Ada" in tried.stdout


def test_broken_manifest_is_shown_with_places(home: Home, tmp_path: Path) -> None:
    """All mistakes at once, where they are."""
    source = hello(tmp_path / "src", more='colour = "red"\nlicence = "MIT"\n')
    done = home.plugin("try", source)
    assert done.returncode == 2
    assert done.stderr.count(b"goobits-plugin.toml:") == 2
    assert b"did you mean 'license'?" in done.stderr


def test_root_of_the_repository_has_the_example_plugins() -> None:
    """The demo links them, and the documentation names them."""
    found = sorted(path.parent.name for path in ROOT.glob("examples/plugins/*/*.toml"))
    assert set(found) >= {"notes", "quotes", "words"}


@pytest.mark.parametrize("language", ["python", "nodejs"])
def test_dependency_is_importable_and_lends_no_permissions(
    language: str, home: Home, tmp_path: Path
) -> None:
    """Another plugin's code is there to be used; what that plugin may do is not."""
    names = {"python": ("base.py", "top.py"), "nodejs": ("index.js", "top.mjs")}
    library, entry = names[language]
    base, top = tmp_path / "base", tmp_path / "top"
    text = hello(base, more='[permissions]\nread = ["."]\n') / "goobits-plugin.toml"
    manifest = text.read_text().replace('"python"', f'"{language}"')
    manifest = manifest.replace("acme/hello", "acme/base").replace("hello.py", library)
    text.write_text(manifest.replace("commands.hello", "commands.base"))
    if language == "python":
        (base / library).write_text("def said(): return 'from the base'\n")
        hooks = (
            "import base, os\nfrom goobits_plugin.sdk import run\n"
            "def on_hello(**_): print(base.said(), os.listdir())\nrun()\n"
        )
    else:
        (base / library).write_text("exports.said = () => 'from the base';\n")
        hooks = (
            'import base from "@acme/base";\nimport fs from "node:fs";\n'
            'import { run } from "@goobits/plugin";\n'
            "run({ on_hello() { console.log(base.said(), fs.readdirSync('.')); } });\n"
        )
    needs = 'dependencies = ["acme/base>=1,<2"]'
    place = hello(top, more=needs, hooks=hooks) / "goobits-plugin.toml"
    text = place.read_text().replace('"python"', f'"{language}"')
    place.write_text(text.replace("hello.py", entry))
    (top / "hello.py").rename(top / entry)
    missing = home.plugin("link", top, "--yes")
    assert missing.returncode != 0
    assert b"acme/base" in missing.stderr
    assert home.plugin("link", base, "--yes").returncode == 0
    linked = home.plugin("link", top, "--yes")
    assert linked.returncode == 0, linked.stderr.decode()
    (home.work / "mine.txt").write_text("")
    said = home.plugin("run", "acme/hello", "--", "hello")
    assert said.stdout.startswith(b"from the base ["), said.stderr.decode()
    assert b"mine.txt" not in said.stdout
    advisories = home.data / "goobits/plugins/advisories.tsv"
    advisories.write_text("acme/base\t*\t*\tit lies\n")
    refused = home.plugin("run", "acme/hello", "--", "hello")
    assert (refused.returncode, refused.stdout) == (126, b"")
    assert b"of 'acme/base', which it needs, was revoked: it lies" in refused.stderr
    assert home.plugin("unlink", "acme/base").returncode != 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_example_asks_on_a_terminal(
    home: Home, shelf: dict[str, list[str]], language: str
) -> None:
    """A program of each language stands between the terminal and the question."""
    notes = ROOT / "examples/plugins/notes"
    assert home.plugin("link", notes, "--yes").returncode == 0
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [*shelf[language], "note-add", "-t", "shop"],
        cwd=home.work,
        env={"PATH": os.environ["PATH"], **home.environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        seen = b""
        while b"What do you want to note?" not in seen:
            seen += os.read(ours, 4096)
        os.write(ours, b"Buy milk\n")
        assert process.wait(20) == 0
    os.close(ours)
    assert b"goobits/notes: What do you want to note?" in seen
    assert (home.work / "notes/shop.txt").read_text() == "Buy milk\n"
