"""A TypeScript program compiles as it is built, runs, and gets what its types say."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from goobits_engine import Program, build, parse, render
from goobits_engine._tables import HookValue, hooks_of
from goobits_engine.languages.nodejs._entry import NAMING

from .toolchain import NODE_MODULES, tool

TESTS = Path(__file__).parents[1]
SPECS = [
    *sorted(TESTS.glob("fixtures/yamls/*.yaml")),
    *sorted(TESTS.parent.glob("vectors/specs/*.yaml")),
    TESTS / "languages/torture.yaml",
]
YAML = """\
language: typescript
package_name: demo
command_name: demo
cli:
  commands:
    go: {desc: Go, args: [{name: count, type: int}]}
"""
HOOK = """
export function on_go({ count }: cli.Go): number {
  return count;
}
"""


def run(
    folder: Path, *words: str | Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    return subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def compiled(folder: Path) -> str:
    """Compile a project; return what the compiler has to say."""
    compiler = tool("tsc")
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to(NODE_MODULES)
    done = run(folder, compiler)
    return done.stdout + done.stderr


def built(folder: Path, text: str = YAML) -> Path:
    """Build a project; return its entry."""
    config = folder / "goobits.yaml"
    config.write_text(text, encoding="utf-8")
    made = {file.role: file.path for file in build(config, only=["typescript"]).files}
    return made["entry"]


def written(folder: Path, program: Program) -> None:
    """Write the files of a program."""
    for artifact in render(program, "typescript"):
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(artifact.content, encoding="utf-8")


def with_hooks(folder: Path, name: str = "app_hooks.ts", hook: str = HOOK) -> None:
    """Write the hook where a stub is."""
    path = folder / name
    header = path.read_text(encoding="utf-8").partition("/**")[0]
    path.write_text(header.rstrip() + "\n" + hook, encoding="utf-8")


def test_fresh_builds_compile_and_are_formatted(tmp_path: Path) -> None:
    """The first thing that an author sees must not be an error of ours."""
    for spec in SPECS:
        program = parse(spec.read_text(encoding="utf-8"), languages=["typescript"])
        written(tmp_path / spec.stem, program.program)
    assert run(tmp_path, tool("prettier"), "--check", ".").stderr == ""
    options = (tmp_path / "torture" / "tsconfig.json").read_text(encoding="utf-8")
    everywhere = options.replace('"include": ["*"]', '"include": ["**/*"]')
    (tmp_path / "tsconfig.json").write_text(everywhere)
    assert compiled(tmp_path) == ""
    assert len(list(tmp_path.glob("dist/*/**/*.js"))) == len(SPECS)


NAMES = """
    class default constructor toString Promise Array Error undefined cli exports require
    module arguments eval await yield let static NaN globalThis Object string new get set
    readonly any never async of type interface infer unique keyof is asserts prototype
    a-name-of-sixty-characters-that-is-really-quite-long-indeed1 Capital UPPER x
