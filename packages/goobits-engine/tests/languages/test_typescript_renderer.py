"""Where the files of a TypeScript project lie, and how they find each other."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from goobits_engine import parse, render
from goobits_engine._artifacts import Artifact

YAML = """\
package_name: demo-tool
command_name: demo
version: 1.4.0
cli:
  commands:
    go: {desc: Go, args: [{name: class}], options: [{name: Error}, {name: dry-run}]}
    stop: {desc: "@ts-ignore */"}
"""


def rendered(entry: str = "", hooks: str = "", types: str = "") -> dict[str, Artifact]:
    """Return the files of a program by their paths."""
    program = parse(YAML).program
    placed = replace(program, cli_path=entry, hooks_path=hooks, types_path=types)
    return {artifact.path: artifact for artifact in render(placed, "typescript")}


def test_project_has_these_files() -> None:
    """Scripts find them by their roles; what is an author's is written once."""
    made = [(file.path, file.role, file.once) for file in rendered().values()]
    assert made == [
        ("cli.cjs", "entry", False),
        ("app_hooks.ts", "hooks", True),
        ("cli_types.d.ts", "types", False),
        ("package.json", "manifest", True),
        ("tsconfig.json", "manifest", True),
    ]


def test_existing_manifests_are_left_alone() -> None:
    """A TypeScript project has its own way to compile and to publish."""
    assert [file.path for file in rendered().values() if file.merge is not None] == []


def test_hooks_file_holds_a_typed_stub_for_each_command() -> None:
    """It compiles as it is; what a parameter cannot be called has another name."""
    hooks = rendered()["app_hooks.ts"]
    assert hooks.content == (
        "// What the commands of demo do."
        " This file is yours: goobits never writes it again.\n\n"
        'import type * as cli from "./cli_types.js";\n'
        + "".join(stub.text for stub in hooks.stubs)
    )
    assert [stub.names for stub in hooks.stubs] == [
        ("on_go", "onGo"),
        ("on_stop", "onStop"),
    ]
    assert hooks.stubs[0].text == (
        "\n/** Go */\n"
        "export async function on_go({ class: class_, Error: Error_, dryRun }: cli.Go) {\n"
        '  throw new Error("on_go is not written yet");\n'
        "}\n"
    )
    assert (
        "\n/** \\@ts-ignore * / */\nexport async function on_stop() {\n"
        in hooks.content
    )


def test_types_have_an_interface_for_each_command() -> None:
    """The comments are what an editor shows."""
    types = rendered()["cli_types.d.ts"].content
    assert types.endswith("""
/** What `on_stop` is called with: `demo stop`. */
export interface Stop {
  /** Say more, and show traces */
  verbose: boolean;
  /** The words of the command. */
  commandName: string;
}
""")


@pytest.mark.parametrize(
    ("places", "imported"),
    [
        (("", "src/app.ts", ""), "../cli_types.js"),
        (("bin/a.py", "", ""), "./cli_types.js"),
        (("", "", "types/t.ts"), "./types/t.js"),
        (("", "src/hooks/app.ts", "src/types/t.d.ts"), "../types/t.js"),
        (("", "src/app.ts", "src/my types/t.d.ts"), "./my types/t.js"),
    ],
)
def test_hooks_import_their_types_from_wherever_they_are(
    places: tuple[str, str, str], imported: str
) -> None:
    """Each of the three paths can be moved alone."""
    (hooks,) = (file for file in rendered(*places).values() if file.role == "hooks")
    assert f'\nimport type * as cli from "{imported}";\n' in hooks.content


def test_script_says_that_it_wants_types_of_a_module() -> None:
    """The compiler refuses the import otherwise."""
    hooks = rendered(hooks="app.cts")["app.cts"].content
    mode = '{ "resolution-mode": "import" }'
    assert f'\nimport type * as cli from "./cli_types.js" with {mode};\n' in hooks


@pytest.mark.parametrize(
    ("entry", "hooks", "source", "loaded"),
    [
        ("", "", "app_hooks.ts", "dist/app_hooks.js"),
        ("", "app.mts", "app.mts", "dist/app.mjs"),
        ("", "src/app.cts", "app.cts", "dist/src/app.cjs"),
        ("", "src/app.py", "app.ts", "dist/src/app.js"),
        ("bin/cli.ts", "", "app_hooks.ts", "../dist/bin/app_hooks.js"),
        ("dist/cli.js", "app.ts", "app.ts", "app.js"),
        ("dist/cli.js", "dist/app.ts", "app.ts", "dist/app.js"),
    ],
)
def test_entry_loads_what_the_compiler_makes(
    entry: str, hooks: str, source: str, loaded: str
) -> None:
    """The author knows the one name, Node.js the other."""
    (made,) = (file for file in rendered(entry, hooks).values() if file.role == "entry")
    assert f'\nconst HOOKS_FILE = "{source}";\n' in made.content
    assert f"\nconst HOOKS_PATH = `${{__dirname}}/{loaded}`;\n" in made.content


def test_package_compiles_before_it_is_packed() -> None:
    """What npm publishes is what runs."""
    package = json.loads(rendered("bin/cli.ts")["package.json"].content)
    assert package == {
        "name": "demo-tool",
        "version": "1.4.0",
        "type": "module",
        "bin": {"demo": "bin/cli.cjs"},
        "files": ["bin/cli.cjs", "dist"],
        "scripts": {"build": "tsc", "prepack": "npm run build"},
        "engines": {"node": ">=20"},
        "devDependencies": {"@types/node": "^20", "typescript": "^7.0.2"},
    }


@pytest.mark.parametrize(
    ("hooks", "pattern"), [("", "*"), ("src/a/app.mts", "src/a/*"), ("é/h.ts", "é/*")]
)
def test_compiler_reads_the_folder_of_the_hooks(hooks: str, pattern: str) -> None:
    """What lies elsewhere may be another project."""
    options = json.loads(rendered(hooks=hooks)["tsconfig.json"].content)
    assert options["include"] == [pattern]
    assert options["compilerOptions"] == {
        "strict": True,
        "target": "es2023",
        "lib": ["es2023"],
        "module": "nodenext",
        "types": ["node"],
        "rootDir": ".",
        "outDir": "dist",
    }
