"""The runtime of a command is found as the system would find it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

import pytest
from goobits_monitor._errors import CommandNotFoundError
from goobits_monitor._programs import _runtimes
from goobits_monitor._programs._runtimes import find_runtime
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.skipif(os.name == "nt", reason="scripts start with #! here")

REPORT = (
    "import sys; print(sys.prefix, sys.argv, sys.flags.isolated, sys.flags.optimize)"
)
SHIM = (
    '#!/usr/bin/env bash\nset -e\nprogram="${0##*/}"\nexec "%s" exec "$program" "$@"\n'
)


@pytest.fixture(scope="module")
def environment_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment whose path no #! line can hold."""
    folder = tmp_path_factory.mktemp("a folder") / "my environment"
    venv.create(folder, symlinks=True)
    return folder / "bin"


def write(path: Path, text: str, mode: int = 0o755) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def output(*words: str, **options: object) -> str:
    return subprocess.run(
        words, capture_output=True, check=True, text=True, timeout=30, **options
    ).stdout


def path_of(*folders: Path) -> dict[str, str]:
    return {"PATH": os.pathsep.join([*map(str, folders), os.defpath])}


@pytest.mark.parametrize(
    ("arguments", "kept"),
    [
        ("-c pass", ""),
        ("-m module -S", ""),
        ("script.py -S -X dev", ""),
        ("-I -E -s -S -P script.py", "-I -E -s -S -P"),
        ("-IS -OO script.py", "-I -S -O -O"),
        ("-Ic pass -S", "-I"),
        ("-ISmOEP", "-I -S"),
        ("-X dev -Xutf8 -c pass", "-Xdev -Xutf8"),
        ("-W error -SWignore -B -u -q -v script.py", "-Werror -S -Wignore"),
        ("--check-hash-based-pycs never -E script.py", "-E"),
        ("-i -S -", "-S"),
        ("-S -- -E", "-S"),
        ("-X", "-X"),
    ],
)
def test_bare_python_keeps_the_options_of_its_start_up(
    arguments: str, kept: str
) -> None:
    """A bare run without them would charge the program for what the options cost."""
    runtime = find_runtime([sys.executable, *arguments.split()])
    assert runtime.name == "python"
    assert runtime.bare == (sys.executable, *kept.split(), "-c", "pass")
    assert runtime.script == (sys.executable, *arguments.split())


@pytest.mark.parametrize("options", ["-IS", "-EsO", "-Xdev -OO", "-P -W error"])
def test_bare_python_has_the_flags_of_the_command(options: str) -> None:
    """The interpreter itself says whether the options were understood."""
    code = "import sys; print(sys.flags, sys.warnoptions, sys._xoptions)"
    command = [sys.executable, *options.split(), "-c", code]
    *bare, _ = find_runtime(command).bare
    assert output(*bare, code) == output(*command)


SCRIPTS = {
    "absolute": "#!{short}/bin/python\n",
    "option": "#!{short}/bin/python -I\n",
    "env": "#!/usr/bin/env python3\n",
    "env -S": "#!/usr/bin/env -S python3 -I -O\n",
    "pip": "#!/bin/sh\n'''exec' \"{bin}/python\" \"$0\" \"$@\"\n' '''\n",
    "pip, options": "#!/bin/sh\n'''exec' \"{bin}/python\" -I \"$0\" \"$@\"\n' '''\n",
    "uv": "#!/bin/sh\n'''exec' '{bin}/python' \"$0\" \"$@\"\n' '''\n",
    "uv, relocatable": "#!/bin/sh\n"
    '\'\'\'exec\' "$(dirname -- "$(realpath -- "$0")")"/\'python\' "$0" "$@"\n'
    "' '''\n",
}