""".split()


def test_any_name_compiles_and_is_formatted(tmp_path: Path) -> None:
    """Names are words of the language, of its library, of our own file, or just long."""
    prettier = tool("prettier")
    commands = {}
    for name in NAMES:
        others: list[object] = [
            {"name": other, "desc": "@ts-expect-error */"}
            for other in NAMES
            if other != name
        ]
        commands[name] = {"args": [{"name": name}], "options": others}
    cli = {"commands": commands}
    built(tmp_path, json.dumps({"command_name": "demo", "cli": cli}))
    assert compiled(tmp_path) == ""
    files = ("app_hooks.ts", "cli_types.d.ts", "cli.cjs", "tsconfig.json")
    assert run(tmp_path, prettier, "--check", *files).stderr == ""


def test_thirty_levels_compile(tmp_path: Path) -> None:
    """The name of a hook has a word for each."""
    levels = "".join(
        f"{'  ' * depth}{'sub' if depth > 1 else ''}commands: {{level-{depth}: {{\n"
        for depth in range(1, 31)
    )
    text = f"command_name: demo\ncli: {{\n{levels} desc: x {'}' * 60} }}\n"
    built(tmp_path, text)
    assert compiled(tmp_path) == ""
    prettier = tool("prettier")
    assert run(tmp_path, prettier, "--check", "*.ts").stderr == ""


def test_program_without_commands_compiles(tmp_path: Path) -> None:
    """An import of types finds a module, though it be empty."""
    program = parse(YAML).program
    bare = replace(program, root=replace(program.root, children=()))
    written(tmp_path, bare)
    assert compiled(tmp_path) == ""


@pytest.mark.parametrize(
    "places",
    [
        "",
        "cli_hooks_path: app.mts",
        "cli_hooks_path: app.cts",
        "cli_hooks_path: src/hooks/app.ts\ncli_types_path: src/types/t.d.ts",
        "cli_path: bin/demo.ts",
        "cli_path: bin/demo.ts\ncli_hooks_path: src/app.cts",
        "cli_path: dist/demo.ts\ncli_hooks_path: dist/app.mts",
        "cli_hooks_path: .hooks/app.ts",
        "cli_hooks_path: 'my #%3F 日本/app.ts'\ncli_types_path: 'é é/🧰.ts'",
    ],
)
def test_compiled_hook_is_called(places: str, tmp_path: Path) -> None:
    """Wherever the files lie, and in whatever kind of module."""
    node = tool("node")
    entry = built(tmp_path, f"{places}\n{YAML}")
    (hooks,) = tmp_path.rglob("*app*.*ts")
    with_hooks(tmp_path, str(hooks.relative_to(tmp_path)))
    assert compiled(tmp_path) == ""
    done = run(tmp_path, node, entry, "go", "7")
    assert (done.returncode, done.stdout, done.stderr) == (7, "", "")


@pytest.mark.parametrize("name", ["app_hooks.ts", "app.mts", "app.cts"])
def test_package_of_scripts_works_too(name: str, tmp_path: Path) -> None:
    """A project that is there already may not be a module, and keeps its manifest."""
    node = tool("node")
    manifest = '{ "name": "old", "private": true }\n'
    (tmp_path / "package.json").write_text(manifest)
    entry = built(tmp_path, f"cli_hooks_path: {name}\n{YAML}")
    with_hooks(tmp_path, name)
    assert compiled(tmp_path) == ""
    assert run(tmp_path, node, entry, "go", "7").returncode == 7
    assert (tmp_path / "package.json").read_text() == manifest


def test_hook_that_is_not_compiled_yet_says_how(tmp_path: Path) -> None:
    """Everybody forgets it once."""
    done = run(tmp_path, tool("node"), built(tmp_path), "go", "7")
    said = "app_hooks.ts is not compiled yet: run 'npm run build' to make dist/app_hooks.js"
    assert (done.returncode, done.stderr) == (1, f"demo: error: {said}\n")


def test_stub_fails_until_it_is_written(tmp_path: Path) -> None:
    """An empty answer would look like success."""
    entry = built(tmp_path)
    compiled(tmp_path)
    done = run(tmp_path, tool("node"), entry, "go", "7")
    assert (done.returncode, done.stderr) == (
        1,
        "demo: error: on_go is not written yet\n",
    )


def test_wrong_use_of_a_value_does_not_compile(tmp_path: Path) -> None:
    """That is what the types are for."""
    built(tmp_path)
    with_hooks(tmp_path, hook=HOOK.replace("): number", "): string"))
    assert "TS2322" in compiled(tmp_path)


SEVERAL = """\
language: typescript
package_name: demo
command_name: demo
cli:
  commands:
    go: {desc: Go, args: [{name: count, type: int}]}
    config: {desc: C, commands: {get-all: {desc: Get, args: [{name: key}]}}}
    hooks: {desc: A word that our own names could meet}
