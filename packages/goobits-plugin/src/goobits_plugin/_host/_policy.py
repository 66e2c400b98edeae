"""What the guest that a plugin is may do: the sandbox's policy for one run of a record."""

from __future__ import annotations

from goobits_sandbox import Limits, Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_plugin._record import Record

RPC_FD = 3
"""The number of the plugin's end of the socket, in the sandbox."""
_VARIABLE = "GOOBITS_RPC_FD"


def policy_of(record: Record, cwd: str) -> Policy:
    """Return the policy under which a plugin runs for a user who is in the folder `cwd`."""
    granted, limits = record.permissions, record.limits
    socket = ((_VARIABLE, str(RPC_FD)),) if record.protocol == "rpc" else ()
    return Policy(
        read=granted.read,
        write=granted.write,
        net=granted.network,
        run=granted.run,
        env=granted.env,
        variables=(*record.variables, *socket),
        mounts=record.mounts,
        project=cwd,
        limits=Limits(
            memory=limits.memory,
            wall=limits.wall,
            cpu=limits.cpu,
            processes=limits.processes,
            output=limits.output,
            disk=limits.disk,
        ),
    )