@pytest.mark.parametrize("kind", SCRIPTS)
@pytest.mark.parametrize("linked", [False, True], ids=["itself", "link"])
def test_script_does_what_the_command_does(
    kind: str, linked: bool, environment_folder: Path, tmp_path: Path
) -> None:
    """What is measured with an option put in must be what the user runs."""
    short = tmp_path / "short"
    short.symlink_to(environment_folder.parent)
    head = SCRIPTS[kind].format(bin=environment_folder, short=short)
    command = write(environment_folder / "tool", head + REPORT + "\n")
    if linked:
        (tmp_path / "tool").symlink_to(command)
        command = tmp_path / "tool"
    environment = path_of(environment_folder)
    runtime = find_runtime([command, "a b", "-c"], environment=environment)
    assert runtime.script is not None
    expected = output(str(command), "a b", "-c", env=environment)
    assert expected.startswith((str(environment_folder.parent), str(short)))
    assert output(*runtime.script, env=environment) == expected
    assert runtime.name == "python"
    assert Path(runtime.bare[0]).samefile(environment_folder / "python")
    *bare, _ = runtime.bare
    prefix = "import sys; print(sys.prefix)"
    assert output(*bare, prefix, env=environment).strip() in expected


def test_python_of_an_environment_stays_it(environment_folder: Path) -> None:
    """The file behind its link is the Python of the system, with other packages."""
    runtime = find_runtime(["python", "x.py"], environment=path_of(environment_folder))
    assert runtime.bare[0] == str(environment_folder / "python")


def test_linked_interpreter_is_known_by_its_target(tmp_path: Path) -> None:
    """A program named freely is a Python all the same if it links to one."""
    link = tmp_path / "snake"
    link.symlink_to(os.path.realpath(sys.executable))
    assert find_runtime([link]).bare == (str(link), "-c", "pass")


@pytest.mark.parametrize("told", ["A=1", "-i", "-u HOME", "-C / --", "-S A=1"])
def test_what_env_is_told_cannot_be_kept(told: str, tmp_path: Path) -> None:
    """Words that leave the variables out would run another program."""
    script = write(tmp_path / "tool", f"#!{sys.executable} -S\n")
    runtime = find_runtime(["env", *told.split(), script])
    assert runtime.bare == (sys.executable, "-S", "-c", "pass")
    assert runtime.script is None


def test_env_without_words_of_its_own_is_nothing(tmp_path: Path) -> None:
    """`env python` only finds the program."""
    runtime = find_runtime(["env", "--", sys.executable, "A=1"])
    assert runtime.script == (sys.executable, "A=1")


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels split the line")
def test_rest_of_the_line_is_one_argument(tmp_path: Path) -> None:
    """Linux hands it on whole, which is why `env -S` exists."""
    script = write(tmp_path / "tool", f"#!{sys.executable} -S -I\n")
    command = find_runtime([script]).script
    assert command == (sys.executable, "-S -I", str(script))
    with pytest.raises(subprocess.CalledProcessError):
        output(str(script))


def test_interpreter_named_without_a_folder_is_not_sought(tmp_path: Path) -> None:
    """The kernel takes it for a path from the folder in which the command starts."""
    (tmp_path / "python").symlink_to(sys.executable)
    script = write(tmp_path / "tool", "#!python\nprint('ran')\n")
    runtime = find_runtime([script], folder=tmp_path)
    assert runtime.bare[0] == str(tmp_path / "python")
    assert output(str(script), cwd=tmp_path) == "ran\n"
    with pytest.raises(CommandNotFoundError):
        find_runtime([script], environment=path_of(tmp_path), folder=tmp_path.parent)


def test_program_that_may_only_be_executed_is_native(ordinary: Path) -> None:
    """Some systems install programs that nobody can read."""
    assert find_runtime([write(ordinary / "tool", "", mode=0o111)]).name == "native"


