"""What a manifest says, as values."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Literal

from goobits_engine import Diagnostic, Program

Language = Literal["python", "nodejs", "typescript", "rust"]
Protocol = Literal["rpc", "plain"]

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a plugin may do; what is not said here is refused. Each as the manifest writes it.

    `read` and `write` are paths below the project, `run` names of host programs, `network`
    "host:port", `services` and `system` names of what the host answers for, `env` names of
    variables.
    """

    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    network: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    system: tuple[str, ...] = ()
    env: tuple[str, ...] = ()

    def beyond(self, other: Permissions) -> Permissions:
        """Return what these allow and the other ones do not: what an update adds."""
        return Permissions(
            **{
                known.name: tuple(
                    item
                    for item in getattr(self, known.name)
                    if item not in getattr(other, known.name)
                )
                for known in fields(self)
            }
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one run may use; durations in seconds, sizes in bytes."""

    memory: int = 256 * MIB
    wall: float = 60.0
    cpu: float = 30.0
    processes: int = 32
    output: int = 8 * MIB
    disk: int = 64 * MIB


def usual_limits(language: object) -> Limits:
    """Return the limits of a plugin that asks for none: Node 24 alone reserves 560 MiB."""
    is_node = language in ("nodejs", "typescript")
    return Limits(memory=768 * MIB) if is_node else Limits()


CEILING = Limits(4096 * MIB, 3600.0, 3600.0, 256, 64 * MIB, 1024 * MIB)
"""The host's ceiling: a manifest asks for this at most."""


@dataclass(frozen=True, slots=True)
class Dependency:
    """Another plugin that this one needs: its name, and the versions that will do (PEP 440)."""

    name: str
    versions: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A goobits-plugin.toml.

    `program` holds the commands as the engine reads those of a goobits.yaml: the children of its
    root are the plugin's commands, its root's name is `PROGRAM` and means whichever program the
    plugin appears in. `entry` is the path of what is run; a Rust plugin's holds `{target}`.
    `exclude` are patterns of files that are not packed. `warnings` say what is old or ignored.
    """

    name: str
    version: str
    summary: str
    license: str
    language: Language
    entry: str
    program: Program
    goobits: str = ""
    dependencies: tuple[Dependency, ...] = ()
    tags: tuple[str, ...] = ()
    homepage: str = ""
    repository: str = ""
    runtime: str = ""
    protocol: Protocol = "rpc"
    exclude: tuple[str, ...] = ()
    permissions: Permissions = Permissions()
    limits: Limits = Limits()
    warnings: tuple[Diagnostic, ...] = field(default=(), compare=False, repr=False)

    @property
    def publisher(self) -> str:
        return self.name.partition("/")[0]


PROGRAM = "goobits-program"
"""The name of the root of a manifest's program, until a program asks for the plugin."""
FILE = "goobits-plugin.toml"
"""The name of a manifest, at the root of a plugin's folder and of its archive."""
