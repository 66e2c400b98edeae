"""depot, with typer."""

# Docstrings are what the help says.
# ruff: noqa: D400

import os
import sys
from typing import Annotated, Literal

import typer
from typer import Argument, Option

main = typer.Typer()
remote = typer.Typer(help="Places elsewhere that hold copies")
main.add_typer(remote, name="remote")


def show(command: str, **values: object) -> None:
    """Print the values that a command got, when SHOW_VALUES is set."""
    if "SHOW_VALUES" in os.environ:
        import json

        json.dump({"command_name": command, **values}, sys.stdout)


def print_version(wanted: bool) -> None:
    if wanted:
        typer.echo("depot 1.2.0")
        raise typer.Exit


@main.callback()
def root(
    version: Annotated[
        bool,
        Option(
            "--version",
            "-V",
            callback=print_version,
            is_eager=True,
            help="Show the version",
        ),
    ] = False,
) -> None:
    """Keep copies of folders and bring them back"""


@main.command()
def save(
    folder: Annotated[str, Argument(help="The folder")],
    files: Annotated[
        list[str] | None, Argument(help="Some files of the folder")
    ] = None,
    message: Annotated[
        str | None, Option("--message", "-m", help="Why it is saved")
    ] = None,
    tag: Annotated[
        list[str] | None, Option("--tag", "-t", help="A word to find it by")
    ] = None,
    format: Annotated[
        Literal["tar", "zip", "zstd"], Option("--format", "-f", help="How it is packed")
    ] = "tar",
    level: Annotated[int, Option("--level", "-l", help="How hard to compress")] = 6,
    dry_run: Annotated[
        bool, Option("--dry-run", "-n", help="Only say what would be done")
    ] = False,
) -> None:
    """Save a folder, or some files of it"""
    show(
        "save",
        folder=folder,
        files=files or [],
        message=message,
        tag=tag or [],
        format=format,
        level=level,
        dry_run=dry_run,
    )


@main.command()
def restore(
    name: Annotated[str, Argument(help="The copy")],
    at: Annotated[str, Option("--at", "-a", help="The version to bring back")],
    target: Annotated[str, Argument(help="Where to put it")] = ".",
    jobs: Annotated[
        int,
        Option("--jobs", "-j", envvar="DEPOT_JOBS", help="How many files at a time"),
    ] = 2,
    share: Annotated[
        float, Option("--share", "-s", help="How much of the network to use")
    ] = 0.5,
    overwrite: Annotated[
        bool, Option("--overwrite", "-o", help="Replace what is there")
    ] = False,
) -> None:
    """Bring a copy back"""
    show(
        "restore",
        name=name,
        target=target,
        at=at,
        jobs=jobs,
        share=share,
        overwrite=overwrite,
    )


@main.command("list")
def list_(
    sort: Annotated[
        Literal["name", "size", "age"], Option("--sort", "-s", help="What comes first")
    ] = "name",
    limit: Annotated[
        int | None, Option("--limit", "-n", help="How many to list")
    ] = None,
    json: Annotated[bool, Option("--json", help="As JSON")] = False,
) -> None:
    """List what is kept"""
    show("list", sort=sort, limit=limit, json=json)


@main.command()
def check(
    names: Annotated[list[str] | None, Argument(help="The copies")] = None,
    deep: Annotated[
        int, Option("--deep", "-d", count=True, help="Read more of every file")
    ] = 0,
    sample: Annotated[
        float, Option("--sample", "-s", help="Which part of the files to read")
    ] = 0.1,
) -> None:
    """Read copies again and compare them"""
    show("check", names=names or [], deep=deep, sample=sample)


@main.command()
def prune(
    name: Annotated[str, Argument(help="The copy")],
    keep: Annotated[int, Option("--keep", "-k", help="How many versions to keep")],
    tag: Annotated[
        list[str] | None, Option("--tag", "-t", help="Only versions with this word")
    ] = None,
    dry_run: Annotated[
        bool, Option("--dry-run", "-n", help="Only say what would be done")
    ] = False,
) -> None:
    """Forget old versions"""
    show("prune", name=name, keep=keep, tag=tag or [], dry_run=dry_run)


@remote.command("add")
def remote_add(
    name: Annotated[str, Argument(help="Its name")],
    url: Annotated[str, Argument(help="Its address")],
    kind: Annotated[
        Literal["ssh", "http", "s3"], Option("--kind", "-k", help="How to talk to it")
    ] = "ssh",
    timeout: Annotated[
        float, Option("--timeout", "-t", help="How many seconds to wait")
    ] = 30.0,
    retries: Annotated[
        int, Option("--retries", "-r", help="How often to try again")
    ] = 3,
) -> None:
    """Add a place"""
    show("remote add", name=name, url=url, kind=kind, timeout=timeout, retries=retries)


@remote.command("list")
def remote_list(
    json: Annotated[bool, Option("--json", help="As JSON")] = False,
) -> None:
    """List the places"""
    show("remote list", json=json)


@remote.command("remove")
def remote_remove(
    name: Annotated[str, Argument(help="Its name")],
    force: Annotated[bool, Option("--force", "-f", help="Do not ask")] = False,
) -> None:
    """Forget a place"""
    show("remote remove", name=name, force=force)
