"""A user with plugins: a home, a folder to work in, a program in each language."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from toolchain import goobits, run

HELLO = """\
schema = 1
name = "acme/hello"
version = "{version}"
summary = "Says hello"
license = "MIT"
language = "python"
entry = "hello.py"
{more}
[commands.hello]
desc = "Greet somebody"
args = [{{ name = "who", desc = "Whom", default = "you" }}]
options = [{{ name = "loud", type = "flag", desc = "In capitals" }}]

[commands.hello-fail]
desc = "Fail"
options = [{{ name = "how", desc = "In which way", default = "raise" }}]
"""
HOOKS = """\
import os, signal, sys, time
from goobits_plugin.sdk import run

def on_hello(who, loud, **_):
    text = f"Hello, {who}!"
    print(text.upper() if loud else text)

def on_hello_fail(how, **_):
    if how == "raise":
        raise ValueError("it went wrong")
    if how == "code":
        return 7
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "hang":
        time.sleep(60)
    if how == "exit":
        os._exit(3)

run()
"""


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one user; `work` is where commands are typed."""

    data: Path
    work: Path

    @classmethod
    def below(cls, folder: Path) -> Home:
        home = cls(folder / "data", folder / "work")
        home.work.mkdir()
        return home

    @property
    def environment(self) -> dict[str, str]:
        return {"XDG_DATA_HOME": str(self.data), "HOME": str(self.data.parent / "home")}

    def plugin(
        self, *words: str | Path, folder: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `goobits plugin`."""
        place = folder or self.work
        return goobits("plugin", *words, folder=place, **self.environment)

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[bytes]:
        """Run a program in the folder of work."""
        return run(*command, folder=self.work, **self.environment)


def hello(
    folder: Path, *, version: str = "1.0.0", more: str = "", hooks: str = HOOKS
) -> Path:
    """Write the plugin acme/hello."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = HELLO.format(version=version, more=more)
    (folder / "goobits-plugin.toml").write_text(manifest)
    (folder / "hello.py").write_text(hooks)
    return folder


def archive(home: Home, folder: Path) -> Path:
    """Pack a plugin and return its archive."""
    target = folder.with_suffix(f".{len(os.listdir(folder.parent))}.tar.gz")
    packed = home.plugin("pack", folder, "-o", target)
    assert packed.returncode == 0, packed.stderr.decode()
    return target