"""
GO = """
export async function on_go({ count }: { count: number }) {
  return count;
}
"""
GET = "export const onGetAll = ({ key }: { key: string }) => key.length;\n"
HOOKS = "export const on_hooks = () => 5;\n"
OTHERS = "export default { on_get_all: async () => 3, onHooks: () => 5 };\n"
SCRIPT = """
export = {
  on_go: ({ count }: { count: number }) => count,
  on_config_get_all: ({ key }: { key: string }) => key.length,
  onHooks: () => 5,
};
"""
IN_TERMS = """
import type * as cli from "./cli_types.js";
export const on_go: cli.hooks["on_go"] = ({ count }) => count;
const on_config_get_all = async ({ key }: cli.ConfigGetAll) => key.length;
export default { on_config_get_all, on_hooks: () => 5 } satisfies Partial<cli.hooks>;
"""


@pytest.mark.parametrize("is_module", [True, False], ids=["module", "script"])
@pytest.mark.parametrize(
    ("name", "source"),
    [
        *((name, GO + GET + HOOKS) for name in ("app.ts", "app.mts", "app.cts")),
        *((name, GO + OTHERS) for name in ("app.ts", "app.mts", "src/app.cts")),
        ("app.cts", SCRIPT),
        ("app.ts", IN_TERMS),
        ("src/app.mts", 'export * from "../more.mjs";\n' + GO),
    ],
)
def test_every_way_to_write_a_hook_compiles_and_is_called(
    name: str, source: str, is_module: bool, tmp_path: Path
) -> None:
    """What the compiler accepts and what the program finds are to be the same."""
    if not is_module:
        (tmp_path / "package.json").write_text("{}")
    entry = built(tmp_path, f"cli_hooks_path: {name}\n{SEVERAL}")
    (tmp_path / "more.mts").write_text(GET + HOOKS, encoding="utf-8")
    (tmp_path / name).write_text(source, encoding="utf-8")
    assert compiled(tmp_path) == ""
    words = (["go", "7"], ["config", "get-all", "key"], ["hooks"])
    done = [run(tmp_path, tool("node"), entry, *line) for line in words]
    assert [(one.returncode, one.stderr) for one in done] == [(7, ""), (3, ""), (5, "")]


@pytest.mark.parametrize("name", ["app.ts", "src/app.mts", "app.cts"])
@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (GO, "", "Property 'on_go' is missing in type"),
        ("on_go", "on_goo", "Property 'on_go' is missing in type"),
        ("onGetAll", "onGet", "Property 'on_config_get_all' is missing in type"),
        (GO + GET, "", "the following properties from type 'hooks': on_go, on_config"),
        ("count: number", "count: string", "Types of property 'on_go' are incompat"),
        ("() => 5", "5", "Type 'number' is not assignable to type '(values: Hooks)"),
    ],
)
def test_hook_that_is_missing_or_wrong_does_not_compile(
    right: str, wrong: str, said: str, name: str, tmp_path: Path
) -> None:
    """A changed YAML shows up where a hook has to follow, not when a user calls it."""
    built(tmp_path, f"cli_hooks_path: {name}\n{SEVERAL}")
    source = (GO + GET + HOOKS).replace(right, wrong)
    (tmp_path / name).write_text(source, encoding="utf-8")
    errors = compiled(tmp_path)
    assert errors.startswith("cli_types.d.ts(")
    assert said in errors


@pytest.mark.skipif(os.name != "posix", reason="needs modes and links")
def test_installed_command_runs(tmp_path: Path) -> None:
    """An installer links the command to the entry, which is to find what lies beside it."""
    tool("node")
    entry = built(tmp_path)
    with_hooks(tmp_path)
    compiled(tmp_path)
    command = tmp_path / "bin" / "demo"
    command.parent.mkdir()
    command.symlink_to(entry)
    assert run(tmp_path, command, "go", "7").returncode == 7


def test_package_holds_the_entry_and_what_was_compiled(tmp_path: Path) -> None:
    """Sources and types of the author are of no use to who installs it."""
    npm = tool("npm")
    built(tmp_path, f"cli_path: bin/demo.ts\ncli_hooks_path: src/app.ts\n{YAML}")
    (tmp_path / "node_modules").symlink_to(NODE_MODULES)
    home = {"HOME": str(tmp_path / "home"), "npm_config_offline": "true"}
    done = run(tmp_path, npm, "pack", "--dry-run", "--json", "--silent", **home)
    assert done.returncode == 0, done.stderr
    (package,) = json.loads(done.stdout[done.stdout.index("[") :])
    files = {file["path"]: file["mode"] & 0o111 for file in package["files"]}
    assert set(files) == {"bin/demo.cjs", "dist/src/app.js", "package.json"}
    assert files["bin/demo.cjs"] == 0o111


VALUES = """\
command_name: demo
cli:
  options:
    - {name: mode, choices: [outer]}
    - {name: free, type: str}
    - {name: kinds, multiple: true, choices: [x]}
    - {name: shape, type: flag}
    - {name: size, type: int, choices: [1, 2], default: 1}
    - {name: global-one, type: float, env: DEMO_GLOBAL}
  commands:
    group:
      options: [{name: depth, count: true}, {name: target, required: true}]
      subcommands:
        go:
          args:
            - {name: first, choices: ["a\\"b", "c\\\\d", "🧰"]}
            - {name: pair, nargs: 2, type: int}
            - {name: maybe, nargs: "?", type: bool}
            - {name: some, required: false, default: "1.10", type: float}
            - {name: rest, nargs: "*", type: path}
          options:
            - {name: mode, choices: [inner]}
            - {name: free, choices: [a, b]}
            - {name: kinds, multiple: true, choices: [y]}
            - {name: shape, choices: [round]}
            - {name: plain}
            - {name: must, required: true, choices: [p, q]}
            - {name: chosen, choices: [p, q], default: q}
            - {name: number, type: int, choices: [1, 007]}
            - {name: on, type: flag, default: true}
            - {name: off, type: bool}
            - {name: many, type: float, multiple: true, default: [1, 2]}
            - {name: level, count: true, env: DEMO_LEVEL}
            - {name: verbose, count: true}
        list:
          args: [{name: three, nargs: 3, required: false}]
          options: [{name: target, type: path, default: .}]
"""
NEEDED = ["group", "--target=t", "go", "--must=p", "c\\d", "1", "2"]
RUNS = [
    NEEDED,
    ["--mode=outer", "--free=any", "--kinds=x", "--shape", "--size=2", *NEEDED],
    [
        "--global-one=-0",
        "--kinds=x",
        *NEEDED,
        "--kinds=y",
        "--mode=inner",
        "--shape=round",
    ],
    [*NEEDED, "--free=a", "--plain=", "--chosen=p", "--number=7", "--no-on", "--off"],
    [*NEEDED, "--many=.5", "--level", "--level", "--verbose", "yes", "1e3", "f", "g"],
    ["group", "--target=t", "--depth", "go", "--must=q", "🧰", "-1", "+2", "no"],
    ["group", "list"],
    ["group", "--target=t", "list", "a", "b", "c"],
    ["-v", "group", "list", "--target=f"],
]
RECORDER = """
const show = (values) => console.log(JSON.stringify(values));
exports.on_group_go = show;
exports.on_group_list = show;
"""
CHECKS = {
    "str": str,
    "path": str,
    "int": (int, float),
    "float": (int, float),
    "bool": bool,
}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """Return what hooks were called with, in every run."""
    folder = tmp_path_factory.mktemp("recorded")
    for artifact in render(
        replace(parse(VALUES).program, hooks_path="h.cjs"), "nodejs"
    ):
        content = RECORDER if artifact.role == "hooks" else artifact.content
        (folder / artifact.path).write_text(content, encoding="utf-8")
    command = (tool("node"), "cli.cjs")
    done = [run(folder, *command, *words) for words in RUNS]
    found = {"DEMO_LEVEL": "3", "DEMO_GLOBAL": "1.5"}
    done.append(run(folder, *command, *NEEDED, **found))
    assert [one.stderr for one in done] == [""] * len(done)
    return [json.loads(one.stdout) for one in done]


def fits(value: HookValue, held: object) -> bool:
    """Tell whether something is one of the values that were promised."""
    if held is None:
        return value.optional
    if isinstance(held, list) != value.many:
        return False
    parts = held if isinstance(held, list) else [held]
    return all(
        isinstance(part, CHECKS[value.type])
        and isinstance(part, bool) == (value.type == "bool")
        for part in parts
    )


def test_hooks_get_the_values_that_were_promised(
    recorded: list[dict[str, object]],
) -> None:
    """Whoever writes types from them must be right, for what is given and what is not."""
    for hook in hooks_of(parse(VALUES).program, NAMING):
        calls = [
            call for call in recorded if call["commandName"] == " ".join(hook.path)
        ]
        keys = {value.key for value in hook.values} | {"commandName"}
        assert [call.keys() ^ keys for call in calls] == [set()] * len(calls)
        for value in hook.values:
            held = [call[value.key] for call in calls]
            assert [one for one in held if not fits(value, one)] == [], value
            assert value.optional == (None in held), f"{value} is never absent"


def test_compiler_accepts_what_hooks_get(
    recorded: list[dict[str, object]], tmp_path: Path
) -> None:
    """A union of choices that lacks one makes a hook compile that is wrong."""
    built(tmp_path, f"language: typescript\n{VALUES}")
    of_go = [call for call in recorded if call["commandName"] == "group go"]
    of_list = [call for call in recorded if call["commandName"] == "group list"]
    source = (
        'import type * as cli from "./cli_types.js";\n'
        f"export const go: cli.GroupGo[] = {json.dumps(of_go)};\n"
        f"export const list: cli.GroupList[] = {json.dumps(of_list)};\n"
    )
    (tmp_path / "seen.ts").write_text(source, encoding="utf-8")
    assert compiled(tmp_path) == ""
    (tmp_path / "seen.ts").write_text(source.replace('"p"', '"none"'), encoding="utf-8")
    assert "TS2322" in compiled(tmp_path)
