"""What a record allows, as a policy of the sandbox."""

from __future__ import annotations

import os

from goobits_sandbox import Limits, Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_plugin._record import Record

SOCKET = 3
"""The number of the plugin's end of the socket, in the plugin."""


def policy_of(record: Record) -> Policy:
    """Return the policy under which a plugin runs, in the current folder."""
    granted, limits = record.permissions, record.limits
    variables = record.variables
    if record.protocol == "rpc":
        variables += (("GOOBITS_RPC_FD", str(SOCKET)),)
    return Policy(
        read=granted.read,
        write=granted.write,
        net=granted.network,
        run=granted.run,
        env=granted.env,
        variables=variables,
        mounts=record.mounts,
        project=os.getcwd(),
        limits=Limits(
            memory=limits.memory,
            wall=limits.wall,
            cpu=limits.cpu,
            processes=limits.processes,
            output=limits.output,
            disk=limits.disk,
        ),
    )
