"""How a Node program ends when its hook does what only JavaScript can."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from goobits_engine import parse, render

from .toolchain import tool

YAML = "command_name: demo\ncli: {commands: {go: {desc: Go}}}\n"
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX pipes")


@pytest.fixture
def node() -> str:
    """Return the path of Node."""
    return tool("node")


def command(node: str, folder: Path, hooks: str, name: str = "hooks.cjs") -> list[str]:
    """Write a program with a hooks file and return the command that runs its hook."""
    program = replace(parse(YAML).program, hooks_path=name)
    for artifact in render(program, "nodejs"):
        content = hooks if artifact.role == "hooks" else artifact.content
        (folder / artifact.path).write_text(content, encoding="utf-8")
    return [node, str(folder / "cli.cjs"), "go"]


def result(words: list[str]) -> tuple[int, str, str]:
    """Return the exit code, stdout and stderr of a command."""
    done = subprocess.run(
        words, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    return done.returncode, done.stdout, done.stderr


@posix
@pytest.mark.parametrize(
    "body",
    [
        "for (;;) console.log('y');",
        "for (;;) { console.log('y'); await null; }",
        "for (;;) process.stdout.write('y');",
        "for (;;) require('fs').writeSync(1, 'y');",
    ],
)
def test_endless_hook_ends_with_its_reader(
    node: str, tmp_path: Path, body: str
) -> None:
    """`demo go | head` must not burn a processor for ever."""
    words = command(node, tmp_path, f"exports.on_go = async () => {{ {body} }};")
    reader, writer = os.pipe()
    with subprocess.Popen(words, stdout=writer, stderr=subprocess.PIPE) as process:
        os.close(writer)
        os.read(reader, 1)
        os.close(reader)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (141, b"")


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_everything_written_is_passed_on(
    node: str, tmp_path: Path, stream: str
) -> None:
    """`process.exit` throws away what a pipe has not taken yet."""
    body = f"process.{stream}.write('x'.repeat(1e6)); return 5;"
    words = command(node, tmp_path, f"exports.on_go = () => {{ {body} }};")
    code, *streams = result(words)
    assert (code, len("".join(streams))) == (5, 1_000_000)


LATER = {
    "timer": "setTimeout(() => console.log('later'), 9);",
    "callback": "require('fs').readFile(__filename, () => console.log('later'));",
    "end": "process.once('beforeExit', () => setTimeout(() => console.log('later')));",
    "promise": "new Promise((go) => setTimeout(go)).then(() => console.log('later'));",
    "child": "require('child_process').exec('echo later').stdout.pipe(process.stdout);",
    "server": """
        const server = require('net').createServer((to) => to.end('later\\n'));
        server.listen(0, () => {
          const from = require('net').connect(server.address().port);
          from.pipe(process.stdout);
          from.on('close', () => server.close());
        });""",
}


@pytest.mark.parametrize("body", LATER.values(), ids=LATER)
@pytest.mark.parametrize("head", ["() =>", "async () =>"])
def test_what_a_hook_began_comes_to_its_end(
    node: str, tmp_path: Path, head: str, body: str
) -> None:
    """Node.js ends when nothing is left to wait for, and its users count on it."""
    words = command(node, tmp_path, f"exports.on_go = {head} {{ {body} return 4; }};")
    assert result(words) == (4, "later\n", "")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("throw new RangeError('late')", "late"),
        ("Promise.reject('adrift')", "adrift"),
        ("require('fs').createReadStream('/no/such')", "ENOENT: no such file or di"),
    ],
)
def test_failure_after_a_hook_returned_is_one(
    node: str, tmp_path: Path, body: str, expected: str
) -> None:
    """Its success is not known before what it began has ended."""
    hooks = f"exports.on_go = () => {{ setTimeout(() => {{ {body}; }}); return 0; }};"
    code, _, errors = result(command(node, tmp_path, hooks))
    assert code == 1
    assert errors.startswith(f"demo: error: {expected}")
    assert errors.count("\n") == 1


@posix
def test_reader_that_leaves_after_a_hook_returned_ends_the_program(
    node: str, tmp_path: Path
) -> None:
    """`demo go | head` must not wait for what nobody reads."""
    hooks = "exports.on_go = () => { setInterval(() => console.log('y')); };"
    reader, writer = os.pipe()
    words = command(node, tmp_path, hooks)
    with subprocess.Popen(words, stdout=writer, stderr=subprocess.PIPE) as process:
        os.close(writer)
        os.read(reader, 1)
        os.close(reader)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (141, b"")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("process.exitCode = 3;", 3),
        ("process.exitCode = '3';", 3),
        ("setTimeout(() => { process.exitCode = 3; });", 3),
        ("process.exitCode = 3; return 4;", 4),
        ("process.exitCode = 3; return 0;", 0),
        ("process.exitCode = 256;", 1),
        ("process.exitCode = -1;", 1),
        ("return 2 ** 60;", 1),
        ("process.exitCode = 3; throw 'a text';", 1),
    ],
)
def test_exit_code_that_a_hook_sets_counts_unless_it_returns_one(
    node: str, tmp_path: Path, body: str, expected: int
) -> None:
    """That is how a program for Node.js says it; 256 would be no failure to a shell."""
    words = command(node, tmp_path, f"exports.on_go = async () => {{ {body} }};")
    assert result(words)[0] == expected


def test_hook_that_cannot_be_loaded_waits_for_nothing(
    node: str, tmp_path: Path
) -> None:
    """There is no hook whose work could be lost, only a user who waits."""
    hooks = "setInterval(() => {}, 1e6);"
    said = "demo: error: no function on_go in hooks.cjs\n"
    assert result(command(node, tmp_path, hooks)) == (1, "", said)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("throw new Error('said')", "said"),
        ("throw new RangeError()", "RangeError"),
        ("throw 'a text'", "a text"),
        ("throw null", "null"),
        ("Promise.reject(new Error('adrift')); return new Promise(() => {})", "adrift"),
        ("setTimeout(() => { throw 'late' }); return new Promise(() => {})", "late"),
    ],
)
def test_failure_is_said_in_one_line(
    node: str, tmp_path: Path, body: str, expected: str
) -> None:
    """Users read messages; traces are for `--verbose`."""
    words = command(node, tmp_path, f"exports.on_go = () => {{ {body} }};")
    assert result(words) == (1, "", f"demo: error: {expected}\n")


@pytest.mark.parametrize(
    ("returned", "expected"),
    [("2.0", 2), ("2.5", 0), ("true", 0), ("5n", 0), ("-1", 1), ("256", 1), ("'3'", 0)],
)
def test_integer_is_the_exit_code(
    node: str, tmp_path: Path, returned: str, expected: int
) -> None:
    """Only an integer can be meant as one."""
    words = command(node, tmp_path, f"exports.onGo = () => {returned};")
    assert result(words) == (expected, "", "")


@pytest.mark.parametrize(
    ("name", "hooks"),
    [
        ("hooks.mjs", "export const on_go = () => 7;"),
        ("hooks.mjs", "export default { code: 7, onGo() { return this.code; } };"),
        ("hooks.mjs", "const code = await 7; export const on_go = () => code;"),
        ("hooks.js", "exports.on_go = () => 7;"),
        ("hooks.cjs", "module.exports.on_go = async () => 7;"),
        ("a #%3F b.mjs", "export const on_go = () => 7;"),
    ],
)
def test_hooks_are_found_in_every_kind_of_module(
    node: str, tmp_path: Path, name: str, hooks: str
) -> None:
    """Node has several, and no warning of any may reach the user."""
    assert result(command(node, tmp_path, hooks, name)) == (7, "", "")


@pytest.mark.parametrize("name", ["hooks.mjs", "hooks.cjs"])
def test_syntax_error_says_where_it_is(node: str, tmp_path: Path, name: str) -> None:
    """The message alone, `Unexpected token`, helps nobody."""
    code, _, errors = result(command(node, tmp_path, "\n\nconst % = 1;\n", name))
    assert code == 1
    assert errors.startswith("demo: error: Unexpected")
    assert errors.endswith(f" ({name}, line 3)\n")


def test_missing_module_of_the_hooks_is_not_a_missing_hook(
    node: str, tmp_path: Path
) -> None:
    """The user has to install it, not to write a hook."""
    code, _, errors = result(command(node, tmp_path, 'require("./nothing");'))
    assert code == 1
    assert errors.startswith("demo: error: Cannot find module './nothing'")


@pytest.mark.parametrize(
    ("name", "hooks"),
    [
        ("hooks.cjs", "exports.on_go = () => new Promise(() => {});"),
        ("hooks.mjs", "export const on_go = () => new Promise(() => {});"),
        ("hooks.mjs", "await new Promise(() => {});"),
    ],
)
def test_hook_that_never_finishes_is_an_error(
    node: str, tmp_path: Path, name: str, hooks: str
) -> None:
    """Node ends when nothing is left to wait for, and calls that success."""
    words = command(node, tmp_path, hooks, name)
    assert result(words) == (1, "", "demo: error: function on_go never finished\n")
