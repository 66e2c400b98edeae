"""depot, with click."""

# Docstrings are what the help says.
# ruff: noqa: D400

import os
import sys

import click


def show(command: str, **values: object) -> None:
    """Print the values that a command got, when SHOW_VALUES is set."""
    if "SHOW_VALUES" in os.environ:
        import json

        json.dump({"command_name": command, **values}, sys.stdout)


@click.group(context_settings={"show_default": True})
@click.version_option("1.2.0", "-V", "--version", prog_name="depot")
def main() -> None:
    """Keep copies of folders and bring them back"""


@main.command()
@click.argument("folder")
@click.argument("files", nargs=-1)
@click.option("-m", "--message", help="Why it is saved")
@click.option("-t", "--tag", multiple=True, help="A word to find it by")
@click.option(
    "-f",
    "--format",
    type=click.Choice(["tar", "zip", "zstd"]),
    default="tar",
    help="How it is packed",
)
@click.option("-l", "--level", type=int, default=6, help="How hard to compress")
@click.option("-n", "--dry-run", is_flag=True, help="Only say what would be done")
def save(
    folder: str,
    files: tuple[str, ...],
    message: str | None,
    tag: tuple[str, ...],
    format: str,
    level: int,
    dry_run: bool,
) -> None:
    """Save a folder, or some files of it"""
    show(
        "save",
        folder=folder,
        files=files,
        message=message,
        tag=tag,
        format=format,
        level=level,
        dry_run=dry_run,
    )


@main.command()
@click.argument("name")
@click.argument("target", default=".")
@click.option("-a", "--at", required=True, help="The version to bring back")
@click.option(
    "-j",
    "--jobs",
    type=int,
    default=2,
    envvar="DEPOT_JOBS",
    show_envvar=True,
    help="How many files at a time",
)
@click.option(
    "-s", "--share", type=float, default=0.5, help="How much of the network to use"
)
@click.option("-o", "--overwrite", is_flag=True, help="Replace what is there")
def restore(
    name: str, target: str, at: str, jobs: int, share: float, overwrite: bool
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
@click.option(
    "-s",
    "--sort",
    type=click.Choice(["name", "size", "age"]),
    default="name",
    help="What comes first",
)
@click.option("-n", "--limit", type=int, help="How many to list")
@click.option("--json", is_flag=True, help="As JSON")
def list_(sort: str, limit: int | None, json: bool) -> None:
    """List what is kept"""
    show("list", sort=sort, limit=limit, json=json)


@main.command()
@click.argument("names", nargs=-1)
@click.option("-d", "--deep", count=True, help="Read more of every file")
@click.option(
    "-s", "--sample", type=float, default=0.1, help="Which part of the files to read"
)
def check(names: tuple[str, ...], deep: int, sample: float) -> None:
    """Read copies again and compare them"""
    show("check", names=names, deep=deep, sample=sample)


@main.command()
@click.argument("name")
@click.option("-k", "--keep", type=int, required=True, help="How many versions to keep")
@click.option("-t", "--tag", multiple=True, help="Only versions with this word")
@click.option("-n", "--dry-run", is_flag=True, help="Only say what would be done")
def prune(name: str, keep: int, tag: tuple[str, ...], dry_run: bool) -> None:
    """Forget old versions"""
    show("prune", name=name, keep=keep, tag=tag, dry_run=dry_run)


@main.group()
def remote() -> None:
    """Places elsewhere that hold copies"""


@remote.command("add")
@click.argument("name")
@click.argument("url")
@click.option(
    "-k",
    "--kind",
    type=click.Choice(["ssh", "http", "s3"]),
    default="ssh",
    help="How to talk to it",
)
@click.option(
    "-t", "--timeout", type=float, default=30.0, help="How many seconds to wait"
)
@click.option("-r", "--retries", type=int, default=3, help="How often to try again")
def remote_add(name: str, url: str, kind: str, timeout: float, retries: int) -> None:
    """Add a place"""
    show("remote add", name=name, url=url, kind=kind, timeout=timeout, retries=retries)


@remote.command("list")
@click.option("--json", is_flag=True, help="As JSON")
def remote_list(json: bool) -> None:
    """List the places"""
    show("remote list", json=json)


@remote.command("remove")
@click.argument("name")
@click.option("-f", "--force", is_flag=True, help="Do not ask")
def remote_remove(name: str, force: bool) -> None:
    """Forget a place"""
    show("remote remove", name=name, force=force)
