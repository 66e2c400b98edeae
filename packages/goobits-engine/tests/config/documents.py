"""Small configurations for tests, and what is said about them."""

import textwrap

from goobits_engine._config import Diagnostic, check, parse
from goobits_engine._program import Argument, Command, Option, Program

HEAD = "package_name: demo\n"
MINIMAL = HEAD + "cli:\n  commands:\n    run:\n"


def with_command(body: str, extra: str = "") -> str:
    """Return a configuration whose command `run` holds `body`."""
    inner = textwrap.indent(textwrap.dedent(body).strip("\n"), " " * 6)
    return f"{HEAD}{extra}cli:\n  commands:\n    run:\n{inner}\n"


def with_option(flow: str, *more: str) -> str:
    """Return a configuration with one option (and `more`), each a flow mapping."""
    lines = "\n".join(f"  - {{{option}}}" for option in (flow, *more))
    return with_command(f"options:\n{lines}")


def with_argument(flow: str, *more: str) -> str:
    """Return a configuration with one argument (and `more`), each a flow mapping."""
    lines = "\n".join(f"  - {{{argument}}}" for argument in (flow, *more))
    return with_command(f"args:\n{lines}")


def with_cli(body: str) -> str:
    """Return a configuration whose `cli` holds `body` and the command `run`."""
    inner = textwrap.indent(textwrap.dedent(body).strip("\n"), "  ")
    return f"{HEAD}cli:\n{inner}\n  commands:\n    run:\n"


def with_root(body: str) -> str:
    """Return a configuration whose top level holds `body`, `cli` and a name."""
    return f"{textwrap.dedent(body).strip()}\n{MINIMAL}"


def codes(text: str) -> list[str]:
    """Return the codes of everything that is said about `text`, in order."""
    return [found.code for found in check(text)]


def only(text: str) -> Diagnostic:
    """Return the one thing that is said about `text`."""
    (found,) = check(text)
    return found


def only_error(text: str) -> Diagnostic:
    """Return the one error of `text`, whatever warnings there are."""
    (found,) = (one for one in check(text) if one.severity == "error")
    return found


def program(text: str) -> Program:
    """Return the program that a valid `text` describes."""
    return parse(text).program


def run_command(text: str) -> Command:
    """Return the first command that `text` describes."""
    return program(text).root.children[0]


def option(flow: str) -> Option:
    """Return the option that a flow mapping describes."""
    return run_command(with_option(flow)).options[0]


def argument(flow: str) -> Argument:
    """Return the argument that a flow mapping describes."""
    return run_command(with_argument(flow)).arguments[0]
