"""Sandboxes with one layer taken away, to see what that layer holds.

No switch of the package does this: what the package has planned is changed here before it is run.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Callable, Sequence

from goobits_sandbox import _plan, _sandbox, _selftest, _view, _watch

Words = tuple[str, ...]
Change = Callable[[_plan.Plan], _plan.Plan]
_ALLOW_ALL = struct.pack("<HBBI", 0x06, 0, 0, 0x7FFF0000)


def _replaced(plan: _plan.Plan, **parts: object) -> _plan.Plan:
    names = type(plan).__match_args__
    return type(plan)(**{name: parts.get(name, getattr(plan, name)) for name in names})


def _without(plan: _plan.Plan, *dropped: str) -> _plan.Plan:
    return _replaced(plan, bwrap=tuple(w for w in plan.bwrap if w not in dropped))


def _swapped(words: Words, before: Sequence[str], after: Sequence[str]) -> Words:
    """Return the words with one run of them exchanged, wherever it stands."""
    found, size, index = [], len(before), 0
    while index < len(words):
        if list(words[index : index + size]) == list(before):
            found += after
            index += size
        else:
            found.append(words[index])
            index += 1
    return tuple(found)


def _pid(plan: _plan.Plan) -> _plan.Plan:
    own = ("--proc", "/proc")
    bound = _swapped(plan.bwrap, own, ("--bind", "/proc", "/proc"))
    return _without(_replaced(plan, bwrap=bound), "--unshare-pid")


def _net(plan: _plan.Plan) -> _plan.Plan:
    return _without(plan, "--unshare-net")


def _ipc(plan: _plan.Plan) -> _plan.Plan:
    return _without(plan, "--unshare-ipc")


def _uts(plan: _plan.Plan) -> _plan.Plan:
    name = _swapped(plan.bwrap, ("--hostname", "sandbox"), ())
    return _without(_replaced(plan, bwrap=name), "--unshare-uts")


def _files(plan: _plan.Plan) -> _plan.Plan:
    """Show all of the host instead of what the policy names."""
    start = plan.bwrap.index("--ro-bind")
    rest = _after_files(plan.bwrap[start:])
    shown = ("--bind", "/", "/", "--proc", "/proc", "--dev-bind", "/dev", "/dev")
    guest = ("W", "/", *plan.guest)
    return _replaced(plan, bwrap=(*plan.bwrap[:start], *shown, *rest), guest=guest)


def _after_files(words: Words) -> Words:
    """Return the launcher's bind, the guest's folder and its variables."""
    inside = words.index(_plan.INSIDE)
    launcher = ("--tmpfs", "/run", "--ro-bind", words[inside - 1], _plan.INSIDE)
    return (*launcher, *words[words.index("--chdir") :])


def _read_only(plan: _plan.Plan) -> _plan.Plan:
    writable = tuple("--bind" if word == "--ro-bind" else word for word in plan.bwrap)
    return _replaced(plan, bwrap=writable, guest=("W", "/", *plan.guest))


def _seccomp(plan: _plan.Plan) -> _plan.Plan:
    return _replaced(plan, seccomp=_ALLOW_ALL)


def _terminal(plan: _plan.Plan) -> _plan.Plan:
    return _without(plan, "--new-session")


def _environment(plan: _plan.Plan) -> _plan.Plan:
    host = [word for item in os.environ.items() for word in ("--setenv", *item)]
    return _replaced(plan, bwrap=(*plan.bwrap, *host))


def _limits(plan: _plan.Plan) -> _plan.Plan:
    """Leave out the kernel's limits, the sizes of file systems, and whoever looks."""
    words, index = [], 0
    while index < len(plan.guest):
        if plan.guest[index] == "X":
            words += plan.guest[index:]
            break
        step = 3 if plan.guest[index] == "I" else 1
        words += plan.guest[index : index + step] if step == 1 else ()
        index += step
    unsized, skip = [], False
    for word in plan.bwrap:
        if not skip and word != "--size":
            unsized.append(word)
        skip = word == "--size"
    stage = tuple(
        "mode=0755" if word.startswith("size=") else word for word in plan.stage
    )
    return _replaced(plan, guest=tuple(words), bwrap=tuple(unsized), stage=stage)


