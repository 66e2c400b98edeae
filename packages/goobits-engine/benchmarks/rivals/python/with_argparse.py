"""depot, with argparse."""

import argparse
import os
import sys
from typing import Any

TEXT = "Keep copies of folders and bring them back"


def show(command: str, **values: object) -> None:
    """Print the values that a command got, when SHOW_VALUES is set."""
    if "SHOW_VALUES" in os.environ:
        import json

        json.dump({"command_name": command, **values}, sys.stdout)


def parser() -> argparse.ArgumentParser:
    """Return the whole program."""
    root = argparse.ArgumentParser(prog="depot", description=TEXT)
    root.add_argument("-V", "--version", action="version", version="depot 1.2.0")
    commands = root.add_subparsers(required=True, metavar="COMMAND", title="commands")
    add_save(commands)
    add_restore(commands)
    add_list(commands)
    add_check(commands)
    add_prune(commands)
    add_remote(commands)
    return root


def command(commands: Any, name: str, text: str) -> argparse.ArgumentParser:
    """Add a command; its short text is also that of its own page."""
    added: argparse.ArgumentParser = commands.add_parser(
        name,
        help=text,
        description=text,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    return added


def add_save(commands: Any) -> None:
    save = command(commands, "save", "Save a folder, or some files of it")
    save.add_argument("folder", help="The folder")
    save.add_argument("files", nargs="*", help="Some files of the folder")
    save.add_argument("-m", "--message", help="Why it is saved")
    save.add_argument(
        "-t", "--tag", action="append", default=[], help="A word to find it by"
    )
    save.add_argument(
        "-f",
        "--format",
        choices=["tar", "zip", "zstd"],
        default="tar",
        help="How it is packed",
    )
    save.add_argument("-l", "--level", type=int, default=6, help="How hard to compress")
    save.add_argument(
        "-n", "--dry-run", action="store_true", help="Only say what would be done"
    )
    save.set_defaults(command="save")


def add_restore(commands: Any) -> None:
    restore = command(commands, "restore", "Bring a copy back")
    restore.add_argument("name", help="The copy")
    restore.add_argument("target", nargs="?", default=".", help="Where to put it")
    restore.add_argument("-a", "--at", required=True, help="The version to bring back")
    restore.add_argument(
        "-j",
        "--jobs",
        type=int,
        default=os.environ.get("DEPOT_JOBS", 2),
        help="How many files at a time [env: DEPOT_JOBS]",
    )
    restore.add_argument(
        "-s", "--share", type=float, default=0.5, help="How much of the network to use"
    )
    restore.add_argument(
        "-o", "--overwrite", action="store_true", help="Replace what is there"
    )
    restore.set_defaults(command="restore")


def add_list(commands: Any) -> None:
    list_ = command(commands, "list", "List what is kept")
    list_.add_argument(
        "-s",
        "--sort",
        choices=["name", "size", "age"],
        default="name",
        help="What comes first",
    )
    list_.add_argument("-n", "--limit", type=int, help="How many to list")
    list_.add_argument("--json", action="store_true", help="As JSON")
    list_.set_defaults(command="list")


def add_check(commands: Any) -> None:
    check = command(commands, "check", "Read copies again and compare them")
    check.add_argument("names", nargs="*", help="The copies")
    check.add_argument(
        "-d", "--deep", action="count", default=0, help="Read more of every file"
    )
    check.add_argument(
        "-s",
        "--sample",
        type=float,
        default=0.1,
        help="Which part of the files to read",
    )
    check.set_defaults(command="check")


def add_prune(commands: Any) -> None:
    prune = command(commands, "prune", "Forget old versions")
    prune.add_argument("name", help="The copy")
    prune.add_argument(
        "-k", "--keep", type=int, required=True, help="How many versions to keep"
    )
    prune.add_argument(
        "-t", "--tag", action="append", default=[], help="Only versions with this word"
    )
    prune.add_argument(
        "-n", "--dry-run", action="store_true", help="Only say what would be done"
    )
    prune.set_defaults(command="prune")


def add_remote(commands: Any) -> None:
    remote = command(commands, "remote", "Places elsewhere that hold copies")
    below = remote.add_subparsers(required=True, metavar="COMMAND", title="commands")

    add = command(below, "add", "Add a place")
    add.add_argument("name", help="Its name")
    add.add_argument("url", help="Its address")
    add.add_argument(
        "-k",
        "--kind",
        choices=["ssh", "http", "s3"],
        default="ssh",
        help="How to talk to it",
    )
    add.add_argument(
        "-t", "--timeout", type=float, default=30.0, help="How many seconds to wait"
    )
    add.add_argument(
        "-r", "--retries", type=int, default=3, help="How often to try again"
    )
    add.set_defaults(command="remote add")

    list_ = command(below, "list", "List the places")
    list_.add_argument("--json", action="store_true", help="As JSON")
    list_.set_defaults(command="remote list")

    remove = command(below, "remove", "Forget a place")
    remove.add_argument("name", help="Its name")
    remove.add_argument("-f", "--force", action="store_true", help="Do not ask")
    remove.set_defaults(command="remote remove")


def main() -> None:
    show(**vars(parser().parse_args()))
