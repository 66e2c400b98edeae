"""A whole configuration becomes the representation that renderers read."""

import pytest
from goobits_engine._config import Config, parse
from goobits_engine._program import (
    Argument,
    Command,
    CommandGroup,
    Option,
    Package,
    Program,
    Row,
    Scalar,
    Section,
)

from .documents import MINIMAL, program, run_command, with_cli, with_command

WHOLE = """
package_name: demo-app
command_name: demo
display_name: unused, cli.name wins
description: A package
version: 1.10
author: Ann
email: ann@example.org
license: MIT
homepage: https://example.org
repository: https://example.org/git
keywords: [a, b]
languages: [python, rust]
cli_path: src/{package_name}/cli.py
cli_hooks_path: src/{package_name}/hooks.py
python: {minimum_version: '3.12'}
cli:
  name: Demo
  version: 2.0.0
  display_version: false
  tagline: Talks
  description: |
    Copies [bold]files[/].
  icon: 🧰
  footer_note: "More: [cyan]demo [COMMAND][/]"
  enable_recursive_help: true
  enable_help_json: true
  config: {max_width: 100}
  header_sections:
    - title: Start
      icon: 💡
      items:
        - {item: demo ask, desc: Ask, style: command}
        - {item: demo set}
  command_groups:
    - {name: Talk, icon: 💬, commands: [ask]}
  options:
    - {name: profile, short: p, default: main, env: DEMO_PROFILE}
  commands:
    ask:
      desc: Ask one
      help: Ask one question.
      icon: 💬
      is_default: true
      args: [{name: prompt, nargs: "*", desc: Words}]
      aliases: [q]
      hidden: true
      deprecated: use talk
      examples:
        - demo ask why
        - {item: demo ask, desc: Ask}
      options:
        - {name: stream, type: bool, default: true, conflicts_with: [profile]}
    config:
      help: Only a page
      subcommands:
        get-all: {desc: Only a summary}
"""

EXPECTED = Program(
    root=Command(
        name="demo",
        key="demo",
        summary="Talks",
        description="Copies [bold]files[/].",
        icon="🧰",
        options=(
            Option(
                "profile",
                "profile",
                "profile",
                "p",
                default=(Scalar("main", "main"),),
                env="DEMO_PROFILE",
            ),
        ),
        children=(
            Command(
                name="ask",
                key="ask",
                summary="Ask one",
                description="Ask one question.",
                icon="💬",
                aliases=("q",),
                hidden=True,
                deprecated="use talk",
                examples=(Row("demo ask why"), Row("demo ask", "Ask")),
                arguments=(
                    Argument(
                        "prompt",
                        "prompt",
                        desc="Words",
                        minimum=0,
                        maximum=None,
                        is_list=True,
                        required=False,
                    ),
                ),
                options=(
                    Option(
                        "stream",
                        "stream",
                        "stream",
                        kind="flag",
                        type="bool",
                        default=(Scalar("true", True),),
                        negatable=True,
                        conflicts_with=("profile",),
                    ),
                ),
            ),
            Command(
                name="config",
                key="config",
                summary="Only a page",
                description="Only a page",
                children=(
                    Command(
                        name="get-all",
                        key="get_all",
                        summary="Only a summary",
                        description="Only a summary",
                    ),
                ),
            ),
        ),
        default="ask",
    ),
    title="Demo",
    version="2.0.0",
    package=Package(
        name="demo-app",
        version="1.10",
        description="A package",
        author="Ann",
        email="ann@example.org",
        license="MIT",
        homepage="https://example.org",
        repository="https://example.org/git",
        keywords=("a", "b"),
        python_minimum="3.12",
    ),
    languages=("python", "rust"),
    display_version=False,
    tagline="Talks",
    sections=(
        Section("Start", "💡", (Row("demo ask", "Ask", "command"), Row("demo set"))),
    ),
    groups=(CommandGroup("Talk", "💬", ("ask",)),),
    footer="More: [cyan]demo [COMMAND][/]",
    width=100,
    help_all=True,
    help_json=True,
    cli_path="src/demo_app/cli.py",
    hooks_path="src/demo_app/hooks.py",
)


def test_whole_configuration_is_represented() -> None:
    """Every key that has an effect arrives, and nothing else is said."""
    assert parse(WHOLE) == Config(EXPECTED, ())


def test_minimal_configuration_is_represented() -> None:
    """Every default is the documented one."""
    assert program(MINIMAL) == Program(
        root=Command("demo", "demo", children=(Command("run", "run"),)),
        title="demo",
        version="0.0.0",
        package=Package("demo", "0.0.0"),
        languages=("python",),
    )


@pytest.mark.parametrize(
    ("body", "summary", "page"),
    [
        ("desc: a", "a", "a"),
        ("help: b", "b", "b"),
        ("desc: a\nhelp: b", "a", "b"),
        ("desc:\nhelp: b", "b", "b"),
    ],
)
def test_desc_is_the_row_and_help_the_page(body: str, summary: str, page: str) -> None:
    """With both, each has its own place."""
    command = run_command(with_command(body))
    assert (command.summary, command.description) == (summary, page)


def test_package_description_falls_back() -> None:
    """A manifest without a description is refused by some registries."""
    assert program(with_cli("tagline: x")).package.description == "x"
    assert program(with_cli("tagline: x\ndescription: y")).package.description == "y"


def test_brackets_stay_as_they_are() -> None:
    """Markup is rendered later; what is no markup is text."""
    text = "[OPTIONS] [bold]x[/] [nope]"
    assert run_command(with_command(f"desc: '{text}'")).summary == text


def test_long_is_the_name_unchanged() -> None:
    """An underscore in a name stays; only `long` changes the word."""
    command = run_command(
        with_command("options: [{name: a_b}, {name: c_d, long: c-d}]")
    )
    assert [(o.key, o.long) for o in command.options] == [
        ("a_b", "a_b"),
        ("c_d", "c-d"),
    ]


def test_aliased_blocks_are_ordinary_blocks() -> None:
    """Anchors share options between commands, merges vary them."""
    text = """
package_name: demo
cli:
  commands:
    a:
      options: &common
        - &model {name: model, desc: Which}
    b:
      options: *common
    c:
      options:
        - <<: *model
          short: m
"""
    a, b, c = program(text).root.children
    assert a.options == b.options
    assert (c.options[0].name, c.options[0].short) == ("model", "m")