def _same(plan: _plan.Plan) -> _plan.Plan:
    return plan


_CHANGES: dict[str, Change] = {
    "pid namespace": _pid,
    "net namespace": _net,
    "ipc namespace": _ipc,
    "uts namespace": _uts,
    "file system": _files,
    "read-only": _read_only,
    "secrets masked": _same,
    "commit": _same,
    "seccomp": _seccomp,
    "Landlock": _same,
    "limits": _limits,
    "environment": _environment,
    "proxy": _same,
}
LAYERS = tuple(_CHANGES)


def remove(layers: str) -> None:
    """Take layers, joined by "+", away from every sandbox that this process makes from here on.

    The self test goes with them: it would refuse what is left.
    """
    _selftest.ensure = lambda *_, **__: None  # type: ignore[assignment]
    for layer in layers.split("+"):
        _change(_CHANGES[layer])
        _OTHERS.get(layer, lambda: None)()


def _change(change: Change) -> None:
    prepare = _sandbox.prepare

    def weakened(*arguments: object, **named: object) -> object:
        plan, seen = prepare(*arguments, **named)  # type: ignore[arg-type]
        return change(plan), seen

    _sandbox.prepare = weakened  # type: ignore[assignment]


def _remove_masks() -> None:
    _view.secrets = lambda root: iter(())  # type: ignore[assignment]


def _remove_commit() -> None:
    """Copy everything back as it is."""
    from goobits_sandbox import _commit
    from goobits_sandbox._outcome import Changes

    def copy(upper: int, root: str, **_: object) -> Changes:
        source = f"/proc/{os.getpid()}/fd/{upper}/."
        subprocess.run(["cp", "-a", source, root], capture_output=True, check=False)
        return Changes()

    _commit.commit = copy  # type: ignore[assignment]


def _remove_landlock(folder: str = "/srv") -> None:
    """Build the launcher without its one call, below a folder."""
    compiler = f"{os.uname().machine}-linux-gnu-gcc"
    inside = os.path.dirname(_plan.launcher())
    copy = os.path.join(tempfile.mkdtemp(prefix="launcher-", dir=folder), "inside")
    shutil.copytree(inside, copy)
    with open(f"{copy}/launch.c", "r+") as file:
        text = file.read()
        file.seek(0)
        file.write(f"#define WITHOUT_LANDLOCK\n{text}")
    if shutil.which(compiler) is None:
        raise SystemExit(f"error: {compiler} is not installed")
    subprocess.run(["sh", f"{copy}/build.sh", copy], check=True)
    os.chmod(os.path.dirname(copy), 0o755)
    _plan._OURS = copy


def _remove_watch() -> None:
    """Look at nothing, and make no control group."""
    _sandbox.make_cgroup = lambda limits: None  # type: ignore[assignment]
    _watch.Watch.look = lambda self, now: setattr(self, "due", now + 1)  # type: ignore[assignment,method-assign,return-value]


class _Everything:
    """Holds whatever it is asked for."""

    def __contains__(self, item: object) -> bool:
        return True


def _remove_proxy() -> None:
    """Let the guest reach whatever host and address it asks for."""
    from goobits_sandbox._proxy import Allowed, _route

    Allowed.parse = classmethod(lambda cls, net: cls(_Everything()))  # type: ignore[method-assign]
    _route.refusal = lambda address: ""


_OTHERS: dict[str, Callable[[], None]] = {
    "secrets masked": _remove_masks,
    "commit": _remove_commit,
    "Landlock": _remove_landlock,
    "limits": _remove_watch,
    "proxy": _remove_proxy,
}
