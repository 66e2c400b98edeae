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
    assert (
        """
/** What `on_stop` is called with: `demo stop`. */
export interface Stop {
  /** Say more, and show traces */
  verbose: boolean;
  /** The words of the command. */
  commandName: string;
}
"""
        in types
    )


def test_types_say_what_the_hooks_file_exports() -> None:
    """An author can hold a hook against its own member."""
    types = rendered()["cli_types.d.ts"].content
    assert (
        """
export interface hooks {
  on_go: (values: Go) => unknown;
  on_stop: (values: Stop) => unknown;
}
"""
        in types
    )


@pytest.mark.parametrize(
    ("hooks", "types", "imported"),
    [
        ("", "", '* as written from "./app_hooks.js"'),
        ("src/app.ts", "t/t.ts", '* as written from "../src/app.js"'),
        ("app.cts", "", 'written = require("./app.cjs")'),
        (
            "app.mts",
            "",
            '* as written from "./app.mjs" with { "resolution-mode": "import" }',
        ),
    ],
)
def test_types_import_the_hooks_as_the_program_does(
    hooks: str, types: str, imported: str
) -> None:
    """A script and a module are not seen alike from a file of either kind."""
    made = rendered(hooks=hooks, types=types).values()
    (content,) = (file.content for file in made if file.role == "types")
    assert f"\nimport type {imported};\n" in content


def test_generated_code_is_not_linted() -> None:
    """The rules of an author are for what the author wrote."""
    files = rendered()
    head = "#!/usr/bin/env node\n/* eslint-disable */\n"
    assert files["cli.cjs"].content.startswith(head)
    assert files["cli_types.d.ts"].content.startswith("/* eslint-disable */\n")


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
    ("entry", "hooks", "source", "loaded", "made"),
    [
        ("", "", "app_hooks.ts", "dist/app_hooks.js", "dist/app_hooks.js"),
        ("", "app.mts", "app.mts", "dist/app.mjs", "dist/app.mjs"),
        ("", "src/app.cts", "app.cts", "dist/src/app.cjs", "dist/src/app.cjs"),
        ("", "src/app.py", "app.ts", "dist/src/app.js", "dist/src/app.js"),
        (
            "bin/cli.ts",
            "",
            "app_hooks.ts",
            "../dist/bin/app_hooks.js",
            "dist/bin/app_hooks.js",
        ),
        ("dist/cli.js", "app.ts", "app.ts", "app.js", "dist/app.js"),
        ("dist/cli.js", "dist/app.ts", "app.ts", "dist/app.js", "dist/dist/app.js"),
    ],
)
def test_entry_loads_what_the_compiler_makes(
    entry: str, hooks: str, source: str, loaded: str, made: str
) -> None:
    """The author knows the one name, Node.js the other, and F5 one from the package's root."""
    (file,) = (file for file in rendered(entry, hooks).values() if file.role == "entry")
    assert f'\nconst HOOKS_FILE = "{source}";\n' in file.content
    assert f"\nconst HOOKS_PATH = `${{__dirname}}/{loaded}`;\n" in file.content
    assert f'\nconst COMPILED = "{made}";\n' in file.content


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
        "devDependencies": {"@types/node": "^20", "typescript": ">=5.6"},
    }


@pytest.mark.parametrize(
    ("hooks", "types", "patterns"),
    [
        ("", "", ["*"]),
        ("src/a/app.mts", "", ["src/a/*", "cli_types.d.ts"]),
        ("é/h.ts", "é/t.ts", ["é/*"]),
    ],
)
def test_compiler_reads_the_folder_of_the_hooks_and_the_types(
    hooks: str, types: str, patterns: list[str]
) -> None:
    """What lies elsewhere may be another project."""
    options = json.loads(rendered(hooks=hooks, types=types)["tsconfig.json"].content)
    assert options["include"] == patterns
    assert options["compilerOptions"] == {
        "strict": True,
        "target": "es2023",
        "lib": ["es2023"],
        "module": "nodenext",
        "types": ["node"],
        "rootDir": ".",
        "outDir": "dist",
    }