def test_env_alone_is_a_program() -> None:
    """`env` without a command prints the environment."""
    assert find_runtime(["env", "A=1"]).name == "native"


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("node", ("-e", "0")),
        ("nodejs", ("-e", "0")),
        ("deno", ("eval", "0")),
        ("bun", ("-e", "0")),
        ("zsh", ("-c", ":")),
    ],
)
def test_interpreter_of_a_script_is_its_runtime(
    name: str, bare: tuple[str, ...], tmp_path: Path
) -> None:
    """Each runtime has another floor."""
    interpreter = tmp_path / "bin" / name
    interpreter.parent.mkdir()
    interpreter.symlink_to(sys.executable)
    script = write(tmp_path / "tool", f"#!/usr/bin/env {name}\n")
    for command in ([script], [interpreter, script], [name, "tool"]):
        runtime = find_runtime(command, environment=path_of(interpreter.parent))
        assert runtime.bare == (str(interpreter), *bare)
        assert runtime.script is None


def test_bare_node_keeps_what_tunes_the_engine(tmp_path: Path) -> None:
    """A preloaded module is the user's; the size of a heap is the engine's."""
    node = tmp_path / "node"
    node.symlink_to(sys.executable)
    options = "--jitless --max-old-space-size=64 --inspect-brk --cpu-prof --require=x"
    command = [node, *options.split(), "file.js", "--no-color"]
    kept = ("--jitless", "--max-old-space-size=64")
    assert find_runtime(command).bare == (str(node), *kept, "-e", "0")


def test_shell_script_has_its_own_shell() -> None:
    """Shells differ in what they cost."""
    for shell in ("/bin/sh", "bash"):
        runtime = find_runtime([shell, "-e", "x.sh"])
        assert runtime.name == "shell"
        assert os.path.basename(runtime.bare[0]) == os.path.basename(shell)
        assert output(*runtime.bare) == ""


def test_any_other_program_is_native() -> None:
    """Its floor is what starting a process costs."""
    runtime = find_runtime(["ls", "-l"])
    assert (runtime.name, runtime.script) == ("native", None)
    assert os.path.basename(runtime.bare[0]) == "true"
    assert output(*runtime.bare) == ""


def test_unknown_binary_format_is_native(tmp_path: Path) -> None:
    """The system may know formats that are unknown here."""
    program = tmp_path / "program"
    program.write_bytes(b"\0asm\1\0\0\0")
    program.chmod(0o755)
    assert find_runtime([program]).name == "native"


def test_shim_is_what_pyenv_says(tmp_path: Path) -> None:
    """The shim starts bash and pyenv, which are no part of the floor."""
    tool = write(tmp_path / "tool", f"#!{sys.executable} -S\n")
    reply = (
        f'#!/bin/sh\n[ "$1 $2 $A $(pwd)" = "which name b $PLACE" ] && echo \'{tool}\'\n'
    )
    pyenv = write(tmp_path / "libexec/pyenv", reply)
    shim = write(tmp_path / "shims/name", SHIM % pyenv)
    place = os.path.realpath(tmp_path)
    environment = {**path_of(shim.parent), "A": "b", "PLACE": place}
    runtime = find_runtime(["name", "-x"], environment=environment, folder=tmp_path)
    assert runtime.script == (sys.executable, "-S", str(tool), "-x")
    assert runtime.bare == (sys.executable, "-S", "-c", "pass")


