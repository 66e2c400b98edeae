"""Run probes, each outside and inside of the sandbox, in a world made for them.

    unshare --net python3 attack_run.py --bwrap PATH [--uid N] [--only NAME,...] [--kind KIND,...]
        [--language python|node|rust] [--mode both|control|inside] [--without LAYER]

Needs root and a network namespace that is not the host's. One JSON line per probe: its name, the
evidence of its control and of the run inside, and how that run ended. With --uid, guests and
controls are that ordinary user's.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import marshal
import os
import resource
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

_HERE = os.path.dirname(os.path.abspath(__file__))
_MODULES = {
    "python": (
        "files",
        "processes",
        "sockets",
        "kernel",
        "namespaces",
        "network",
        "limits",
    ),
    "node": ("node",),
    "rust": ("rust",),
}
_COMMANDS = {
    "python": ("/usr/bin/python3", "-S", "-B", "probe.py"),
    "node": ("/usr/bin/node", "probe.js"),
    "rust": ("./probe",),
}
_NAMESPACES = (
    "--mount",
    "--pid",
    "--fork",
    "--mount-proc",
    "--ipc",
    "--uts",
    "--kill-child",
)
_MIB = 1 << 20


def main() -> None:
    """Run in three steps: make namespaces, make mounts, run."""
    options = _options().parse_args()
    if options.step == "namespaces":
        _enter(options)
    elif options.step == "mounts":
        import attack_world

        brought = {_package(): "/srv/goobits_sandbox", _HERE: "/srv/attacks"}
        bwrap, libraries = _bwrap(options.bwrap)
        attack_world.make_mounts({**brought, **libraries})
        os.environ["PYTHONPATH"] = "/srv"
        words = (*_words(options), "--bwrap", bwrap, "--step", "run")
        os.chdir("/srv")
        os.execv(
            sys.executable, (sys.executable, "-B", "/srv/attacks/attack_run.py", *words)
        )
    else:
        Runner(options).run()


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bwrap", default="/usr/bin/bwrap")
    parser.add_argument("--uid", type=int, default=0)
    for name in ("only", "kind", "without"):
        parser.add_argument(f"--{name}", default="")
    parser.add_argument("--language", default="python", choices=_MODULES)
    parser.add_argument("--mode", default="both", choices=("both", "control", "inside"))
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--step", default="namespaces")
    return parser


def _words(options: argparse.Namespace) -> tuple[str, ...]:
    names = ("uid", "only", "kind", "without", "language", "mode")
    words = tuple(f"--{name}={getattr(options, name)}" for name in names)
    return (*words, "--verbose") if options.verbose else words


def _enter(options: argparse.Namespace) -> None:
    """Go into the world's namespaces, but never into the host's network."""
    if subprocess.run(["ip", "-o", "addr"], capture_output=True, check=True).stdout:
        sys.exit("error: this network is in use. Run it under `unshare --net`.")
    if os.geteuid() != 0:
        sys.exit("error: only root can make the world; --uid is for ordinary users.")
    again = (sys.executable, "-B", os.path.abspath(__file__), *_words(options))
    step = ("--bwrap", options.bwrap, "--step", "mounts")
    os.execvp("unshare", ("unshare", *_NAMESPACES, "--", *again, *step))


def _package() -> str:
    import goobits_sandbox

    return os.path.dirname(os.path.abspath(goobits_sandbox.__file__))


def _bwrap(path: str) -> tuple[str, dict[str, str]]:
    """Return where a bwrap is in the world, and what has to be brought there for it."""
    if path.startswith("/usr/"):
        return path, {}
    package = os.path.dirname(os.path.dirname(os.path.realpath(path)))
    site = "/srv/" + os.path.basename(package)
    brought = {package: site}
    if os.path.isdir(f"{package}.libs"):
        brought[f"{package}.libs"] = f"{site}.libs"
    return f"{site}/_bin/bwrap", brought


class Runner:
    """Runs the chosen probes one after the other in one world."""

    def __init__(self, options: argparse.Namespace) -> None:
        import attack_world

        self.options = options
        self.world = attack_world.World(options.uid)
        self.pids, self.kill_new = attack_world.pids, attack_world.kill_new

    def run(self) -> None:
        """Print one line for each probe."""
        self.world.build()
        self.inherited = os.open("/srv/world/inherited", os.O_RDONLY)
        self.folder = os.open("/home/dev", os.O_RDONLY | os.O_DIRECTORY)
        for number in (self.inherited, self.folder):
            os.set_inheritable(number, True)
        if self.options.mode != "control":
            self._warm()
        self.world.remember()
        for probe in self._chosen():
            self._prepare(probe)
            said: dict[str, object] = {"name": probe.name, "kind": probe.kind}
            if self.options.mode != "inside":
                said["control"], _ = self._one(probe, self._control)
            if self.options.mode != "control":
                said["inside"], said["outcome"] = self._one(probe, self._inside)
            print(json.dumps(said), flush=True)

    def _chosen(self) -> Iterator[object]:
        only, kinds = (
            set(filter(None, text.split(",")))
            for text in (self.options.only, self.options.kind)
        )
        for name in _MODULES[self.options.language]:
            if not os.path.exists(f"{_HERE}/attack_{name}.py"):
                continue
            for probe in importlib.import_module(f"attack_{name}").PROBES:
                if (not only or probe.name in only) and (
                    not kinds or probe.kind in kinds
                ):
                    yield probe

    def _prepare(self, probe) -> None:
        from attack_probe import PRELUDE

        language, project = self.options.language, "/home/dev/project"
        if language == "python":
            self.world.write(f"{project}/probe.py", PRELUDE + probe.source)
        elif language == "node":
            import attack_node

            self.world.write(f"{project}/probe.js", attack_node.PRELUDE + probe.source)
        elif not os.path.exists(f"{project}/probe"):
            import attack_rust

            attack_rust.bring(f"{project}/probe")
            self.world.remember()
        self.command = (*_COMMANDS[language], probe.name)

    def _one(self, probe, start: Callable) -> tuple[list[str], object]:
        """Run a probe once; return the evidence, and how the run ended."""
        from attack_watch import Watch

        watch = Watch(self.world.pids, probe)
        child, reading = _forked(lambda: start(probe))
        blob = b""
        while True:
            ready, _, _ = select.select([reading], [], [], 0.03)
            if ready:
                piece = os.read(reading, 1 << 20)
                if not piece:
                    break
                blob += piece
            watch.look(child)
            if watch.is_overdue:
                break
        os.close(reading)
        kind, output, ended, count = (
            marshal.loads(blob) if blob else ("none", b"", "", 0)
        )
        alive = {child} if watch.is_overdue else set()
        left = [] if alive or kind == "confined" else watch.left(child)
        self.kill_new(self.world.pids)
        if self.options.verbose:
            sys.stderr.write(
                f"-- {probe.name} {kind} {ended}\n{output.decode(errors='replace')}\n"
            )
        evidence = [*watch.floods(), *left]
        if not blob and not watch.is_overdue:
            evidence.append("error: the run itself failed")
        if count > probe.limit("output") + 65536:
            evidence.append(f"flood: {count} bytes of output")
        lines = output.splitlines()
        if b"GOT " + probe.name.encode() in lines:
            evidence.append("power: " + probe.name)
        if kind == "confined" and any(
            line.startswith(b"VICTIM harmed") for line in lines
        ):
            evidence.append("victim: in the control's own namespace")
        evidence += watch.disk()
        evidence += self.world.evidence(output, probe.net)
        return evidence, ended

    def _become(self, probe) -> None:
        os.environ.clear()
        os.environ.update(self.world.environ)
        os.chdir("/home/dev/project")
        resource.setrlimit(resource.RLIMIT_CORE, (_MIB * 64,) * 2)

    def _control(self, probe) -> tuple[str, bytes, str, int]:
        """Run a probe as any program of the user's is run."""
        self._become(probe)
        as_user = [] if probe.root or not self.options.uid else [
            "setpriv", f"--reuid={self.options.uid}", f"--regid={self.options.uid}",
            "--clear-groups", "--",
        ]  # fmt: skip
        command = list(self.command)
        if probe.control == "confined":
            confined = [sys.executable, "-B", f"{_HERE}/attack_confined.py"]
            seconds = str(probe.limit("wall") + 2.5)
            command = [*as_user, *confined, seconds, *command]
            command = ["unshare", *_NAMESPACES, "--", *command]
        else:
            command = [*as_user, *command]
        guest = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(self.inherited, self.folder),
        )
        output, count = _read_all(guest, probe.limit("wall") + 2.5)
        guest.poll()
        return probe.control, output, f"exit {guest.returncode}", count

    def _inside(self, probe) -> tuple[str, bytes, str, int]:
        """Run a probe in the sandbox."""
        self._become(probe)
        self.world.become()
        outcome = self._sandbox(probe).run(self.command)
        output = outcome.stdout + b"\n" + outcome.stderr
        ended = f"{outcome.reason} {outcome.exit_code} {outcome.message}"
        return "inside", output[: 4 * _MIB], ended, len(output)

    def _sandbox(self, probe):
        from attack_probe import LIMITS
        from goobits_sandbox import Limits, Policy, Sandbox

        if self.options.without:
            import attack_layers

            attack_layers.remove(self.options.without)
        limits = {name: probe.limit(name) for name in LIMITS}
        policy = Policy(
            read=probe.read, write=probe.write, net=probe.net, limits=Limits(**limits)
        )
        return Sandbox(policy, bwrap=self.options.bwrap)

    def _warm(self) -> None:
        """Let the sandbox test itself once, as it does on every host."""
        from attack_probe import Probe

        self.command = ("/usr/bin/true",)
        child, reading = _forked(lambda: self._inside(Probe("warm", "", "", "")))
        blob = b"".join(iter(lambda: os.read(reading, 65536), b""))
        os.waitpid(child, 0)
        if not blob or marshal.loads(blob)[2].split()[:2] != ["exited", "0"]:
            sys.exit(
                f"error: no sandbox can be made: {marshal.loads(blob) if blob else ''}"
            )


def _forked(act: Callable[[], tuple]) -> tuple[int, int]:
    """Run a function in a child; return its number and a pipe that its result comes from."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            done = marshal.dumps(act())
            with open(writing, "wb") as pipe:
                pipe.write(done)
        except Exception:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writing)
    return child, reading


def _read_all(guest: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, int]:
    """Read until a program ends, or as long as is allowed; keep the first megabytes."""
    end, kept, count = time.monotonic() + seconds, b"", 0
    pipe = guest.stdout
    while time.monotonic() < end:
        has_ended = guest.poll() is not None
        if select.select([pipe], [], [], 0.05)[0]:
            piece = os.read(pipe.fileno(), 1 << 20)
            count += len(piece)
            kept = (kept + piece)[: 4 * _MIB]
            if not piece:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    guest.wait(max(0.0, end - time.monotonic()))
                break
        elif has_ended:
            break
    return kept, count


if __name__ == "__main__":
    main()
