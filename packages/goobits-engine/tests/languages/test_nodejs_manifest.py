"""`package.json` says what npm accepts, and one that is somebody's own stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from goobits_engine import ManifestError, build
from goobits_engine._program import Package
from goobits_engine.languages.nodejs import _manifest as manifest
from goobits_engine.languages.nodejs._merge import with_program
from hypothesis import given
from hypothesis import strategies as st


def test_name_is_in_lower_case() -> None:
    """A capital letter keeps a new package out of the registry."""
    assert manifest.package_name("My-Tool") == "my-tool"


def test_author_has_the_form_that_npm_parses() -> None:
    """An address without brackets would be part of the name."""
    package = Package("demo", "1.0", author="Ada", email="ada@example.org")
    assert manifest.texts(package) == [("author", "Ada <ada@example.org>")]


def merged(text: str, command: str = "demo", hooks: str = "src/hooks.mjs") -> str:
    """Return a manifest to which a program was added."""
    return with_program(text, command, "cli.cjs", hooks)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", '{\n  "bin": {\n    "demo": "cli.cjs"\n  }\n}'),
        (
            '{\n  "name": "größe"\n}\n',
            '{\n  "name": "größe",\n  "bin": {\n    "demo": "cli.cjs"\n  }\n}\n',
        ),
        (
            '{\n\t"name": "x",\n\n\t"a": [\n\t]\n}',
            '{\n\t"name": "x",\n\n\t"a": [\n\t],\n\t"bin": {\n\t\t"demo": "cli.cjs"\n\t}\n}',
        ),
        (
            '{\r\n    "a": 1.10\r\n}\r\n',
            '{\r\n    "a": 1.10,\r\n    "bin": {\r\n        "demo": "cli.cjs"\r\n    }\r\n}\r\n',
        ),
        ('{"a":1}', '{"a":1,"bin":{"demo":"cli.cjs"}}'),
        ('{ "a": 1 }\n', '{ "a": 1, "bin": { "demo": "cli.cjs" } }\n'),
        (
            '\ufeff{"bin": {\n  "old": "./o.js"}, "z": 0}',
            '\ufeff{"bin": {\n  "old": "./o.js",\n  "demo": "cli.cjs"}, "z": 0}',
        ),
        (
            '{\n "bin": {},\n "z": 0\n}',
            '{\n "bin": {\n  "demo": "cli.cjs"\n },\n "z": 0\n}',
        ),
        (
            '{\n "name": "@a/o",\n "bin": "./\\u006f.js"\n}',
            '{\n "name": "@a/o",\n "bin": {\n  "o": "./\\u006f.js",\n  "demo": "cli.cjs"\n }\n}',
        ),
        (
            '{"bin": {"demo": "first"}, "bin": {"a": "b"}}',
            '{"bin": {"demo": "first"}, "bin": {"a": "b", "demo": "cli.cjs"}}',
        ),
    ],
)
def test_command_is_added_as_the_file_is_written(before: str, after: str) -> None:
    """A manifest under version control shall show one change, not a new layout."""
    assert merged(before) == after


@pytest.mark.parametrize(
    "text",
    [
        '{"bin": {"demo": "elsewhere.js"}}',
        '{"name": "demo", "bin": "elsewhere.js"}',
        '{"name": "@scope/demo", "bin": "elsewhere.js"}',
        '{"bin": {"@scope/demo": "elsewhere.js"}}',
    ],
)
def test_command_that_is_there_stays_as_it_is(text: str) -> None:
    """Its author may have put something before the program."""
    assert merged(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('["a"]', '["a", "cli.cjs", "src/hooks.mjs"]'),
        ('[ "a", 1 ]', '[ "a", 1, "cli.cjs", "src/hooks.mjs" ]'),
        ('["a","b"]', '["a","b","cli.cjs","src/hooks.mjs"]'),
        ('["a",\n\n\t"b"\n]', '["a",\n\n\t"b",\n\t"cli.cjs",\n\t"src/hooks.mjs"\n]'),
        ('[\r\n "a"]', '[\r\n "a",\r\n "cli.cjs",\r\n "src/hooks.mjs"]'),
        ("[ ]", '["cli.cjs", "src/hooks.mjs"]'),
        ('["src", "src/other.mjs"]', '["src", "src/other.mjs", "cli.cjs"]'),
        ('["./cli.cjs"]', '["./cli.cjs", "src/hooks.mjs"]'),
        ('["src/hook", "cli"]', '["src/hook", "cli", "cli.cjs", "src/hooks.mjs"]'),
        ('["!src", "*.cjs"]', '["!src", "*.cjs", "cli.cjs", "src/hooks.mjs"]'),
    ],
)
def test_files_of_the_program_are_packed(before: str, after: str) -> None:
    """What `files` does not name is missing from the package that others install."""
    head = '{"bin": {"demo": "x"}, "files": '
    assert merged(f"{head}{before}}}") == f"{head}{after}}}"


def test_first_files_that_are_packed_stand_as_other_members_do() -> None:
    """An empty list packs nothing, and does not show how it would be filled."""
    before = '{\n  "files": [],\n  "bin": {"demo": "x"}\n}\n'
    after = before.replace("[]", '[\n    "cli.cjs",\n    "src/hooks.mjs"\n  ]')
    assert merged(before) == after


@pytest.mark.parametrize("entry", ["src", "./src", "/src/", "src/*", "src/**", "**"])
def test_folder_that_is_packed_covers_what_is_in_it(entry: str) -> None:
    """To name it once more would only puzzle the author."""
    text = f'{{"bin": {{"demo": "x"}}, "files": ["cli.cjs", "{entry}"]}}'
    assert merged(text) == text
    assert merged(text, hooks="src/deep/hooks.mjs") == text


@pytest.mark.parametrize("files", ["", ', "files": "src"', ', "files": null'])
def test_manifest_that_packs_all_gets_no_list(files: str) -> None:
    """A list of ours would leave out everything else."""
    text = f'{{"bin": {{"demo": "x"}}{files}}}'
    assert merged(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1 column 1"),
        ('{\n  "name": "x",\n}', "line [23] column"),
        ('{\n  "a": NaN\n}', "line 2 column 8"),
        ('{"NaN": -Infinity}', "line 1 column 9"),
        ('{"a": 1} // why', "line 1 column 10"),
        ("[" * 100_000 + "]" * 100_000, "line 1 column 1"),
        ("\n[]", "Expecting an object: line 2 column 1"),
        ('{"bin": ["a"]}', "'bin' is neither a text nor an object: line 1 column 9"),
        ('{"bin": null}', "'bin' is neither"),
        ('{"bin": "a.js"}', "no 'name' says of which command"),
        ('{"name": 5, "bin": "a.js"}', "no 'name' says of which command"),
        ('{"directories": {"bin": "b"}}', "'directories.bin' .*: line 1 column 17"),
    ],
)
def test_what_cannot_be_added_to_is_refused_with_its_place(
    text: str, said: str
) -> None:
    """To guess would be to lose what somebody wrote."""
    with pytest.raises(ValueError, match=said):
        merged(text)


words = st.text(max_size=8) | st.sampled_from(["bin", "name", "demo", "é🧰"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e9, 1e9) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner),
    max_leaves=6,
)
names = words.filter(lambda word: "/" not in word)
commands = st.dictionaries(names, words)
manifests = st.fixed_dictionaries(
    {},
    optional={"a": values, "bin": commands, "files": st.lists(values), "z": values},
)
layouts = st.sampled_from([None, 0, 1, 2, 4, "\t"])


@given(manifests, layouts, st.booleans(), st.booleans(), names)
def test_merging_adds_the_command_and_keeps_the_rest(
    manifest: dict[str, object],
    indent: int | str | None,
    ascii_only: bool,
    windows: bool,
    command: str,
) -> None:
    """Whatever a manifest holds, in whatever layout, is still there, in its order."""
    text = json.dumps(manifest, indent=indent, ensure_ascii=ascii_only)
    text = text.replace("\n", "\r\n") if windows else text
    after = merged(text, command)
    found = json.loads(after)
    bin_before = manifest.get("bin", {})
    assert list(found) == list(dict.fromkeys([*manifest, "bin"]))
    assert found.pop("bin") == {command: "cli.cjs", **bin_before}
    if "files" in found:
        added = ["cli.cjs", "src/hooks.mjs"]
        assert found.pop("files") == [*manifest.pop("files"), *added]
    assert found == {key: held for key, held in manifest.items() if key != "bin"}
    assert merged(after, command) == after
    assert windows or indent is None or "\r" not in after


@given(manifests.filter(bool), st.sampled_from([0, 1, 2, 4, "\t"]))
def test_layout_of_a_dumped_manifest_stays(
    manifest: dict[str, object], indent: int | str
) -> None:
    """A file that another tool wrote is as that tool would have written it."""
    after = json.dumps(json.loads(merged(json.dumps(manifest))), indent=indent)
    assert merged(json.dumps(manifest, indent=indent)) == after


def test_build_adds_the_command_to_the_manifest_of_a_package(tmp_path: Path) -> None:
    """The merge is of no use when nothing calls it."""
    config, package = tmp_path / "goobits.yaml", tmp_path / "package.json"
    config.write_text("command_name: demo\ncli: {commands: {go: {desc: Go}}}\n")
    package.write_text('{ "bin": { "old": "old.js" } }\n')
    states = [
        {file.path.name: file.state for file in build(config, only=["nodejs"]).files}
        for _ in range(2)
    ]
    assert [found["package.json"] for found in states] == ["written", "kept"]
    added = '{ "bin": { "old": "old.js", "demo": "cli.cjs" } }\n'
    assert package.read_text() == added
    package.write_text("{")
    with pytest.raises(ManifestError, match=r"package\.json: .*line 1 column 2"):
        build(config, only=["nodejs"])