@pytest.mark.parametrize(
    "pyenv",
    [
        "#!/bin/sh\nexit 127\n",
        "#!/bin/sh\necho /no/such/file\n",
        "#!/bin/sh\necho\n",
        "#!/bin/sh\nexec sleep 20\n",
        "",
        None,
    ],
    ids=["refuses", "errs", "is silent", "hangs", "is empty", "is missing"],
)
def test_shim_that_stands_for_nothing_is_a_shell_script(
    pyenv: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is what runs, and it may well be what the user wants to measure."""
    monkeypatch.setattr(_runtimes, "_PATIENCE", 0.3)
    place = tmp_path / "libexec/pyenv"
    if pyenv is not None:
        write(place, pyenv)
    shim = write(tmp_path / "shims/name", SHIM % place)
    started = time.monotonic()
    runtime = find_runtime([shim])
    assert time.monotonic() - started < 5
    assert runtime.name == "shell"
    assert runtime.bare[1:] == ("-c", ":")


def test_program_is_sought_where_the_system_seeks_it(tmp_path: Path) -> None:
    """Both PATH and relative names count from the folder of the command."""
    write(tmp_path / "first/tool", "#!/bin/sh\n", mode=0o644)
    (tmp_path / "second/tool").mkdir(parents=True)
    script = write(tmp_path / "third/tool", f"#!{sys.executable}\n{REPORT}\n")
    environment = {"PATH": f"first:second:third:{os.defpath}"}
    for name in ("tool", "third/tool", "./third/tool"):
        runtime = find_runtime([name], environment=environment, folder=tmp_path)
        assert runtime.script is not None
        assert Path(runtime.script[1]).samefile(script)
        assert output(name, env=environment, cwd=tmp_path)


def test_missing_program_tells_where_it_was_sought(tmp_path: Path) -> None:
    """The usual mistake is a PATH without the folder."""
    with pytest.raises(CommandNotFoundError, match="'tool' does not exist") as caught:
        find_runtime(["tool", "-x"], environment={"PATH": f"{tmp_path}:/nowhere"})
    assert caught.value.words == ("tool", "-x")
    assert caught.value.hint == f"searched in {tmp_path}, /nowhere"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "does not exist"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: write(path, "#!/bin/sh\n", 0o644), "is not executable"),
        (lambda path: os.mkfifo(path, 0o755), "is a device or a pipe"),
        (lambda path: path.symlink_to("/dev/zero"), "is a device or a pipe"),
        (lambda path: path.symlink_to("nothing"), "is a broken link"),
        (lambda path: path.symlink_to(path), "cannot be read"),
        (lambda path: write(path, "#!/no/such\n"), "needs /no/such, but .*not exist"),
        (lambda path: write(path, "#!relative\n"), "needs .*relative, but .*not exist"),
        (lambda path: write(path, "#!/usr/bin/env no-such\n"), "needs no-such, but"),
        (lambda path: write(path, f"#!{path.parent}\n"), "needs .*is a folder"),
        (lambda path: write(path, f"#!{path}\n"), "without end"),
        (lambda path: write(path, "#!\n"), "without a #! line"),
    ],
)
def test_what_cannot_be_executed_is_refused(make, words: str, tmp_path: Path) -> None:
    """A pipe would hang, and the system's own words name no reason."""
    path = tmp_path / "tool"
    make(path)
    with pytest.raises(CommandNotFoundError, match=words) as caught:
        find_runtime([path])
    assert caught.value.words == (str(path),)
    assert caught.value.hint
    assert isinstance(caught.value, FileNotFoundError)


@pytest.mark.parametrize("text", ["echo hello\n", "", "\n#!/bin/sh\n"])
def test_text_without_an_interpreter_is_refused(text: str, tmp_path: Path) -> None:
    """Shells run it, but the system does not, and a measurement is not done by a shell."""
    path = write(tmp_path / "tool", text)
    with pytest.raises(OSError, match="Exec format") as system:
        output(str(path))
    assert system.value.errno == errno.ENOEXEC
    with pytest.raises(CommandNotFoundError, match="only a shell runs") as caught:
        find_runtime([path])
    assert f"sh {path}" in caught.value.hint


def test_no_command_is_refused() -> None:
    """An empty list is no program."""
    with pytest.raises(CommandNotFoundError, match="no command"):
        find_runtime([])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    head=st.sampled_from(
        [b"", b"#!", b"#!/usr/bin/env ", b"#!/usr/bin/env -S ", b"#!/bin/sh\n'''exec' "]
    ),
    tail=st.binary(max_size=40) | st.text("'\"$ \n-=a@0/").map(str.encode),
    end=st.sampled_from([b"", b' "$0" "$@"\n']),
)
def test_no_file_is_beyond_words(
    head: bytes, tail: bytes, end: bytes, tmp_path: Path
) -> None:
    """Files are written by anyone: each has a runtime or an error of ours."""
    path = tmp_path / "tool"
    path.write_bytes(head + tail + end)
    path.chmod(0o755)
    try:
        answer = find_runtime([path]).bare[0]
    except CommandNotFoundError as error:
        answer = error.hint
    assert answer
