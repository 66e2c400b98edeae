"""depot, with cyclopts."""

# Docstrings are what the help says.
# ruff: noqa: D400

import os
import sys
from typing import Annotated, Literal

from cyclopts import App, Parameter

main = App(
    name="depot",
    help="Keep copies of folders and bring them back",
    version="1.2.0",
    version_flags=["--version", "-V"],
    default_parameter=Parameter(negative=()),
)
remote = App(name="remote", help="Places elsewhere that hold copies")
main.command(remote)


def show(command: str, **values: object) -> None:
    """Print the values that a command got, when SHOW_VALUES is set."""
    if "SHOW_VALUES" in os.environ:
        import json

        json.dump({"command_name": command, **values}, sys.stdout)


@main.command
def save(
    folder: str,
    /,
    *files: str,
    message: Annotated[str | None, Parameter(alias="-m")] = None,
    tag: Annotated[list[str] | None, Parameter(alias="-t")] = None,
    format: Annotated[Literal["tar", "zip", "zstd"], Parameter(alias="-f")] = "tar",
    level: Annotated[int, Parameter(alias="-l")] = 6,
    dry_run: Annotated[bool, Parameter(alias="-n")] = False,
) -> None:
    """Save a folder, or some files of it

    Parameters
    ----------
    folder
        The folder
    files
        Some files of the folder
    message
        Why it is saved
    tag
        A word to find it by
    format
        How it is packed
    level
        How hard to compress
    dry_run
        Only say what would be done
    """
    show(
        "save",
        folder=folder,
        files=files,
        message=message,
        tag=tag or [],
        format=format,
        level=level,
        dry_run=dry_run,
    )


@main.command
def restore(
    name: str,
    target: str = ".",
    /,
    *,
    at: Annotated[str, Parameter(alias="-a")],
    jobs: Annotated[int, Parameter(alias="-j", env_var="DEPOT_JOBS")] = 2,
    share: Annotated[float, Parameter(alias="-s")] = 0.5,
    overwrite: Annotated[bool, Parameter(alias="-o")] = False,
) -> None:
    """Bring a copy back

    Parameters
    ----------
    name
        The copy
    target
        Where to put it
    at
        The version to bring back
    jobs
        How many files at a time
    share
        How much of the network to use
    overwrite
        Replace what is there
    """
    show(
        "restore",
        name=name,
        target=target,
        at=at,
        jobs=jobs,
        share=share,
        overwrite=overwrite,
    )


@main.command(name="list")
def list_(
    *,
    sort: Annotated[Literal["name", "size", "age"], Parameter(alias="-s")] = "name",
    limit: Annotated[int | None, Parameter(alias="-n")] = None,
    json: bool = False,
) -> None:
    """List what is kept

    Parameters
    ----------
    sort
        What comes first
    limit
        How many to list
    json
        As JSON
    """
    show("list", sort=sort, limit=limit, json=json)


@main.command
def check(
    *names: str,
    deep: Annotated[int, Parameter(alias="-d", count=True)] = 0,
    sample: Annotated[float, Parameter(alias="-s")] = 0.1,
) -> None:
    """Read copies again and compare them

    Parameters
    ----------
    names
        The copies
    deep
        Read more of every file
    sample
        Which part of the files to read
    """
    show("check", names=names, deep=deep, sample=sample)


@main.command
def prune(
    name: str,
    /,
    *,
    keep: Annotated[int, Parameter(alias="-k")],
    tag: Annotated[list[str] | None, Parameter(alias="-t")] = None,
    dry_run: Annotated[bool, Parameter(alias="-n")] = False,
) -> None:
    """Forget old versions

    Parameters
    ----------
    name
        The copy
    keep
        How many versions to keep
    tag
        Only versions with this word
    dry_run
        Only say what would be done
    """
    show("prune", name=name, keep=keep, tag=tag or [], dry_run=dry_run)


@remote.command(name="add")
def remote_add(
    name: str,
    url: str,
    /,
    *,
    kind: Annotated[Literal["ssh", "http", "s3"], Parameter(alias="-k")] = "ssh",
    timeout: Annotated[float, Parameter(alias="-t")] = 30.0,
    retries: Annotated[int, Parameter(alias="-r")] = 3,
) -> None:
    """Add a place

    Parameters
    ----------
    name
        Its name
    url
        Its address
    kind
        How to talk to it
    timeout
        How many seconds to wait
    retries
        How often to try again
    """
    show("remote add", name=name, url=url, kind=kind, timeout=timeout, retries=retries)


@remote.command(name="list")
def remote_list(*, json: bool = False) -> None:
    """List the places

    Parameters
    ----------
    json
        As JSON
    """
    show("remote list", json=json)


@remote.command(name="remove")
def remote_remove(
    name: str, /, *, force: Annotated[bool, Parameter(alias="-f")] = False
) -> None:
    """Forget a place

    Parameters
    ----------
    name
        Its name
    force
        Do not ask
    """
    show("remote remove", name=name, force=force)
